"""Markers and sections of a page -> the quizzes, cards, tables and links that stand there.

Works on text; knows nothing of MkDocs. Addresses come from `address`, which turns `claims.md#deadlines` into a link
as seen from the page.
"""

import csv
import io
import posixpath
import re
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from markupsafe import Markup

from handbook import coverage, flowcharts, learning, sync
from handbook.book import Book, Chapter
from handbook.exams.mock import MockExams
from handbook.facts import STATUSES, filled
from handbook.items import LEVELS, TYPES
from handbook.lookup import with_tooltips
from handbook.publishing.names import pdf_address
from handbook.rendering import Renderer, reference

Address = Callable[[str], str]

_PLAIN_LINE = re.compile(r"^(?:#{1,6}\s|\s*(?:!!!|\?\?\?|===)).*$", re.MULTILINE)
_QUIZ = re.compile(r"<!--\s*quiz:\s*(.*?)\s*-->")
_MARKER = re.compile(
    r"<!--\s*(chapters|trace|differences|coverage|glossary|laws|mistakes|progress|archive|exams|pdf)\s*-->"
)
_EXAM = re.compile(r"<!--\s*exam:\s*(\S+)\s*-->")
_PDF_WAY = re.compile(r"<li>\s*<!--\s*pdf\s*-->\s*</li>\s*")
_HEADING = re.compile(r'(?=<h[1-6]\b[^>]* id="([^"]+)")')
_RECORDS = ("quiz/records.js", "quiz/store.js", "quiz/scoring.js")
_ATTEMPTS = ("quiz/records.js", "quiz/store.js", "exam/attempt.js", "exam/attempts.js", "exam/format.js")
_EXAM_PARTS = ("forms", "crediting", "item", "timer", "sheet", "paper", "start", "summary", "result", "history", "exam")
_SCRIPTS = {
    "": ("quiz/records.js", "quiz/store.js", "progress/chapters.js", "progress/progress.js", "progress/marks.js"),
    "<handbook-item": (*_RECORDS, "quiz/item.js"),
    "<handbook-tally": ("quiz/printing.js", "quiz/confirming.js", "quiz/tally.js"),
    "<handbook-notebook": ("quiz/printing.js", "progress/notebook.js"),
    "<handbook-progress": ("progress/board.js",),
    "<handbook-archive": ("progress/archive.js", "exam/attempt.js", "quiz/confirming.js", "progress/panel.js"),
    "<handbook-exam-record": (*_ATTEMPTS, "exam/record.js"),
    "<handbook-exam ": (*_RECORDS, *_ATTEMPTS, "quiz/confirming.js", *(f"exam/{name}.js" for name in _EXAM_PARTS)),
    "data-sortable": ("tables/tables.js",),
}
"""What a finished page holds, and the scripts, under the assets folder, that it then needs; the first are for all."""


class Pages:
    """Fills the pages of one book."""

    def __init__(self, book: Book, renderer: Renderer, exams: MockExams, *, offers_pdf: bool = False) -> None:
        """Take the book; `offers_pdf` tells whether the PDFs will lie beside the site."""
        self.book = book
        self.renderer = renderer
        self.exams = exams
        self.offers_pdf = offers_pdf
        self._lists: dict[str, Callable[[Address], Markup]] = {
            "chapters": self._cards,
            "trace": self._trace,
            "differences": self._differences,
            "coverage": self._coverage,
            "glossary": self._glossary,
            "laws": self._laws,
            "mistakes": lambda address: learning.notebook(book, renderer, address),
            "progress": lambda address: learning.progress(book, renderer, address),
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

    @staticmethod
    def scripts(html: str) -> list[str]:
        """Return the scripts, under the assets folder, that a finished page needs."""
        wanted = (script for sign, scripts in _SCRIPTS.items() if sign in html for script in scripts)
        return list(dict.fromkeys(wanted))

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

    def _trace(self, address: Address) -> Markup:
        rows: list[dict[str, Any]] = [
            {
                "item": standing.entry.item,
                "chapter": self.book.chapters[standing.entry.item.section.partition("#")[0]],
                "section": self.book.sections[standing.entry.item.section],
                "item_url": address(self.book.shown_at(standing.entry.item)),
                "section_url": address(standing.entry.item.section),
                "stamp": standing.stamp,
                "state": standing.state,
            }
            for standing in sync.standings(self.book)
        ]
        rows.sort(key=lambda row: row["chapter"].number)
        chapters, states = self.book.chapters.values(), dict.fromkeys(row["state"] for row in rows)
        return self.renderer.fragment("trace", rows=rows, chapters=chapters, states=states, types=TYPES, levels=LEVELS)

    def _differences(self, address: Address) -> Markup:
        noted = sorted((item for item in self.book.bank.items if item.source_note), key=lambda item: item.source or "")
        rows = [(item, address(self.book.shown_at(item))) for item in noted]
        return self.renderer.fragment("differences", rows=rows)

    def _glossary(self, address: Address) -> Markup:
        rows = [
            (word, term, self.book.sections[term.see] if term.see else None)
            for word, term in self.book.lookup.terms.items()
        ]
        return self.renderer.fragment("glossary", rows=rows, chapters=self.book.chapters, url=address)

    def _laws(self, address: Address) -> Markup:
        rows = [
            (law, [c for c in self.book.chapters.values() if any(name in c.page.text for name in law.names)])
            for law in self.book.lookup.laws
        ]
        return self.renderer.fragment("laws", rows=rows, statuses=STATUSES, url=address)

    def _coverage(self, address: Address) -> Markup:
        rows = list(coverage.matrix(self.book))
        findings: Iterable[tuple[str, list[coverage.Row], str]] = (
            ("没有题目的小节", coverage.bare(rows), "没有：每个小节都至少有一道题。"),
            ("题目过多的小节", coverage.over_tested(rows), "没有：题目没有过分集中在某个小节。"),
            ("只考识记和理解的章", coverage.without_higher_levels(rows), "没有：每一章都考到了应用或分析。"),
        )
        return self.renderer.fragment(
            "coverage",
            rows=rows,
            columns=coverage.COLUMNS,
            findings=findings,
            sources=coverage.sources(self.book),
            shown_at=self.book.shown_at,
            csv_url=address("trainers/coverage.csv"),
            url=address,
        )
