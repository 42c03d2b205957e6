"""What candidates and markers hold in their hands: the documents, and what is read back from PDF and Word files."""

import re
from contextlib import closing
from dataclasses import replace
from fractions import Fraction

import outloud
import page as page_validation
import pypdfium2
import pytest
from tests.papers.conftest import (
    blueprint,
    form_of,
    grown,
    headed,
    ink,
    pages,
    paragraphs,
    squeezed,
    text_of,
    to_pdf,
    within,
)

from handbook.content.settings import Print
from handbook.exams.assembly import parallel_forms
from handbook.papers.answers import answer_key
from handbook.papers.heads import answered, numeral, spans
from handbook.papers.issuing import documents
from handbook.papers.paper import paper
from handbook.papers.sheets import DENSEST, LOOSEST, TooManyBoxes, answer_sheet
from handbook.press.items import shown
from handbook.press.tree import Box, Gap, Heading, Item, Lines, Mark, Marks, Options, Paragraph, Profile, Table

KINDS = ["试卷", "试卷-A3", "答题卡", "答案与评分标准"]
FIELDS = ("部门", "姓名", "工号", "座位号")


def said(pdf, footer):
    """Return all the text of a PDF without its feet."""
    foot = squeezed(footer)
    return re.sub(rf"{re.escape(foot)}(·答案，注意保密)?第\d+/\d+页", "", squeezed("".join(pages(pdf))))


def unsealed(text):
    """Return a text without the strip that is folded away, whose words each writer sets in its own way."""
    for word in (*FIELDS, "密封线内不要答题", "密", "封", "线"):
        text = text.replace(word, "")
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_and_word_document_say_the_same_in_the_same_order(files, form, record, kind):
    footer = f"{form.blueprint.title} · A 卷 · 记录 {record.id}"
    in_word = squeezed("".join(paragraphs(files[f"{kind}.docx"])))

    assert len(in_word) > 400
    assert unsealed(said(files[f"{kind}.pdf"], footer)) == unsealed(in_word)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_says_all_that_is_in_the_document(files, trees, kind):
    found = squeezed("".join(pages(files[f"{kind}.pdf"])))
    texts = [text_of(part) for part in within(trees[kind].blocks, Paragraph)]

    assert [text for text in texts if squeezed(text) not in found and not broken(text, found)] == []


def broken(text, found):
    """Tell whether both halves are there: the foot of a page stands between them."""
    quarter = len(squeezed(text)) // 4
    return squeezed(text)[:quarter] in found and squeezed(text)[-quarter:] in found


def test_the_folded_paper_asks_the_same(trees):
    assert replace(trees["试卷-A3"], sheet="a4") == trees["试卷"]


def test_items_are_numbered_through_all_parts(trees):
    assert [item.number for item in within(trees["试卷"].blocks, Item)] == [f"{number}." for number in range(1, 31)]


def test_the_heading_of_each_part_says_number_points_and_rule(trees):
    headings = [text_of(heading) for heading in within(trees["试卷"].blocks, Heading)]

    assert headings[0] == "一、单选题（共 10 题，每题 2 分，共 20 分。每题只有一个正确选项；填涂在答题卡上）"
    assert headings[1].startswith("二、多选题（共 5 题，每题 3 分，共 15 分。多选、少选、错选均不得分")
    assert headings[4].startswith("五、情景分析题（共 2 题，每题 10 分，共 20 分。请写在题后的横线上")


def test_markers_enter_points_and_names_at_each_part_and_check_the_sum(trees):
    document = trees["试卷"]
    totals = next(within(document.blocks, Table))

    assert {heading.fields for heading in within(document.blocks, Heading)} == {("得分", "阅卷人")}
    assert text_of(totals) == "题号一二三四五总分复核人满分201510152080得分"


def test_a_part_scored_in_parts_says_so(book):
    plan = blueprint([{"type": "multiple", "count": 1, "points": 3, "scoring": "partial"}])
    document = paper(headed(form_of(book.bank.items, plan)), str, Print())

    assert "按选对的比例得分" in text_of(next(within(document.blocks, Heading)))


def test_one_rule_says_where_each_item_is_answered(trees):
    rule = "第 1～25 题填涂在答题卡上，写在试卷上无效；第 26～30 题写在试卷上，答题卡上不作答。"

    assert rule in text_of(next(within(trees["试卷"].blocks, Box)))
    assert text_of(trees["答题卡"].blocks).count(rule) == 1


def test_the_rule_follows_the_form(book):
    def rule(*types):
        plan = blueprint([{"type": name, "count": 2, "points": 2} for name in types])
        return answered(headed(form_of(book.bank.items, plan)).parts)

    assert rule("single") == "第 1～2 题填涂在答题卡上，写在试卷上无效。"
    assert rule("fill_in") == "第 1～2 题写在试卷上，答题卡上不作答。"
    assert rule("single", "ordering", "true_false").startswith(
        "第 1～2、5～6 题填涂在答题卡上，写在试卷上无效；第 3～4 题"
    )
    assert spans([7]) == "第 7 题"


def test_options_stand_in_the_order_of_the_form_behind_its_letters(form, trees):
    first = next(form.places)
    options = next(within(trees["试卷"].blocks, Options)).entries

    assert [text_of(runs) for _, runs in options] == [option.text for option in first.offered]
    assert [text_of(runs) for _, runs in options] == [option.text for option in reversed(first.item.options)]
    assert [mark for mark, _ in options] == ["A.", "B.", "C.", "D."]


def test_every_page_bears_its_number_the_form_and_the_record(files, record):
    for kind in KINDS:
        texts = pages(files[f"{kind}.pdf"])
        for number, text in enumerate(texts, 1):
            assert squeezed(f"A卷·记录{record.id}") in squeezed(text)
            assert f"第{number}/{len(texts)}页" in squeezed(text)


def test_the_head_names_company_exam_and_what_is_filled_in_by_hand(form, prose, files):
    text = squeezed(pages(files["试卷.pdf"])[0])
    head = ("考场", "考试日期", "出卷", "审核", "考试时间90分钟", "满分80分", "及格48分")
    other = paper(
        replace(headed(form), profile=Profile("另一家公司")), prose, Print(paper_head=["班次"], paper_seal=["代号"])
    )

    assert [word for word in (*head, "示例人寿") if word not in text] == []
    assert (
        text_of(other.blocks[:4])
        == "另一家公司客户问题解答流程考核（A 卷）考试时间 90 分钟　满分 80 分　及格 48 分班次 "
    )
    assert other.seal.fields == ("代号",)
    assert not any(word in text_of(paper(headed(form), prose, Print(paper_head=[])).blocks[:3]) for word in head[:4])


@pytest.mark.parametrize("kind", ["试卷", "试卷-A3"])
def test_a_candidate_is_named_within_the_seal_line_of_the_first_page_alone(files, trees, kind):
    first, *others = [squeezed(text) for text in pages(files[f"{kind}.pdf"])]
    body = text_of(trees[kind].blocks)

    assert trees[kind].seal.fields == FIELDS
    assert [word for word in (*FIELDS, "密封线内不要答题") if word not in first] == []
    assert not any("座位号" in text for text in (*others, body))


def test_the_seal_line_stands_left_of_all_else(files):
    with closing(pypdfium2.PdfDocument(files["试卷.pdf"])) as pdf:
        text = pdf[0].get_textpage()
        characters = [(text.get_text_range(index, 1), text.get_charbox(index)) for index in range(text.count_chars())]
    said = "".join(character for character, _ in characters)
    sealed = range(said.index("部门"), said.index("密封线内不要答题") + len("密封线内不要答题"))
    millimetre = 72 / 25.4

    assert max(characters[index][1][2] for index in sealed) < 24 * millimetre
    assert (
        min(box[0] for index, (one, box) in enumerate(characters) if index not in sealed and one.strip())
        > 26 * millimetre
    )


def test_essays_get_room_in_proportion_to_their_points(form, trees):
    lines = {
        place.points: sum(one.count for one in within(item, Lines))
        for place, item in zip(form.places, within(trees["试卷"].blocks, Item), strict=True)
    }

    assert lines == {2: 0, 3: 0, 1: 0, 5: 8, 10: 16}


def test_only_what_has_room_to_write_may_go_on_overleaf(trees):
    for item in within(trees["试卷"].blocks, Item):
        assert item.together != any(within(item, Lines))


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

    for document in (paper(headed(form), str, Print()), answer_key(headed(form), str, str)):
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


@pytest.mark.parametrize("name", ["2026-standard", "procedures", "quick-check", "group-claims"])
def test_a_gap_never_breaks_and_never_stands_alone(book, name):
    """Read back from the lines of the PDF; a stem that ends in a list or a table has a line for it."""
    broken, brackets = [], 0
    for form in parallel_forms(book, name, ["A"], 7):
        for document in list(documents(book, form, "0"))[:2]:
            lines = [line for text in pages(to_pdf(document)) for line in text.splitlines()]
            brackets += sum(1 for line in lines if re.search(r"（\s*）", line))
            broken += [
                line for line in lines if re.match(r"\s*(（\s*）|）|（\s*$)", line) or re.search(r"（\s*$", line)
            ]
    with_gaps = [one for one in within(document.blocks, Gap) if one.bracketed]

    assert broken == []
    assert brackets == 2 * len(with_gaps) > 0


@pytest.mark.parametrize("count", [1, 60, 120])
def test_the_answer_sheet_fits_on_one_page(form, count):
    assert len(pages(to_pdf(answer_sheet(headed(grown(form, count)))))) == 1


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


@pytest.mark.parametrize("kind", ["试卷", "试卷-A3", "答案与评分标准"])
def test_no_page_but_the_last_is_half_empty(files, kind):
    """Of each column, the lowest ink; the foot does not count."""
    filled = [share for page in ink(files[f"{kind}.pdf"]) for share in page][:-1]
    if kind == "试卷-A3":
        filled = filled[:-1]  # the last sheet has two columns

    assert filled
    assert min(filled) > 0.75


def test_part_numerals():
    assert [numeral(number) for number in (1, 9, 10, 11, 20, 25)] == ["一", "九", "十", "十一", "二十", "二十五"]


@pytest.mark.parametrize("kind", KINDS)
def test_two_accessibility_checkers_find_no_fault(files, tmp_path, kind):
    path = tmp_path / "paper.pdf"
    path.write_bytes(files[f"{kind}.pdf"])

    assert [failure.rule_id for failure in page_validation.validate_pdf(path, profile="ua1").failures] == []
    assert [finding for finding in outloud.check(path).findings if finding.severity == "error"] == []
