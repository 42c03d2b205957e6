"""One set of papers of the handbook's own bank, printed once and read back by other programs."""

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from contextlib import closing
from dataclasses import replace
from itertools import cycle, islice

import pypdfium2
import pytest
from lxml import etree
from tests.conftest import ROOT

from handbook.bank.blueprints import Blueprint
from handbook.book import read_book
from handbook.exams.forms import ExamForm, Part, Place
from handbook.papers.documents import answer_sheet_document
from handbook.papers.issuing import issued
from handbook.papers.records import recorded
from handbook.papers.sheets import answer_sheet
from handbook.pdf.engine import rendered
from handbook.pdf.fonts import static_fonts
from handbook.rendering import Renderer

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
def record(book, form):
    return recorded(book, [form], 2026, commit="0" * 40)


@pytest.fixture(scope="session")
def files(book, form, record):
    """Every file of the set, by its kind and ending: `files["试卷.pdf"]`."""
    named = issued(book, [form], record, lambda _: None)
    return {name.removeprefix("2026-standard-A-"): content for name, content in named.items()}


@pytest.fixture(scope="session")
def renderer(book):
    return Renderer(book, ROOT / "overrides")


@pytest.fixture(scope="session")
def to_pdf(renderer):
    """Print one thing by the name of its template."""
    fonts = static_fonts(ROOT / ".cache/fonts")

    def printed(template, **values):
        (thing,) = values.values()
        html = renderer.fragment(f"paper/{template}", masthead=thing.masthead, **values)
        style = ROOT / "overrides/fragments/paper/paper.css"
        return rendered(html, styles=[style], fonts=fonts, base=ROOT, progress=lambda _: None)

    return printed


@pytest.fixture(scope="session")
def converted(files, form, tmp_path_factory):
    """The Word documents as LibreOffice lays them out, as PDFs by the same names; with longer answer sheets."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    folder = tmp_path_factory.mktemp("converted")
    documents = {name: content for name, content in files.items() if name.endswith(".docx")}
    for count in (60, 120):
        documents[f"答题卡{count}.docx"] = answer_sheet_document(answer_sheet(grown(form, count), "0"))
    for name, content in documents.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        *(folder / n for n in documents),
    ]
    subprocess.run(command, check=True, capture_output=True)

    return {name: (folder / name).with_suffix(".pdf").read_bytes() for name in documents}


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
    """Return a text without white space and page breaks, to compare what two programs read."""
    return re.sub(r"[\s_]+", "", unicodedata.normalize("NFC", text))


def members(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def grown(form, count):
    """Repeat the single items of a form; a sheet does not mind."""
    single, *others = form.parts
    places = tuple(islice(cycle(single.places), count))

    return replace(form, parts=(replace(single, places=places), *others))
