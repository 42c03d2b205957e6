"""Forms and their record -> all the files of a set of papers.

The only module that knows which papers there are and what their files are called.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec

from handbook.book import Book
from handbook.exams.forms import ExamForm
from handbook.papers.answers import answer_key
from handbook.papers.paper import paper
from handbook.papers.records import Record, basis
from handbook.papers.sheets import TooManyBoxes, answer_sheet
from handbook.pdf.engine import Progress, rendered
from handbook.pdf.fonts import static_fonts
from handbook.problems import Unpublishable
from handbook.rendering import Renderer

PAPER, SHEET, KEY = "试卷", "答题卡", "答案与评分标准"


def file_names(record: Record) -> list[str]:
    """Return the names of all files of a record."""
    papers = (
        f"{record.blueprint_id}-{form.letter}-{kind}.{ending}"
        for form in record.forms
        for kind in (PAPER, SHEET, KEY)
        for ending in ("pdf", "docx")
    )

    return [*papers, record.file_name]


def issued(book: Book, forms: Sequence[ExamForm], record: Record, progress: Progress) -> dict[str, bytes]:
    """Return all files of a record by name; raise Unpublishable when a paper cannot be made.

    `progress` is told, in Chinese, of what takes time.
    """
    if not find_spec("docx"):
        raise Unpublishable("没有安装 python-docx，DOCX 无法生成；请运行 `make setup`。")
    templates = book.settings.templates
    renderer = Renderer(book, templates)
    fonts = static_fonts(book.settings.root / ".cache/fonts", progress)
    style = templates / "fragments/paper/paper.css"
    to_pdf = partial(rendered, styles=[style], fonts=fonts, base=templates, progress=lambda _: None)
    files: list[bytes] = []
    for form in forms:
        progress(f"排印 {form.letter} 卷")
        files += _printed(book, form, record.id, renderer, to_pdf)

    return dict(zip(file_names(record), [*files, record.text.encode()], strict=True))


def _printed(
    book: Book, form: ExamForm, record: str, renderer: Renderer, to_pdf: Callable[[str], bytes]
) -> Iterator[bytes]:
    """Yield paper, answer sheet and answer key, each as PDF and as DOCX."""
    from handbook.papers import documents  # noqa: PLC0415 -- python-docx is slow to load for the other commands

    questions = paper(form, record, renderer.plain)
    yield to_pdf(renderer.fragment("paper/paper", paper=questions, masthead=questions.masthead))
    yield documents.paper_document(questions)
    sheet = answer_sheet(form, record)
    try:
        yield to_pdf(renderer.fragment("paper/answer-sheet", sheet=sheet, masthead=sheet.masthead))
        yield documents.answer_sheet_document(sheet)
    except TooManyBoxes:
        message = f"{form.letter} 卷的选择题和判断题太多，一页答题卡放不下；请把细目表 '{form.blueprint_id}' 分成两份。"
        raise Unpublishable(message) from None
    key = answer_key(form, record, renderer.plain, partial(basis, book))
    yield to_pdf(renderer.fragment("paper/answer-key", key=key, masthead=key.masthead))
    yield documents.answer_key_document(key)
