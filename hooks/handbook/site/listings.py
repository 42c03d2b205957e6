"""Book -> the lists that a marker on a page asks for: trace, differences, glossary, laws, coverage.

Knows nothing of the page.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from handbook.bank.reviewed import VERDICTS
from handbook.bank.stamps import NOBODY
from handbook.book import Book
from handbook.checks import coverage
from handbook.content.facts import STATUSES
from handbook.items import FOLDER, LEVELS, TYPES
from handbook.rendering import Address, Renderer
from handbook.review import sync
from handbook.review.sync import State
from handbook.site import learning


class Traced(NamedTuple):
    """Where an item stands, and what was said when it was last read, by whom; `initial` is nobody."""

    standing: sync.Standing
    verdict: str = ""
    comment: str = ""
    day: date | None = None
    readers: tuple[str, ...] = ()


def trace(book: Book, renderer: Renderer, address: Address) -> Markup:
    """Return the table of items with the sections they rest on and where each stands."""
    found = sorted(sync.standings(book), key=lambda standing: book.chapters[standing.entry.item.chapter].number)
    rows = [_traced(book, standing) for standing in found]
    return renderer.fragment("trace", rows=rows, book=book, levels=LEVELS, url=address)


def _traced(book: Book, standing: sync.Standing) -> Traced:
    """Return the last review of an item; that it holds is said by its stamp as well, which may name two readers."""
    said, stamp = book.reviewed.verdict(standing.entry.item.id), standing.last
    if said and said.verdict != "holds":
        return Traced(standing, VERDICTS[said.verdict], said.comment, said.date, (said.reviewer,))
    readers = tuple(name for name in stamp.reviewers if name != NOBODY) if stamp else ()
    if not (stamp and readers):
        return Traced(standing, State.UNREAD if stamp and standing.state is not State.UNREAD else "")

    return Traced(standing, VERDICTS["holds"], said.comment if said else "", stamp.date, readers)


def differences(book: Book, renderer: Renderer, address: Address) -> Markup:
    """Return the items that differ from the exam they come from, in the order of that exam."""
    noted = sorted((item for item in book.bank.items if item.source_note), key=lambda item: item.source or "")
    return renderer.fragment("differences", items=noted, shown_at=book.shown_at, url=address)


def glossary(book: Book, renderer: Renderer, address: Address) -> Markup:
    """Return the terms in plain words."""
    return renderer.fragment("glossary", book=book, url=address)


def laws(book: Book, renderer: Renderer, address: Address) -> Markup:
    """Return the laws, each with the chapters that rest on it."""
    rows = [(law, book.citing(law)) for law in book.laws.values()]
    return renderer.fragment("laws", rows=rows, statuses=STATUSES, url=address)


def matrix(book: Book, renderer: Renderer, address: Address) -> Markup:
    """Return the matrix of sections by types and levels, and what it tells."""
    rows = list(coverage.matrix(book))
    findings = (
        ("没有题目的小节", coverage.bare(rows), "没有：每个小节都至少有一道题。"),
        ("题目过多的小节", coverage.over_tested(rows), "没有：题目没有过分集中在某个小节。"),
        ("只考识记和理解的章", coverage.without_higher_levels(rows), "没有：每一章都考到了应用或分析。"),
    )
    return renderer.fragment(
        "coverage",
        rows=rows,
        columns=coverage.COLUMNS,
        findings=findings,
        sources=coverage.sources(book),
        shown_at=book.shown_at,
        csv_url=address("trainers/coverage.csv"),
        url=address,
    )


def types(_book: Book, renderer: Renderer, _address: Address) -> Markup:
    """Return the example of each type of item, for those who write items."""
    examples = {name: (FOLDER / name / "example.yml").read_text(encoding="utf-8") for name in TYPES}
    return renderer.fragment("types", examples=examples, labels=TYPES)


LISTS: dict[str, Callable[[Book, Renderer, Address], Markup]] = {
    "trace": trace,
    "differences": differences,
    "coverage": matrix,
    "glossary": glossary,
    "laws": laws,
    "types": types,
    "mistakes": learning.notebook,
    "progress": learning.progress,
}
"""Every list by the name of its marker, which `reading.markup` knows, too."""
