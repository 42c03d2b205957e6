"""A book -> everything there is to say against it; what `handbook check` and the site build report alike.

A check is a function that takes the book and yields problems; the first line of its docstring says what it asks.
"""

from collections.abc import Callable, Iterator
from datetime import date

from handbook.book import Book
from handbook.checks import (
    alike,
    blueprints,
    card,
    coverage,
    evidence,
    facts,
    instructions,
    links,
    markup,
    meaning,
    names,
    tables,
    unreferenced,
    unwritten,
    writing,
)
from handbook.problems import Problem, Refusal
from handbook.review import alarms

Check = Callable[[Book], Iterator[Problem]]

STRUCTURE: tuple[Check, ...] = (
    unwritten.problems,
    names.sections,
    names.headings,
    evidence.quotations,
    alike.equal,
    names.enemies,
    names.clashes,
    names.former,
    markup.malformed,
    markup.items,
    markup.lists,
    markup.references,
    markup.anchors,
    tables.problems,
    names.lookup,
    names.flowcharts,
    card.problems,
    blueprints.problems,
    instructions.problems,
    links.navigation,
    links.targets,
)
"""What has to be in order before anything can be made from the book."""
SENSE: tuple[Check, ...] = (
    alarms.problems,
    facts.problems,
    meaning.problems,
    alike.figures,
    unreferenced.problems,
    coverage.problems,
    writing.problems,
)
"""What is asked once the structure is in order."""


def structural_problems(book: Book) -> list[Problem]:
    """Return what is wrong with files and structure, sorted; of a private bank with that, and with what stops the rest."""
    found = {*book.problems, *_asked(book, STRUCTURE)}
    if book.public:
        found |= {problem for problem in structural_problems(book.public) if not problem.warning}

    return sorted(found)


def today() -> date:
    """Return the author's own day; nothing that is made from a book depends on it."""
    return date.today()  # noqa: DTZ011 -- as the author's calendar has it


def all_problems(book: Book, day: date | None = None) -> list[Problem]:
    """Return all problems, sorted; the sense is looked at once nothing is wrong with the structure.

    Whoever knows what day it is says so, that days to come are found as well.
    """
    found = structural_problems(book)
    if all(problem.warning for problem in found):
        found += _asked(book, SENSE)
        found += [one for one in facts.ahead(book, day) if book.speaks_of(one)] if day else []

    return sorted(set(found))


def refuse_faulty(book: Book) -> None:
    """Raise Refusal with the faults of a book that nothing can be made from."""
    if faults := [problem for problem in structural_problems(book) if not problem.warning]:
        raise Refusal(*faults)


def _asked(book: Book, checks: tuple[Check, ...]) -> list[Problem]:
    return [problem for check in checks for problem in check(book) if book.speaks_of(problem)]
