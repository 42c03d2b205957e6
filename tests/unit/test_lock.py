"""The lock survives damage and merges."""

import subprocess
from datetime import date

from handbook.bank.lock import Stamp, read_lock, write_lock


def stamp(name, reviewer="initial", day="2026-11-22"):
    return Stamp(
        name, "0" * 12, "claims.md#deadlines", "f" * 12, {"claim-payment": "a" * 12}, date.fromisoformat(day), reviewer
    )


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "sync.lock"
    stamps = [stamp("b-item", "王 老师"), stamp("a-item")]

    write_lock(path, stamps)
    lock, problems = read_lock(path, "sync.lock")

    assert problems == []
    assert {"a-item": stamps[1], "b-item": stamps[0]} == lock.stamps
    assert list(lock.stamps) == ["a-item", "b-item"]


def test_a_missing_lock_is_an_empty_one(tmp_path):
    lock, problems = read_lock(tmp_path / "sync.lock", "sync.lock")

    assert (lock.stamps, problems) == ({}, [])


def test_a_damaged_line_is_named_and_the_others_are_kept(tmp_path):
    path = tmp_path / "sync.lock"
    write_lock(path, [stamp("a-item"), stamp("b-item"), stamp("c-item"), stamp("d-item")])
    lines = path.read_text().splitlines()
    damaged = [line.replace("f" * 12, "f" * 7) if line.startswith("b-item") else line for line in lines]
    damaged = ["<<<<<<< HEAD" if line.startswith("c-item") else line for line in damaged]
    path.write_text("\n".join(damaged))

    lock, problems = read_lock(path, "sync.lock")

    assert {"a-item", "d-item"} == set(lock.stamps)
    assert [(p.line, p.what) for p in problems] == [
        (6, "题目 'b-item' 的复核记录损坏"),
        (8, "题目 '<<<<<<<' 的复核记录损坏"),
    ]


def test_two_lines_for_one_item_are_named_and_the_later_review_counts(tmp_path):
    path = tmp_path / "sync.lock"
    path.write_text(f"{stamp('a-item', 'early', '2026-01-01')}\n\n{stamp('a-item', 'late', '2026-02-02')}\n")

    lock, problems = read_lock(path, "sync.lock")

    assert lock.stamps["a-item"].reviewer == "late"
    assert [str(problem).split(": ")[0] for problem in problems] == ["sync.lock:3"]


def test_branches_that_review_neighbouring_items_merge(tmp_path):
    def git(*arguments):
        subprocess.run(["git", "-C", tmp_path, *arguments], check=True, capture_output=True)

    def commit(branch, stamps):
        git("checkout", "-q", "-B", branch, "start") if branch != "start" else git("checkout", "-q", "-b", "start")
        write_lock(tmp_path / "sync.lock", stamps)
        git("add", ".")
        git("-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", branch)

    git("init", "-q")
    a, b, c = stamp("a-item"), stamp("b-item"), stamp("c-item")
    commit("start", [a, b, c])
    commit("one", [stamp("a-item", "甲"), b, c])
    commit("two", [a, stamp("b-item", "乙"), c])
    git("-c", "user.name=x", "-c", "user.email=x@x", "merge", "-q", "one")

    lock, problems = read_lock(tmp_path / "sync.lock", "sync.lock")

    assert problems == []
    assert [lock.stamps[name].reviewer for name in ("a-item", "b-item", "c-item")] == ["甲", "乙", "initial"]
