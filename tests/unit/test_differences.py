"""Differences are shown word by word, with a little around them."""

from handbook.review.differences import Kind, differences, segments


def test_a_number_is_one_word():
    assert differences("自收到之日起15日内", "自收到之日起10日内") == "自收到之日起【删：15】【增：10】日内"


def test_what_is_far_from_a_change_is_left_out():
    long = "这是与改动无关的一段很长的话。" * 9

    shown = differences(f"{long}不得{long}", f"{long}得{long}")

    assert "【删：不】" in shown
    assert len(shown) < 120


def test_rewrapped_lines_are_no_difference():
    assert differences("甲\n\n乙", "甲\n乙") == ""


def test_the_segments_make_up_both_texts_whole():
    before, after = "自收到之日起15日内\n通知，不得收费。", "自收到之日起10日内\n书面通知，得收费。"
    found = segments(before, after)

    assert "".join(one.text for one in found if one.kind is not Kind.COME) == before
    assert "".join(one.text for one in found if one.kind is not Kind.GONE) == after
    assert [(one.kind, one.text) for one in found if one.kind is not Kind.SAME] == [
        (Kind.GONE, "15"),
        (Kind.COME, "10"),
        (Kind.COME, "书面"),
        (Kind.GONE, "不"),
    ]


def test_a_word_that_stayed_by_chance_does_not_tear_a_change_apart():
    assert (
        differences("由分公司经理批准", "由总公司总监批准") == "由【删：分】【增：总】公司【删：经理】【增：总监】批准"
    )
    assert differences("先甲的乙后", "先丙的丁后") == "先【删：甲的乙】【增：丙的丁】后"
