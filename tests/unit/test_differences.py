"""Differences are shown word by word, with a little around them."""

from handbook.review.differences import differences


def test_a_number_is_one_word():
    assert differences("自收到之日起15日内", "自收到之日起10日内") == "自收到之日起【删：15】【增：10】日内"


def test_what_is_far_from_a_change_is_left_out():
    long = "这是与改动无关的一段很长的话。" * 9

    shown = differences(f"{long}不得{long}", f"{long}得{long}")

    assert "【删：不】" in shown
    assert len(shown) < 120


def test_rewrapped_lines_are_no_difference():
    assert differences("甲\n\n乙", "甲\n乙") == ""
