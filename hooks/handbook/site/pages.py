"""Markers and sections of a page -> the quizzes, cards, tables and links that stand there.

Works on text; knows nothing of MkDocs. Addresses come from `address`, which turns `claims.md#deadlines` into a link
as seen from the page.
"""

import csv
import io
import posixpath
import re
from collections.abc import Callable
from functools import partial
from itertools import count

from markupsafe import Markup

from handbook.book import Book, Chapter
from handbook.checks import coverage
from handbook.content import flowcharts
from handbook.content.facts import STATUSES, filled
from handbook.content.lookup import with_tooltips
from handbook.pdf.names import pdf_address
from handbook.rendering import Address, Renderer, reference
from handbook.site import learning, listings
from handbook.site.mock import MockExams

_PLAIN_LINE = re.compile(r"^(?:#{1,6}\s|\s*(?:!!!|\?\?\?|===)).*$", re.MULTILINE)
_QUIZ = re.compile(r"<!--\s*quiz:\s*(.*?)\s*-->")
_MARKER = re.compile(
    r"<!--\s*(chapters|trace|differences|coverage|glossary|laws|mistakes|progress|archive|exams|pdf)\s*-->"
)
_EXAM = re.compile(r"<!--\s*exam:\s*(\S+)\s*-->")
_PDF_WAY = re.compile(r"<li>\s*<!--\s*pdf\s*-->\s*</li>\s*")
_LISTS: dict[str, Callable[[Book, Renderer, Address], Markup]] = {
    "trace": listings.trace,
    "differences": listings.differences,
    "coverage": listings.matrix,
    "glossary": listings.glossary,
    "laws": listings.laws,
    "mistakes": learning.notebook,
    "progress": learning.progress,
}
_HEADING = re.compile(r'(?=<h[1-6]\b[^>]* id="([^"]+)")')


class Pages:
    """Fills the pages of one book."""

    def __init__(self, book: Book, renderer: Renderer, exams: MockExams, *, offers_pdf: bool = False) -> None:
        """Take the book; `offers_pdf` tells whether the PDFs will lie beside the site."""
        self.book = book
        self.renderer = renderer
        self.exams = exams
        self.offers_pdf = offers_pdf
        self._lists = {name: partial(listing, book, renderer) for name, listing in _LISTS.items()} | {
            "chapters": self._cards,
            "archive": lambda _: renderer.fragment("learning/archive"),
            "exams": exams.cards,
            "pdf": self._pdf,
        }
        self._meanings = {word: book.seen(term.means) for word, term in book.lookup.terms.items()}

    def generated(self, url: Address) -> dict[str, str]:
        """Return the files that no author writes: facts, mock exams, coverage matrix, table of items for the scripts.

        `url` gives the address of a chapter as seen from the site's root.
        """
        table = io.StringIO()
        csv.writer(table, lineterminator="\r\n").writerows(coverage.table(list(coverage.matrix(self.book))))
        files = {
            "trainers/coverage.csv": "\ufeff" + table.getvalue(),  # without the mark Excel takes it for GBK
            learning.SCRIPT: learning.chapters_script(self.book, url),
        }
        if self.book.facts:
            page = self.renderer.fragment("time-limits", facts=self.book.facts, statuses=STATUSES)
            files[self.book.settings.options.facts_page] = page

        return files | self.exams.pages

    def chapter(self, source: str) -> Chapter | None:
        """Return the chapter that a file under the docs folder is, if it is one."""
        return self.book.chapters.get(source.removeprefix(f"{self.book.settings.options.chapters}/"))

    def markdown(self, text: str, source: str) -> str:
        """Return a page's Markdown with its facts filled in and, for a chapter, the quiz at its end."""
        target = posixpath.relpath(self.book.settings.options.facts_page, posixpath.dirname(source) or ".")
        numbers = count(1)
        text = flowcharts.replaced(text, lambda source: self._figure(source, next(numbers)))
        text = _PLAIN_LINE.sub(lambda line: self.book.seen(line[0]), text)
        text = filled(text, self.book.facts, lambda name, fact: reference(fact, f"{target}#{name}"))
        chapter = self.chapter(source)
        at_end = self.book.quiz_of(chapter.page.name) if chapter else []
        if at_end:
            ids = ", ".join(entry.item.id for entry in at_end)
            title = self.book.settings.options.quiz_title
            text += f"\n\n## {title} {{ #quiz data-search-exclude }}\n\n<!-- quiz: {ids} -->\n"

        return text

    def content(self, html: str, source: str, address: Address) -> str:
        """Return a page's HTML with items, lists and links in their places."""
        chapter = self.chapter(source)
        if chapter:
            html = with_tooltips(html, self._meanings)
            html = self._with_links(html, chapter, address)
            pdf_url = address(pdf_address(chapter.stem)) if self.offers_pdf else ""
            head = self.renderer.fragment("chapter-head", **self._card(chapter, address), pdf_url=pdf_url)
            html = html.replace("</h1>", f"</h1>\n{head}", 1)
        if not self.offers_pdf:
            html = _PDF_WAY.sub("", html)
        html = _MARKER.sub(lambda marker: self._lists[marker[1]](address), html)
        html = _EXAM.sub(lambda marker: self.exams.exam(marker[1], address), html)

        return self._with_items(html, address)

    def _with_items(self, html: str, address: Address) -> str:
        numbers = count(1)
        quiz_begins = html.find('id="quiz"')

        def items(marker: re.Match[str]) -> str:
            numbered = [(next(numbers), self.book.bank.by_id[name].item) for name in re.split(r"[\s,，、]+", marker[1])]
            return self.renderer.quiz(numbered, address, tally=0 <= quiz_begins < marker.start())

        return _QUIZ.sub(items, html)

    def _with_links(self, html: str, chapter: Chapter, address: Address) -> str:
        """Add to each section the way to its items."""
        start, *rest = _HEADING.split(html)
        pieces = [start]
        for anchor, piece in zip(rest[::2], rest[1::2], strict=True):
            pieces.append(piece)
            entries = self.book.by_section.get(f"{chapter.page.name}#{anchor}", [])
            if entries:
                url = address(self.book.shown_at(entries[0].item))
                pieces.append(self.renderer.fragment("section-items", url=url, count=len(entries)))

        return "".join(pieces)

    def _figure(self, source: str, number: int) -> Markup:
        svg = Markup(flowcharts.drawn(source, f"chart-{number}"))  # noqa: S704 -- the drawing library escapes labels
        return self.renderer.fragment("flowchart", svg=svg, title=flowcharts.title(source))

    def _card(self, chapter: Chapter, address: Address) -> dict[str, object]:
        """Return what the home page and the chapter's head say of a chapter."""
        return {
            "stem": chapter.stem,
            "url": address(chapter.page.name),
            "number": chapter.number,
            "title": chapter.page.title,
            "description": chapter.page.description,
            "minutes": chapter.page.minutes,
            "items": len(self.book.quiz_of(chapter.page.name)),
        }

    def _cards(self, address: Address) -> Markup:
        cards = [self._card(chapter, address) for chapter in self.book.chapters.values()]
        return self.renderer.fragment("chapters", cards=cards)

    def _pdf(self, address: Address) -> Markup:
        return self.renderer.fragment("pdf-way", url=address(pdf_address()))
