"""The pages of the built site and the bank -> one document for paper: cover, contents, text, exercises, answers.

The text is the site's own, so the two cannot differ; only items are set anew, as exercises with the answers at the
back. Knows nothing of PDF.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from handbook.book import Book
from handbook.items import Item
from handbook.pdf.articles import Article, in_document
from handbook.pdf.site_pages import SitePage
from handbook.press import items
from handbook.press.links import settled
from handbook.press.profile import profile
from handbook.press.tree import (
    Block,
    Break,
    Columns,
    Contents,
    Document,
    Entry,
    Heading,
    PageOf,
    Paragraph,
    Run,
    Runs,
)
from handbook.press.tree import Item as Printed
from handbook.rendering import Renderer

_ANSWERS = "参考答案与解析"


@dataclass(frozen=True)
class Edition:
    """What the cover says beside the title, and whether the answers are at the back."""

    day: date | None
    changed: bool = False
    """Whether there are changes that were not committed on that day."""
    part: str = ""
    answers: bool = True


class Manuscript:
    """The document of some pages; they are all that goes into it."""

    def __init__(self, book: Book, pages: Sequence[SitePage], edition: Edition) -> None:
        self._book, self._pages, self._edition = book, pages, edition
        self._renderer = Renderer(book, book.settings.templates)
        self._by_address = {page.address: page for page in pages}
        self._by_source = {page.source: page for page in pages}
        self._drawn = (book.settings.templates / "print/flowchart.css").read_text(encoding="utf-8")

    def document(self) -> Document:
        """Return all that is printed."""
        settings, edition = self._book.settings, self._edition
        blocks = (*self._cover(), Break(), *self._contents(), *self._texts(), *self._answers())
        title = f"{settings.title}：{edition.part}" if edition.part else settings.title

        return settled(Document(title, "handbook", blocks, profile(self._book), edition.day, settings.title))

    def _cover(self) -> Iterator[Block]:
        settings, edition = self._book.settings, self._edition
        said = settings.options.print
        day = f"{edition.day.year} 年 {edition.day.month} 月 {edition.day.day} 日" if edition.day else ""
        imprint = {
            "版次": said.edition if said else "",
            "版本日期": f"{day}{'（含未提交的改动）' if edition.changed else ''}",
            "参考答案": "在书末" if edition.answers else "不含",
        }
        yield Paragraph((Run(settings.title),), "cover-title")
        yield from _lines("cover-part", edition.part)
        yield from _lines("cover-scope", self._book.seen(said.scope) if said else "")
        yield from _lines("cover-imprint", *(f"{name}　{words}" for name, words in imprint.items() if words))
        yield from _lines("cover-notice", settings.notice)

    def _contents(self) -> Iterator[Block]:
        entries = []
        for page in self._pages:
            entries.append(Entry(1, page.title, page.name))
            entries += [Entry(2, text, in_document(page, anchor)) for anchor, text in page.sections]
        if self._answered:
            entries.append(Entry(1, _ANSWERS, "answers"))
        yield Heading(1, (Run("目录"),))
        if facts := next((page for page in self._pages if page.facts), None):
            said = "正文里带点线的数字是时限、金额、电话或公司承诺，依据和核对日期见"
            yield Paragraph((Run(said), *_reference(facts.title, f"#{facts.name}"), Run("。")), "contents-hint")
        yield Columns((Contents(tuple(entries)),))

    def _texts(self) -> Iterator[Block]:
        before = "in front of them all"
        for page in self._pages:
            if page.label or before:
                yield Break()
            before = page.label
            exercise = partial(self._exercise, page)
            yield from Article(page, self._by_address, exercise, self._drawn, self._way_to_answers(page)).read()

    def _way_to_answers(self, page: SitePage) -> Runs:
        """Return what stands above the exercises of a page."""
        chapter = Run(page.title.removeprefix(page.label).lstrip())
        return (
            (chapter, Run("，"), *_reference("答案", f"#answers--{page.name}")) if self._edition.answers else (chapter,)
        )

    @property
    def _answered(self) -> list[SitePage]:
        """The pages to whose items there are answers at the back."""
        return [page for page in self._pages if page.items] if self._edition.answers else []

    def _answers(self) -> Iterator[Block]:
        if not self._answered:
            return
        answers: list[Block] = []
        for page in self._answered:
            answers.append(Heading(2, (Run(page.title),), f"answers--{page.name}"))
            answers += [self._answer(page, name) for name in page.items]
        yield Break()
        yield Heading(1, (Run(_ANSWERS),), "answers")
        yield Columns(tuple(answers))

    def _exercise(self, page: SitePage, name: str) -> Printed:
        """Return an item with room for the answer, and the way to the answer."""
        item = self._book.bank.by_id[name].item
        kind = Run("，".join(filter(None, [item.label, item.note])))
        way = (Run("　"), *_reference("答案", f"#answer-{name}")) if self._edition.answers else ()
        blocks = items.asked(item, item.on_page(), self._prose, material="材料")
        anchor = in_document(page, f"item-{name}")

        return Printed(
            self._book.numbers[name], blocks, "exercise", (kind, *way), anchor, together=not item.self_assessed
        )

    def _answer(self, page: SitePage, name: str) -> Printed:
        """Return the answer to an item, and the way back to it."""
        item = self._book.bank.by_id[name].item
        way = _reference("题目", f"#{in_document(page, f'item-{name}')}")
        blocks = items.explained(item, item.on_page(), self._prose, self._cited(item))
        paged = tuple(_paged(block) for block in blocks)

        return Printed(self._book.numbers[name], paged, "answer", way, f"answer-{name}", together=False)

    def _prose(self, text: str) -> str:
        return self._renderer.prose(text, self._address)

    def _cited(self, item: Item) -> Iterator[tuple[Run, str]]:
        """Yield the place of each sentence that answers an item and its words; without any, its section."""
        evidence = self._renderer.evidence(item, self._address)
        for (_, words), (_, label, url) in zip(item.quoted, evidence, strict=True):
            yield Run(label, link=url), words
        if not item.evidence:
            yield Run(self._book.section_label(item.section), link=self._address(item.section)), ""

    def _address(self, name: str) -> str:
        """Return the address in the document of what the book calls `claims.md#deadlines`."""
        source, _, anchor = name.partition("#")
        if source in self._book.chapters:
            source = f"{self._book.settings.options.chapters}/{source}"
        page = self._by_source.get(source)

        return f"#{in_document(page, anchor)}" if page else ""


def _lines(style: str, *lines: str) -> Iterator[Paragraph]:
    yield from (Paragraph((Run(line),), style) for line in lines if line)


def _reference(words: str, link: str) -> Runs:
    """Return a link within the document and the page that it leads to."""
    return (Run(words, link=link), PageOf(link[1:]))


def _paged(block: Block) -> Block:
    """Return what an answer rests on with the page of each sentence."""
    if not isinstance(block, Paragraph) or block.style != "basis":
        return block
    runs = [
        (run, PageOf(run.link[1:]))
        if isinstance(run, Run) and run.link.startswith("#") and run.style != "fact"
        else (run,)
        for run in block.runs
    ]

    return replace(block, runs=tuple(one for pair in runs for one in pair))
