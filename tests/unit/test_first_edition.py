"""A lock of the first edition, one line for an item, is read, and turns into the new form without loss."""

from datetime import date

import pytest
from tests.conftest import write_files

from handbook.bank.reviewed import Review
from handbook.bank.stamps import NOBODY, UNKNOWN
from handbook.book import read_book
from handbook.cli import main
from handbook.review.alarms import problems
from handbook.review.recording import record
from handbook.review.sync import State, standings, texts

CHAPTER, FACTS, BANK, LOCK = "docs/chapters/claims.md", "docs/facts.yml", "docs/bank/claims.yml", "docs/bank/sync.lock"
FILES = {
    "mkdocs.yml": "site_name: x\n",
    CHAPTER: """# 理赔 { #claims }

本章说理赔。

## 时限 { #deadlines }

达成协议后 {{ payment }} 内支付，拒赔的当日通知，要交的见[材料](#papers)。

## 材料 { #papers }

先登记，再核对材料，{{ notice }} 内告知。
""",
    FACTS: """facts:
  payment: {topic: 理赔, title: 支付, value: 10日, basis: 甲法第1条, status: law, checked: 2026-01-01}
  notice: {topic: 理赔, title: 通知, value: 3日, basis: 甲法第2条, status: law, checked: 2026-01-01}
""",
    BANK: """items:
  - id: on-fact
    type: single
    section: claims.md#deadlines
    evidence: [达成协议后, {'claims.md#papers': '先登记，再核对'}]
    level: remember
    difficulty: 1
    stem: 多久支付？
    options:
      - {text: '{{ payment }} 内', key: true, rationale: 法律写明。}
      - {text: 六十日内, rationale: 那是核定。}
  - id: on-section
    type: true_false
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 拒赔的不用通知。
    options:
      - {text: 正确, rationale: 要通知。}
      - {text: 错误, key: true, rationale: 写明当日。}
  - id: on-word
    type: short_answer
    section: claims.md#papers
    level: remember
    difficulty: 1
    stem: 登记之后做什么？
    model_answer: 核对材料，{{ notice }} 内告知缺什么。
    rubric: [{criterion: 核对材料, points: 2}]
""",
}
ITEMS = ("on-fact", "on-section", "on-word")
WRITTEN = """\
# 题目复核记录：每行一道题，由 `handbook sync --update` 写入，请不要手改。
# 题目 题目摘要 小节 小节摘要 事实=摘要,… 日期 复核人

on-fact 4d117a96d2c7 claims.md#deadlines 60c488c18774 payment=be0f5e173592 2026-01-05 王 老师

on-section 63af0331d85c claims.md#deadlines 60c488c18774 payment=be0f5e173592 2026-01-05 王 老师

on-word 2db3853904cd claims.md#papers 384c7ed7586e notice=8fdd0218d37f 2026-01-05 王 老师
"""
"""What the first edition wrote of this book, before there was evidence."""


@pytest.fixture
def root(tmp_path):
    write_files(tmp_path, {**FILES, LOCK: WRITTEN})

    return tmp_path


def read(root):
    return read_book(root / "mkdocs.yml")


def change(root, path, before, after):
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(before) == 1
    write_files(root, {path: text.replace(before, after)})


def states(root):
    return {one.entry.item.id: one.state for one in standings(read(root))}


def changed(root):
    """Return what has changed for each item, direct things and those around it; items without a change are left out."""
    found = {
        one.entry.item.id: ({str(change.key) for change in one.direct}, {str(change.key) for change in one.around})
        for one in standings(read(root))
    }
    return {name: both for name, both in found.items() if any(both)}


def test_what_has_not_changed_is_in_step(root):
    assert states(root) == dict.fromkeys(ITEMS, State.IN_STEP)
    assert list(problems(read(root))) == []
    assert {(one.last.date, one.last.reviewers) for one in standings(read(root))} == {(date(2026, 1, 5), ("王 老师",))}


def test_a_line_without_facts(root):
    write_files(root, {LOCK: WRITTEN.replace("payment=be0f5e173592", "-")})

    assert changed(root) == {"on-fact": ({"fact payment"}, set()), "on-section": (set(), {"fact payment"})}


def test_what_nobody_had_read_still_nobody_has(root):
    write_files(root, {LOCK: WRITTEN.replace("王 老师", NOBODY)})

    assert states(root) == dict.fromkeys(ITEMS, State.UNREAD)


SECTION = "section claims.md#deadlines"


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        (BANK, "多久支付", "多久必须支付", {"on-fact": ({"item -"}, set())}),
        (BANK, "写明当日", "写明次日", {"on-section": ({"item -"}, set())}),
        (CHAPTER, "要交的见", "要带的见", {"on-fact": (set(), {SECTION}), "on-section": (set(), {SECTION})}),
        (
            FACTS,
            "甲法第1条",
            "乙法第1条",
            {"on-fact": ({"fact payment"}, set()), "on-section": (set(), {"fact payment"})},
        ),
        (
            FACTS,
            "10日",
            "15日",  # the first edition looked at texts with their facts in them
            {"on-fact": ({"item -", "fact payment"}, {SECTION}), "on-section": (set(), {"fact payment", SECTION})},
        ),
        (
            BANK,
            "stem: 拒赔的不用通知。",
            "stem: '{{ notice }}内拒赔的不用通知。'",
            {"on-section": ({"item -", "fact notice"}, set())},
        ),
    ],
    ids=["item", "rationale", "section", "basis of a fact", "value of a fact", "fact put in"],
)
def test_a_change_is_named_by_what_the_line_had_seen(root, path, before, after, expected):
    change(root, path, before, after)

    assert changed(root) == expected


def test_a_fact_that_the_line_had_not_seen_is_new_though_the_text_says_the_same(root):
    change(root, FACTS, "value: 3日", "value: 当日")
    change(root, BANK, "rationale: 写明当日。", "rationale: '写明{{ notice }}。'")

    assert changed(root)["on-section"] == ({"fact notice"}, set())


def test_a_fact_that_is_new_to_the_line_is_said_to_be(root):
    change(root, BANK, "stem: 拒赔的不用通知。", "stem: '{{ notice }}内拒赔的不用通知。'")

    reasons = {one.entry.item.id: one.reason for one in standings(read(root))}
    assert reasons["on-section"] == "题目本身、新增的事实 'notice'"


def review(root, name):
    assert main(["--config", str(root / "mkdocs.yml"), "sync", "--update", name, "--reviewer", "李老师"]) == 0


def test_what_the_first_edition_did_not_look_at_counts_as_read(root):
    keys = {str(one.key) for one in next(iter(standings(read(root)))).rests_on}

    assert keys >= {"fact notice", "section claims.md#papers", "intro claims.md#claims"}
    assert changed(root) == {}


def test_a_renamed_anchor_that_the_items_follow_is_in_step(root):
    for path in (CHAPTER, BANK):
        text = (root / path).read_text(encoding="utf-8")
        write_files(root, {path: text.replace("#deadlines", "#limits")})

    assert changed(root) == {}


def test_a_moved_item_rests_on_another_text(root):
    change(root, BANK, "section: claims.md#papers", "section: claims.md#deadlines")

    assert changed(root)["on-word"][1] >= {SECTION}


def test_a_review_of_one_item_turns_the_whole_lock_into_the_new_form_and_loses_nothing(root):
    change(root, CHAPTER, "要交的见", "要带的见")
    change(root, BANK, "登记之后做什么", "登记以后做什么")
    before, states_before = changed(root), states(root)

    review(root, "on-fact")

    lock = read(root).lock
    assert lock.old == {}
    assert set(lock.stamps) == set(ITEMS)
    assert read(root).problems == ()
    assert changed(root) == {name: both for name, both in before.items() if name != "on-fact"}
    assert states(root) == {**states_before, "on-fact": State.IN_STEP}
    assert {stamp.reviewers for stamp in lock.stamps["on-word"].values()} == {("王 老师",)}
    assert {stamp.date for stamp in lock.stamps["on-word"].values()} == {date(2026, 1, 5)}
    unknown = {name: {key for key, one in lock.stamps[name].items() if one.digest == UNKNOWN} for name in ITEMS}
    assert unknown == {"on-fact": set(), "on-section": {SECTION}, "on-word": {"item -"}}


def test_what_was_read_is_kept_as_text_from_then_on_and_what_is_not_known_is_said_to_be(root):
    change(root, BANK, "登记之后做什么", "登记以后做什么")
    review(root, "on-fact")
    change(root, CHAPTER, "再核对材料", "再逐页核对材料")
    book = read(root)
    standing = next(one for one in standings(book) if one.entry.item.id == "on-word")
    shown = {str(one.key): texts(book, one)[0] for one in standing.changes}

    assert shown == {"item -": None, "section claims.md#papers": "## 材料\n先登记，再核对材料，3日内告知。"}


def test_rewriting_alone_changes_no_state(root):
    change(root, FACTS, "甲法第1条", "乙法第1条")
    before = changed(root)

    record(read(root), ())

    assert read(root).lock.old == {}
    assert changed(root) == before


@pytest.mark.parametrize(
    ("written", "kept"),
    [("甲、乙", "甲 乙"), ("#甲#", "甲"), ("甲　乙", "甲 乙"), ("#", NOBODY), ("甲" * 50, "甲" * 40)],
)
def test_any_name_of_the_first_edition_is_taken_over_in_a_form_that_can_be_read_again(root, written, kept):
    write_files(root, {LOCK: WRITTEN.replace("王 老师", written)})

    record(read(root), ())

    assert read(root).problems == ()
    assert {one.reviewers for stamps in read(root).lock.stamps.values() for one in stamps.values()} == {(kept,)}


def test_both_forms_in_one_file_are_read_and_the_new_one_counts(root):
    book = read(root)
    stamp = next(iter(standings(book))).stamps["item -"]
    write_files(root, {LOCK: f"{WRITTEN}\n{stamp}\n".replace("item - " + stamp.digest, "item - " + "f" * 12)})

    assert changed(root) == {"on-fact": ({"item -"}, set())}


@pytest.mark.parametrize(
    "line",
    [
        "on-fact 4d117a96d2c7 claims.md#deadlines 60c488c18774 payment=be0f5e173592 2026-01-05",
        "on-fact 4d117a96d2 claims.md#deadlines 60c488c18774 - 2026-01-05 王",
        "on-fact 4d117a96d2c7 claims.md#deadlines 60c488c1877z - 2026-01-05 王",
        "on-fact 4d117a96d2c7 claims.md#deadlines 60c488c18774 payment 2026-01-05 王",
        "on-fact 4d117a96d2c7 claims.md#deadlines 60c488c18774 - 2026-13-05 王",
    ],
)
def test_a_damaged_line_is_named_and_its_item_is_new(root, line):
    write_files(root, {LOCK: WRITTEN.replace(WRITTEN.splitlines()[3], line)})

    (problem,) = read(root).problems
    assert problem.line == 4
    assert problem.what.startswith("题目 'on-fact' 的复核记录")
    assert states(root) == {"on-fact": State.NEW, "on-section": State.IN_STEP, "on-word": State.IN_STEP}


def test_a_review_log_and_texts_come_with_the_new_form(root):
    review(root, "on-fact")

    (said,) = read(root).reviewed.log
    assert isinstance(said, Review)
    assert (said.item, said.reviewer, said.verdict) == ("on-fact", "李老师", "holds")
    assert said.saw.keys() == read(root).lock.stamps["on-fact"].keys()
