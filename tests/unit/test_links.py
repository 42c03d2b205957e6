"""Links and navigation are held against what the site will hold, generated pages included."""

import pytest
from tests.conftest import CHAPTER, write_files

from handbook.book import read_book
from handbook.checks import links

FILES = {
    "docs/facts.yml": "facts:\n  claim-payment: {topic: 理赔, title: 支付, value: 10日, basis: 法, status: law, checked: 2026-10-04}\n",
    "docs/glossary.yml": "terms:\n  保额: {means: 最多赔多少。}\n",
    "docs/terms.md": "# 术语 { #terms }\n\n<!-- glossary -->\n\n<!-- types -->\n",
    "docs/exam/index.md": "# 模拟考试 { #mock-exam }\n\n<!-- exams -->\n",
    "docs/bank/blueprints/quick.yml": "title: 小测\ninstructions: 请作答。\nminutes: 5\npass_percent: 60\nparts: [{type: single, count: 1, points: 1}]\n",
    "docs/chapters/placed.md": "# 插题 { #placed }\n\n文字。\n{: #note }\n\n<!-- quiz: claims-two -->\n\n<b id='raw'>粗</b>\n",
    "docs/pictures/图 一.png": b"",
    "docs/bank/claims.yml": "items:\n"
    + "".join(
        f"  - {{id: {name}, type: true_false, section: claims.md#deadlines, level: remember, difficulty: 1, stem: 甲, options: "
        "[{text: 正确, key: true, rationale: 乙}, {text: 错误, rationale: 丙}]}\n"
        for name in ("claims-one", "claims-two")
    ),
}  # fmt: skip


def said_of(project, body="", check=links.targets, **files):
    write_files(project, FILES | {"docs/chapters/claims.md": f"{CHAPTER}\n{body}\n"} | files)
    book = read_book(project / "mkdocs.yml")
    assert book.problems == ()

    return sorted((problem.path, problem.line, problem.what) for problem in check(book))


@pytest.mark.parametrize(
    "target",
    [
        "#deadlines",
        "#quiz",
        "#item-claims-one",
        "placed.md",
        "placed.md#item-claims-two",
        "placed.md#note",
        "placed.md#raw",
        "../chapters/placed.md#placed",
        "../appendix/time-limits.md#claim-payment",
        "../appendix/time-limits.md#topic-1",
        "../exam/quick.md#quick",
        "../exam/index.md",
        "../terms.md#term-1",
        "../terms.md#type-true-false",
        "../pictures/图%20一.png",
        "../trainers/coverage.csv",
        "https://example.org/nothing.md",
        "mailto:a@example.org",
        '#deadlines "时限（见下）"',
    ],
)
def test_what_is_there_may_be_linked_to(target, project):
    assert said_of(project, f"[去]({target})") == []


@pytest.mark.parametrize(
    "target",
    [
        "#deadline",
        "#item-claims-two",
        "placed.md#quiz",
        "placed.md#item-claims-one",
        "claim.md",
        "placed",
        "../claims.md",
        "../../mkdocs.yml",
        "../appendix/time-limits.md#claims-payment",
        "../exam/quick.md#slow",
        "../exam/slow.md",
        "../terms.md#finding-1",
        "placed.md#type-true-false",
        "../bank/claims.yml",
        "../facts.yml",
        "missing.png",
        "/chapters/placed.md",
        "",
    ],
)
def test_what_is_not_there_is_said_with_its_line(target, project):
    ((path, line, what),) = said_of(project, f"甲\n\n[去]({target})")

    assert (path, line) == ("docs/chapters/claims.md", 9)
    assert target in what


@pytest.mark.parametrize(
    "written", ["![图](no.png)", "[去][甲]\n\n[甲]: no.png", "[甲 [乙]](no.png)", "| [去](no.png) |"]
)
def test_pictures_and_links_of_other_forms_are_seen(written, project):
    assert [what for *_, what in said_of(project, written)] == ["链接 'no.png' 指向的文件网站里没有"]


@pytest.mark.parametrize("written", ["`[去](no.md)`", "```\n[去](no.md)\n```", "<!-- [去](no.md) -->"])
def test_code_and_remarks_are_not_looked_into(written, project):
    assert said_of(project, written) == []


def test_a_link_in_an_item_is_seen_from_its_chapter(project):
    bank = FILES["docs/bank/claims.yml"].replace("rationale: 乙", "rationale: '[去](placed.md)[去](#deadlin)'", 1)

    assert said_of(project, **{"docs/bank/claims.yml": bank}) == [
        ("docs/bank/claims.yml", 2, "题目 'claims-one' 里的链接 '#deadlin' 指向的锚点不存在")
    ]


NAV = "site_name: x\nnav:\n  - chapters/claims.md\n  - chapters/placed.md\n  - exam/index.md\n"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("  - terms.md\n  - appendix/time-limits.md\n  - exam/quick.md\n  - 外: https://example.org/a.md\n", []),
        ("", [("docs/terms.md", 1, "导航里没有这一页")]),
        ("not_in_nav: terms.md\n", []),
        ("exclude_docs: '*.md'\n", []),
        ("  - term.md\n  - 术语：terms.md\nnot_in_nav: /terms.md\n", [
            ("mkdocs.yml", 6, "导航里的页面 'term.md' 不存在"),
            ("mkdocs.yml", 7, "导航里的页面 '术语：terms.md' 不存在"),
        ]),
    ],
)  # fmt: skip
def test_the_navigation_names_what_is_there_and_all_of_it(more, said, project):
    assert said_of(project, check=links.navigation, **{"mkdocs.yml": NAV + more}) == said


def test_without_a_navigation_no_page_is_missed(project):
    assert said_of(project, check=links.navigation) == []


def test_a_page_that_is_generated_is_not_written_by_hand(project):
    found = said_of(project, check=links.navigation, **{"docs/exam/quick.md": "# 小测 { #mine }\n"})

    assert found == [("docs/exam/quick.md", 1, "这一页会自动生成，写在这里的内容不会出现")]
