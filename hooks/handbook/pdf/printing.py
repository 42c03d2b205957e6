"""What is to be printed -> a PDF in its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook.book import Book
from handbook.files import fixed_moment, write_whole
from handbook.pdf.freshness import refuse_stale
from handbook.pdf.manuscript import Edition, Manuscript
from handbook.pdf.proof import page_count
from handbook.pdf.site_pages import SitePage, read_pages, used_facts, with_facts
from handbook.press import typst
from handbook.review.history import checked_out


@dataclass(frozen=True)
class Printed:
    """One finished PDF."""

    path: Path
    pages: int
    anew: bool


class Press:
    """Prints from one built site."""

    def __init__(self, book: Book, site: Path, progress: Callable[[str], None] = lambda _: None) -> None:
        refuse_stale(book.settings, site)
        self._book, self._progress = book, progress
        self._site_pages = read_pages(book, site)

    def print(self, target: Path, chapter: str = "", *, answers: bool = True) -> Printed:
        """Write the handbook, or one chapter by its name (`claims`), to `target`."""
        pages = self.pages(chapter)
        commit, moment = checked_out(self._book.settings.root), fixed_moment()
        day = moment.date() if moment else commit.day if commit else None
        changed = bool(commit and commit.changed)
        edition = Edition(day, changed, pages[0].title if chapter else "", answers)
        document = Manuscript(self._book, pages, edition).document()
        pdf = typst.pdf(typst.sources(document, self._book.settings.templates / "print"))
        write_whole(target, pdf)

        return Printed(target, page_count(pdf), anew=True)

    def pages(self, chapter: str = "") -> Sequence[SitePage]:
        """Return the pages to print: all, or a chapter of the book and the facts it rests on."""
        if not chapter:
            return self._site_pages
        source = f"{self._book.settings.options.chapters}/{chapter}.md"
        alone = next(page for page in self._site_pages if page.source == source)
        used = used_facts(alone)
        behind = [with_facts(page, used) for page in self._site_pages if used.intersection(page.facts)]

        return [alone, *behind]
