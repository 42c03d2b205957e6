"""What is to be printed -> proven PDFs in their places, all or none; what has not changed is not made again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from handbook.book import Book
from handbook.files import fixed_moment, write_all
from handbook.pdf.card import card
from handbook.pdf.expectation import expected
from handbook.pdf.freshness import refuse_stale, stamp
from handbook.pdf.manuscript import Edition, Manuscript
from handbook.pdf.names import CARD, pdf_address
from handbook.pdf.setting import Job, proven
from handbook.pdf.shelf import Proven, Shelf
from handbook.pdf.site_pages import SitePage, read_pages, used_facts, with_facts
from handbook.pdf.wanted import Expected
from handbook.pdf.workers import cores, in_parallel
from handbook.press import typst
from handbook.press.tree import Document
from handbook.review.history import checked_out


@dataclass(frozen=True)
class Printed:
    """One finished PDF."""

    path: Path
    pages: int
    anew: bool
    """Whether it was made, and not found unchanged."""


class Press:
    """Prints from one built site; raises Unpublishable, and then leaves all PDFs as they were."""

    def __init__(self, book: Book, site: Path, progress: Callable[[str], None] = lambda _: None) -> None:
        refuse_stale(book.settings, site)
        self._book, self._site, self._progress = book, site, progress
        self._templates = book.settings.templates / "print"
        self._shelf = Shelf(book.settings.root / ".cache/pdf")
        self._day, self._changed = _edition(book.settings.root)

    def print(self, targets: Mapping[str, Path], *, answers: bool = True) -> list[Printed]:
        """Write the handbook (its name is empty), chapters, by their names (`claims`), and the card to their files."""
        now = stamp(self._book.settings, self._site, typst.makers(), f"{self._day} {self._changed}")
        names = {part: Path(pdf_address(part, answers=answers)).stem for part in targets}
        known = {part: self._shelf.find(name, stamp=now) for part, name in names.items()}
        there = {part: found for part, found in known.items() if found}
        lacking = [part for part in targets if part not in there]
        same, anew = self._made({part: names[part] for part in lacking}, answers=answers)
        files: dict[Path, bytes | None] = {}
        for part, found in (same | anew).items():
            files |= self._shelf.files(names[part], found, now)
        finished = there | same | anew
        files |= {path: pdf for part, path in targets.items() if not _holds(path, pdf := finished[part].pdf)}
        files |= dict.fromkeys(self._shelf.others(self._all_names()))
        write_all(files)

        return [Printed(path, finished[part].pages, part in anew) for part, path in targets.items()]

    def _made(self, names: Mapping[str, str], *, answers: bool) -> tuple[dict[str, Proven], dict[str, Proven]]:
        """Return the parts of which the sources are as before, and those that had to be made."""
        same: dict[str, Proven] = {}
        digests: dict[str, str] = {}

        def jobs() -> Iterator[Job]:
            for part, name in names.items():
                sources = typst.sources(self._document(part, answers=answers), self._templates)
                digest = typst.digest(sources)
                if found := self._shelf.find(name, sources=digest):
                    same[part] = found
                else:
                    digests[part] = digest
                    yield Job(sources, self._expected(part, answers=answers))

        def told(done: int) -> None:
            self._progress(f"排版并核对：{done + len(same)} / {len(names)}")

        made = in_parallel(proven, jobs(), cores(), told)

        return same, {part: Proven(*one, digest) for (part, digest), one in zip(digests.items(), made, strict=True)}

    def _document(self, part: str, *, answers: bool) -> Document:
        if part == CARD and (found := card(self._book, self._day)):
            return found
        pages = self.pages(part)
        edition = Edition(self._day, self._changed, pages[0].title if part else "", answers)

        return Manuscript(self._book, pages, edition).document()

    def _expected(self, part: str, *, answers: bool) -> Expected:
        """Return what must be in a part; the card says for itself when it has no room."""
        return Expected() if part == CARD else expected(self.pages(part), answers=answers)

    @cached_property
    def _site_pages(self) -> list[SitePage]:
        return read_pages(self._book, self._site)

    def pages(self, chapter: str = "") -> Sequence[SitePage]:
        """Return the pages to print: all, or a chapter of the book and the facts it rests on."""
        if not chapter:
            return self._site_pages
        source = f"{self._book.settings.options.chapters}/{chapter}.md"
        alone = next(page for page in self._site_pages if page.source == source)
        used = used_facts(alone)
        behind = [with_facts(page, used) for page in self._site_pages if used.intersection(page.facts)]

        return [alone, *behind]

    def _all_names(self) -> Iterator[str]:
        for part in ("", *self._book.chapter_stems, CARD):
            yield from (Path(pdf_address(part, answers=answers)).stem for answers in (True, False))


def _edition(root: Path) -> tuple[date | None, bool]:
    """Return the day for the cover, and whether there are changes yet to be committed; SOURCE_DATE_EPOCH goes before."""
    commit, moment = checked_out(root), fixed_moment()
    day = moment.date() if moment else commit.day if commit else None

    return day, bool(commit and commit.changed)


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether a file says just that already."""
    return path.is_file() and path.read_bytes() == content
