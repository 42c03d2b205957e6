"""Forms and the id of their record -> all the papers of a set.

The only module that knows which papers there are and what their files are called.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from handbook.book import Book
from handbook.content.settings import Print
from handbook.exams.forms import ExamForm
from handbook.papers import answers, questions, sheets
from handbook.papers.heads import Masthead
from handbook.papers.records import basis
from handbook.press import typst
from handbook.press.profile import profile
from handbook.press.tree import Document
from handbook.problems import Unpublishable
from handbook.rendering import Renderer

KINDS = (questions.KIND, f"{questions.KIND}-A3", sheets.KIND, answers.KIND)
_NEEDED = {"docx": "python-docx，DOCX ", "segno": "segno，答题卡"}
"""What each library is called, and what cannot be made without it; PDFs say so themselves."""


def file_names(blueprint: str, letters: Iterable[str]) -> list[str]:
    """Return the names of the papers of forms."""
    return [
        f"{blueprint}-{letter}-{kind}.{ending}" for letter in letters for kind in KINDS for ending in ("pdf", "docx")
    ]


def issued(book: Book, forms: Sequence[ExamForm], record: str, progress: Callable[[str], None]) -> dict[str, bytes]:
    """Return all papers of forms by name; raise Unpublishable when one cannot be made.

    `progress` is told, in Chinese, of what takes time.
    """
    for library, named in _NEEDED.items():
        if not find_spec(library):
            raise Unpublishable(f"没有安装 {named}无法生成；请运行 `make setup`。")
    files: list[bytes] = []
    for form in forms:
        progress(f"排印 {form.letter} 卷")
        for document in documents(book, form, record):
            files += _written(document, book.settings.templates / "print")

    return dict(zip(file_names(forms[0].blueprint_id, (form.letter for form in forms)), files, strict=True))


def documents(book: Book, form: ExamForm, record: str) -> Iterator[Document]:
    """Yield the papers of one form, in the order of `KINDS`."""
    prose = Renderer(book, book.settings.templates).plain
    masthead = Masthead(form, record, profile(book))
    paper = questions.question_paper(masthead, prose, book.settings.options.print or Print())
    yield paper
    yield replace(paper, sheet="a3")
    try:
        yield sheets.answer_sheet(masthead)
    except sheets.TooManyBoxes:
        message = f"{form.letter} 卷的选择题和判断题太多，一页答题卡放不下；请把细目表 '{form.blueprint_id}' 分成两份。"
        raise Unpublishable(message) from None
    yield answers.answer_key(masthead, prose, partial(basis, book))


def _written(document: Document, templates: Path) -> tuple[bytes, bytes]:
    """Return a document as PDF and as DOCX."""
    from handbook.press import word  # noqa: PLC0415 -- python-docx is slow to load for the other commands

    return typst.pdf(typst.sources(document, templates)), word.docx(document, templates)
