"""The lock survives damage and merges, and so do the log and the texts beside it."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import ROOT, write_files

from handbook.bank.lock import lock_file, read_lock
from handbook.bank.reviewed import Review, log_file, read_reviewed, texts_file
from handbook.bank.stamps import Key, Stamp, is_name
from handbook.book import read_book
from handbook.checks import all_problems
from handbook.cli import main
from handbook.reading.merging import CONFLICT
from handbook.review.sync import State, standings

DAMAGED = "请删掉这一行；对照阅读以后重新复核这道题"
OLD = "a-item aaaaaaaaaaaa claims.md#deadlines bbbbbbbbbbbb claim-payment=cccccccccccc 2026-11-22 initial"


def stamp(item, reviewers="initial", day="2026-11-22", digest="f", key=("section", "claims.md#deadlines")):
    return Stamp(item, Key(*key), digest * 12, date.fromisoformat(day), tuple(reviewers.split("、")))


def read(tmp_path, text):
    path = tmp_path / "sync.lock"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    lock, problems = read_lock(path, "sync.lock")
    return lock, [(problem.line, problem.what, problem.mend) for problem in problems]


def the_stamp(lock, item="a-item"):
    (found,) = lock.stamps[item].values()
    return found


def test_what_is_written_is_read_again(tmp_path):
    stamps = [stamp("b-item", "王 老师、李老师"), stamp("a-item"), stamp("a-item", key=("item",))]

    lock, said = read(tmp_path, lock_file(stamps))

    assert said == []
    assert {key: one for keys in lock.stamps.values() for key, one in keys.items()} == {
        "section claims.md#deadlines": stamps[0],
        "item -": stamps[2],
    }
    assert lock.lines == {"a-item": 4, "b-item": 8}


def test_a_missing_lock_is_an_empty_one(tmp_path):
    lock, problems = read_lock(tmp_path / "sync.lock", "sync.lock")

    assert (lock.stamps, lock.items, problems) == ({}, set(), [])


def test_a_line_of_the_first_edition(tmp_path):
    lock, said = read(tmp_path, OLD)

    assert (said, lock.stamps, lock.items) == ([], {}, {"a-item"})
    assert lock.old["a-item"].facts == {"claim-payment": "c" * 12}


@pytest.mark.parametrize(
    ("line", "what", "mend"),
    [
        ("a-item section claims.md#x ffff 2026-11-22 王", "题目 'a-item' 的复核记录损坏", DAMAGED),
        (f"a-item section claims.md#x {'f' * 12} 2026-13-22 王", "题目 'a-item' 的复核记录损坏", DAMAGED),
        (f"a-item section claims.md#x {'f' * 12} 2026-11-22", "题目 'a-item' 的复核记录损坏", DAMAGED),
        (f"a-item section claims.md#x {'f' * 12} 2026-11-22 王#李", "题目 'a-item' 的复核记录损坏", DAMAGED),
        ("a-item", "题目 'a-item' 的复核记录损坏", DAMAGED),
        (OLD.replace("aaa ", "a "), "题目 'a-item' 的复核记录损坏", DAMAGED),
        (OLD.replace("cc ", "cc,x "), "题目 'a-item' 的复核记录损坏", DAMAGED),
        (
            f"a-item sektion claims.md#x {'f' * 12} 2026-11-22 王",
            "题目 'a-item' 的复核记录里，种类 'sektion' 不认识",
            "请检查拼写，也许是 'section'",
        ),
        (
            f"a-item 章节 claims.md#x {'f' * 12} 2026-11-22 王",
            "题目 'a-item' 的复核记录里，种类 '章节' 不认识",
            DAMAGED,
        ),
    ],
    ids=[
        "digest",
        "date",
        "no name",
        "name",
        "cut short",
        "first edition, digest",
        "first edition",
        "kind",
        "kind in Chinese",
    ],
)
def test_a_damaged_line_is_named_and_the_others_are_kept(tmp_path, line, what, mend):
    good = lock_file([stamp("b-item")]).decode()

    lock, said = read(tmp_path, f"{good}\n{line}\n")

    assert said == [(6, what, mend)]
    assert set(lock.stamps) == {"b-item"}


@pytest.mark.parametrize("ancestor", ["", "||||||| 1234567\na-item nonsense\n"], ids=["plain", "diff3"])
def test_a_conflict_is_named_once_and_both_sides_are_read(tmp_path, ancestor):
    a, b = stamp("a-item", "甲"), stamp("b-item", "乙")
    one = f"<<<<<<< HEAD\n{a}\n{ancestor}=======\n{b}\n>>>>>>> branch\n"

    lock, said = read(tmp_path, f"# head\n\n{one}\n{one}")

    assert said == [(3, CONFLICT, "请运行 `handbook sync --resolve`，两边的记录都会留下")]
    assert (the_stamp(lock), the_stamp(lock, "b-item")) == (a, b)


def test_two_lines_for_one_thing_are_named_once_and_the_later_day_counts(tmp_path):
    lines = [stamp("a-item", "early", "2026-01-01", "1"), stamp("a-item", "late", "2026-02-02", "2"), stamp("b-item")]

    lock, said = read(tmp_path, "\n".join(map(str, [*lines, *lines])))

    assert [(line, what) for line, what, _ in said] == [(2, "题目 'a-item' 的同一样依据在第 1 行已经记过")]
    assert the_stamp(lock).reviewers == ("late",)
    assert [one.reviewers for one in lock.rivals["a-item"]] == [("early",)]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (("甲", "2026-01-01"), ("乙", "2026-02-02"), ("甲、乙", "2026-02-02")),
        (("乙", "2026-02-02"), ("甲", "2026-01-01"), ("甲、乙", "2026-02-02")),
        (("initial", "2026-01-01"), ("乙", "2026-02-02"), ("乙", "2026-02-02")),
        (("initial", "2026-01-01"), ("initial", "2026-02-02"), ("initial", "2026-02-02")),
        (("甲、乙", "2026-01-01"), ("甲", "2026-02-02"), ("乙、甲", "2026-02-02")),
        (("甲、乙", "2026-01-01"), ("丙", "2026-02-02"), ("乙、丙", "2026-02-02")),
        (("王、甲", "2026-01-01"), ("王、乙", "2026-01-01"), ("乙、甲", "2026-01-01")),
    ],
)
def test_two_who_have_read_the_same_are_both_named(tmp_path, one, other, together):
    lock, _ = read(tmp_path, f"{stamp('a-item', *one)}\n\n{stamp('a-item', *other)}\n")

    assert the_stamp(lock) == stamp("a-item", *together)
    assert lock.rivals["a-item"] == ()


@pytest.mark.parametrize(
    "name", ["王\n老师", "王\r", "王、李", "#王", "王#", "initial", "", " ", "王\u2028李", "王" * 41, "王\n"]
)
def test_a_name_that_would_break_the_lock_is_refused(name, reviewed, capsys):
    before = (reviewed / LOCK).read_bytes()

    assert not is_name(name)
    assert main([*config(reviewed), "sync", "--update", "on-deadlines", "--reviewer", name]) == 2
    assert (reviewed / LOCK).read_bytes() == before
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("name", ["王", "王 老师", "Anne-Marie O'Neil", "王（合规）"])
def test_a_name_of_a_person(name):
    assert is_name(name)


BANK, LOCK = "docs/bank/claims.yml", "docs/bank/sync.lock"
LOG, TEXTS = "docs/bank/review-log.jsonl", "docs/bank/reviewed.jsonl"
PAGE = "docs/chapters/claims.md"
ITEM = """  - id: on-{0}
    type: true_false
    section: claims.md#{0}
    level: remember
    difficulty: 1
    stem: 小节 {0} 写着期限。
    options:
      - {{text: 正确, key: true, rationale: 写着。}}
      - {{text: 错误, rationale: 写着。}}
"""
HANDBOOK = {
    "mkdocs.yml": "site_name: x\n",
    PAGE: "# 理赔 { #claims }\n\n## 时限 { #deadlines }\n\n三日内通知。\n\n## 材料 { #papers }\n\n先登记。\n",
    BANK: "items:\n" + ITEM.format("deadlines") + ITEM.format("papers"),
}


def config(root):
    return ["--config", str(root / "mkdocs.yml")]


def sync(root, *options):
    return main([*config(root), "sync", *options])


def state(root, item):
    return next(one.state for one in standings(read_book(root / "mkdocs.yml")) if one.entry.item.id == item)


@pytest.fixture
def reviewed(tmp_path):
    write_files(tmp_path, HANDBOOK)
    assert sync(tmp_path, "--all", "--reviewer", "王") == 0
    return tmp_path


def change(root, path, before, after):
    text = (root / path).read_text(encoding="utf-8")
    assert before in text
    (root / path).write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("path", [LOCK, LOG, TEXTS])
def test_nothing_is_written_while_a_line_would_be_lost(path, reviewed, capsys):
    with (reviewed / path).open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    before = (reviewed / path).read_bytes()

    assert sync(reviewed, "--resolve") == 1
    assert sync(reviewed, "--update", "on-papers", "--reviewer", "李") == 1
    assert capsys.readouterr().out.count(f"{path}:") == 2
    assert (reviewed / path).read_bytes() == before


def test_of_two_stamps_that_which_is_in_step_counts_even_when_it_is_older(reviewed):
    in_step = (reviewed / LOCK).read_text(encoding="utf-8")
    change(reviewed, PAGE, "先登记", "先核对")
    assert sync(reviewed, "--update", "on-papers", "--reviewer", "李") == 0
    change(reviewed, PAGE, "先核对", "先登记")
    later = (reviewed / LOCK).read_text(encoding="utf-8").replace("李", "赵")
    (reviewed / LOCK).write_text(re.sub(r"20\d\d-\d\d-\d\d", "2099-01-01", later) + in_step, encoding="utf-8")
    assert state(reviewed, "on-papers") is State.IN_STEP

    assert sync(reviewed, "--resolve") == 0

    assert state(reviewed, "on-papers") is State.IN_STEP
    assert all_problems(read_book(reviewed / "mkdocs.yml")) == []


def test_the_last_verdict_is_that_of_the_later_day_in_a_merged_log(tmp_path):
    log = [Review("a-item", "change", date(2026, 2, 2), "甲"), Review("a-item", "holds", date(2026, 1, 1), "乙")]
    (tmp_path / "log").write_bytes(log_file(log))
    (tmp_path / "texts").write_bytes(texts_file({"f" * 12: "文字"}))

    found, problems = read_reviewed(tmp_path / "texts", tmp_path / "log", str)

    assert problems == []
    assert found.verdict("a-item") == log[0]
    assert found.verdict("b-item") is None


class Git:
    """A repository in which people work on branches; merging says whether there was a conflict."""

    def __init__(self, root: Path, *, union: bool) -> None:
        self.root = root
        self("init", "-q")
        if union:
            write_files(root, {".gitattributes": (ROOT / ".gitattributes").read_bytes()})
        self.commit("main")

    def __call__(self, *arguments: str, check: bool = True) -> int:
        named = ["-c", "user.name=x", "-c", "user.email=x@x", "-c", "merge.conflictStyle=merge"]
        done = subprocess.run(["git", "-C", self.root, *named, *arguments], check=check, capture_output=True)
        return done.returncode

    def commit(self, branch: str) -> None:
        self("checkout", "-q", "-B", branch)
        self("add", ".")
        self("commit", "-qm", branch)

    def merge(self, branch: str) -> bool:
        return not self("merge", "-q", branch, check=False)


def test_people_who_review_different_items_merge_without_conflict(reviewed):
    git = Git(reviewed, union=True)
    assert sync(reviewed, "--update", "on-papers", "--reviewer", "甲") == 0
    git.commit("one")
    git("checkout", "-q", "-B", "two", "main")
    assert sync(reviewed, "--update", "on-deadlines", "--reviewer", "乙") == 0
    git.commit("two")

    assert git.merge("one")

    book = read_book(reviewed / "mkdocs.yml")
    assert all_problems(book) == []
    readers = {item: {one.reviewers for one in keys.values()} for item, keys in book.lock.stamps.items()}
    assert readers == {"on-papers": {("王", "甲")}, "on-deadlines": {("王", "乙")}}
    assert [(one.item, one.reviewer) for one in book.reviewed.log[2:]] in (
        [("on-papers", "甲"), ("on-deadlines", "乙")],
        [("on-deadlines", "乙"), ("on-papers", "甲")],
    )


def test_people_who_review_the_same_item_are_both_named_after_resolving(reviewed, capsys):
    git = Git(reviewed, union=True)
    for branch, name in (("one", "甲"), ("two", "乙")):
        git("checkout", "-q", "-B", branch, "main")
        assert sync(reviewed, "--update", "on-papers", "--reviewer", name) == 0
        git.commit(branch)
    assert git.merge("one")

    assert main([*config(reviewed), "check"]) == 1
    assert "请运行 `handbook sync --resolve`" in capsys.readouterr().out
    assert sync(reviewed, "--resolve") == 0

    assert main([*config(reviewed), "check"]) == 0
    book = read_book(reviewed / "mkdocs.yml")
    assert {frozenset(one.reviewers) for one in book.lock.stamps["on-papers"].values()} == {frozenset({"甲", "乙"})}


def two_who_add_an_item(root, git):
    """Let two people each add an item at the end of the same file, and review it."""
    for branch, anchor in (("one", "archive"), ("two", "reply")):
        git("checkout", "-q", "-B", branch, "main")
        change(root, PAGE, "## 材料", f"## 小节 {{ #{anchor} }}\n\n{anchor} 写着期限。\n\n## 材料")
        with (root / BANK).open("a", encoding="utf-8") as file:
            file.write(ITEM.format(anchor))
        assert sync(root, "--update", f"on-{anchor}", "--reviewer", branch) == 0
        git.commit(branch)
    assert not git.merge("one")


def settled_by_hand(root):
    """Keep what both have written, as their author would."""
    added = "".join(f"## 小节 {{ #{anchor} }}\n\n{anchor} 写着期限。\n\n" for anchor in ("archive", "reply"))
    page = HANDBOOK[PAGE].replace("## 材料", f"{added}## 材料")
    write_files(root, {PAGE: page, BANK: HANDBOOK[BANK] + ITEM.format("archive") + ITEM.format("reply")})


@pytest.mark.parametrize("union", [True, False], ids=["union", "plain git"])
def test_people_who_each_add_an_item_settle_the_bank_and_the_lock_settles_itself(reviewed, capsys, union):
    git = Git(reviewed, union=union)
    two_who_add_an_item(reviewed, git)
    texts = {path: (reviewed / path).read_text(encoding="utf-8") for path in (LOCK, LOG, TEXTS)}
    assert union != any("<<<<<<<" in text for text in texts.values())
    capsys.readouterr()

    assert main([*config(reviewed), "check"]) == 1
    said = capsys.readouterr().out
    assert f"{BANK}:" in said
    assert "请留下要的内容，再删掉以 <<<<<<<、=======、>>>>>>> 开头的行" in said
    assert sync(reviewed, "--resolve") == 1  # not before the author has settled what is theirs
    assert {path: (reviewed / path).read_text(encoding="utf-8") for path in texts} == texts
    settled_by_hand(reviewed)
    assert sync(reviewed, "--resolve") == 0

    book = read_book(reviewed / "mkdocs.yml")
    assert {name: state(reviewed, name) for name in book.bank.by_id} == dict.fromkeys(book.bank.by_id, State.IN_STEP)
    assert all_problems(book) == []
    assert {one.item for one in book.reviewed.log} == set(book.bank.by_id)
    assert {one.digest for keys in book.lock.stamps.values() for one in keys.values()} <= book.reviewed.texts.keys()
