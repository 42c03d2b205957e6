"""The answer key: what a marker needs to know, and room for points."""

from dataclasses import replace
from fractions import Fraction

from tests.papers.conftest import (
    blueprint,
    form_of,
    headed,
    pages,
    squeezed,
    text_of,
    within,
)

from handbook.content.settings import Print
from handbook.papers.answers import answer_key
from handbook.papers.questions import question_paper
from handbook.press.items import shown
from handbook.press.tree import Item, Paragraph, Table


def test_the_key_names_the_letters_of_this_form(form, trees):
    keys = [item for item in within(trees["答案与评分标准"].blocks, Item) if "答案：" in text_of(item)]
    assert len(keys) == 25
    for place, answer in zip(form.places, keys, strict=False):
        letters = ["√×" if place.item.type == "true_false" else "ABCDE"][0]
        options = place.item.options if place.item.type == "true_false" else place.offered
        key = "".join(letter for letter, option in zip(letters, options, strict=False) if option.key)
        assert text_of(next(one for one in within(answer, Paragraph) if one.style == "key")) == f"答案：{key}"


def test_every_rationale_model_answer_and_criterion_is_in_the_key(files, form, book):
    text = squeezed("".join(pages(files["答案与评分标准.pdf"])))
    for place in form.places:
        for option in place.offered:
            assert _plain(book.seen(option.rationale))[:12] in text
        for criterion, points in place.criteria:
            assert squeezed(f"{_plain(book.seen(criterion.criterion))}{shown(points)}") in text


def _plain(source):
    return squeezed(source.replace("**", ""))


def test_rubric_points_are_scaled_to_the_form_in_halves(book):
    plan = blueprint([{"type": "scenario", "count": 1, "points": 7}])
    key = answer_key(headed(form_of(book.bank.items, plan)), str, str)

    (rubric,) = (table for table in within(key.blocks, Table) if table.style == "rubric")
    points = [text_of(row.cells[1]) for row in rubric.rows[1:]]
    assert points[-1] == "7"
    assert sum(Fraction(one) for one in points[:-1]) == 7
    assert any("." in one for one in points)
    assert text_of(rubric.rows[0]) == "采分点满分得分"


def test_material_shared_by_several_items_is_printed_once_before_them_in_paper_and_key(book):
    plan = blueprint([{"type": "short_answer", "count": 3, "points": 5}])
    form = form_of(book.bank.items, plan)
    alone, *together = form.parts[0].places
    shared = [replace(one, item=one.item.model_copy(update={"stimulus": "同一份材料。"})) for one in together]
    form = replace(form, parts=(replace(form.parts[0], places=(alone, *shared)),))

    for document in (question_paper(headed(form), str, Print()), answer_key(headed(form), str, str)):
        kinds = [one for one in document.blocks if isinstance(one, Item) or getattr(one, "style", "") == "material"]
        assert [getattr(one, "number", text_of(one)) for one in kinds] == [
            "1.",
            "材料（第 2～3 题）同一份材料。",
            "2.",
            "3.",
        ]


def test_the_key_prints_the_material_of_each_scenario(files, form):
    text = squeezed("".join(pages(files["答案与评分标准.pdf"])))
    materials = [place.item.stimulus for place in form.places if place.item.stimulus]

    assert len(materials) == 2
    assert [one for one in materials if squeezed(one)[:20] not in text] == []
