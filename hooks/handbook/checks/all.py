"""A book -> everything there is to say against it; what `handbook check` and the site build report alike."""

from handbook.book import Book
from handbook.checks import coverage, figures, writing
from handbook.problems import Problem
from handbook.review import sync


def all_problems(book: Book) -> list[Problem]:
    """Return all problems, sorted; faults of the bank and of the text first have to go before the rest is looked at."""
    found = list(book.problems)
    if all(problem.warning for problem in found):
        more = [*sync.problems(book), *figures.problems(book), *coverage.problems(book), *writing.problems(book)]
        found += [problem for problem in more if book.speaks_of(problem)]

    return sorted(set(found))
