"""The candidate's paper: what it asks, where it is answered, who signs."""

from dataclasses import replace

from tests.papers.conftest import (
    blueprint,
    dressed,
    form_of,
    headed,
    members,
    pages,
    squeezed,
    text_of,
    to_pdf,
    to_word,
    within,
)

from handbook.content.settings import Print
from handbook.papers.answers import answer_key
from handbook.papers.heads import answered, numeral, spans
from handbook.papers.questions import question_paper
from handbook.papers.sheets import answer_sheet
from handbook.press.tree import Box, Heading, Item, Lines, Options, Profile, Table


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
    document = question_paper(headed(form_of(book.bank.items, plan)), str, Print())

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


def test_the_head_names_company_exam_and_what_is_filled_in_by_hand(form, prose, files):
    text = squeezed(pages(files["试卷.pdf"])[0])
    head = ("考场", "考试日期", "出卷", "审核", "考试时间90分钟", "满分80分", "及格48分")
    other = question_paper(
        replace(headed(form), profile=Profile("另一家公司")), prose, Print(paper_head=["班次"], paper_seal=["代号"])
    )

    assert [word for word in (*head, "示例人寿") if word not in text] == []
    assert (
        text_of(other.blocks[:4])
        == "另一家公司客户问题解答流程考核（A 卷）考试时间 90 分钟　满分 80 分　及格 48 分班次 "
    )
    assert other.seal.fields == ("代号",)
    assert not any(
        word in text_of(question_paper(headed(form), prose, Print(paper_head=[])).blocks[:3]) for word in head[:4]
    )


def test_the_logo_stands_beside_the_head_in_every_paper(form, prose):
    masthead = headed(form, profile=dressed())
    papers = question_paper(masthead, prose, Print()), answer_sheet(masthead), answer_key(masthead, prose, str)

    for document in papers:
        (logo, head, _) = document.blocks[0].stacks
        assert [one.alt for one in logo] == ["示例人寿的标志"]
        assert text_of(head).startswith("示例人寿保险股份有限公司客户问题解答流程考核（A 卷）")
        assert len(pages(to_pdf(document))) >= 1
        assert any(name.endswith(".png") for name in members(to_word(document)))


def test_essays_get_room_in_proportion_to_their_points(form, trees):
    lines = {
        place.points: sum(one.count for one in within(item, Lines))
        for place, item in zip(form.places, within(trees["试卷"].blocks, Item), strict=True)
    }

    assert lines == {2: 0, 3: 0, 1: 0, 5: 8, 10: 16}


def test_only_what_has_room_to_write_may_go_on_overleaf(trees):
    for item in within(trees["试卷"].blocks, Item):
        assert item.together != any(within(item, Lines))


def test_part_numerals():
    assert [numeral(number) for number in (1, 9, 10, 11, 20, 25)] == ["一", "九", "十", "十一", "二十", "二十五"]
