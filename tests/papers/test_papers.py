"""What candidates and markers hold in their hands, read back from the PDFs and from the Word documents."""

import re
from dataclasses import replace
from fractions import Fraction

import outloud
import page as page_validation
import pytest
from tests.papers.conftest import blueprint, form_of, grown, pages, paragraphs, squeezed

from handbook.papers.answers import answer_key
from handbook.papers.paper import numeral, paper, shown
from handbook.papers.prose import Paragraph, Run, Table, blocks
from handbook.papers.sheets import ROWS, TooManyBoxes, answer_sheet

KINDS = ["试卷", "答案与评分标准"]


def said(pdf, footer):
    """Return all the text of a PDF without its footers."""
    texts = [page.replace("\r\n", "\n") for page in pages(pdf)]
    return squeezed(
        "".join(
            re.sub(rf"{re.escape(footer)}.*\n?第 \d+ / \d+ 页|第 \d+ / \d+ 页\n?{re.escape(footer)}.*", "", text)
            for text in texts
        )
    )


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_and_word_document_say_the_same(files, form, record, kind):
    footer = f"{form.blueprint.title} · A 卷 · 记录 {record.id}"

    assert said(files[f"{kind}.pdf"], footer) == squeezed("".join(paragraphs(files[f"{kind}.docx"])))


def test_items_are_numbered_through_all_parts(files):
    numbers = [match[1] for line in paragraphs(files["试卷.docx"]) if (match := re.match(r"(\d+)\.\t\S", line))]

    assert numbers[:2] == ["1", "2"]  # the instructions are a list, too
    assert numbers[2:] == [str(number) for number in range(1, 31)]


def test_the_heading_of_each_part_says_number_points_and_rule(files):
    text = squeezed("".join(pages(files["试卷.pdf"])))

    assert "一、单选题（共10题，每题2分，共20分。每题只有一个正确选项）" in text
    assert "二、多选题（共5题，每题3分，共15分。多选、少选、错选均不得分）" in text
    assert "五、情景分析题（共2题，每题10分，共20分。" in text


def test_a_part_scored_in_parts_says_so(book):
    plan = blueprint([{"type": "multiple", "count": 1, "points": 3, "scoring": "partial"}])

    assert "按选对的比例得分" in paper(form_of(book.bank.items, plan), "0", str).parts[0].heading.rule


def test_options_stand_in_the_order_of_the_form_behind_its_letters(form, files):
    first = next(form.places)
    lines = paragraphs(files["试卷.docx"])
    begin = next(index for index, line in enumerate(lines) if line.startswith("一、单选题"))

    shown_options = re.findall(r"[A-E]\.\t([^\t]+)", "\t".join(lines[begin : begin + 6]).partition("2.\t")[0])

    assert shown_options == [option.text for option in first.offered]
    assert shown_options == [option.text for option in reversed(first.item.options)]


def test_every_page_bears_its_number_the_form_and_the_record(files, record):
    for kind in (*KINDS, "答题卡"):
        texts = pages(files[f"{kind}.pdf"])
        for number, text in enumerate(texts, 1):
            assert squeezed(f"A卷·记录{record.id}") in squeezed(text)
            assert f"第{number}/{len(texts)}页" in squeezed(text)


def test_candidates_are_asked_for_name_number_and_seat(files):
    for kind in ("试卷", "答题卡"):
        text = squeezed(pages(files[f"{kind}.pdf"])[0])
        assert all(
            field in text for field in ("姓名", "工号", "座位号", "得分", "考试时间90分钟", "满分80分", "及格48分")
        )


def test_essays_get_room_in_proportion_to_their_points(form):
    items = [item for part in paper(form, "0", str).parts for group in part.groups for item in group.items]
    lines = {place.points: item.lines for place, item in zip(form.places, items, strict=True)}

    assert lines == {2: 0, 3: 0, 1: 0, 5: 8, 10: 16}


def test_the_key_names_the_letters_of_this_form(form):
    key = answer_key(form, "0", str, str)
    for place, answer in zip(form.places, (a for part in key.parts for a in part.items), strict=True):
        letters = ["√×" if place.item.type == "true_false" else "ABCDE"][0]
        options = place.item.options if place.item.type == "true_false" else place.offered
        assert answer.key == "".join(letter for letter, option in zip(letters, options, strict=False) if option.key)


def test_every_rationale_model_answer_and_criterion_is_in_the_key(files, form, book):
    text = squeezed("".join(pages(files["答案与评分标准.pdf"]))).replace("**", "")
    for place in form.places:
        for option in place.offered:
            assert _plain(book.seen(option.rationale))[:12] in text
        for criterion, points in place.criteria:
            assert squeezed(f"{_plain(book.seen(criterion.criterion))}{shown(points)}") in text


def _plain(source):
    return squeezed(source.replace("**", ""))


def test_rubric_points_are_scaled_to_the_form_in_halves(book):
    plan = blueprint([{"type": "scenario", "count": 1, "points": 7}])
    form = form_of(book.bank.items, plan)

    rubric = answer_key(form, "0", str, str).parts[0].items[0].rubric

    assert sum(Fraction(points) for _, points in rubric) == 7
    assert any("." in points for _, points in rubric)


def test_material_shared_by_several_items_is_printed_once_before_them(book):
    plan = blueprint([{"type": "short_answer", "count": 3, "points": 5}])
    form = form_of(book.bank.items, plan)
    alone, *together = form.parts[0].places
    shared = [replace(place, item=place.item.model_copy(update={"stimulus": "同一份材料。"})) for place in together]
    form = replace(form, parts=(replace(form.parts[0], places=(alone, *shared)),))

    groups = paper(form, "0", str).parts[0].groups

    assert [(group.label, len(group.items)) for group in groups] == [
        ("材料（第 1 题）", 1),
        ("材料（第 2～3 题）", 2),
    ]
    assert [bool(group.stimulus) for group in groups] == [False, True]


@pytest.mark.parametrize("count", [1, 60, 120])
def test_the_answer_sheet_fits_on_one_page(form, to_pdf, count):
    sheet = answer_sheet(grown(form, count), "0")

    assert len(pages(to_pdf("answer-sheet", sheet=sheet))) == 1


def test_an_answer_sheet_with_too_many_boxes_is_refused(form):
    with pytest.raises(TooManyBoxes):
        answer_sheet(grown(form, 400), "0").density  # noqa: B018


def test_the_densest_rows_are_reached_before_it_is_refused(form):
    densities = [answer_sheet(grown(form, count), "0").density for count in range(10, 130, 10)]

    assert densities == sorted(densities)
    assert set(densities) == set(range(len(ROWS)))


def test_part_numerals():
    assert [numeral(number) for number in (1, 9, 10, 11, 20, 25)] == ["一", "九", "十", "十一", "二十", "二十五"]


def test_markup_becomes_emphasis_lists_and_tables():
    html = (
        "<p>甲\n乙 <strong>不</strong>得 <a href='x'>丙</a></p><ol start='3'><li>丁</li><li><p>戊</p></li></ol>"
        "<ul><li>己</li></ul><table><tr><th>庚</th></tr><tr><td>a <b>辛</b></td></tr></table>"
    )

    assert blocks(html) == (
        Paragraph((Run("甲乙 "), Run("不", strong=True), Run("得 丙"))),
        Paragraph((Run("丁"),), "3.", 1),
        Paragraph((Run("戊"),), "4.", 1),
        Paragraph((Run("己"),), "•", 1),
        Table((((Run("庚"),),), ((Run("a "), Run("辛", strong=True)),))),
    )


def test_escaped_characters_come_out_as_themselves(renderer):
    assert blocks(renderer.plain("满 3 < 5 日 & `a<b` 止")) == (Paragraph((Run("满 3 < 5 日 & a<b 止"),)),)


def test_a_picture_becomes_what_it_says_of_itself():
    assert blocks('<p><img alt="流程图" src="x.png"></p><p><img src="y.png"></p>') == (
        Paragraph((Run("流程图"),)),
        Paragraph((Run("［图］"),)),
    )


@pytest.mark.parametrize("kind", [*KINDS, "答题卡"])
def test_two_accessibility_checkers_find_no_fault(files, tmp_path, kind):
    path = tmp_path / "paper.pdf"
    path.write_bytes(files[f"{kind}.pdf"])

    assert [failure.rule_id for failure in page_validation.validate_pdf(path, profile="ua1").failures] == []
    assert [finding for finding in outloud.check(path).findings if finding.severity == "error"] == []
