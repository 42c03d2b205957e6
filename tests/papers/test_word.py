"""The Word documents of a set of papers, as LibreOffice lays them out: text, pages, gaps, marks, seal."""

import re
from collections import Counter
from contextlib import closing

import pypdfium2
import pytest
from lxml import etree
from tests.papers.conftest import (
    PRINT,
    WORD,
    ink,
    members,
    office,
    pages,
    paragraphs,
    squeezed,
    within,
)

from handbook.files import zipped
from handbook.press.looks import read_looks
from handbook.press.tree import Gap, Mark, Paragraph, Run

KINDS = ["试卷", "试卷-A3", "答题卡", "答案与评分标准"]
STRIP = "部门姓名工号座位号密封线密封线内不要答题"
HEAD = "采分点满分得分"
"""Of a table that may run on over pages, each of which repeats it."""


@pytest.fixture(scope="module")
def looks():
    return read_looks(PRINT / "word.yml", "paper-a4")


def tree(files, name, part="word/document.xml"):
    return etree.fromstring(members(files[f"{name}.docx"])[part])


def styles_used(files, name):
    return Counter(one.get(f"{WORD}val") for one in tree(files, name).iter(f"{WORD}pStyle", f"{WORD}rStyle"))


def lines(pdf):
    return [line for text in pages(pdf) for line in text.splitlines()]


def foot(form, record, name):
    note = "·答案，注意保密" if name == "答案与评分标准" else ""
    return f"{squeezed(form.blueprint.title)}·A卷·记录{record.id}{note}第"


@pytest.mark.parametrize("name", KINDS)
def test_every_paragraph_has_a_style_of_the_table(files, looks, name):
    assert styles_used(files, name).keys() <= looks.styles.keys()
    assert all(one.find(f"{WORD}pPr/{WORD}pStyle") is not None for one in tree(files, name).iter(f"{WORD}p"))


def test_a_style_that_papers_ask_for_is_not_made_up(trees, looks):
    asked = {one.style for document in trees.values() for kind in (Paragraph, Run) for one in within(document, kind)}

    assert [name for name in asked - {""} if name not in looks.styles] == []
    assert {"title", "fields", "rationale", "basis"} <= asked


def test_a_paper_does_not_name_the_styles_of_its_key(files):
    named = {one.get(f"{WORD}val") for one in tree(files, "试卷", "word/styles.xml").iter(f"{WORD}name")}

    assert not named & {"答案", "解析", "依据", "参考答案", "答案题干"}
    assert "题干" in named


@pytest.mark.parametrize("name", KINDS)
def test_no_space_stands_in_for_a_tab(files, name):
    assert [line for line in paragraphs(files[f"{name}.docx"]) if "  " in line] == []


@pytest.mark.parametrize("name", KINDS)
def test_libreoffice_shows_all_the_text_in_its_order(files, converted, form, record, name):
    shown = squeezed("".join(pages(converted[f"{name}.docx"])))
    shown = re.sub(rf"{re.escape(foot(form, record, name))}\d+/\d+页", "", shown)
    shown = shown.replace(STRIP, "", 1)
    wanted = squeezed("".join(paragraphs(files[f"{name}.docx"])))

    assert shown.replace(HEAD, "") == wanted.replace(HEAD, "")
    assert shown.count(HEAD) >= wanted.count(HEAD)


@pytest.mark.parametrize("name", KINDS)
def test_libreoffice_numbers_the_pages(converted, form, record, name):
    texts = pages(converted[f"{name}.docx"])

    for number, text in enumerate(texts, 1):
        assert f"{foot(form, record, name)}{number}/{len(texts)}页" in squeezed(text)


@pytest.mark.parametrize("name", KINDS)
def test_libreoffice_needs_as_many_pages_as_the_pdf(files, converted, name):
    assert abs(len(pages(converted[f"{name}.docx"])) - len(pages(files[f"{name}.pdf"]))) <= 1


def test_the_answer_sheet_is_one_page_in_libreoffice(converted):
    sheets = [name for name in converted if name.startswith("答题卡")]

    assert len(sheets) == 3
    assert {name: len(pages(converted[name])) for name in sheets} == dict.fromkeys(sheets, 1)


@pytest.mark.parametrize("name", ["试卷", "试卷-A3"])
def test_a_gap_never_breaks_and_never_stands_alone_in_libreoffice(converted, trees, name):
    found = lines(converted[f"{name}.docx"])
    wanted = [one for one in within(trees[name], Gap) if one.bracketed]

    assert sum(len(re.findall(r"（\s*）", line)) for line in found) == len(wanted) > 20
    assert [line for line in found if re.match(r"\s*(（\s*）|）)", line) or re.search(r"（\s*$", line)] == []


def test_items_stay_together_in_libreoffice(converted):
    """No page, and no column, begins with an option but the first."""
    begun = [re.sub(r"\s", "", text)[:3] for text in pages(converted["试卷.docx"])]

    assert [line for line in begun if re.match(r"[B-E]\.", line)] == []


@pytest.mark.parametrize("name", ["试卷", "试卷-A3", "答案与评分标准"])
def test_no_page_but_the_last_is_half_empty_in_libreoffice(converted, name):
    filled = [share for page in ink(converted[f"{name}.docx"]) for share in page]

    assert min(filled[: -2 if name == "试卷-A3" else -1]) > 0.5


def boxes(pdf):
    """What is drawn below the name on the first page, in tenths of a millimetre."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        found = [one.get_bounds() for one in document[0].get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
        top = place_of(document[0].get_textpage(), "填涂说明")[1]
    return sorted(tuple(round(length / 72 * 254) for length in place) for place in found if place[3] < top)


def refonted(docx, fonts):
    """Return a document in other fonts."""
    files = members(docx)
    for asked, other in fonts.items():
        files["word/styles.xml"] = files["word/styles.xml"].replace(asked.encode(), other.encode())
    return zipped(files)


def place_of(text, words):
    """Return left, bottom, right and top of words on a page."""
    first, count = text.search(words).get_next()
    places = [text.get_charbox(index) for index in range(first, first + count)]
    lefts, bottoms, rights, tops = zip(*places, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def test_no_font_moves_a_mark(files, trees, tmp_path):
    """Fonts much wider and higher than those that are asked for."""
    sheets = {}
    for name, fonts in {
        "asked": {},
        "other": {"Times New Roman": "DejaVu Sans Mono", "宋体": "Noto Sans Mono CJK SC"},
    }.items():
        sheets[f"{name}.docx"] = refonted(files["答题卡.docx"], fonts)
    asked, other = office(sheets, tmp_path).values()

    assert boxes(asked) == boxes(other)
    assert len(boxes(asked)) > len(list(within(trees["答题卡"], Mark)))


@pytest.mark.parametrize("name", ["试卷", "试卷-A3"])
def test_the_seal_stands_left_of_all_else_on_the_first_page_alone(converted, name):
    pdf = converted[f"{name}.docx"]
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        text = document[0].get_textpage()
        fields = [place_of(text, words) for words in ("部门", "座位号", "密封线内不要答题")]
        left_of_all = place_of(text, "考试时间")[0]

    assert max(right for _, _, right, _ in fields) < left_of_all
    assert fields[0][1] < fields[1][1]  # read upwards
    assert ["密封线内" in squeezed(page) for page in pages(pdf)] == [True] + [False] * (len(pages(pdf)) - 1)
