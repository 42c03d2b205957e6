"""The matrix counts every item once, and minimums are held."""

from collections import Counter

import pytest
from tests.conftest import write_files

from handbook.book import read_book
from handbook.checks.coverage import (
    Row,
    bare,
    matrix,
    over_tested,
    problems,
    sources,
    table,
    without_higher_levels,
)
from handbook.content.sections import Section
from handbook.items import LEVELS

CHAPTER = (
    "# 理赔 { #claims }\n\n## 报案 { #report }\n\n先登记。\n\n## 时限 { #deadlines }\n\n要按时。\n\n## 空 { #empty }\n"
)
ITEM = """  - id: ID
    type: true_false
    section: claims.md#report
    source: exam/1.SOURCE
    level: remember
    difficulty: 1
    stem: 第 ID 题
    options:
      - {text: 正确, key: true, rationale: 对。}
      - {text: 错误, rationale: 错。}
"""
OWN = ITEM.replace("ID", "own").replace("    source: exam/1.SOURCE\n", "")
MKDOCS = """site_name: x
extra:
  handbook:
    coverage: {per_section: 1, per_chapter: 3, per_level: {apply: 1}}
    sources: {exam: [3]}
"""


def book(project, items, *others, least=MKDOCS):
    bank = "items:\n" + "".join(ITEM.replace("ID", f"item-{n}").replace("SOURCE", str(n)) for n in range(1, items + 1))
    files = {"mkdocs.yml": least, "docs/chapters/claims.md": CHAPTER, "docs/bank/claims.yml": bank + "".join(others)}
    write_files(project, files)

    return read_book(project / "mkdocs.yml")


def test_every_item_is_counted_in_its_section_its_chapter_and_the_whole(project):
    rows = table(list(matrix(book(project, 2))))

    assert [row[:2] for row in rows[1:]] == [["第 1 章 理赔", "2"], ["报案", "2"], ["时限", "0"], ["全书", "2"]]
    counted = {name: cell for name, cell in zip(rows[0], rows[2], strict=True) if cell != "0"}
    assert counted == {"小节": "报案", "合计": "2", "判断题": "2", "识记": "2"}


def test_what_is_missing_is_a_warning_at_its_line(project):
    found = list(problems(book(project, 2)))

    assert all(problem.warning for problem in found)
    assert [(problem.path, problem.line, problem.what) for problem in found] == [
        ("mkdocs.yml", 1, "来源试题 exam/1.3 没有对应的题目"),
        ("docs/chapters/claims.md", 1, "“第 1 章 理赔”有 2 道题，少于要求的 3 道"),
        ("docs/chapters/claims.md", 1, "“第 1 章 理赔”的应用题有 0 道，少于要求的 1 道"),
        ("docs/chapters/claims.md", 7, "小节“时限”有 0 道题，少于要求的 1 道"),
    ]


def section(title, items):
    return Row(title, None, Section("claims.md", title, title, 2, 1), Counter(true_false=items, remember=items))


def test_a_section_without_items_is_bare(project):
    assert [row.label for row in bare(list(matrix(book(project, 2))))] == ["时限"]
    assert [row.label for row in bare(list(matrix(book(project, 0))))] == ["报案", "时限"]
    assert bare(list(matrix(book(project, 1, OWN.replace("#report", "#deadlines"))))) == []


@pytest.mark.parametrize(
    ("items", "over"),
    [
        ([5, 0, 0, 0], True),
        ([4, 0, 0, 0], False),
        ([12, 1, 1, 1, 1, 1, 1, 1], True),
        ([5, 2, 2, 2], False),
        ([9, 0, 0], False),
        ([40], False),
    ],
    ids=["five", "fewer than five", "more than three times", "less", "three times", "alone"],
)
def test_over_tested_is_a_section_with_five_items_and_more_than_three_times_the_average(items, over):
    rows = [section(str(number), count) for number, count in enumerate(items)]
    whole = Row("全书", None, None, Counter(true_false=sum(items)))

    assert over_tested([*rows, whole]) == rows[:1] * over


def test_without_sections_none_is_over_tested():
    assert over_tested([]) == []


@pytest.mark.parametrize("level", LEVELS)
def test_a_chapter_that_asks_for_no_higher_level_is_found(project, level):
    rows = list(matrix(book(project, 1, OWN.replace("remember", level))))

    assert [row.label for row in without_higher_levels(rows)] == ["第 1 章 理赔"] * (
        level in ("remember", "understand")
    )


def test_what_a_chapter_says_before_its_first_section_has_no_row_and_its_items_are_counted(project):
    chapter = CHAPTER.replace("{ #claims }\n", "{ #claims }\n\n先听完。\n")
    small = book(project, 1, OWN.replace("#report", "#claims"))
    write_files(project, {"docs/chapters/claims.md": chapter})
    rows = list(matrix(read_book(small.settings.root / "mkdocs.yml")))

    assert [(row.label, row.total) for row in rows] == [("第 1 章 理赔", 2), ("报案", 1), ("时限", 0), ("全书", 2)]


@pytest.mark.parametrize(
    ("least", "missed"),
    [
        ("per_section: 0, per_chapter: 2, per_level: {remember: 2}", []),
        ("per_chapter: 3", ["“第 1 章 理赔”有 2 道题，少于要求的 3 道"]),
        ("per_level: {remember: 3}", ["“第 1 章 理赔”的识记题有 2 道，少于要求的 3 道"]),
        ("per_level: {apply: 1}", ["“第 1 章 理赔”的应用题有 0 道，少于要求的 1 道"]),
        ("per_section: 1", ["小节“时限”有 0 道题，少于要求的 1 道"]),
        ("per_section: 2", ["小节“时限”有 0 道题，少于要求的 2 道"]),
        ("per_section: 3", ["小节“报案”有 2 道题，少于要求的 3 道", "小节“时限”有 0 道题，少于要求的 3 道"]),
    ],
)
def test_each_minimum_is_missed_by_one_less_and_met_by_as_many(project, least, missed):
    settings = f"site_name: x\nextra:\n  handbook:\n    coverage: {{{least}}}\n"

    assert [problem.what for problem in problems(book(project, 2, least=settings))] == missed


def test_an_item_without_a_source_stands_for_no_question_of_an_exam(project):
    assert sources(book(project, 0, OWN)) == {"exam/1.1": [], "exam/1.2": [], "exam/1.3": []}


def test_the_source_exam_lists_all_its_questions(project):
    found = sources(book(project, 2))

    assert {source: len(items) for source, items in found.items()} == {"exam/1.1": 1, "exam/1.2": 1, "exam/1.3": 0}
