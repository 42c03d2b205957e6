"""What a review has seen and what has changed since, on a book of four sections, three facts and three items."""

from datetime import date

import pytest
from tests.conftest import write_files

from handbook.bank.lock import lock_file
from handbook.bank.reviewed import Review
from handbook.bank.stamps import NOBODY, Key, Stamp
from handbook.book import read_book
from handbook.checks import all_problems, refuse_faulty
from handbook.items import MODELS
from handbook.review.alarms import place, problems
from handbook.review.recording import record
from handbook.review.sync import State, causes, stamped, standings, texts, whole
from handbook.review.wording import own_digest, own_text

CHAPTER, FACTS, BANK, LOCK = "docs/chapters/claims.md", "docs/facts.yml", "docs/bank/claims.yml", "docs/bank/sync.lock"
LAWS, TERMS, CONFIG = "docs/laws.yml", "docs/glossary.yml", "mkdocs.yml"
FILES = {
    CONFIG: "site_name: x\nmarkdown_extensions: [admonition]\n",
    CHAPTER: """# 理赔 { #claims }

本章按《丙法》写成。

## 支付 { #paying }

核定以后支付。

### 时限 { #deadlines }

达成协议后 {{ payment }} 内支付，要有赔案号。拒赔的当日通知。要交的见[材料](#papers)，分 {{ copies }} 交。

### 材料 { #papers }

先登记，再核对材料。
""",
    "docs/chapters/basics.md": "# 法规 { #laws }\n\n有《甲法》《乙法》。\n",
    FACTS: """facts:
  payment: {topic: 理赔, title: 支付, value: 10日, days: calendar, basis: 《甲法》第1条, status: law, checked: 2026-01-01}
  copies: {topic: 理赔, title: 份数, value: 两份, basis: 公司规定, status: company, checked: 2026-01-01}
  notice: {topic: 理赔, title: 通知, value: 3日, basis: 《乙法》第2条, status: law, checked: 2026-01-01, note: 收到起算}
""",
    LAWS: """laws:
  - {name: 《甲法》, since: 2020年, status: law}
  - {name: 《乙法》, since: 2021年, status: law}
  - {name: 《丙法》, since: 2022年, status: law}
""",
    TERMS: """terms:
  赔案号: {means: 一案一号}
  单证: {means: 要交的纸}
  核 对: {means: 逐项比较, see: claims.md#papers}
""",
    BANK: """items:
  - id: on-fact
    type: single
    section: claims.md#deadlines
    evidence: ['达成协议后{{ payment }}内支付']
    level: remember
    difficulty: 1
    stem: 多久支付？
    options:
      - {text: '{{ payment }} 内', key: true, rationale: 法律写明。}
      - {text: 六十日内, rationale: 那是核定。}
  - id: on-sentence
    type: true_false
    section: claims.md#deadlines
    evidence: [拒赔的当日通知, {'claims.md#papers': '先登记，再核对'}]
    level: remember
    difficulty: 1
    stem: 拒赔的不用通知，也不退单证。
    options:
      - {text: 正确, rationale: 要通知。}
      - {text: 错误, key: true, rationale: 写明当日。}
  - id: on-word
    type: short_answer
    section: claims.md#papers
    level: remember
    difficulty: 1
    stem: 什么是核 对？按《丙法》答。
    model_answer: 逐项比较，{{ notice }} 内告知缺什么。
    rubric: [{criterion: 逐项比较, points: 2}]
""",
}
ITEMS = ("on-fact", "on-sentence", "on-word")
REVIEWED = date(2026, 3, 1)


@pytest.fixture
def root(tmp_path):
    """The book after somebody has reviewed all of it."""
    write_files(tmp_path, FILES)
    review(tmp_path, ITEMS, "王老师", REVIEWED)

    return tmp_path


def read(root):
    return read_book(root / CONFIG)


def review(root, names, reviewer, day=REVIEWED):
    """Read some items with all that they rest on."""
    book = read(root)
    record(book, [whole(book, name, reviewer, day) for name in names])


def change(root, path, before, after):
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(before) == 1
    write_files(root, {path: text.replace(before, after)})


def states(root):
    return {standing.entry.item.id: standing.state for standing in standings(read(root))}


def named(changes):
    return {str(change.key).partition("~")[0] for change in changes}


def changed(root):
    """Return what has changed for each item, direct things and those around it; items without a change are left out."""
    found = {one.entry.item.id: (named(one.direct), named(one.around)) for one in standings(read(root))}
    return {name: both for name, both in found.items() if any(both)}


def standing(root, name):
    return next(one for one in standings(read(root)) if one.entry.item.id == name)


# ── in step, new, adrift ────────────────────────────────────────────────────


def test_what_was_reviewed_is_in_step_and_nothing_is_said_of_it(root):
    assert states(root) == dict.fromkeys(ITEMS, State.IN_STEP)
    assert all_problems(read(root)) == []
    assert {str(one.last.key) for one in standings(read(root))} == {"item -"}


def test_what_was_never_reviewed_is_new(root):
    (root / LOCK).unlink()

    assert states(root) == dict.fromkeys(ITEMS, State.NEW)
    assert {one.reason for one in standings(read(root))} == {""}
    assert {one.last for one in standings(read(root))} == {None}


def test_what_came_with_the_handbook_is_unread_and_no_warning(root):
    text = (root / LOCK).read_text(encoding="utf-8")
    write_files(root, {LOCK: text.replace("王老师", NOBODY)})

    assert states(root) == dict.fromkeys(ITEMS, State.UNREAD)
    assert list(problems(read(root))) == []


def test_an_item_is_unread_until_somebody_has_read_all_of_it(root):
    text = (root / LOCK).read_text(encoding="utf-8")
    write_files(root, {LOCK: text.replace("王老师", NOBODY)})
    book = read(root)
    seen = whole(book, "on-fact", "李老师", REVIEWED)
    some = {key: digest for key, digest in seen.saw.items() if key != "item -"}

    record(book, [Review("on-fact", "holds", REVIEWED, "李老师", saw=some)])
    assert states(root)["on-fact"] is State.UNREAD
    record(read(root), [seen])
    assert states(root) == {"on-fact": State.IN_STEP, "on-sentence": State.UNREAD, "on-word": State.UNREAD}


def test_a_change_outranks_that_nobody_has_read_it(root):
    text = (root / LOCK).read_text(encoding="utf-8")
    write_files(root, {LOCK: text.replace("王老师", NOBODY)})
    change(root, FACTS, "10日", "15日")

    assert states(root) == {"on-fact": State.STALE, "on-sentence": State.AROUND, "on-word": State.UNREAD}


@pytest.mark.parametrize("lock", [True, False], ids=["reviewed", "never reviewed"])
def test_an_item_whose_section_is_gone_is_adrift_and_keeps_its_stamps(root, lock):
    if not lock:
        (root / LOCK).unlink()
    change(root, CHAPTER, "{ #papers }", "{ #documents }")

    assert states(root)["on-word"] is State.ADRIFT
    assert bool(standing(root, "on-word").stamps) is lock
    assert standing(root, "on-word").rests_on == ()
    # what to do about it is said by the check of sections
    assert [problem for problem in problems(read(root)) if "on-word" in problem.what] == []


# ── each thing an item rests on ─────────────────────────────────────────────

DEADLINES, PAPERS = "section claims.md#deadlines", "section claims.md#papers"
QUOTED, OTHER = "evidence claims.md#deadlines", "evidence claims.md#papers"
CHANGES = {
    "item: stem": ((BANK, "多久支付", "多久必须支付"), {"on-fact": ({"item -"}, set())}),
    "item: key": (
        (BANK, "内', key: true, rationale: 法律写明。}", "内', rationale: 法律写明。}"),
        {"on-fact": ({"item -"}, set())},
    ),
    "item: rationale": ((BANK, "那是核定", "那不是核定"), {"on-fact": ({"item -"}, set())}),
    "item: note of its source": (
        (BANK, "    model_answer", "    source_note: 与原卷不同。\n    model_answer"),
        {"on-word": ({"item -"}, set())},
    ),
    "evidence": (
        (CHAPTER, "当日通知", "当日通知两次"),
        {"on-fact": (set(), {DEADLINES}), "on-sentence": ({QUOTED}, {DEADLINES})},
    ),
    "evidence of another section": (
        (CHAPTER, "再核对材料", "再核对全部材料"),
        {
            "on-fact": (set(), {"linked claims.md#papers"}),
            "on-sentence": ({OTHER}, {PAPERS, "linked claims.md#papers"}),
            "on-word": (set(), {PAPERS}),
        },
    ),
    "fact: value": (
        (FACTS, "10日", "15日"),
        {"on-fact": ({"fact payment"}, set()), "on-sentence": (set(), {"fact payment"})},
    ),
    "fact: days": (
        (FACTS, "days: calendar", "days: working"),
        {"on-fact": ({"fact payment"}, set()), "on-sentence": (set(), {"fact payment"})},
    ),
    "fact: title": (
        (FACTS, "title: 份数", "title: 几份"),
        {"on-fact": (set(), {"fact copies"}), "on-sentence": (set(), {"fact copies"})},
    ),
    "fact: basis": ((FACTS, "《乙法》第2条", "《乙法》第3条"), {"on-word": ({"fact notice"}, set())}),
    "fact: status": ((FACTS, "第2条, status: law", "第2条, status: secondary"), {"on-word": ({"fact notice"}, set())}),
    "fact: note": ((FACTS, "收到起算", "发出起算"), {"on-word": ({"fact notice"}, set())}),
    "term that is asked": (
        (TERMS, "逐项比较", "随便看看"),
        {"on-sentence": (set(), {"term 核_对"}), "on-word": ({"term 核_对"}, set())},
    ),
    "term of the section": (
        (TERMS, "一案一号", "一人一号"),
        {"on-fact": (set(), {"term 赔案号"}), "on-sentence": (set(), {"term 赔案号"})},
    ),
    "term of the stem": ((TERMS, "要交的纸", "要看的纸"), {"on-sentence": (set(), {"term 单证"})}),
    "other words of the section": (
        (CHAPTER, "要交的见", "要带的见"),
        {"on-fact": (set(), {DEADLINES}), "on-sentence": (set(), {DEADLINES})},
    ),
    "heading reversed": (
        (CHAPTER, "### 时限", "### 没有时限"),
        {"on-fact": (set(), {DEADLINES}), "on-sentence": (set(), {DEADLINES})},
    ),
    "structure": (
        (CHAPTER, "先登记，再核对材料", "- 先登记，再核对材料"),
        {
            "on-fact": (set(), {"linked claims.md#papers"}),
            "on-sentence": (set(), {PAPERS, "linked claims.md#papers"}),
            "on-word": (set(), {PAPERS}),
        },
    ),
    "intro of the parent": (
        (CHAPTER, "核定以后", "核定以前"),
        {name: (set(), {"intro claims.md#paying"}) for name in ITEMS},
    ),
    "intro of the chapter": (
        (CHAPTER, "按《丙法》写成", "不按《丙法》写成"),
        {name: (set(), {"intro claims.md#claims"}) for name in ITEMS},
    ),
    "law by the basis of a fact of the section": (
        (LAWS, "2020年", "2025年"),
        {"on-fact": (set(), {"law 《甲法》"}), "on-sentence": (set(), {"law 《甲法》"})},
    ),
    "law by the basis of a fact of the item": ((LAWS, "2021年", "2025年"), {"on-word": (set(), {"law 《乙法》"})}),
    "law by the text of the item": (
        (LAWS, "2022年, status: law", "2022年, status: secondary"),
        {"on-word": (set(), {"law 《丙法》"})},
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_flags_the_items_that_rest_on_it_and_names_it(root, what):
    (path, before, after), expected = CHANGES[what]
    change(root, path, before, after)

    assert changed(root) == expected
    in_step = {name: State.STALE if direct else State.AROUND for name, (direct, _) in expected.items()}
    assert states(root) == dict.fromkeys(ITEMS, State.IN_STEP) | in_step


@pytest.mark.parametrize("what", CHANGES)
def test_each_thing_is_cleared_by_itself(root, what):
    (path, before, after), expected = CHANGES[what]
    change(root, path, before, after)
    everything = {(name, key) for name, (direct, around) in expected.items() for key in direct | around}

    for name, key in sorted(everything):
        book = read(root)
        saw = {str(one.key): one.now.digest for one in standing(root, name).changes if named([one]) == {key}}
        record(book, [Review(name, "holds", date(2026, 4, 1), "李老师", saw=saw)])
        everything -= {(name, key)}
        left = {(item, one) for item, (direct, around) in changed(root).items() for one in direct | around}
        assert left == everything

    assert states(root) == dict.fromkeys(ITEMS, State.IN_STEP)


@pytest.mark.parametrize("what", CHANGES)
def test_the_change_of_each_thing_can_be_shown(root, what):
    (path, before, after), _ = CHANGES[what]
    change(root, path, before, after)
    book = read(root)

    for one in standings(book):
        for found in one.changes:
            was, now = texts(book, found)
            assert was
            assert now
            assert was != now or what.startswith("fact") or "key" in what


def test_the_law_of_the_section_itself(root):
    change(root, CHAPTER, "拒赔的当日", "拒赔的按《丙法》当日")
    review(root, ITEMS, "王老师")
    change(root, LAWS, "2022年", "2025年")

    assert changed(root) == {name: (set(), {"law 《丙法》"}) for name in ITEMS}


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (CHAPTER, "，要有", ",\n要有"),
        (CHAPTER, "先登记", "**先登记**"),
        (CHAPTER, "当日通知。", "当日通知.<br>"),
        (BANK, "stem: 多久支付？", "stem: '多久 支付?'"),
        (BANK, "    stem: 多久", "    literals: [六十日]\n    stem: 多久"),
        (BANK, "    stem: 多久", "    enemies: [on-word]\n    stem: 多久"),
        (BANK, "'达成协议后{{ payment }}内支付'", "'协议后{{ payment }}内…赔案号'"),
        (FACTS, "checked: 2026-01-01, note", "checked: 2026-02-01, note"),
        (FACTS, "topic: 理赔, title: 份数", "topic: 别的, title: 份数"),
    ],
    ids=lambda text: text if len(text) < 12 else "",
)
def test_what_does_not_change_what_is_read_leaves_all_in_step(root, path, before, after):
    change(root, path, before, after)

    assert changed(root) == {}


def test_two_sections_in_another_order_are_in_step(root):
    head, deadlines, papers = FILES[CHAPTER].split("### ")
    write_files(root, {CHAPTER: f"{head}### {papers}\n### {deadlines}"})

    assert changed(root) == {}


# ── what has come, gone or moved ────────────────────────────────────────────


def test_a_fact_that_an_item_begins_to_use_is_new_to_it(root):
    change(root, BANK, "text: 六十日内", "text: '{{ notice }}内'")

    assert changed(root) == {"on-fact": ({"item -", "fact notice"}, {"law 《乙法》"})}
    assert standing(root, "on-fact").reason == "题目本身、新增的事实 'notice'"


def test_a_literal_that_became_a_reference_does_not_keep_the_item_in_step(root):
    change(root, CHAPTER, "当日通知", "当日通知，10日内答复")
    review(root, ITEMS, "王老师")
    change(root, CHAPTER, "10日内答复", "{{ payment }}内答复")

    assert changed(root) == {"on-fact": (set(), {DEADLINES}), "on-sentence": ({QUOTED}, {DEADLINES})}
    review(root, ITEMS, "王老师")
    change(root, FACTS, "days: calendar", "days: working")
    assert changed(root) == {"on-fact": ({"fact payment"}, set()), "on-sentence": (set(), {"fact payment"})}


def test_a_reference_put_in_place_of_a_number_makes_its_fact_direct(root):
    change(root, BANK, "stem: 拒赔的不用通知，也不退单证。", "stem: 拒赔的 10日 内通知。")
    review(root, ITEMS, "王老师")
    change(root, BANK, "stem: 拒赔的 10日 内通知。", "stem: '拒赔的 {{ payment }} 内通知。'")
    review(root, ["on-sentence"], "王老师")
    change(root, FACTS, "《甲法》第1条", "《乙法》第1条")

    assert changed(root)["on-sentence"][0] == {"fact payment"}


def test_a_reference_replaced_by_another_fact_of_equal_value(root):
    change(root, FACTS, "value: 3日", "value: 10日")
    review(root, ITEMS, "王老师")
    change(root, CHAPTER, "{{ payment }}", "{{ notice }}")

    assert changed(root) == {
        "on-fact": ({QUOTED}, {DEADLINES, "fact notice", "law 《乙法》"}),
        "on-sentence": (set(), {DEADLINES, "fact notice", "law 《乙法》"}),
    }
    change(root, CHAPTER, "{{ notice }}", "{{ payment }}")
    change(root, BANK, "{{ notice }}", "{{ payment }}")
    assert changed(root)["on-word"][0] == {"item -", "fact payment"}


def test_a_section_that_an_item_begins_to_rest_on_is_direct_and_what_is_around_it_is_not(root):
    change(root, BANK, "section: claims.md#papers", "section: claims.md#deadlines")

    direct, around = changed(root)["on-word"]
    assert direct == {DEADLINES}
    assert around == {"linked claims.md#papers", "fact payment", "fact copies", "law 《甲法》", "term 赔案号"}


def test_evidence_added_and_taken_away(root):
    change(root, BANK, "[拒赔的当日通知, {'claims.md#papers': '先登记，再核对'}]", "[达成协议后]")

    kind = "依据的句子 'claims.md#"
    assert (
        standing(root, "on-sentence").reason == f"新增的{kind}deadlines'、去掉的{kind}deadlines'、去掉的{kind}papers'"
    )
    review(root, ["on-sentence"], "王老师")
    assert changed(root) == {}
    assert sum(key.startswith("evidence") for item, key in stamps(root) if item == "on-sentence") == 1


def test_evidence_taken_away_is_a_change_until_all_has_been_read(root):
    change(root, BANK, "[拒赔的当日通知, {'claims.md#papers': '先登记，再核对'}]", "[拒赔的当日通知]")
    change(root, FACTS, "10日", "15日")
    book = read(root)

    record(book, [Review("on-sentence", "holds", REVIEWED, "李老师", saw={"fact payment": fact(book, "payment")})])

    assert changed(root)["on-sentence"] == ({OTHER}, set())
    assert ("on-sentence", PAPERS) not in stamps(root)


def test_evidence_that_is_not_found_any_more_is_a_change(root):
    change(root, CHAPTER, "拒赔的当日通知", "拒赔的另行说明")

    assert changed(root)["on-sentence"][0] == {QUOTED}
    assert texts(read(root), standing(root, "on-sentence").direct[0]) == ("拒赔的当日通知。", "")


@pytest.mark.parametrize("second_reader", [False, True])
def test_a_renamed_anchor_that_the_items_follow_is_in_step(root, second_reader):
    extra = "extra: {handbook: {review: {second_reader: true}}}\n" if second_reader else ""
    write_files(root, {CONFIG: FILES[CONFIG] + extra})
    review(root, ITEMS, "李老师")
    change(root, CHAPTER, "{ #deadlines }", "{ #limits }")
    text = (root / BANK).read_text(encoding="utf-8")
    write_files(root, {BANK: text.replace("claims.md#deadlines", "claims.md#limits")})

    assert changed(root) == {}
    assert states(root) == dict.fromkeys(ITEMS, State.IN_STEP)


def test_a_section_moved_to_another_chapter_changes_what_introduces_it_and_nothing_else(root):
    moved = "### 材料 { #papers }\n\n先登记，再核对材料。\n"
    change(root, CHAPTER, moved, "")
    change(root, CHAPTER, "(#papers)", "(papers.md#papers)")
    text = (root / BANK).read_text(encoding="utf-8").replace("claims.md#papers", "papers.md#papers")
    terms = FILES[TERMS].replace("claims.md#papers", "papers.md#papers")
    write_files(root, {BANK: text, TERMS: terms, "docs/chapters/papers.md": f"# 材料 {{ #all }}\n\n{moved}"})

    assert changed(root) == {
        "on-word": (set(), {"intro papers.md#all"}),
        "on-sentence": (set(), {"intro papers.md#all"}),
    }


def test_a_moved_thing_stays_stamped_when_another_is_reviewed(root):
    change(root, CHAPTER, "{ #deadlines }", "{ #limits }")
    text = (root / BANK).read_text(encoding="utf-8")
    write_files(root, {BANK: text.replace("claims.md#deadlines", "claims.md#limits")})
    change(root, FACTS, "10日", "15日")
    book = read(root)

    record(book, [Review("on-fact", "holds", REVIEWED, "李老师", saw={"fact payment": fact(book, "payment")})])

    assert changed(root) == {"on-sentence": (set(), {"fact payment"})}


def fact(book, name):
    """Return the digest of a fact as an item sees it."""
    return next(one.digest for entry in standings(book) for one in entry.rests_on if one.key == Key("fact", name))


def test_a_link_leads_from_the_folder_of_its_page(root):
    text = "# 别 { #other }\n\n## 去 { #there }\n\n见[此](beside.md)、[彼](../claims.md#papers)、[网](https://a.cn)。\n"
    write_files(
        root,
        {
            "docs/chapters/more/other.md": text,
            "docs/chapters/more/beside.md": "# 旁 { #beside }\n\n旁文。\n\n## 后 { #later }\n\n后文。\n",
        },
    )
    change(root, BANK, "section: claims.md#papers", "section: more/other.md#there")

    keys = {str(one.key) for one in standing(root, "on-word").rests_on if one.key.kind == "linked"}
    assert keys == {"linked more/beside.md#beside", "linked claims.md#papers"}


# ── what is said ────────────────────────────────────────────────────────────


def test_every_item_out_of_step_is_a_warning_at_its_line_with_what_to_run(root):
    change(root, BANK, "多久支付", "多久必须支付")
    change(root, BANK, "id: on-word", "id: just-written")

    book = read(root)
    refuse_faulty(book)  # what is stale keeps nothing from being built
    found = list(problems(book))

    assert [(problem.path, problem.line, problem.what) for problem in found] == [
        (BANK, 2, "题目 'on-fact' 待复核：题目本身 在 2026-03-01 复核之后改过"),
        (BANK, 22, "题目 'just-written' 还没有复核过"),
        (LOCK, book.lock.lines["on-word"], "题库里已经没有题目 'on-word'"),
    ]
    for problem, name in zip(found, ("on-fact", "just-written", "on-word"), strict=True):
        assert problem.warning
        assert f"`handbook sync --update {name}" in problem.mend


def test_what_changed_around_items_is_one_warning_where_it_changed(root):
    places = {
        (CHAPTER, "要交的见", "要带的见"): (CHAPTER, 9, "小节 'claims.md#deadlines' ", "on-fact、on-sentence"),
        (CHAPTER, "本章按", "全章按"): (
            CHAPTER,
            1,
            "小节前的引言 'claims.md#claims' ",
            "on-fact、on-sentence、on-word",
        ),
        (FACTS, "两份", "三份"): (FACTS, 3, "事实 'copies' ", "on-fact、on-sentence"),
        (LAWS, "2020年", "2025年"): (LAWS, 2, "法规 '《甲法》' ", "on-fact、on-sentence"),
        (TERMS, "一案一号", "一人一号"): (TERMS, 2, "术语 '赔案号' ", "on-fact、on-sentence"),
    }
    for written in places:
        change(root, *written)

    found = [(one.path, one.line, one.what, one.warning) for one in problems(read(root))]

    assert sorted(found) == sorted(
        (path, line, f"{what.strip()} 改过，{names.count('、') + 1} 道题要确认还成立：{names}", True)
        for path, line, what, names in places.values()
    )


def test_what_is_gone_around_items_is_told_at_the_first_item(root):
    book = read(root)
    stamp = Stamp("on-fact", Key("section", "claims.md#deadlines"), "f" * 12, REVIEWED, ("王老师",))
    others = [one for one in stamped(book, (), set()) if (one.item, one.key) != (stamp.item, stamp.key)]
    write_files(root, {LOCK: lock_file([*others, stamp])})
    (cause,) = causes(standings(read(root)))

    assert place(read(root), cause)[0] == CHAPTER
    gone = type(cause)(cause.change._replace(key=Key("law", "《丁法》")), cause.standings)
    assert place(read(root), gone) == (BANK, 4)


def test_one_change_around_many_items_is_one_cause(root):
    change(root, CHAPTER, "要交的见", "要带的见")
    change(root, CHAPTER, "本章按", "全章按")

    found = [
        (str(one.change.key), [item.entry.item.id for item in one.standings]) for one in causes(standings(read(root)))
    ]

    assert found == [
        ("section claims.md#deadlines", ["on-fact", "on-sentence"]),
        ("intro claims.md#claims", ["on-fact", "on-sentence", "on-word"]),
    ]


def test_reasons_are_direct_things_when_there_are_any(root):
    change(root, FACTS, "10日", "15日")
    change(root, CHAPTER, "核定以后", "核定以前")

    assert standing(root, "on-fact").reason == "事实 'payment'"
    assert standing(root, "on-sentence").reason == "小节前的引言 'claims.md#paying'、事实 'payment'"
    assert standing(root, "on-word").reason == "小节前的引言 'claims.md#paying'"


def test_a_stale_item_is_named_in_the_cause_around_it_as_well(root):
    change(root, CHAPTER, "当日通知", "当日通知两次")

    said = [problem.what for problem in problems(read(root))]

    assert said[0].startswith("题目 'on-sentence' 待复核：依据的句子 'claims.md#deadlines' 在")
    assert said[1].endswith("on-fact、on-sentence")


def test_stamps_left_over_are_named_in_order(root):
    book = read(root)
    left = [f"gone-{letter}" for letter in "hgfedcba"]
    stamps = [Stamp(name, Key("item"), "f" * 12, REVIEWED, ("王老师",)) for name in left]
    write_files(root, {LOCK: lock_file([*stamped(book, (), set()), *stamps])})

    said = [(problem.line, problem.what) for problem in problems(read(root))]

    assert said == [(4 + 2 * n, f"题库里已经没有题目 '{name}'") for n, name in enumerate(sorted(left))]


# ── reviews ─────────────────────────────────────────────────────────────────


def stamps(root):
    return {(stamp.item, str(stamp.key)): stamp for stamp in stamped(read(root), (), set())}


def test_a_review_renews_what_it_saw_and_no_other(root):
    change(root, FACTS, "10日", "15日")
    change(root, CHAPTER, "要交的见", "要带的见")
    before, book = stamps(root), read(root)

    record(book, [Review("on-fact", "holds", date(2026, 4, 1), "李老师", saw={"fact payment": fact(book, "payment")})])

    renewed = {key for key, stamp in stamps(root).items() if before[key] != stamp}
    assert renewed == {("on-fact", "fact payment")}
    stamp = stamps(root)[("on-fact", "fact payment")]
    assert (stamp.reviewers, stamp.date) == (("李老师",), date(2026, 4, 1))
    assert changed(root)["on-fact"] == (set(), {DEADLINES})


@pytest.mark.parametrize("verdict", ["change", "unsure"])
def test_a_verdict_that_it_does_not_hold_stamps_nothing(root, verdict):
    change(root, FACTS, "10日", "15日")
    book = read(root)
    seen = whole(book, "on-fact", "李老师", REVIEWED)

    assert set(stamped(book, [Review("on-fact", verdict, REVIEWED, "李老师", saw=seen.saw)], set())) == set(
        stamped(book, (), set())
    )


def test_a_review_drops_what_the_item_does_not_rest_on_any_more(root):
    change(root, BANK, "{{ notice }}", "三日")
    review(root, ["on-word"], "王老师")

    assert ("on-word", "fact notice") not in stamps(root)
    assert ("on-word", "law 《乙法》") not in stamps(root)


def test_items_that_are_gone_keep_their_stamps_until_told(root):
    change(root, BANK, "id: on-word", "id: renamed")
    review(root, ["renamed"], "王老师")

    assert {item for item, _ in stamps(root)} == {*ITEMS, "renamed"}
    record(read(root), (), {"on-word"})
    assert {item for item, _ in stamps(root)} == {"on-fact", "on-sentence", "renamed"}


@pytest.mark.parametrize(
    ("before", "reviewer", "after"),
    [
        ("王老师", "李老师", ("王老师", "李老师")),
        ("王老师", "王老师", ("王老师",)),
        ("王老师、李老师", "赵老师", ("李老师", "赵老师")),
        ("王老师、李老师", "王老师", ("李老师", "王老师")),
        (NOBODY, "李老师", ("李老师",)),
    ],
)
def test_who_read_the_very_same_before_stays_named(root, before, reviewer, after):
    text = (root / LOCK).read_text(encoding="utf-8")
    write_files(root, {LOCK: text.replace("王老师", before)})
    change(root, FACTS, "10日", "15日")

    review(root, ["on-fact"], reviewer, date(2026, 4, 1))

    assert stamps(root)[("on-fact", "item -")].reviewers == after
    assert stamps(root)[("on-fact", "fact payment")].reviewers == (reviewer,)


def test_a_review_of_an_earlier_day_sets_nothing_back(root):
    review(root, ITEMS, "李老师", date(2026, 5, 1))
    before = stamps(root)

    review(root, ITEMS, "王老师", date(2026, 4, 1))
    assert {stamp.reviewers for stamp in stamps(root).values()} == {("王老师", "李老师")}
    assert stamps(root) == before


# ── a second reader ─────────────────────────────────────────────────────────


@pytest.fixture
def demanding(root):
    """The same book, which wants two people to read items on the limits of the law."""
    write_files(root, {CONFIG: FILES[CONFIG] + "extra: {handbook: {review: {second_reader: true}}}\n"})

    return root


def test_only_items_that_use_a_fact_of_the_law_want_a_second_reader(demanding):
    assert states(demanding) == {"on-fact": State.SECOND, "on-sentence": State.IN_STEP, "on-word": State.SECOND}
    found = list(problems(read(demanding)))
    assert [problem.what for problem in found] == [
        "题目 'on-fact' 用到法定时限，还要第二个人复核",
        "题目 'on-word' 用到法定时限，还要第二个人复核",
    ]
    assert all(problem.warning for problem in found)
    change(demanding, FACTS, "第2条, status: law", "第2条, status: secondary")
    review(demanding, ["on-word"], "王老师")
    assert states(demanding)["on-word"] is State.IN_STEP


def test_a_second_person_who_read_the_same_is_enough_and_the_same_person_is_not(demanding):
    review(demanding, ["on-fact"], "王老师", date(2026, 4, 1))
    assert states(demanding)["on-fact"] is State.SECOND
    review(demanding, ["on-fact"], "李老师", date(2026, 4, 1))
    assert states(demanding)["on-fact"] is State.IN_STEP


def test_what_is_around_is_read_by_one(demanding):
    review(demanding, ITEMS, "李老师")
    change(demanding, CHAPTER, "核定以后", "核定以前")
    intro = next(one for one in standing(demanding, "on-fact").changes)

    record(read(demanding), [Review("on-fact", "holds", REVIEWED, "李老师", saw={str(intro.key): intro.now.digest})])

    assert states(demanding)["on-fact"] is State.IN_STEP


def test_after_a_change_both_have_to_read_it_again(demanding):
    review(demanding, ITEMS, "李老师")
    change(demanding, FACTS, "10日", "15日")
    assert states(demanding)["on-fact"] is State.STALE
    review(demanding, ["on-fact"], "王老师")
    assert states(demanding)["on-fact"] is State.SECOND
    review(demanding, ["on-fact"], "李老师")
    assert states(demanding)["on-fact"] is State.IN_STEP


# ── the item itself ─────────────────────────────────────────────────────────

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


def seen(plain, **changes):
    data = {**plain, **changes}
    return own_digest(MODELS[data["type"]].model_validate(data))


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
        (MULTIPLE, {"section": "claims.md#deadlines", "evidence": ["先登记"]}),
        (ESSAY, {"model_answer": "先听,\n再记。", "literals": ["3日"]}),
    ],
    ids=["order of options", "name and place of an option", "what is not read", "what is by itself", "width"],
)
def test_what_a_reviewer_does_not_read_is_not_in_the_digest(plain, changes):
    assert seen(plain) == seen(plain, **changes)


@pytest.mark.parametrize(
    ("plain", "changes"),
    [
        (MULTIPLE, {"stimulus": "客户来信。"}),
        (MULTIPLE, {"stem": "先怎么办？"}),
        (MULTIPLE, {"type": "single"}),
        (MULTIPLE, {"scoring": "partial"}),
        (MULTIPLE, {"source_note": "与原卷不同"}),
        (MULTIPLE, {"options": with_option(text="先问")}),
        (MULTIPLE, {"options": with_option(key=False)}),
        (MULTIPLE, {"options": with_option(rationale="诉求最要紧。")}),
        (ESSAY, {"type": "short_answer"}),
        (ESSAY, {"model_answer": "先记，再听。"}),
        (ESSAY, {"model_answer": "{{ notice }}内听。"}),
        (ESSAY, {"rubric": with_criterion(criterion="先问")}),
        (ESSAY, {"rubric": with_criterion(points=2)}),
        (ESSAY, {"rubric": ESSAY["rubric"][::-1]}),
    ],
    ids=lambda value: next(iter(value)) if len(value) == 1 else value["type"],
)
def test_what_a_reviewer_reads_is_in_the_digest(plain, changes):
    assert seen(plain) != seen(plain, **changes)


def test_a_reviewer_reads_all_of_an_item_as_text():
    both = {"source_note": "与原卷不同", "source": "exam/1.1"}

    assert own_text(MODELS["multiple"].model_validate({**MULTIPLE, **both})).splitlines()[1:] == [
        "客户来电。",
        "题干：怎么办？",
        "A 先听（答案）",
        "　解析：诉求是基础。",
        "B 再记（答案）",
        "　解析：后面要用。",
        "C 挂断",
        "　解析：等于拒收。",
        "与来源试卷的差别：与原卷不同",
    ]
    assert own_text(MODELS["scenario"].model_validate(ESSAY)).splitlines()[1:] == [
        "客户来电。",
        "题干：怎么办？",
        "参考答案：先听，再记。",
        "采分点：先听（1 分）",
        "采分点：再记（2 分）",
    ]


def test_facts_and_laws_are_shown_with_all_that_counts(root):
    change(root, LAWS, "《乙法》, since: 2021年", "《乙法》, number: 令 3 号, note: 已修订, since: 2021年")
    shown = {str(one.key): one.text for one in standing(root, "on-word").rests_on}

    assert shown["fact notice"] == "通知：3日\n依据：《乙法》第2条（已核对原文）\n收到起算"
    assert shown["law 《乙法》"] == "《乙法》（令 3 号）\n施行：2021年（已核对原文）\n已修订"
    assert shown["law 《丙法》"] == "《丙法》\n施行：2022年（已核对原文）"
    assert shown["term 核_对"] == "核 对：逐项比较"


def test_a_reference_counts_by_its_name():
    assert seen(ESSAY, model_answer="{{ notice }} 内答复。") != seen(ESSAY, model_answer="3日内答复。")
    assert seen(ESSAY, model_answer="{{ notice }} 内答复。") != seen(ESSAY, model_answer="{{ other }} 内答复。")
