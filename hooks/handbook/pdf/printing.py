"""What is to be printed -> a proven PDF in its place; what has not changed since is not rendered again."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from lxml import html as markup

from handbook.book import Book
from handbook.files import fixed_moment, write_whole
from handbook.pdf.engine import Progress, rendered
from handbook.pdf.fonts import Fonts, static_fonts
from handbook.pdf.freshness import refuse_stale
from handbook.pdf.manuscript import Edition, Manuscript
from handbook.pdf.names import pdf_address
from handbook.pdf.proof import gaps, page_count
from handbook.pdf.site_pages import SitePage, read_pages, used_facts, with_facts
from handbook.problems import Unpublishable
from handbook.rendering import Renderer
from handbook.review.history import checked_out


@dataclass(frozen=True)
class Printed:
    """One finished PDF."""

    path: Path
    pages: int
    anew: bool
    """Whether it was rendered, and not found unchanged in the cache."""


class Press:
    """Prints from one built site; raises Unpublishable, and then leaves the previous PDF where it was."""

    def __init__(self, book: Book, site: Path, progress: Progress = lambda _: None) -> None:
        refuse_stale(book.settings, site)
        self._book, self._progress = book, progress
        self._site_pages = read_pages(book, site)
        self._renderer = Renderer(book, book.settings.templates)
        self._cache = book.settings.root / ".cache"
        self._sheet = book.settings.templates / "fragments/pdf/handbook.css"
        self._fonts = static_fonts(self._cache / "fonts", progress)
        self._day, self._commit = _edition(book.settings.root)

    def print(self, target: Path, chapter: str = "", *, answers: bool = True) -> Printed:
        """Write the handbook, or one chapter by its name (`claims`), to `target`."""
        pages = self.pages(chapter)
        html = self.manuscript(pages, pages[0].title if chapter else "", answers=answers)
        name = Path(pdf_address(chapter, answers=answers)).stem
        digest = self._digest(html)
        kept = self._cache / f"pdf/{name}-{digest}.pdf"
        pdf, anew = _read(kept), False
        if pdf is None:
            pdf, anew = self._proven(html, pages, answers=answers), True
            write_whole(kept, pdf)
            for older in set(kept.parent.glob(f"{name}-{'?' * len(digest)}.pdf")) - {kept}:
                older.unlink(missing_ok=True)  # another run may have been faster
        if not target.is_file() or target.read_bytes() != pdf:
            write_whole(target, pdf)

        return Printed(target, page_count(pdf), anew)

    def manuscript(self, pages: Sequence[SitePage], part: str, *, answers: bool) -> str:
        """Return what is to be rendered; `part` is the chapter's title if it stands alone."""
        edition = Edition(self._day, self._commit, part, answers)
        return Manuscript(self._book, self._renderer, pages, edition).html()

    def pages(self, chapter: str = "") -> Sequence[SitePage]:
        """Return the pages to print: all, or a chapter of the book and the facts it rests on."""
        if not chapter:
            return self._site_pages
        source = f"{self._book.settings.options.chapters}/{chapter}.md"
        alone = next(page for page in self._site_pages if page.source == source)
        used = used_facts(alone)
        behind = [with_facts(page, used) for page in self._site_pages if used.intersection(page.facts)]

        return [alone, *behind]

    def _proven(self, html: str, pages: Sequence[SitePage], *, answers: bool) -> bytes:
        _refuse_unprintable(html, self._fonts)
        base = self._book.settings.root
        pdf = rendered(html, styles=[self._sheet], fonts=self._fonts, base=base, progress=self._progress)
        self._progress("核对 PDF")
        if missing := gaps(pdf, pages, answers=answers):
            listed = "\n".join(missing)
            raise Unpublishable(
                f"{listed}\nPDF 与网站对不上，共 {len(missing)} 处，没有发布；请改正后再生成，原来的 PDF 没有动。"
            )

        return pdf

    def _digest(self, html: str) -> str:
        """Return what changes with anything that decides how the PDF comes out."""
        code = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
        versions = f"{self._fonts.digest} {version('weasyprint')}"
        parts = (html.encode(), self._sheet.read_bytes(), versions.encode(), *code)

        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _edition(root: Path) -> tuple[date | None, str]:
    """Return the day and the commit for the cover; SOURCE_DATE_EPOCH goes before the day of the commit."""
    commit, moment = checked_out(root), fixed_moment()
    day = moment.date() if moment else commit.day if commit else None
    note = "（含未提交的改动）" if commit and commit.changed else ""

    return day, f"{commit.hash}{note}" if commit else ""


def _read(path: Path) -> bytes | None:
    """Return what was kept; another run may drop it at any moment."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _refuse_unprintable(html: str, fonts: Fonts) -> None:
    """Name each character that the fonts lack, and the heading it stands under."""
    if lacking := {character for character in set(html) - fonts.characters if character > " "}:
        places = "；".join(f"“{c}”（U+{ord(c):04X}）在“{place}”" for c, place in _places(html, lacking))
        if places:
            raise Unpublishable(f"字体里没有这些字符，PDF 没有生成：{places}；请换一个写法，原来的 PDF 没有动。")


def _places(html: str, lacking: set[str]) -> Iterator[tuple[str, str]]:
    heading, seen = "封面", set()
    for element in markup.fromstring(html).find("body").iter():
        if element.tag in {"h1", "h2", "h3"}:
            heading = " ".join(element.text_content().split())
        for character in (element.text or "") + (element.tail or ""):
            if character in lacking and (character, heading) not in seen:
                seen.add((character, heading))
                yield character, heading
