"""A book and its built site -> what is printed: the whole, each chapter, the card; and what must be found in each.

Knows nothing of how it is printed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from handbook.book import Book
from handbook.pdf.card import card
from handbook.pdf.expectation import expected
from handbook.pdf.manuscript import Edition, Manuscript
from handbook.pdf.names import CARD, pdf_address
from handbook.pdf.site_pages import SitePage, read_pages, used_facts, with_facts
from handbook.pdf.wanted import Expected
from handbook.press.tree import Document


@dataclass(frozen=True)
class Part:
    """One PDF to print; what is in it is found out when it is wanted."""

    address: str
    """Where it lies in the site."""
    document: Callable[[], Document]
    expected: Callable[[], Expected]

    @property
    def name(self) -> str:
        return Path(self.address).stem


class Parts:
    """All that can be printed of one site; `changed` tells that it is not quite the edition of that day."""

    def __init__(self, book: Book, site: Path, day: date | None, *, changed: bool) -> None:
        self._book, self._site, self._day, self._changed = book, site, day, changed

    def all(self, *, answers: bool) -> list[Part]:
        """Return the whole, the chapters, and the card if the book has one."""
        texts = [self.text(chapter, answers=answers) for chapter in ("", *self._book.chapter_stems)]
        pocket = [Part(CARD, lambda: card(self._book, self._day), Expected)] if self._book.card else []

        return [*texts, *pocket]

    def text(self, chapter: str, *, answers: bool) -> Part:
        """Return the whole, or a chapter by its name (`claims`) with the facts it rests on."""
        return Part(
            pdf_address(chapter, answers=answers),
            lambda: self._document(chapter, answers=answers),
            lambda: expected(self._pages(chapter), self._book.numbers, answers=answers),
        )

    def _document(self, chapter: str, *, answers: bool) -> Document:
        pages = self._pages(chapter)
        edition = Edition(self._day, self._changed, pages[0].title if chapter else "", answers)

        return Manuscript(self._book, pages, edition).document()

    @cached_property
    def _site_pages(self) -> list[SitePage]:
        return read_pages(self._book, self._site)

    def _pages(self, chapter: str) -> Sequence[SitePage]:
        if not chapter:
            return self._site_pages
        source = f"{self._book.settings.options.chapters}/{chapter}.md"
        alone = next(page for page in self._site_pages if page.source == source)
        used = used_facts(alone)
        behind = [with_facts(page, used) for page in self._site_pages if used.intersection(page.facts)]

        return [alone, *behind]
