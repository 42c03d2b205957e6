"""A book -> what its pages hold beside their authors' text: at markers, around the text of a chapter, and whole pages.

Knows nothing of Markdown or of MkDocs. Addresses come from `address`, which turns `claims.md#deadlines` into a link as
seen from the page.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial

from markupsafe import Markup

from handbook.book import Book, Chapter
from handbook.checks import coverage
from handbook.content import flowcharts
from handbook.content.facts import STATUSES
from handbook.content.quotations import anchor
from handbook.pdf.names import CARD, pdf_address
from handbook.reading.markup import Marker
from handbook.rendering import Address, Renderer
from handbook.site import learning
from handbook.site.listings import LISTS
from handbook.site.mock import MockExams
from handbook.site.sentences import Quotes, likened


class Pages:
    """What stands on the pages of one book."""

    def __init__(self, book: Book, renderer: Renderer, *, offers_pdf: bool = False) -> None:
        """Take the book; `offers_pdf` tells whether the PDFs will lie beside the site.

        Raises what `mock_forms` raises when the bank cannot give the forms of the mock exams.
        """
        self.book = book
        self.renderer = renderer
        self.exams = MockExams(book, renderer)
        self.offers_pdf = offers_pdf
        self._lists = {name: partial(listing, book, renderer) for name, listing in LISTS.items()} | {
            "chapters": self._cards,
            "archive": lambda _: renderer.fragment("learning/archive"),
            "exams": self.exams.cards,
            "literal": lambda _: Markup(),
            "pdf": self._pdf_ways,
        }

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

    @cached_property
    def quoted(self) -> Mapping[str, Quotes]:
        """The sentences that items quote, by chapter."""
        found: dict[str, dict[str, dict[str, list[str]]]] = {}
        for passage in filter(None, (one for item in self.book.bank.items for one in self.book.passages(item))):
            page, _, section = passage.section.partition("#")
            known = found.setdefault(page, {}).setdefault(section, {})
            for sentence in passage.sentences:
                ids = known.setdefault(likened(self.book.seen(sentence.text)), [])
                ids += {anchor(passage.section, sentence)} - set(ids)

        return found

    def chapter(self, source: str) -> Chapter | None:
        """Return the chapter that a file under the docs folder is, if it is one."""
        return self.book.chapters.get(source.removeprefix(f"{self.book.settings.options.chapters}/"))

    def marked(self, marker: Marker, address: Address, numbers: Iterator[int]) -> Markup:
        """Return what a marker asks for; `numbers` counts the items of the page."""
        if marker.name == "quiz":
            return self.quiz(marker.ids, address, numbers)
        if marker.name == "exam":
            return self.exams.exam(marker.argument, address)

        return self._lists[marker.name](address)

    def quiz(self, ids: Iterable[str], address: Address, numbers: Iterator[int], *, tally: bool = False) -> Markup:
        """Return items; those at the end of a chapter bear its tally."""
        items = [self.renderer.item(self.book.bank.by_id[name].item, next(numbers), address) for name in ids]
        return self.renderer.fragment("quiz/quiz", items=items, tally=tally)

    def head(self, chapter: Chapter, address: Address) -> Markup:
        """Return what stands under a chapter's title."""
        count, pdf_url = len(self.book.quiz_of(chapter.page.name)), self._pdf(address, chapter.stem)
        return self.renderer.fragment("chapter-head", chapter=chapter, count=count, pdf_url=pdf_url)

    def figure(self, source: str, number: int) -> Markup:
        """Return the figure of a flowchart; `number` counts those of the page."""
        svg = Markup(flowcharts.drawn(source, f"chart-{number}"))  # noqa: S704 -- the drawing library escapes labels
        return self.renderer.fragment("flowchart", svg=svg, title=flowcharts.title(source))

    def _pdf_ways(self, address: Address) -> Markup:
        card = address(CARD) if self.offers_pdf and self.book.card else ""
        return self.renderer.fragment("pdf-way", url=self._pdf(address), card=card)

    def _pdf(self, address: Address, chapter: str = "") -> str:
        return address(pdf_address(chapter)) if self.offers_pdf else ""

    def _cards(self, address: Address) -> Markup:
        cards = [(chapter, len(self.book.quiz_of(name)), address(name)) for name, chapter in self.book.chapters.items()]
        return self.renderer.fragment("chapters", cards=cards)
