"""Words are found where a reader finds them, and the shortest place that holds them is theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT

from handbook.content.quotations import anchor, passage
from handbook.content.settings import read_settings
from handbook.content.views import views
from handbook.reading.digests import folded

EXTENSIONS = read_settings(ROOT / "mkdocs.yml")[0].extensions
SECTION = "claims.md#deadlines"
VALUES = {"payment": "10日", "notice": "3个工作日"}
TEXT = """## 时限 { #deadlines }

达成协议后 {{ payment }} 内支付，**当日**通知（见[材料](#papers)）。拒赔的，{{ notice }} 内发出通知书。

1. 先登记；
2. 再核对。

| 事项 | 时限 |
|---|---|
| 报案 | 15日内 |
| 补件 | 一次性告知 |
"""


def seen(text):
    for name, value in VALUES.items():
        text = text.replace(f" {{{{ {name} }}}} ", value).replace(f"{{{{ {name} }}}}", value)
    return text


def found(words, text=TEXT):
    return passage(words, SECTION, views(text, EXTENSIONS)[0], seen)


def sentences(words, text=TEXT):
    """Return the sentences that a quotation touches, none when it is nowhere."""
    there = found(words, text)
    return [sentence.text for sentence in there.sentences] if there else []


PAYMENT = "达成协议后{{ payment }}内支付，当日通知（见材料）。"
NOTICE = "拒赔的，{{ notice }}内发出通知书。"


@pytest.mark.parametrize(
    "words",
    [
        "达成协议后10日内支付",
        "达成协议后 {{ payment }} 内支付",
        "达成 协议后\n１０日内支付,当日",
        "当日通知(见材料)",
        "10日",
        "达成…支付…通知",
        "达成……支付",
        "达成...当日",
        "…当日…",
    ],
)
def test_layout_width_markup_facts_and_skipped_words_are_forgiven(words):
    assert sentences(words) == [PAYMENT]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("支付…通知书", [PAYMENT, NOTICE]),
        ("通知（见材料）。拒赔的", [PAYMENT, NOTICE]),
        ("先登记；再核对", ["先登记；", "再核对。"]),
        ("报案…15日内", ["报案", "15日内"]),
        ("先登记…15日内", ["先登记；", "15日内"]),
    ],
)
def test_a_quotation_may_touch_several_sentences_and_leaves_out_those_between(words, expected):
    assert sentences(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "达成协议后15日内支付",
        "不支付",
        "支付…达成",
        "通知…通知…通知…通知",
        "时限…时限",
        "",
        "…",
        "。。。",
    ],
)
def test_what_is_not_said_in_this_order_is_not_found(words):
    assert found(words) is None


@pytest.mark.parametrize("words", ["5日内", "0日内支付", "达成协议后1", "3个工作日内发出…1"])
def test_a_number_is_no_part_of_another(words):
    assert found(words) is None


def test_a_number_ends_with_its_cell():
    table = "## 表 { #deadlines }\n\n| 1.5 | 5日 |\n|---|---|\n| 3 | 0.25倍 |\n"

    assert sentences("5日", table) == ["5日"]
    assert sentences("1.5", table) == ["1.5"]
    assert sentences("25倍", table) == []


def test_the_shortest_place_counts_not_the_first():
    text = "## 时限 { #deadlines }\n\n甲通知客户。无关。无关。乙发出。甲通知乙发出。\n"

    assert sentences("甲通知…乙发出", text) == ["甲通知乙发出。"]
    assert sentences("甲通知客户…乙发出", text) == ["甲通知客户。", "乙发出。"]


def test_of_equal_places_the_first_counts():
    there = found("同样的话", "## 时限 { #deadlines }\n\n同样的话。\n\n- 同样的话。\n")

    assert [sentence.piece for sentence in there.sentences] == [0]


def test_a_passage_knows_its_facts_links_and_text():
    there = found("支付…通知书")

    assert (there.facts, there.links, there.section) == (("payment", "notice"), ("#papers",), SECTION)
    assert there.text == f"{PAYMENT} {NOTICE}"
    assert (found("先登记").facts, found("先登记").links) == ((), ())


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("**当日**通知", "当日\n通知", True),
        ("，**当日**", ", 当日", True),
        (" 内支付", " 内<br>支付", True),
        ("，**当日**", "，\\\n**当日**", True),
        ("）。拒赔", "). 拒赔", True),
        ("2. 再核对。", "2. 然后核对。", True),
        ("当日", "次日", False),
        ("{{ payment }}", "{{ notice }}", False),
        ("见[材料]", "见[资料]", False),
    ],
)
def test_the_digest_is_of_the_sentences_touched_and_not_of_how_they_are_written(before, after, same):
    assert before in TEXT

    assert (found("达成协议后").digest == found("达成协议后", TEXT.replace(before, after)).digest) is same


def test_what_stands_in_brackets_counts():
    one, other = ("## 时限 { #deadlines }\n\n【注意】（" + days + "日内）答复。\n" for days in "三五")

    assert found("答复", one).digest != found("答复", other).digest


@given(st.text("甲乙丙。；\n{}[]（）1", min_size=1, max_size=40), st.data())
def test_whatever_stands_together_in_a_section_is_found_there(body, data):
    view = views(f"## 时限 {{ #deadlines }}\n\n文{body}\n", EXTENSIONS)[0]
    said = data.draw(st.sampled_from(view.sentences))

    there = passage(said.text, SECTION, view, seen)

    assert there
    assert folded(said.text) in "".join(folded(sentence.text) for sentence in there.sentences)


def test_each_sentence_has_an_anchor_of_its_own_that_says_where_it_stands():
    said = views(TEXT, EXTENSIONS)[0].sentences
    anchors = [anchor(SECTION, sentence) for sentence in said]

    assert len(set(anchors)) == len(said)
    assert all(name.startswith("quote-") and name.removeprefix("quote-").isalnum() for name in anchors)
    assert found("支付…通知书").anchor == anchors[0]
    assert anchor("other.md#deadlines", said[0]) != anchors[0]


def test_an_anchor_outlives_layout_and_the_value_of_a_fact():
    rewritten = TEXT.replace("**当日**", "当日").replace("，", ",")

    assert found("当日通知", rewritten).anchor == found("当日通知").anchor
