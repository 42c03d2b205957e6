"""The example of each item type on paper: asked without its answer, and answered in the key, as PDF and as DOCX."""

from dataclasses import replace

import pytest
from tests import examples
from tests.conftest import ROOT
from tests.papers.conftest import headed, pages, paragraphs, squeezed, text_of, within

from handbook.bank.blueprints import Blueprint
from handbook.book import read_book
from handbook.exams.arranging import arranged
from handbook.exams.forms import ExamForm
from handbook.exams.pool import units
from handbook.items import MODELS
from handbook.items.parts import BLANK
from handbook.papers.issuing import issued
from handbook.papers.records import recorded
from handbook.papers.sheets import answer_sheet
from handbook.press.tree import Mark, Marks, Table


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = tmp_path_factory.mktemp("examples")
    examples.write_handbook(root)

    return read_book(root / "mkdocs.yml")


@pytest.fixture(scope="module")
def exam_form(book):
    parts = [{"type": name, "count": 1, "points": 6, "scoring": "partial"} for name in MODELS]
    asked = {"title": "每种一题", "instructions": "每种题型一道。", "minutes": 60, "pass_percent": 60}
    plan = Blueprint.model_validate({**asked, "parts": parts})

    return ExamForm("each", plan, "A", arranged(units(book.bank.items, plan), plan, "1:A"))


@pytest.fixture(scope="module")
def printed(book, exam_form):
    """The text of paper and answer key, as PDF and as DOCX."""
    ours = replace(book, settings=replace(book.settings, templates=ROOT / "overrides", root=ROOT))
    files = issued(ours, [exam_form], "0", lambda _: None)

    def text(name):
        content = files[name]
        lines = pages(content) if name.endswith("pdf") else paragraphs(content)
        return squeezed("".join(lines)).replace("**", "")

    return {name.removeprefix("each-A-"): text(name) for name in files}


def plain(book, text):
    return squeezed(book.seen(text)).replace("**", "").replace(BLANK, "")


@pytest.mark.parametrize("ending", ["pdf", "docx"])
@pytest.mark.parametrize("name", MODELS)
def test_the_paper_asks_and_does_not_answer(book, exam_form, printed, name, ending):
    place = next(place for place in exam_form.places if place.item.type == name)
    asked = place.item.asked(place.order, place.points)
    paper = printed[f"试卷.{ending}"]

    assert plain(book, asked.stem) in paper
    assert [text for _, text in asked.options if plain(book, text) not in paper] == []
    assert [text for text in asked.prompts if plain(book, text) not in paper] == []
    assert [part.rationale for part in place.item.explained(place.order) if plain(book, part.rationale) in paper] == []


@pytest.mark.parametrize("ending", ["pdf", "docx"])
@pytest.mark.parametrize("name", MODELS)
def test_the_key_answers_and_says_why(book, exam_form, printed, name, ending):
    place = next(place for place in exam_form.places if place.item.type == name)
    item, key = place.item, printed[f"答案与评分标准.{ending}"]

    assert item.self_assessed or f"答案：{plain(book, item.key(place.order))}" in key
    assert [part.rationale for part in item.explained(place.order) if plain(book, part.rationale) not in key] == []
    assert [one.criterion for one in item.criteria() if plain(book, one.criterion) not in key] == []


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_key_quotes_what_answers_and_where_and_no_candidate_sees_it(printed, ending):
    chapter = "第1章“投诉处理”中的"
    single = f"依据：{chapter}“小节intake”：“第一步永远是弄清诉求、记下关键信息”；题目编号：guide-single"
    scenario = (
        f"依据：{chapter}“小节recusal”：“核实投诉，应当由…无直接利益关系的人员进行”"
        f"“不辩解、不挂断、不自己办，登记后交主管”；{chapter}“小节intake”：“记下关键信息”；题目编号：guide-scenario"
    )
    plain = f"依据：{chapter}“小节intake”；题目编号：guide-multiple"

    assert [
        line for line in (single, scenario, plain) if squeezed(line) not in printed[f"答案与评分标准.{ending}"]
    ] == []
    assert "关键信息" not in printed[f"试卷.{ending}"].replace("听清诉求，记下关键信息", "")


def test_a_form_is_recorded_under_the_id_that_the_first_edition_gave_it(book, exam_form):
    assert recorded(book, [exam_form], 1, commit=None).printed_as({}).id == "fc14f926e9"


def test_what_offers_something_is_not_shown_in_the_order_of_its_answer(exam_form):
    orders = {place.item.type: (place.order, place.item.on_page()) for place in exam_form.places}

    for name in ("ordering", "matching"):
        right = tuple(one.name for one in next(p.item for p in exam_form.places if p.item.type == name).offered())
        assert right not in orders[name]


def test_the_sheet_has_boxes_for_what_is_chosen_and_a_line_for_the_rest(exam_form):
    sheet = answer_sheet(headed(exam_form))
    numbers = [
        mark.text for marks in within(sheet.blocks, Marks) for mark in within(marks, Mark) if mark.kind == "label"
    ]
    boxed = [number for number in numbers if number.isdigit()]
    written = text_of(list(within(sheet.blocks, Table))[-1]).partition("满分")[0]

    assert boxed == ["1", "2", "3"]
    assert written == "题号45678"
