"""What staff are told has changed: what they must read again, and nothing that only has another place or name."""

import pytest
from tests.conftest import write_files

from handbook.book import read_book
from handbook.cli import main
from handbook.review.changes import report

CLAIMS, OTHER, BANK = "docs/chapters/claims.md", "docs/chapters/other.md", "docs/bank/claims.yml"
PAPERS = "## 材料 { #papers }\n\n先登记，再核对材料，缺什么一次说清，材料齐了当天转出。\n\n"
FILES = {
    "mkdocs.yml": "site_name: x\nnav:\n  - chapters/claims.md\n  - chapters/other.md\n",
    CLAIMS: f"# 理赔 {{ #claims }}\n\n引言。\n\n## 时限 {{ #deadlines }}\n\n三日内通知。\n\n{PAPERS}",
    OTHER: "# 别的 { #other }\n\n别的引言。\n",
    BANK: """items:
  - id: first
    type: true_false
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 三日内通知。
    options:
      - {text: 正确, key: true, rationale: 三日。}
      - {text: 错误, rationale: 三日。}
""",
}
NOTHING = "- 没有变化"


@pytest.fixture
def root(tmp_path):
    write_files(tmp_path, FILES)
    return tmp_path


def told(root, change):
    """Return the sections, the items and the quizzes to redo that are told after a change."""
    before = read_book(root / "mkdocs.yml")
    assert before.views  # read now, before the files change
    change()
    parts = report(before, read_book(root / "mkdocs.yml"), "v1").split("## ")
    return [part.partition("\n\n")[2].strip().splitlines() for part in parts if part[:2] in ("小节", "题目", "请重")]


def moved(root, text=PAPERS):
    def change():
        write_files(root, {CLAIMS: FILES[CLAIMS].replace(PAPERS, ""), OTHER: f"{FILES[OTHER]}\n{text}"})

    return change


def test_nothing(root):
    assert told(root, lambda: None) == [[NOTHING], [NOTHING], ["- 不需要"]]


def test_a_section_that_moved_asks_for_no_quiz(root):
    assert told(root, moved(root)) == [["- 移动：第 1 章 材料 → 第 2 章 材料"], [NOTHING], ["- 不需要"]]


def test_a_section_that_moved_within_its_chapter(root):
    def change():
        deadlines = "## 时限 { #deadlines }\n\n三日内通知。\n\n"
        write_files(root, {CLAIMS: FILES[CLAIMS].replace(deadlines, "") + deadlines})

    assert told(root, change) == [[NOTHING], [NOTHING], ["- 不需要"]]


def test_a_section_that_moved_and_was_edited_has_changed(root):
    change = moved(root, PAPERS.replace("当天", "次日"))

    assert told(root, change) == [
        [
            "- 改：第 1 章 材料 → 第 2 章 材料：先登记，再核对材料，缺什么一次说清，材料齐了【删：当天】【增：次日】转出。"
        ],
        [NOTHING],
        ["- 不需要"],
    ]


def test_a_section_that_got_another_title_and_place(root):
    change = moved(root, PAPERS.replace("## 材料", "## 要交的材料"))

    assert told(root, change)[0] == [
        "- 改：第 1 章 材料 → 第 2 章 要交的材料：【增：要交的】材料 先登记，再核对材料，缺什么一次说清，材料齐…"
    ]


def test_a_section_of_which_little_is_left_is_another(root):
    change = moved(root, "## 材料 { #papers }\n\n材料交给柜面。\n")

    assert told(root, change)[0] == ["- 新增：第 2 章 材料", "- 删除：第 1 章 材料"]


def test_of_two_alike_the_same_one_moved(root):
    def change():
        other = PAPERS.replace("当天", "次日").replace("#papers", "#like")
        write_files(root, {CLAIMS: FILES[CLAIMS].replace(PAPERS, ""), OTHER: f"{FILES[OTHER]}\n{other}{PAPERS}"})

    assert told(root, change)[0] == ["- 新增：第 2 章 材料", "- 移动：第 1 章 材料 → 第 2 章 材料"]


def test_an_edit_where_it_stands(root):
    def change():
        write_files(root, {CLAIMS: FILES[CLAIMS].replace("三日内", "五日内")})

    assert told(root, change) == [["- 改：第 1 章 时限：【删：三】【增：五】日内通知。"], [NOTHING], ["- 第 1 章 理赔"]]


@pytest.mark.parametrize(
    "names",
    [("chapter", "claims", "claim-service"), ("section", "claims.md#deadlines", "limits"), ("item", "first", "begin")],
)
def test_another_name_is_no_change(root, names):
    assert told(root, lambda: main(["--config", str(root / "mkdocs.yml"), "rename", *names])) == [
        [NOTHING],
        [NOTHING],
        ["- 不需要"],
    ]


def test_an_item_with_another_name_and_text_has_changed(root):
    def change():
        main(["--config", str(root / "mkdocs.yml"), "rename", "item", "first", "begin"])
        text = (root / BANK).read_text(encoding="utf-8")
        write_files(root, {BANK: text.replace("stem: 三日内通知。", "stem: 三日内要通知。")})

    assert told(root, change)[1] == ["- 改：第 1 章 三日内要通知。"]
