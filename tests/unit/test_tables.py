"""A table of an author's is checked around its entries, whatever is in them."""

import pytest

from handbook.reading.source import parsed
from handbook.reading.tables import entries, read_folder, read_optional


def said_of(text, shape=dict):
    document = parsed(text, "docs/terms.yml")
    found = entries(document, "terms", shape, "术语", "accept")

    return found, [(problem.line, problem.what) for problem in document.problems]


def test_each_entry_is_found_at_its_place():
    assert said_of("terms:\n  甲: {}\n  乙:\naccept: []\n") == ([("terms", "甲"), ("terms", "乙")], [])
    assert said_of("terms: [甲, 乙]\n", list) == ([("terms", 0), ("terms", 1)], [])


@pytest.mark.parametrize(("empty", "shape"), [("terms: {}\n", dict), ("terms: []\n", list)])
def test_a_table_that_is_written_as_empty_is_sound(empty, shape):
    assert said_of(empty, shape) == ([], [])


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("# 还没写\nterms:\n", 2, "`terms:` 下面是空的"),
        ("accept: []\nterms: 3\n", 2, "`terms:` 下面应当是若干行“编号: 内容”"),
        ("terms:\n  - 甲\n", 1, "`terms:` 下面应当是若干行“编号: 内容”"),
        ("- terms\n", 1, "文件里没有 `terms:` 这一组"),
        ("terms\n", 1, "文件里没有 `terms:` 这一组"),
        ("甲: {}\n乙: {}\n", 1, "文件里没有 `terms:` 这一组"),
        ("accept: []\n\nterm:\n  甲: {}\n", 3, "有不认识的字段 'term'"),
        ("terms: {}\nacept: []\n", 2, "有不认识的字段 'acept'"),
        ("terms: {}\n甲: {}\n", 2, "有不认识的字段 '甲'"),
    ],
)
def test_what_is_wrong_around_the_entries_is_said_once_at_its_line(text, line, what):
    assert said_of(text) == ([], [(line, what)])


def test_a_misspelt_key_comes_with_the_right_one():
    document = parsed("Terms: {}\n", "docs/terms.yml")
    entries(document, "terms", dict, "术语")

    assert [problem.mend for problem in document.problems] == ["请检查拼写，也许是 'terms'"]


def test_a_missing_file_is_no_problem_and_a_broken_one_is(tmp_path):
    problems = []
    (tmp_path / "broken.yml").write_text("a: [", encoding="utf-8")

    assert read_optional(tmp_path / "missing.yml", "missing.yml", problems) is None
    assert problems == []
    assert read_optional(tmp_path / "broken.yml", "broken.yml", problems) is None
    assert [problem.path for problem in problems] == ["broken.yml"]


def test_a_broken_file_keeps_nobody_from_reading_the_others(tmp_path):
    for name, text in {"a.yml": "a: [", "b.yml": "b: 1\nb: 2\n", "c.yml": "c: 1\n", "d.txt": "d: 1\n"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    problems = []

    assert [document.path for document in read_folder(tmp_path, tmp_path, problems)] == ["b.yml", "c.yml"]
    assert [(problem.path, problem.line) for problem in problems] == [("a.yml", 1), ("b.yml", 2)]
