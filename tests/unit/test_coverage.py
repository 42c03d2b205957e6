"""The matrix counts every item once, and minimums are held."""

from tests.conftest import write_files

from handbook.book import read_book
from handbook.checks.coverage import bare, matrix, over_tested, problems, sources, table

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
MKDOCS = """site_name: x
extra:
  handbook:
    coverage: {per_section: 1, per_chapter: 3, per_level: {apply: 1}}
    sources: {exam: [3]}
"""


def book(project, items):
    bank = "items:\n" + "".join(ITEM.replace("ID", f"item-{n}").replace("SOURCE", str(n)) for n in range(1, items + 1))
    write_files(project, {"mkdocs.yml": MKDOCS, "docs/chapters/claims.md": CHAPTER, "docs/bank/claims.yml": bank})

    return read_book(project / "mkdocs.yml")


def test_every_item_is_counted_in_its_section_its_chapter_and_the_whole(project):
    rows = table(list(matrix(book(project, 2))))

    assert [row[:2] for row in rows[1:]] == [["第 1 章 理赔", "2"], ["报案", "2"], ["时限", "0"], ["全书", "2"]]
    assert rows[2] == ["报案", "2", "0", "0", "2", "0", "0", "2", "0", "0", "0"]


def test_what_is_missing_is_a_warning_at_its_line(project):
    found = list(problems(book(project, 2)))

    assert all(problem.warning for problem in found)
    assert [(problem.path, problem.line, problem.what) for problem in found] == [
        ("mkdocs.yml", 1, "来源试题 exam/1.3 没有对应的题目"),
        ("docs/chapters/claims.md", 1, "“第 1 章 理赔”有 2 道题，少于要求的 3 道"),
        ("docs/chapters/claims.md", 1, "“第 1 章 理赔”的应用题有 0 道，少于要求的 1 道"),
        ("docs/chapters/claims.md", 7, "小节“时限”有 0 道题，少于要求的 1 道"),
    ]


def test_bare_and_over_tested_sections_are_found(project):
    rows = list(matrix(book(project, 9)))

    assert [row.label for row in bare(rows)] == ["时限"]
    assert over_tested(rows) == []


def test_the_source_exam_lists_all_its_questions(project):
    found = sources(book(project, 2))

    assert {source: len(items) for source, items in found.items()} == {"exam/1.1": 1, "exam/1.2": 1, "exam/1.3": 0}
