"""One set of papers of the handbook's own bank, printed once and read back by other programs."""

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from itertools import cycle, islice

import numpy as np
import pypdfium2
import pytest
import segno
from lxml import etree
from tests.conftest import ROOT

from handbook.bank.blueprints import Blueprint
from handbook.book import read_book
from handbook.exams.forms import ExamForm, Part, Place
from handbook.papers.heads import Masthead
from handbook.papers.issuing import documents, issued
from handbook.papers.records import recorded
from handbook.papers.sheets import answer_sheet
from handbook.press import typst, word
from handbook.press.tree import Picture, Profile, Run
from handbook.rendering import Renderer

PRINT = ROOT / "overrides/print"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = [
    {"type": "single", "count": 10, "points": 2},
    {"type": "multiple", "count": 5, "points": 3},
    {"type": "true_false", "count": 10, "points": 1},
    {"type": "short_answer", "count": 3, "points": 5},
    {"type": "scenario", "count": 2, "points": 10},
]


def blueprint(parts=PARTS, **others):
    plain = {
        "title": "客户问题解答流程考核",
        "instructions": "请先写上姓名。\n\n1. 独立作答。\n2. 用黑色笔。",
        "minutes": 90,
        "pass_percent": 60,
        "parts": parts,
    }
    return Blueprint.model_validate(plain | others)


def form_of(items, plan, letter="A"):
    """Take the first items of each type, with their options turned round."""
    items = list(items)
    rest = {part.type: [item for item in items if item.type == part.type] for part in plan.parts}
    parts = tuple(Part(part, tuple(place(item, part) for item in rest[part.type][: part.count])) for part in plan.parts)
    assert [len(part.places) for part in parts] == [part.count for part in plan.parts]

    return ExamForm("2026-standard", plan, letter, parts)


def place(item, part):
    names = [one.name for one in item.offered()]
    return Place(item, part.points, tuple(reversed(names)))


@pytest.fixture(scope="session")
def book():
    return read_book(ROOT / "mkdocs.yml")


@pytest.fixture(scope="session")
def form(book):
    return form_of(book.bank.items, blueprint())


@pytest.fixture(scope="session")
def first(book, form):
    """The record before anything was printed."""
    return recorded(book, [form], 2026, commit="0" * 40)


@pytest.fixture(scope="session")
def printed(book, form, first):
    return issued(book, [form], first.id, lambda _: None)


@pytest.fixture(scope="session")
def record(first, printed):
    return first.printed_as(printed)


@pytest.fixture(scope="session")
def files(printed, record):
    """Every file of the set, by its kind and ending: `files["试卷.pdf"]`."""
    named = {name.removeprefix("2026-standard-A-"): content for name, content in printed.items()}
    return named | {record.file_name: record.text.encode()}


@pytest.fixture(scope="session")
def trees(book, form, record):
    """The documents of the set by their kind."""
    return dict(zip(("试卷", "试卷-A3", "答题卡", "答案与评分标准"), documents(book, form, record.id), strict=True))


@pytest.fixture(scope="session")
def prose(book):
    return Renderer(book, ROOT / "overrides").plain


def headed(form, record="0", profile=None):
    return Masthead(form, record, profile or Profile())


def dressed():
    """A company with a logo, for which there is least room."""
    written = io.BytesIO()
    segno.make("logo").save(written, kind="png")
    return Profile("示例人寿保险股份有限公司", Picture(written.getvalue(), "png", "示例人寿的标志"))


def to_pdf(document):
    return typst.pdf(typst.sources(document, PRINT))


def to_word(document):
    return word.docx(document, PRINT)


def within(part, kind):
    """Yield every part of a kind in a document, in its order."""
    if isinstance(part, kind):
        yield part
    if isinstance(part, tuple):
        for one in part:
            yield from within(one, kind)
    elif is_dataclass(part):
        for field in fields(part):
            yield from within(getattr(part, field.name), kind)


def text_of(part):
    """Return all the text of a part of a document."""
    return "".join(run.text for run in within(part, Run))


@pytest.fixture(scope="session")
def converted(files, form, tmp_path_factory):
    """The Word documents as LibreOffice lays them out, as PDFs by the same names; with longer answer sheets."""
    sheets = {name: content for name, content in files.items() if name.endswith(".docx")}
    for count in (60, 120):
        sheets[f"答题卡{count}.docx"] = to_word(answer_sheet(headed(grown(form, count), profile=dressed())))

    return office(sheets, tmp_path_factory.mktemp("converted"))


def office(documents, folder):
    """Return Word documents as LibreOffice lays them out, as PDFs by the same names."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    for name, content in documents.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    paths = [folder / name for name in documents]
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *paths]
    subprocess.run(command, check=True, capture_output=True)

    return {path.name: path.with_suffix(".pdf").read_bytes() for path in paths}


def pages(pdf):
    """Return the text of each page, as pdfium reads it."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [text.replace("\ufffe", "-") for text in texts]  # pdfium's sign for a hyphen at the end of a line


def paragraphs(docx, part="word/document.xml"):
    """Return the text of each paragraph, tabs and all."""
    tree = etree.fromstring(members(docx)[part])
    return ["".join(map(_character, paragraph.iter())) for paragraph in tree.iter(f"{WORD}p")]


def _character(element):
    return {f"{WORD}t": element.text or "", f"{WORD}tab": "\t", f"{WORD}br": "\n"}.get(element.tag, "")


def squeezed(text):
    """Return a text without white space and what forbids a break, to compare what two programs read."""
    return re.sub(r"[\s_\u2060]+", "", unicodedata.normalize("NFC", text))


def members(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def grown(form, count):
    """Repeat the single items of a form; a sheet does not mind."""
    single, *others = form.parts
    places = tuple(islice(cycle(single.places), count))

    return replace(form, parts=(replace(single, places=places), *others))


def ink(pdf):
    """Yield for each page how far down each of its columns is printed on, as shares of the room for text."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            bitmap = page.render(scale=0.5).to_numpy()
            columns = np.array_split(bitmap, 1 if page.get_width() < page.get_height() else 2, axis=1)
            columns[0] = columns[0][:, 36:]  # less the strip that is folded away
            height = bitmap.shape[0]
            top, bottom = int(height * 15 / 297), int(height * (297 - 18) / 297)
            dark = [np.flatnonzero((column[top:bottom] < 128).any(axis=(1, 2))) for column in columns]
            yield [rows[-1] / (bottom - top) if rows.size else 0 for rows in dark]
