"""A file that is no YAML is reported where the slip is, not where the parser gave up."""

import pytest

from handbook.reading.slips import problems


def lines_and_words(text, line, said="mapping values are not allowed here"):
    return [(problem.line, problem.what) for problem in problems("x.yml", text, line, said)]


def test_a_slip_elsewhere_does_not_hide_what_stopped_the_parser():
    text = "a: |\n  sync：见下\nb: 1\nc: 一: 二\n"

    assert lines_and_words(text, 4) == [(2, "字段名后面用了中文冒号"), (4, "这里多了一个冒号，或者缩进不对")]


def test_punctuation_of_a_sentence_is_no_slip():
    assert lines_and_words("stem: 说明：先听完，再答。\nb: 一: 二\n", 2) == [(2, "这里多了一个冒号，或者缩进不对")]


@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_parser_that_stopped_behind_the_last_line_is_understood(line):
    assert lines_and_words("a: 'b\n\n", line, "found unexpected end of stream")[0][1] == "引号没有成对"


def test_brackets_of_a_sound_line_are_not_blamed():
    assert lines_and_words("a: {b: 1，c: 2}\nd: 3\ne: 一: 二\n", 3) == [(3, "这里多了一个冒号，或者缩进不对")]
