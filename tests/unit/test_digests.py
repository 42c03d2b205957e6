"""What a reader would call the same text has the same digest."""

import pytest

from handbook.reading.digests import digest

TEXT = "自收到投诉之日起 15日内作出**处理决定**，并告知投诉人（不收费）。\n\n| 事项 | 时限 |\n| --- | --- |\n| 核查 | 30日 |\n"


@pytest.mark.parametrize(
    "same",
    [
        TEXT.replace("日内作出", "日内\n作出"),
        TEXT.replace("，", ",").replace("。", ".").replace("（", "(").replace("）", ")"),
        TEXT.replace("15", "１５"),
        TEXT.replace("**", ""),
        TEXT.replace("| --- | --- |", "|:---|---:|"),
        TEXT.replace("处理决定", "[处理决定](complaints.md#deadlines)"),
        TEXT + "\n<!-- quiz: some-item -->\n",
        TEXT.replace("\n\n|", "\n\n\n|"),
    ],
    ids=[
        "rewrapped",
        "half-width punctuation",
        "full-width digits",
        "no bold",
        "table rule",
        "link",
        "comment",
        "blank",
    ],
)
def test_form_does_not_count(same):
    assert digest(TEXT) == digest(same)


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("15", "10"),
        TEXT.replace("不收费", "收费"),
        TEXT.replace("| 核查 | 30日 |", "| 核查 | 60日 |"),
        TEXT.replace("| 核查 |", "| 核 | 查 |"),
        TEXT.replace("15日", "1.5日"),
    ],
    ids=["digit", "not", "table cell", "cell border", "decimal point"],
)
def test_meaning_does(other):
    assert digest(TEXT) != digest(other)


def test_the_parts_of_a_digest_do_not_run_together():
    assert digest("甲", "乙丙") != digest("甲乙", "丙")


def test_numbered_and_bulleted_steps_are_the_same_steps():
    assert digest("1. 先听\n2. 再记\n") == digest("- 先听\n- 再记\n")


def test_a_range_is_not_a_strikethrough():
    assert digest("3~5日") != digest("35日")
