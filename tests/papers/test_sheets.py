"""The answer sheet: one page of marks, and nothing else that counts."""

from dataclasses import replace

import pytest
from tests.papers.conftest import (
    dressed,
    grown,
    headed,
    pages,
    text_of,
    to_pdf,
    within,
)

from handbook.papers.sheets import DENSEST, LOOSEST, TooManyBoxes, answer_sheet
from handbook.press.tree import Mark, Marks, Table


@pytest.mark.parametrize("count", [1, 60, 120])
def test_the_answer_sheet_fits_on_one_page(form, count):
    assert len(pages(to_pdf(answer_sheet(headed(grown(form, count), profile=dressed()))))) == 1


def test_a_long_title_takes_the_room_of_boxes(form):
    titled = replace(form, blueprint=form.blueprint.model_copy(update={"title": "客户问题解答流程" * 5}))
    sheet, plain = (answer_sheet(headed(grown(one, 90), profile=dressed())) for one in (titled, form))

    assert len(pages(to_pdf(sheet))) == 1
    assert list(within(sheet.blocks, Marks))[-1].down < list(within(plain.blocks, Marks))[-1].down


def test_an_answer_sheet_with_too_many_boxes_is_refused(form):
    with pytest.raises(TooManyBoxes):
        answer_sheet(headed(grown(form, 400)))


def test_the_densest_rows_are_reached_before_it_is_refused(form):
    downs = []
    for count in range(1, 400, 5):
        try:
            sheet = answer_sheet(headed(grown(form, count)))
        except TooManyBoxes:
            break
        downs.append([marks.down for marks in within(sheet.blocks, Marks)][-1])

    assert downs == sorted(downs, reverse=True)
    assert downs[0] == LOOSEST
    assert DENSEST <= downs[-1] < DENSEST + 0.5
    assert len(pages(to_pdf(answer_sheet(headed(grown(form, 5 * len(downs) - 4)))))) == 1


def test_the_sheet_has_a_mark_for_each_option_of_each_item(form, trees):
    rows = [row for marks in within(trees["答题卡"].blocks, Marks) for row in marks.rows]
    boxed = {row[0].text: [mark.text for mark in row[1:] if mark] for row in rows if row[0] and row[0].text.isdigit()}

    wanted = {
        str(number): list(place.item.boxes(place.order))
        for number, place in enumerate(form.places, 1)
        if place.item.boxes(place.order)
    }
    assert boxed == wanted
    assert all(len(row) == len(marks.rows[0]) for marks in within(trees["答题卡"].blocks, Marks) for row in marks.rows)


def test_the_sheet_asks_for_name_and_number_and_shows_how_marks_are_filled(trees):
    sheet = trees["答题卡"]
    text, number = text_of(sheet.blocks), next(within(sheet.blocks, Marks)).rows

    assert [word for word in ("姓名", "工号", "用橡皮擦干净", "由监考人填涂") if word not in text] == []
    assert "划去" not in text
    assert [mark.kind for mark in number[0] if mark] == ["square"] * 8
    assert [[mark.text for mark in row if mark] for row in number[1:]] == [[str(digit)] * 8 for digit in range(10)]
    labels = [mark.text for mark in within(sheet.blocks, Mark) if mark.kind == "label" and not mark.text.isdigit()]
    assert labels == ["正确", "错误", "缺考"]
    assert [mark.text for mark in within(sheet.blocks, Mark) if mark.filled] == ["B"]


def test_the_sheet_bears_a_code_of_record_form_and_page(trees, record):
    assert f"{record.id}-A-1" in text_of(trees["答题卡"].blocks)


def test_markers_enter_points_and_names_for_what_is_written(trees):
    assert text_of(list(within(trees["答题卡"].blocks, Table))[-1]) == "题号2627282930满分5551010得分阅卷人"
