"""What people decided is written as a whole or not at all, and only where it speaks of what is still there."""

import errno
import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import write_files

from handbook.bank.reviewed import read_reviewed
from handbook.book import read_book
from handbook.cli import main
from handbook.files import Unwritable
from handbook.problems import Refusal
from handbook.review.recording import applied, read_decisions, record
from handbook.review.sync import State, standings, whole

CHAPTER, FACTS, BANK, LOCK = "docs/chapters/claims.md", "docs/facts.yml", "docs/bank/claims.yml", "docs/bank/sync.lock"
LAWS, LOG, TEXTS = "docs/laws.yml", "docs/bank/review-log.jsonl", "docs/bank/reviewed.jsonl"
FILES = {
    "mkdocs.yml": "site_name: x\n",
    CHAPTER: """# 理赔 { #claims }

## 时限 { #deadlines }

按《甲法》，达成协议后 {{ payment }} 内支付，不得拖延。
""",
    FACTS: """facts:
  payment: {topic: 理赔, title: 支付, value: 10日, days: calendar, basis: 《甲法》第1条, status: law, checked: 2026-01-01}
""",
    LAWS: "laws:\n  - {name: 《甲法》, since: 2020年, status: law}\n",
    BANK: """items:
  - id: claims-limit
    type: single
    section: claims.md#deadlines
    evidence: [达成协议后]
    level: remember
    difficulty: 1
    stem: 多久支付？
    options:
      - {text: '{{ payment }} 内', key: true, rationale: 法律这样写明。}
      - {text: 六十日内, rationale: 那是核定。}
  - id: claims-delay
    type: true_false
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 支付可以拖延。
    options:
      - {text: 正确, rationale: 不得拖延。}
      - {text: 错误, key: true, rationale: 写明了。}
""",
}
LIMIT, DELAY = "claims-limit", "claims-delay"
DAY = date(2026, 3, 1)


@pytest.fixture
def root(tmp_path):
    """The book after somebody has reviewed all of it."""
    write_files(tmp_path, FILES)
    book = read(tmp_path)
    record(book, [whole(book, name, "王老师", DAY) for name in (LIMIT, DELAY)])

    return tmp_path


def read(root):
    return read_book(root / "mkdocs.yml")


def run(root, *arguments):
    return main(["--config", str(root / "mkdocs.yml"), *map(str, arguments)])


def change(root, path, before, after):
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(before) == 1
    write_files(root, {path: text.replace(before, after)})


def states(root):
    return {one.entry.item.id: one.state for one in standings(read(root))}


def contents(root):
    return {path.name: path.read_bytes() for path in (root / "docs/bank").iterdir()}


def decision(root, item, verdict="holds", comment="", keys=None):
    """Return what the desk saves when somebody has read an item as it is, or only some things of it."""
    saw = whole(read(root), item, "x", DAY).saw
    return {
        "item": item,
        "verdict": verdict,
        "comment": comment,
        "saw": {key: digest for key, digest in saw.items() if keys is None or key in keys},
    }


def saved(root, *decisions, name="decisions.json", **changes):
    written = {
        "format": "handbook-review-1",
        "reviewer": "李老师",
        "date": "2026-04-01",
        "decisions": decisions,
        **changes,
    }
    write_files(root, {name: json.dumps(written, ensure_ascii=False, indent=2)})

    return root / name


# ── decisions ───────────────────────────────────────────────────────────────


def test_decisions_are_stamped_logged_and_counted(root, capsys):
    change(root, FACTS, "10日", "15日")
    file = saved(root, decision(root, LIMIT, comment="看过原文"), decision(root, DELAY, keys=["fact payment"]))

    assert run(root, "sync", "--apply", file) == 0
    assert "已记下 李老师 的决定：仍然成立 2 道，要改 0 道，不确定 0 道。" in capsys.readouterr().out
    assert states(root) == {LIMIT: State.IN_STEP, DELAY: State.IN_STEP}
    stamps = read(root).lock.stamps
    assert stamps[LIMIT]["item -"].reviewers == ("王老师", "李老师")
    assert stamps[DELAY]["fact payment"].reviewers == ("李老师",)
    assert stamps[DELAY]["item -"].reviewers == ("王老师",)
    said = read(root).reviewed.log[-2:]
    assert [(one.item, one.verdict, one.date, one.reviewer, one.comment) for one in said] == [
        (LIMIT, "holds", date(2026, 4, 1), "李老师", "看过原文"),
        (DELAY, "holds", date(2026, 4, 1), "李老师", ""),
    ]
    assert read(root).reviewed.verdict(LIMIT) == said[0]
    assert read(root).reviewed.verdict("nobody") is None


@pytest.mark.parametrize("verdict", ["change", "unsure"])
def test_a_verdict_that_it_does_not_hold_is_logged_and_stamps_nothing(root, verdict):
    change(root, FACTS, "10日", "15日")
    before = (root / LOCK).read_bytes()
    file = saved(root, decision(root, LIMIT, verdict, "第 5 条改了"))

    assert run(root, "sync", "--apply", file) == 0
    assert (root / LOCK).read_bytes() == before
    assert states(root)[LIMIT] is State.STALE
    assert read(root).reviewed.verdict(LIMIT).comment == "第 5 条改了"


def test_the_same_file_applied_twice_adds_nothing(root):
    change(root, FACTS, "10日", "15日")
    file = saved(root, decision(root, LIMIT), decision(root, DELAY, "unsure"))
    assert run(root, "sync", "--apply", file) == 0
    before = contents(root)

    assert run(root, "sync", "--apply", file) == 0
    assert contents(root) == before


@pytest.mark.parametrize("later", ["2026-04-01", "2026-05-01"])
def test_an_old_file_applied_once_more_sets_nothing_back(root, later):
    file = saved(root, decision(root, LIMIT))
    run(root, "sync", "--apply", file)
    run(
        root,
        "sync",
        "--apply",
        saved(root, decision(root, LIMIT), name="later.json", reviewer="赵老师", date=later),
    )
    before = contents(root)

    assert run(root, "sync", "--apply", file) == 0
    assert contents(root) == before


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ((BANK, "多久支付", "几日支付"), "题目本身"),
        ((FACTS, "15日", "20日"), "事实 'payment'"),
        ((CHAPTER, "不得拖延", "不许拖延"), "依据的句子 'claims.md#deadlines'、小节 'claims.md#deadlines'"),
        ((LAWS, "2020年", "2021年"), "法规 '《甲法》'"),
    ],
)
def test_what_has_changed_since_it_was_read_is_refused_by_name(root, edit, said, capsys):
    change(root, FACTS, "10日", "15日")
    file = saved(root, decision(root, LIMIT), decision(root, DELAY, keys=["item -"]))
    change(root, *edit)
    stamps = read(root).lock.stamps[LIMIT]

    assert run(root, "sync", "--apply", file) == 1
    out = capsys.readouterr().out
    assert f"{BANK}:2: 题目 '{LIMIT}' 的{said} 在复核之后又改过；这一条决定没有记下" in out
    assert "仍然成立 1 道" in out
    assert read(root).lock.stamps[LIMIT] == stamps
    assert read(root).reviewed.verdict(LIMIT).reviewer == "王老师"
    assert read(root).reviewed.verdict(DELAY).reviewer == "李老师"


def test_what_an_item_does_not_rest_on_any_more_is_refused_too(root):
    file = saved(root, decision(root, LIMIT))
    change(root, BANK, "    evidence: [达成协议后]\n", "")

    reviews, refused = applied(read(root), read_decisions(file, "x"), "x")

    assert reviews == []
    assert [problem.what for problem in refused] == [
        f"题目 '{LIMIT}' 的依据的句子 'claims.md#deadlines' 在复核之后又改过"
    ]


def test_an_item_that_is_gone_is_named(root):
    file = saved(root, decision(root, LIMIT), decision(root, DELAY))
    change(root, BANK, LIMIT, "claims-renamed")

    reviews, refused = applied(read(root), read_decisions(file, "x"), "x")

    assert [review.item for review in reviews] == [DELAY]
    assert [str(problem) for problem in refused] == [f"x:1: 题库里已经没有题目 '{LIMIT}'；这一条决定没有记下。"]


def test_a_file_that_is_not_there_is_misuse(root, capsys):
    assert run(root, "sync", "--apply", root / "nothing.json") == run(root, "sync", "--apply", root / "docs") == 2
    assert "找不到这个文件" in capsys.readouterr().err


DAMAGED = {
    "nothing": b"",
    "another file": b"PK\x03\x04\x00\xff",
    "a page": "<html><body>：页 : x</body></html>".encode(),
    "cut short": b'{"format": "handbook-review-1", "reviewer": "x',
    "a list": b"[1, 2]",
    "a text": b'"x"',
    "null": b"null",
    "tabs": b'{\n\t"format": 1}',
    "mark at the beginning": b'\xef\xbb\xbf{"format": "handbook-review-1"}',
    "another format": {"format": "handbook-review-9"},
    "no reviewer": {"reviewer": None},
    "name of two lines": {"reviewer": "王\n李"},
    "name with a carriage return": {"reviewer": "王\r李"},
    "name with a line separator": {"reviewer": "王\u2028李"},
    "name with a tab": {"reviewer": "王\t李"},
    "name of spaces": {"reviewer": " "},
    "name too long": {"reviewer": "王" * 41},
    "name with the sign between names": {"reviewer": "王、李"},
    "name of nobody": {"reviewer": "initial"},
    "name that is a number": {"reviewer": 5},
    "no such day": {"date": "2026-02-30"},
    "no day": {"date": "昨天"},
    "day of another form": {"date": "20260401"},
    "day with a line break": {"date": "2026-04-01\n"},
    "day that is a number": {"date": 20260401},
    "no decisions": {"decisions": None},
    "decision that is a number": {"decisions": [5]},
    "unknown verdict": {"decisions": [{"item": LIMIT, "verdict": "maybe", "saw": {}}]},
    "no item": {"decisions": [{"verdict": "holds", "saw": {}}]},
    "item that is no id": {"decisions": [{"item": "A B", "verdict": "holds", "saw": {}}]},
    "digest that is a number": {"decisions": [{"item": LIMIT, "verdict": "holds", "saw": {"item -": 5}}]},
    "comment that is a list": {"decisions": [{"item": LIMIT, "verdict": "holds", "saw": {}, "comment": ["x"]}]},
    "unknown field": {"mood": "good"},
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_file_gives_one_line_and_nothing_is_written(root, damage, capsys):
    file, written = saved(root), DAMAGED[damage]
    file.write_bytes(written) if isinstance(written, bytes) else saved(root, **written)
    before = contents(root)

    assert run(root, "sync", "--apply", file) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{file}:")
    assert "；" in lines[0]
    assert lines[1] == "共 1 处问题。"
    assert contents(root) == before


def test_every_fault_of_a_file_is_named(root):
    file = saved(root, {"item": LIMIT, "verdict": "maybe", "saw": {}}, {"item": "A", "verdict": "holds", "saw": {}})

    with pytest.raises(Refusal) as refused:
        read_decisions(file, "decisions.json")

    assert len(refused.value.problems) == 2
    assert [problem.line for problem in refused.value.problems] == [8, 12]


def test_a_comment_may_hold_anything(root):
    comment = "第一行\n第二行\u2028又“引”# 、😀"
    assert run(root, "sync", "--apply", saved(root, decision(root, LIMIT, comment=comment))) == 0

    assert read(root).problems == ()
    assert read(root).reviewed.verdict(LIMIT).comment == comment
    assert (root / LOG).read_text(encoding="utf-8").count("\n") == 3


def test_the_log_keeps_whatever_is_said(root):
    book = read(root)
    said = replace(whole(book, LIMIT, "李老师", DAY), comment='\x85\x0b\x1c\u2029\r\n\\"')
    record(book, [said])

    assert read(root).problems == ()
    assert read(root).reviewed.log[-1] == said


# ── who may review ──────────────────────────────────────────────────────────


def git(root, *arguments, author="王老师"):
    identity = ["-c", f"user.name={author}", "-c", "user.email=x@x"]
    subprocess.run(["git", "-C", root, *identity, *arguments], check=True, capture_output=True)


def test_an_author_may_not_review_when_the_settings_say_so(root, capsys):
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "first")
    change(root, BANK, f"id: {DELAY}", f"id:  {DELAY}")
    other = FILES[BANK].partition("  - id: claims-delay")[2].replace(DELAY, "claims-other")
    write_files(root, {"docs/bank/other.yml": "#\n" * 11 + f"items:\n  - id: claims-other{other}"})
    git(root, "add", ".")
    git(root, "commit", "-qm", "second", author="李老师")
    limit, delay = decision(root, LIMIT), decision(root, DELAY)
    assert run(root, "sync", "--apply", saved(root, delay)) == 0
    write_files(root, {"mkdocs.yml": "site_name: x\nextra: {handbook: {review: {not_author: true}}}\n"})
    before = contents(root)

    assert run(root, "sync", "--apply", saved(root, limit, delay)) == 1
    out = capsys.readouterr().out
    assert f"{BANK}:12: 题目 '{DELAY}' 是 李老师 自己写的，不能由本人复核；请换一位复核人。" in out
    assert f"题目 '{LIMIT}'" not in out
    assert contents(root) == before
    assert run(root, "sync", "--apply", saved(root, limit)) == 0
    assert run(root, "sync", "--apply", saved(root, delay, reviewer="赵老师")) == 0


def test_an_author_may_review_otherwise_and_where_there_is_no_history(root):
    write_files(root, {"mkdocs.yml": "site_name: x\nextra: {handbook: {review: {not_author: true}}}\n"})

    assert run(root, "sync", "--apply", saved(root, decision(root, LIMIT), reviewer="王老师")) == 0


# ── what is written ─────────────────────────────────────────────────────────


@pytest.mark.parametrize("fails", ["sync.lock", "reviewed.jsonl", "review-log.jsonl"])
def test_the_files_are_written_together_or_not_at_all(root, fails, monkeypatch):
    change(root, FACTS, "10日", "15日")
    book, before, put = read(root), contents(root), Path.replace

    def full(self, target):
        if Path(target).name == fails and self.parent.name == "new":
            raise OSError(errno.ENOSPC, "No space left on device")
        return put(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Unwritable, match=fails):
        record(book, [whole(book, LIMIT, "李老师", DAY)])

    assert contents(root) == before


def test_what_was_not_there_before_is_not_there_after_a_failure(root, monkeypatch):
    for name in (LOCK, LOG, TEXTS):
        (root / name).unlink()
    book, put = read(root), Path.replace

    def full(self, target):
        if Path(target).name == "review-log.jsonl":
            raise OSError(errno.EROFS, "Read-only file system")
        return put(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Unwritable):
        record(book, [whole(book, LIMIT, "李老师", DAY)])

    assert list(contents(root)) == ["claims.yml"]


def test_the_texts_of_all_that_stamps_speak_of_are_kept_by_their_digests(root):
    book = read(root)
    digests = {stamp.digest for stamps in book.lock.stamps.values() for stamp in stamps.values()}

    assert book.reviewed.texts.keys() == digests
    assert "支付：10日（自然日）\n依据：《甲法》第1条（已核对原文）" in book.reviewed.texts.values()


def test_texts_that_were_read_before_a_change_stay_until_they_are_pruned(root, capsys):
    old = set(read(root).reviewed.texts)
    change(root, FACTS, "10日", "15日")
    run(root, "sync", "--all", "--reviewer", "李老师")
    new = read(root).reviewed.texts.keys() - old
    assert len(new) == 1
    assert read(root).reviewed.texts.keys() == old | new
    capsys.readouterr()

    assert run(root, "sync", "--prune") == 0
    assert "已删掉 1 段" in capsys.readouterr().out
    assert len(read(root).reviewed.texts) == len(old)
    assert new <= read(root).reviewed.texts.keys()
    assert run(root, "sync", "--prune") == 0
    assert "已删掉 0 段" in capsys.readouterr().out
    assert len(read(root).reviewed.log) == 4


def test_pruning_keeps_what_a_change_is_shown_against(root):
    change(root, FACTS, "10日", "15日")

    assert run(root, "sync", "--prune") == 0
    assert "10日" in "".join(read(root).reviewed.texts.values())


def test_texts_and_log_are_files_of_lines(root):
    texts, log = (root / TEXTS).read_text(encoding="utf-8"), (root / LOG).read_text(encoding="utf-8")

    assert texts.splitlines() == sorted(texts.splitlines())
    assert [json.loads(line)["item"] for line in log.splitlines()] == [LIMIT, DELAY]
    assert "\\u" not in texts + log


def test_damaged_lines_are_named_and_the_others_kept(tmp_path):
    entry = '{"item": "x", "verdict": "VERDICT", "date": "2026-01-01", "reviewer": "王"}\n'
    write_files(tmp_path, {"log": entry.replace("VERDICT", "maybe") + entry.replace("VERDICT", "unsure")})
    log, problems = read_reviewed(tmp_path / "none", tmp_path / "log", lambda path: path.name)
    assert ([one.verdict for one in log.log], [problem.line for problem in problems]) == (["unsure"], [1])

    write_files(tmp_path, {"t": '["a", "甲"]\n\n{\n["b"]\n["c", "丙"]', "l": b"\xff"})

    found, problems = read_reviewed(tmp_path / "t", tmp_path / "l", lambda path: path.name)

    assert found.texts == {"a": "甲", "c": "丙"}
    assert [(problem.path, problem.line, problem.warning) for problem in problems] == [
        ("t", 3, True),
        ("t", 4, True),
        ("l", 1, False),
    ]


# ── what a change is shown as, without a history ────────────────────────────


@pytest.mark.parametrize(
    ("path", "edits", "shown"),
    [
        (
            BANK,
            [
                ("内', key: true, rationale: 法律这样写明。}", "内', rationale: 法律这样写明。}"),
                ("六十日内,", "六十日内, key: true,"),
            ],
            ["题目本身：", "A 10日内【删：（答案）】", "B 六十日内【增：（答案）】"],
        ),
        (BANK, [("法律这样写明", "法律没有写明")], ["题目本身：", "法律【删：这样】【增：没有】写明"]),
        (BANK, [("多久支付", "几日支付")], ["【删：多久】【增：几日】支付"]),
        (FACTS, [("10日", "15日")], ["事实 'payment'：", "支付：【删：10】【增：15】日"]),
        (FACTS, [("第1条", "第2条")], ["事实 'payment'：", "《甲法》第【删：1】【增：2】条"]),
        (FACTS, [("calendar", "working")], ["事实 'payment'：", "（【删：自然】【增：工作】日）"]),
        (FACTS, [("status: law", "status: secondary")], ["【删：已核对原文】【增：待合规复核】"]),
        (LAWS, [("2020年", "2021年")], ["法规 '《甲法》' 待确认", "施行：【删：2020】【增：2021】年"]),
        (LAWS, [("status: law", "status: secondary")], ["【删：已核对原文】【增：待合规复核】"]),
        (CHAPTER, [("不得拖延", "可以拖延")], ["小节 'claims.md#deadlines' 待确认", "，【删：不得】【增：可以】拖延"]),
        (CHAPTER, [("## 时限", "## 没有时限")], ["## 【增：没有】时限"]),
        (CHAPTER, [("按《甲法》", "> 按《甲法》")], ["【增：> 】按《甲法》"]),
        (CHAPTER, [("## 时限", "### 时限")], ["【增：#】## 时限", "题目：claims-limit、claims-delay"]),
    ],
    ids=lambda value: value[0][1] if isinstance(value, list) and isinstance(value[0], tuple) else "",
)
def test_a_change_is_shown_word_by_word(root, path, edits, shown, capsys):
    for before, after in edits:
        change(root, path, before, after)

    assert run(root, "sync") == 1
    out = capsys.readouterr().out
    for said in shown:
        assert said in out


def test_where_the_text_was_not_kept_it_says_so(root, capsys):
    (root / TEXTS).unlink()
    change(root, FACTS, "10日", "15日")

    assert run(root, "sync") == 1
    assert "没有存下复核时的文字，现在是：支付：15日" in capsys.readouterr().out


def test_what_is_new_to_an_item_is_shown_as_added(root, capsys):
    change(root, BANK, "    stem: 支付可以拖延", "    evidence: [不得拖延]\n    stem: 支付可以拖延")

    assert run(root, "sync") == 1
    assert (
        "变动：新增的依据的句子 'claims.md#deadlines'：【增：按《甲法》，达成协议后10日内支付，不得拖延。】"
        in capsys.readouterr().out
    )
