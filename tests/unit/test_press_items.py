"""An item of any type as blocks: where its gaps are, what is told again, what it rests on."""

from fractions import Fraction

import pytest
from markdown import markdown
from tests import examples

from handbook.book import read_book
from handbook.items import MODELS
from handbook.press.items import asked, explained, shown, stem
from handbook.press.markup import blocks
from handbook.press.tree import Gap, Lines, List, Options, Paragraph, Row, Run, Table, plain

GAP, BLANK = Gap(), Gap(6, bracketed=False)


@pytest.fixture(scope="module")
def items(tmp_path_factory):
    root = tmp_path_factory.mktemp("examples")
    examples.write_handbook(root)
    return {item.type: item for item in read_book(root / "mkdocs.yml").bank.items}


def prose(text):
    return markdown(text, extensions=["tables", "sane_lists"])


def of(item, **values):
    return asked(item.model_copy(update=values), item.on_page(), prose)


@pytest.mark.parametrize("name", MODELS)
def test_each_type_leaves_room_for_its_answer(items, name):
    found = asked(items[name], items[name].on_page(), prose)
    ends = [one.runs[-1] for one in found if isinstance(one, Paragraph)]
    ends += [runs[-1] for one in found if isinstance(one, Options) for _, runs in one.entries]
    blanks = [run for one in found if isinstance(one, Paragraph) for run in one.runs if run == BLANK]

    assert GAP in ends or blanks or any(isinstance(one, Lines) for one in found)


def test_a_gap_follows_the_last_line_of_a_stem(items):
    (one, *_) = of(items["single"], stem="甲**乙**")
    (first, listed, *_) = of(items["single"], stem="甲\n\n1. 乙\n2. 丙")
    (_, table, alone, *_) = of(items["single"], stem="甲\n\n|乙|\n|-|\n|丙|")

    assert one.runs == (Run("甲"), Run("乙", strong=True), GAP)
    assert first.runs == (Run("甲"),)
    assert [entry[-1].runs for entry in listed.entries] == [(Run("乙"),), (Run("丙"), GAP)]
    assert isinstance(table, Table)
    assert alone.runs == (GAP,)


def test_a_blank_is_a_gap_wherever_it_stands(items):
    (one, listed) = of(items["fill_in"], stem="甲 ____，**乙____丙**\n\n- ____丁")

    assert one.runs == (Run("甲 "), BLANK, Run("，"), Run("乙", strong=True), BLANK, Run("丙", strong=True))
    assert isinstance(listed, List)
    assert listed.entries[0][0].runs == (BLANK, Run("丁"))


def test_short_options_stand_beside_each_other(items):
    def columns(text):
        option = items["single"].options[0]
        options = tuple(option.model_copy(update={"text": f"{text}{number}"}) for number in "12")
        return asked(items["single"].model_copy(update={"options": options}), [o.name for o in options], prose)[
            -1
        ].columns

    assert [columns("字" * count) for count in (6, 7, 17, 18)] == [4, 2, 2, 1]


def test_markers_read_each_option_again_and_readers_do_not(items):
    item = items["single"]
    texts = [option.text for option in item.options]
    for_markers = explained(item, item.on_page(), prose, shares=())[1]
    for_readers = explained(item, item.on_page(), prose)[1]

    assert [plain(runs).partition("\n")[0] for _, runs in for_markers.entries] == texts
    assert not any(text in plain(runs) for text in texts for _, runs in for_readers.entries)
    assert [mark for mark, _ in for_readers.entries] == ["A.", "B."]


def test_readers_are_told_the_steps_in_their_order(items):
    item = items["ordering"]
    steps = explained(item, item.on_page(), prose)[1]

    assert [plain(runs).partition("\n")[0] for _, runs in steps.entries] == [step.text for step in item.steps]


def test_only_a_rubric_of_those_who_mark_has_room_for_their_points(items):
    item = items["short_answer"]
    shares = [(criterion, Fraction(1, 2)) for criterion in item.criteria()]

    def rows(*given):
        (rubric,) = (one for one in explained(item, (), prose, (), *given) if isinstance(one, Table))
        return [[plain(cell[0].runs) for cell in row.cells] for row in rubric.rows]

    assert rows()[0] == ["采分点", "满分"]
    assert rows()[-1] == ["合计", str(item.points)]
    assert rows(shares)[0] == ["采分点", "满分", "得分"]
    assert rows(shares)[-1] == ["合计", "1.5", ""]


def test_a_place_is_named_once_before_all_that_it_says(items):
    item = items["single"]
    cited = [(Run("甲", link="#a"), "一“二”"), (Run("乙"), "三"), (Run("甲", link="#a"), "四"), (Run("丙"), "")]
    basis = explained(item, item.on_page(), prose, cited)[-1]

    assert plain(basis.runs) == "依据：甲：“一‘二’”“四”；乙：“三”；丙"
    assert basis.runs[1] == Run("甲", link="#a")


def test_a_stem_alone_leaves_no_gap_but_its_blanks(items):
    assert stem(items["single"], (), prose)[-1].runs[-1] != GAP
    assert BLANK in stem(items["fill_in"], (), prose)[0].runs


@pytest.mark.parametrize(("points", "text"), [(Fraction(2), "2"), (Fraction(5, 2), "2.5"), (Fraction(243, 5), "48.6")])
def test_points_have_no_needless_zeros(points, text):
    assert shown(points) == text


def test_markup_becomes_emphasis_lists_and_tables():
    html = (
        "<p>甲\n乙 <strong>不</strong>得 丙</p><ol start='3'><li>丁</li><li><p>戊</p></li></ol>"
        "<table><tr><td>a <b>辛</b></td></tr></table>"
    )

    first, numbered, table = blocks(html)
    assert first == Paragraph((Run("甲乙 "), Run("不", strong=True), Run("得 丙")))
    assert numbered == List(((Paragraph((Run("丁"),)),), (Paragraph((Run("戊"),)),)), ordered=True, start=3)
    assert table.rows == (Row(((Paragraph((Run("a "), Run("辛", strong=True))),),)),)


def test_escaped_characters_come_out_as_themselves():
    (said,) = blocks(prose("满 3 < 5 日 & `a<b` 止"))

    assert plain(said.runs) == "满 3 < 5 日 & a<b 止"
