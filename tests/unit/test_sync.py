"""What a review has seen and what has changed since, on a book of two sections, two facts and three items."""

from dataclasses import replace
from datetime import date

import pytest
from tests.conftest import write_files

from handbook.bank.lock import write_lock
from handbook.book import read_book
from handbook.checks import all_problems, refuse_faulty
from handbook.items import MODELS
from handbook.review.sync import State, item_digest, problems, stamped, standings

CHAPTER, FACTS, BANK, LOCK = "docs/chapters/claims.md", "docs/facts.yml", "docs/bank/claims.yml", "docs/bank/sync.lock"
FILES = {
    "mkdocs.yml": "site_name: x\n",
    CHAPTER: """# 理赔 { #claims }

## 时限 { #deadlines }

达成协议后 {{ payment }} 内支付，拒赔的当日通知。

## 材料 { #papers }

先登记，再核对材料。
""",
    FACTS: """facts:
  payment: {topic: 理赔, title: 支付, value: 10日, basis: 甲法第1条, status: law, checked: 2026-01-01}
  notice: {topic: 理赔, title: 通知, value: 3日, basis: 甲法第2条, status: law, checked: 2026-01-01}
""",
    BANK: """items:
  - id: on-section
    type: true_false
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 支付有时限。
    options:
      - {text: 正确, key: true, rationale: 法律写明。}
      - {text: 错误, rationale: 法律写明有。}
  - id: on-both
    type: single
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 多久支付？
    options:
      - {text: '{{ payment }} 内', key: true, rationale: 法律写明。}
      - {text: 六十日内, rationale: 那是核定。}
  - id: on-item
    type: short_answer
    section: claims.md#papers
    level: remember
    difficulty: 1
    stem: 登记之后做什么？
    model_answer: 核对材料，{{ notice }} 内告知缺什么。
    rubric: [{criterion: 核对材料, points: 2}]
""",
}
ITEMS = ("on-section", "on-both", "on-item")
REVIEWED = date(2026, 3, 1)


@pytest.fixture
def root(tmp_path):
    """The book after somebody has reviewed all of it."""
    write_files(tmp_path, FILES)
    write_lock(tmp_path / LOCK, stamped(read(tmp_path), set(ITEMS), "王老师", REVIEWED))

    return tmp_path


def read(root):
    return read_book(root / "mkdocs.yml")


def change(root, path, before, after):
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(before) == 1
    write_files(root, {path: text.replace(before, after)})


def states(root):
    return {standing.entry.item.id: standing.state for standing in standings(read(root))}


def causes(root):
    """Return what has changed for each stale item: facts, whether the item has, whether its section has."""
    return {
        standing.entry.item.id: (standing.facts_changed, standing.item_changed, standing.section_changed)
        for standing in standings(read(root))
        if standing.state is State.STALE
    }


def test_what_was_reviewed_is_in_step_and_nothing_is_said_of_it(root):
    assert states(root) == dict.fromkeys(ITEMS, State.IN_STEP)
    assert all_problems(read(root)) == []


def test_what_was_never_reviewed_is_new(root):
    (root / LOCK).unlink()

    assert states(root) == dict.fromkeys(ITEMS, State.NEW)
    assert {standing.reason for standing in standings(read(root))} == {""}


@pytest.mark.parametrize("lock", [True, False], ids=["reviewed", "never reviewed"])
def test_an_item_whose_section_is_gone_is_adrift_and_keeps_its_stamp(root, lock):
    if not lock:
        (root / LOCK).unlink()
    change(root, CHAPTER, "{ #papers }", "{ #documents }")

    found = {standing.entry.item.id: standing for standing in standings(read(root))}

    assert [name for name, standing in found.items() if standing.state is State.ADRIFT] == ["on-item"]
    assert bool(found["on-item"].stamp) is lock
    # what to do about it is said by the check of sections
    assert [problem for problem in problems(read(root)) if "on-item" in problem.what] == []


CHANGES = {
    "the value of a fact of section and item": (
        (FACTS, "10日", "15日"),
        {"on-section": (("payment",), False, False), "on-both": (("payment",), False, False)},
    ),
    "the basis of a fact, which no text shows": (
        (FACTS, "甲法第1条", "乙法第1条"),
        {"on-section": (("payment",), False, False), "on-both": (("payment",), False, False)},
    ),
    "a fact of the item only": ((FACTS, "3日", "5日"), {"on-item": (("notice",), False, False)}),
    "the text of a section": (
        (CHAPTER, "当日", "次日"),
        {"on-section": ((), False, True), "on-both": ((), False, True)},
    ),
    "the text of an item": ((BANK, "多久支付", "多久必须支付"), {"on-both": ((), True, False)}),
    "a reference taken out of the section": (
        (CHAPTER, " {{ payment }} 内", "尽快"),
        {"on-section": ((), False, True), "on-both": ((), False, True)},
    ),
    "a reference put into the section": (
        (CHAPTER, "当日", " {{ notice }} 内"),
        {"on-section": ((), False, True), "on-both": ((), False, True)},
    ),
    "a reference that leads nowhere": ((CHAPTER, "先登记", "{{ nobody }}"), {"on-item": ((), False, True)}),
    "another section": ((BANK, "claims.md#papers", "claims.md#deadlines"), {"on-item": ((), False, True)}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_makes_those_items_stale_that_rest_on_it_and_is_named_once(root, what):
    (path, before, after), expected = CHANGES[what]
    change(root, path, before, after)

    assert causes(root) == expected


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (CHAPTER, "，拒赔", ",\n拒赔"),
        (CHAPTER, "先登记", "**先登记**"),
        (BANK, "stem: 多久支付？", "stem: '多久 支付?'"),
        (BANK, "    stem: 支付有时限。", "    source_note: 见原卷。\n    stem: 支付有时限。"),
    ],
    ids=["rewrapped", "bold", "white space and width", "source"],
)
def test_what_does_not_change_what_is_read_leaves_all_in_step(root, path, before, after):
    change(root, path, before, after)

    assert causes(root) == {}


def test_a_change_beside_that_of_a_fact_is_named_where_the_fact_does_not_explain_it(root):
    change(root, FACTS, "3日", "5日")
    change(root, FACTS, "10日", "15日")
    change(root, CHAPTER, "再核对", "再逐页核对")
    change(root, BANK, "支付有时限", "支付是有时限的")

    assert causes(root) == {
        "on-section": (("payment",), True, False),
        "on-both": (("payment",), False, False),
        "on-item": (("notice",), False, True),
    }


def test_facts_are_named_in_order_then_the_item_then_its_section(root):
    names = [f"fact-{letter}" for letter in "hgfedcba"]
    line = "  NAME: {topic: 理赔, title: 别的, value: 三份, basis: 甲法第3条, status: law, checked: 2026-01-01}\n"
    write_files(root, {FACTS: FILES[FACTS] + "".join(line.replace("NAME", name) for name in names)})
    change(root, CHAPTER, "先登记", "".join(f"{{{{ {name} }}}}" for name in names))
    write_lock(root / LOCK, stamped(read(root), set(ITEMS), "王老师", REVIEWED))
    text = (root / FACTS).read_text(encoding="utf-8")
    write_files(root, {FACTS: text.replace("三份", "两份")})

    (standing,) = (standing for standing in standings(read(root)) if standing.state is State.STALE)

    assert standing.facts_changed == tuple(sorted(names))
    standing = replace(standing, facts_changed=("notice", "payment"), item_changed=True, section_changed=True)
    assert standing.reason == "事实 'notice' 、事实 'payment' 、题目本身、小节 'claims.md#papers'"


def test_every_item_out_of_step_is_a_warning_at_its_line_with_what_to_run(root):
    change(root, BANK, "多久支付", "多久必须支付")
    change(root, BANK, "id: on-item", "id: just-written")

    book = read(root)
    refuse_faulty(book)  # what is stale keeps nothing from being built
    found = list(problems(book))

    assert [(problem.path, problem.line, problem.what) for problem in found] == [
        (BANK, 11, "题目 'on-both' 待复核：题目本身 在 2026-03-01 复核之后改过"),
        (BANK, 20, "题目 'just-written' 还没有复核过"),
        (LOCK, 6, "题库里已经没有题目 'on-item'"),
    ]
    for problem, name in zip(found, ("on-both", "just-written", "on-item"), strict=True):
        assert problem.warning
        assert f"`handbook sync --update {name}" in problem.mend


def test_stamps_left_over_are_named_in_order(root):
    book = read(root)
    stamp = book.lock.stamps["on-item"]
    left = [f"gone-{letter}" for letter in "hgfedcba"]
    write_lock(root / LOCK, [*book.lock.stamps.values(), *(replace(stamp, item=name) for name in left)])

    said = [(problem.line, problem.what) for problem in problems(read(root))]

    assert said == [(4 + 2 * n, f"题库里已经没有题目 '{name}'") for n, name in enumerate(sorted(left))]


def test_a_review_renews_the_stamps_it_names_and_no_other(root):
    change(root, CHAPTER, "当日", "次日")
    book = read(root)
    before = book.lock.stamps

    after = {stamp.item: stamp for stamp in stamped(book, {"on-both"}, "李老师", date(2026, 4, 1))}

    assert {name: after[name] for name in ("on-section", "on-item")} == {
        name: before[name] for name in ("on-section", "on-item")
    }
    renewed = after["on-both"]
    assert (renewed.reviewer, renewed.date) == ("李老师", date(2026, 4, 1))
    assert renewed.section_digest != before["on-both"].section_digest
    assert (renewed.item_digest, renewed.facts) == (before["on-both"].item_digest, before["on-both"].facts)
    write_lock(root / LOCK, after.values())
    assert causes(root) == {"on-section": ((), False, True)}


def test_a_stamp_holds_the_facts_of_item_and_section_and_no_other(root):
    book = read(root)

    assert {name: set(stamp.facts) for name, stamp in book.lock.stamps.items()} == {
        "on-section": {"payment"},
        "on-both": {"payment"},
        "on-item": {"notice"},
    }
    assert book.lock.stamps["on-item"].facts["notice"] == book.facts["notice"].digest


def test_a_review_drops_the_stamps_it_names_whose_items_are_gone(root):
    change(root, BANK, "id: on-item", "id: renamed")

    kept = stamped(read(root), {"on-item"}, "", REVIEWED)

    assert {stamp.item for stamp in kept} == {"on-section", "on-both"}


MULTIPLE = {
    "id": "x", "type": "multiple", "section": "claims.md#papers", "level": "apply", "difficulty": 1,
    "stimulus": "客户来电。", "stem": "怎么办？",
    "options": [
        {"text": "先听", "key": True, "rationale": "诉求是基础。"},
        {"text": "再记", "key": True, "rationale": "后面要用。"},
        {"text": "挂断", "rationale": "等于拒收。"},
    ],
}  # fmt: skip
ESSAY = {
    "id": "x", "type": "scenario", "section": "claims.md#papers", "level": "apply", "difficulty": 1,
    "stimulus": "客户来电。", "stem": "怎么办？", "model_answer": "先听，再记。",
    "rubric": [{"criterion": "先听", "points": 1}, {"criterion": "再记", "points": 2}],
}  # fmt: skip


def seen(root, plain, **changes):
    data = {**plain, **changes}
    return item_digest(read(root), MODELS[data["type"]].model_validate(data))


def with_option(**changes):
    return [{**MULTIPLE["options"][0], **changes}, *MULTIPLE["options"][1:]]


def with_criterion(**changes):
    return [{**ESSAY["rubric"][0], **changes}, *ESSAY["rubric"][1:]]


@pytest.mark.parametrize(
    ("plain", "changes"),
    [
        (MULTIPLE, {"options": MULTIPLE["options"][::-1]}),
        (MULTIPLE, {"options": with_option(id="first", pinned=True)}),
        (MULTIPLE, {"stem": "怎么 办?", "level": "remember", "difficulty": 5, "enemies": ["y"]}),
        (ESSAY, {"model_answer": "先听,\n再记。", "literals": ["3日"]}),
    ],
    ids=["order of options", "name and place of an option", "what is not read", "white space and width"],
)
def test_what_a_reviewer_does_not_read_is_not_in_the_digest(root, plain, changes):
    assert seen(root, plain) == seen(root, plain, **changes)


@pytest.mark.parametrize(
    ("plain", "changes"),
    [
        (MULTIPLE, {"stimulus": "客户来信。"}),
        (MULTIPLE, {"stem": "先怎么办？"}),
        (MULTIPLE, {"type": "single"}),
        (MULTIPLE, {"scoring": "partial"}),
        (MULTIPLE, {"options": with_option(text="先问")}),
        (MULTIPLE, {"options": with_option(key=False)}),
        (MULTIPLE, {"options": with_option(rationale="诉求最要紧。")}),
        (ESSAY, {"type": "short_answer"}),
        (ESSAY, {"model_answer": "先记，再听。"}),
        (ESSAY, {"rubric": with_criterion(criterion="先问")}),
        (ESSAY, {"rubric": with_criterion(points=2)}),
        (ESSAY, {"rubric": ESSAY["rubric"][::-1]}),
    ],
    ids=lambda value: next(iter(value)) if len(value) == 1 else value["type"],
)
def test_what_a_reviewer_reads_is_in_the_digest(root, plain, changes):
    assert seen(root, plain) != seen(root, plain, **changes)


def test_the_digest_is_of_the_text_with_its_facts(root):
    referring = seen(root, ESSAY, model_answer="{{ notice }} 内答复。")

    assert referring == seen(root, ESSAY, model_answer="3日内答复。")
    change(root, FACTS, "3日", "5日")
    assert referring != seen(root, ESSAY, model_answer="{{ notice }} 内答复。")
