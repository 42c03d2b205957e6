"""Items held against their evidence, facts filled in -> a warning for each kind of thing on which the two differ.

Each has a code, by which an author who has read both accepts it: `accept: [evidence-actor]`.
"""

from collections.abc import Iterable, Iterator

from handbook.bank.entries import Entry
from handbook.book import Book
from handbook.checks.meaning import figures
from handbook.checks.meaning.findings import Finding, Held
from handbook.checks.meaning.statements import Cases
from handbook.problems import Problem


def problems(book: Book) -> Iterator[Problem]:
    """Does every item say what its evidence says?"""
    held, cases = Held(book), Cases(book)
    for entry in book.bank.entries:
        case = cases.of(entry)
        if case.evidence:
            yield from _worst(entry, held.against(case))
        else:
            yield from figures.outside_section(book, entry)


def _worst(entry: Entry, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Yield the worst finding of each code that nobody has accepted."""
    worst = {finding.code: finding for finding in sorted(findings)}
    for code in sorted(worst.keys() - {*entry.item.accept, *entry.accept}):
        mend = f"请核对；看过认为可以，就给题目加上 `accept: [{code}]`"
        yield entry.problem(worst[code].what, mend, *worst[code].where, warning=True)
