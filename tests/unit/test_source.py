"""Every value of a YAML file knows its line, and what is no YAML is said in plain words."""

from datetime import date

import pytest

from handbook.problems import Unreadable
from handbook.reading.source import parsed, read_text, shown


def test_every_value_knows_its_line_and_what_was_written():
    document = parsed("a: 1\nb:\n  - c: 0x10\n  - d: yes\n", "x.yml")

    assert document.data == {"a": 1, "b": [{"c": 16}, {"d": True}]}
    assert [document.line(where) for where in (("a",), ("b", 0, "c"), ("b", 1, "d"))] == [1, 3, 4]
    assert (document.literals["b", 0, "c"], document.literals["b", 1, "d"]) == ("0x10", "yes")


def test_a_missing_value_is_reported_at_what_is_nearest_around_it():
    document = parsed("a: 1\nb:\n  c: 1\n", "x.yml")

    assert document.line(("b", "missing", 3)) == 2
    assert str(document.problem(("b", "missing"), "缺", "补")) == "x.yml:2: 缺；补。"


def test_a_day_that_does_not_exist_stays_text():
    assert parsed("a: 2026-02-28\nb: 2026-02-30\n", "x.yml").data == {"a": date(2026, 2, 28), "b": "2026-02-30"}


def test_text_that_stands_further_down_in_its_file_keeps_its_lines():
    with pytest.raises(Unreadable) as unreadable:
        parsed("\na: 1\nb： 2\n", "page.md")

    assert [(problem.path, problem.line) for problem in unreadable.value.problems] == [("page.md", 3)]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_another_system_are_line_ends(ends, tmp_path):
    (tmp_path / "a.md").write_bytes(f"---{ends}title: x{ends}---{ends}".encode())

    assert read_text(tmp_path / "a.md", "a.md") == "---\ntitle: x\n---\n"


def test_a_document_over_another_is_merged_and_each_value_keeps_its_file():
    base = parsed("site: 甲\nextra:\n  one: 1\n  many: [1, 2]\n", "base.yml")
    merged = parsed("extra:\n  many: [3]\n  two: 2\n", "child.yml").over(base)

    assert merged.data == {"site": "甲", "extra": {"one": 1, "many": [3], "two": 2}}
    assert merged.place(("extra", "one")) == ("base.yml", 3)
    assert merged.place(("extra", "many", 0)) == ("child.yml", 2)
    assert merged.place(("extra", "missing")) == ("child.yml", 1)


def test_the_environment_is_asked_only_where_mkdocs_asks_it(monkeypatch):
    monkeypatch.setenv("DOCS", "other")
    monkeypatch.setenv("COUNT", "3")
    text = "a: !ENV DOCS\nb: !ENV [MISSING, DOCS, docs]\nc: !ENV [MISSING, 7]\nd: !ENV COUNT\ne: !ENV MISSING\n"

    assert parsed(text, "mkdocs.yml", foreign_tags=True).data == {"a": "other", "b": "other", "c": 7, "d": 3, "e": None}
    with pytest.raises(Unreadable, match="文字以 `!` 开头"):
        parsed("a: !ENV [DOCS, docs]\n", "facts.yml")


def test_a_file_is_named_as_seen_from_the_root_or_as_it_is(tmp_path):
    assert shown(tmp_path / "docs/a.md", tmp_path) == "docs/a.md"
    assert shown(tmp_path / "a.md", tmp_path / "docs") == (tmp_path / "a.md").as_posix()
