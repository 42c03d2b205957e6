"""What the build gives the mock exam: pages, their places in the navigation, forms as JSON, and each item once."""

import json
import re

import pytest
from tests.conftest import ROOT, write_files

from handbook.book import read_book
from handbook.exams.assembly import Unmet
from handbook.rendering import Renderer
from handbook.site.mock import MockExams

BLUEPRINT = """title: 小样卷
instructions: 先做会的。
minutes: 10
pass_percent: 60
parts:
  - {type: single, count: 2, points: 2}
  - {type: short_answer, count: 1, points: 5}
mock_forms: 4
"""
SINGLE = """  - id: ID
    type: single
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 题 ID：a < b？
    options:
      - {id: one, text: 甲, rationale: 不是 <b>。}
      - {id: two, text: 乙, key: true, rationale: 是。}
      - {id: three, text: 丙, rationale: 也不是。}
"""
ESSAY = """  - id: essay
    type: short_answer
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 为什么？
    model_answer: 因为。
    rubric:
      - {criterion: 第一点, points: 1}
      - {criterion: 第二点, points: 1}
"""


@pytest.fixture
def mock(project):
    """Return the mock exams once the bank holds `singles` single-choice items and an essay."""

    def read(singles=3, **files):
        items = "".join(SINGLE.replace("ID", f"single-{n}") for n in range(singles))
        written = {"docs/bank/claims.yml": f"items:\n{items}{ESSAY}", "docs/bank/blueprints/tiny.yml": BLUEPRINT}
        write_files(project, {"docs/exam/index.md": "# 模拟考试 { #mock-exam }\n", **written, **files})
        book = read_book(project / "mkdocs.yml")
        return MockExams(book, Renderer(book, ROOT / "overrides"))

    return read


def contents(html):
    return json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL)[1])


def test_every_blueprint_has_a_page_beside_the_one_that_lists_them(mock):
    pages = mock().pages

    assert list(pages) == ["exam/tiny.md"]
    assert "# 小样卷 { #tiny }" in pages["exam/tiny.md"]
    assert "3 题，9 分，10 分钟" in pages["exam/tiny.md"]


def test_without_the_page_that_lists_them_there_are_no_mock_exams(mock, project):
    mock()
    (project / "docs/exam/index.md").unlink()
    book = read_book(project / "mkdocs.yml")

    assert MockExams(book, Renderer(book, ROOT / "overrides")).pages == {}


@pytest.mark.parametrize(
    ("nav", "expected"),
    [
        (["index.md", "exam/index.md", "x.md"], ["index.md", "exam/index.md", "exam/tiny.md", "x.md"]),
        (
            [{"考试": [{"列表": "exam/index.md"}, "x.md"]}],
            [{"考试": [{"列表": "exam/index.md"}, "exam/tiny.md", "x.md"]}],
        ),
        ([{"章": ["x.md"]}], [{"章": ["x.md"]}]),
        (None, None),
    ],
)
def test_the_pages_follow_the_list_wherever_it_stands_in_the_navigation(mock, nav, expected):
    assert mock().in_navigation(nav) == expected


def test_each_item_is_in_the_page_once_and_only_if_a_form_uses_it(mock):
    html = mock(singles=2).exam("tiny", str)

    templates = re.findall(r'<template data-item="([^"]+)"', html)
    assert sorted(templates) == ["essay", "single-0", "single-1"]
    assert html.count('id="item-essay"') == 1


def test_the_forms_are_compact_and_name_options_by_their_place_in_the_template(mock):
    html = mock().exam("tiny", str)
    exam = contents(html)
    options = re.findall(r'<li data-option="(\w+)"', html[html.index('data-item="single-0"') :])[:3]

    assert options == ["one", "two", "three"]
    assert len(exam["forms"]) == 4
    for form in exam["forms"]:
        singles, essays = form["parts"]
        assert {"".join(sorted(order)) for _, order in singles} == {"ABC"}
        assert essays == [["essay", ""]]
        assert len({name for name, _ in singles}) == 2


def test_points_of_a_rubric_are_those_of_the_exam_and_its_own_are_kept(mock):
    html = mock().exam("tiny", str)

    assert re.findall(r'data-points="([\d.]+)" data-own="(\d+)"', html) == [("2.5", "1"), ("2.5", "1")]


def test_text_of_items_cannot_become_markup(mock):
    html = mock().exam("tiny", str)

    assert "a &lt; b？" in html
    assert "不是 &lt;b&gt;。" in html


def test_a_title_cannot_end_the_script_that_holds_the_forms(mock):
    chapter = "# </script><b> { #claims }\n\n## 理赔时限 { #deadlines }\n\n三日内。\n"
    exam = contents(mock(**{"docs/chapters/claims.md": chapter}).exam("tiny", str))

    assert exam["chapters"][0]["title"] == "第 1 章 </script><b>"


def test_forms_are_assembled_anew_only_when_what_they_are_made_of_has_changed(mock, monkeypatch):
    first = contents(mock().exam("tiny", str))["forms"]
    monkeypatch.setattr("handbook.site.mock.mock_forms", lambda *_: [])

    assert contents(mock().exam("tiny", str))["forms"] == first
    chapter = "# 理赔 { #claims }\n\n## 理赔时限 { #deadlines }\n\n五日内。\n"
    assert contents(mock(**{"docs/chapters/claims.md": chapter}).exam("tiny", str))["forms"] == first
    assert contents(mock(singles=4).exam("tiny", str))["forms"] == []


def test_a_bank_that_cannot_give_the_forms_is_reported_and_not_filled_up(mock):
    with pytest.raises(Unmet, match=r"docs/bank/blueprints/tiny\.yml:\d+: "):
        mock(singles=1)
