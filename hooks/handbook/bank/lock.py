"""`sync.lock` <-> stamps: what each item rested on when a person last read it.

One line for each thing an item rests on, sorted, a blank line between, so that branches that review different items merge
line by line. A line of the first edition, one for each item, is read as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from handbook.problems import Problem, Unreadable, did_you_mean
from handbook.reading.merging import RESOLVE, merged
from handbook.reading.source import read_text

NOBODY = "initial"
"""Who has read what came with the handbook: no person has."""
UNKNOWN = "0" * 12
"""The digest of what was read, where only that it was something else is known."""
_HEAD = """\
# 题目复核记录：每行是一道题的一样依据，由 `handbook sync` 写入，请不要手改。
# 题目 种类 名字 摘要 日期 复核人
"""
KINDS = ("item", "evidence", "fact", "section", "intro", "linked", "law", "term")
_WORDS, _DAY = 6, re.compile(r"\d{4}-\d\d-\d\d\Z")
_READ_AGAIN = "请删掉这一行；对照阅读以后重新复核这道题"
_DIGEST = re.compile(r"[0-9a-f]{12}\Z")
_NAME = re.compile(r"[^\s、#](?:[^\n\r\t、#]{0,38}[^\s、#])?\Z")


class Key(NamedTuple):
    """One thing that an item rests on: `fact claim-payment`; the item's own text has no name."""

    kind: str
    name: str = "-"

    @classmethod
    def of(cls, kind: str, name: str) -> "Key":
        """Return the key of something whose name may have spaces."""
        return cls(kind, re.sub(r"\s", "_", name))

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Stamp:
    """What somebody read: a thing that an item rests on, by its digest, and who read it last, at most two names."""

    item: str
    key: Key
    digest: str
    date: date
    reviewers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.item} {self.key} {self.digest} {self.date.isoformat()} {'、'.join(self.reviewers)}"


@dataclass(frozen=True)
class OldStamp:
    """A line of the first edition: digests of an item, of its section and of the facts of both."""

    item: str
    item_digest: str
    section: str
    section_digest: str
    facts: Mapping[str, str]
    date: date
    reviewer: str


@dataclass(frozen=True)
class Lock:
    """All stamps by item and by what it rests on, those of the first edition, and the first line of each item."""

    path: str = ""
    stamps: Mapping[str, Mapping[str, Stamp]] = field(default_factory=dict)
    old: Mapping[str, OldStamp] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    rivals: Mapping[str, tuple[Stamp, ...]] = field(default_factory=dict)
    """By item: other stamps of things in `stamps`, which two branches have left there; one may be what is in step."""

    @property
    def items(self) -> set[str]:
        return {*self.stamps, *self.old}


def is_name(reviewer: str) -> bool:
    """Tell whether a reviewer's name can be kept: one line of at most 40 characters, without `、` and `#`."""
    return bool(_NAME.match(reviewer)) and reviewer != NOBODY and reviewer.isprintable()


def read_lock(path: Path, shown: str) -> tuple[Lock, list[Problem]]:
    """Return the stamps of a lock file, which may be missing, and its damaged lines."""
    try:
        text = merged(read_text(path, shown) if path.exists() else "")
    except Unreadable as unreadable:
        return Lock(shown), list(unreadable.problems)
    problems, found = text.problems(shown, RESOLVE), list[tuple[int, Stamp | OldStamp]]()
    for number, line in text.lines:
        if line.strip() and not line.startswith("#"):
            try:
                found.append((number, _stamp(line)))
            except _Damaged as damaged:
                what, mend = damaged.args
                problems.append(Problem(shown, number, what, mend, warning=True))

    return _lock(shown, found), problems or list(_twice(shown, found))


def lock_file(stamps: Iterable[Stamp]) -> bytes:
    """Return the file of some stamps, sorted."""
    lines = sorted(stamps, key=lambda stamp: (stamp.item, stamp.key))

    return (_HEAD + "".join(f"\n{stamp}\n" for stamp in lines)).encode()


def in_order(text: str) -> str:
    """Return the text of a lock with its lines in the order in which `lock_file` writes them."""
    lines = text.split("\n")
    stamps = sorted((one for one in lines if one and one[0] != "#"), key=lambda one: one.split(maxsplit=3)[:3])

    return "".join(f"{one}\n" for one in lines if one[:1] == "#") + "".join(f"\n{one}\n" for one in stamps)


def _lock(shown: str, found: Iterable[tuple[int, Stamp | OldStamp]]) -> Lock:
    """Return the lock of some lines. Of two for the same thing the later day counts, unless it is the other that is in step."""
    old, lines = dict[str, OldStamp](), dict[str, int]()
    read: dict[str, dict[str, dict[str, Stamp]]] = {}
    for number, stamp in found:
        lines.setdefault(stamp.item, number)
        if isinstance(stamp, OldStamp):
            old[stamp.item] = max(stamp, old.get(stamp.item, stamp), key=lambda one: one.date)
            continue
        same = read.setdefault(stamp.item, {}).setdefault(str(stamp.key), {})
        same[stamp.digest] = _together(same.get(stamp.digest, stamp), stamp)
    ordered = {
        item: {key: sorted(same.values(), key=lambda stamp: (stamp.date, stamp.digest)) for key, same in keys.items()}
        for item, keys in read.items()
    }
    stamps = {item: {key: same[-1] for key, same in keys.items()} for item, keys in ordered.items()}
    rivals = {item: tuple(one for same in keys.values() for one in same[:-1]) for item, keys in ordered.items()}

    return Lock(shown, stamps, old, lines, rivals)


def _together(one: Stamp, other: Stamp) -> Stamp:
    """Return what two who have read the same leave: the later day, and both their names."""
    first, last = sorted((one, other), key=lambda stamp: (stamp.date, stamp.reviewers))
    names = (*first.reviewers[:-1], *last.reviewers[:-1], first.reviewers[-1], last.reviewers[-1])
    latest = dict.fromkeys(name for name in reversed(names) if name != NOBODY)

    return replace(last, reviewers=tuple(latest)[1::-1] or (NOBODY,))


def _twice(shown: str, found: Iterable[tuple[int, Stamp | OldStamp]]) -> Iterator[Problem]:
    """Yield the first line for a thing that has one already."""
    first: dict[tuple[str, str], int] = {}
    for number, stamp in found:
        key = "" if isinstance(stamp, OldStamp) else str(stamp.key)
        before = first.setdefault((stamp.item, key), number)
        if before != number:
            what = f"题目 '{stamp.item}' 的同一样依据在第 {before} 行已经记过"
            yield Problem(shown, number, what, RESOLVE, warning=True)
            return


class _Damaged(Exception):
    """A line that is no stamp: what is wrong and how to mend it."""


def _stamp(line: str) -> Stamp | OldStamp:
    """Return the stamp on a line; raise _Damaged when there is none."""
    words = line.split()
    called = f"题目 '{words[0]}' 的复核记录"
    if len(words) >= _WORDS and words[1] not in KINDS and _DIGEST.match(words[3]) and _DAY.match(words[4]):
        raise _Damaged(f"{called}里，种类 '{words[1]}' 不认识", did_you_mean(words[1], KINDS, _READ_AGAIN))
    try:
        return _new(line) if words[1:2] and words[1] in KINDS else _old(line)
    except ValueError:
        raise _Damaged(f"{called}损坏", _READ_AGAIN) from None


def _new(line: str) -> Stamp:
    item, kind, name, digest, day, reviewers = line.split(maxsplit=5)
    names = tuple(reviewers.strip().split("、"))
    if not _DIGEST.match(digest) or not all(_NAME.match(one) for one in names):
        raise ValueError(line)
    return Stamp(item, Key(kind, name), digest, date.fromisoformat(day), names)


def _old(line: str) -> OldStamp:
    item, own, section, seen, facts, day, reviewer = line.split(maxsplit=6)
    if not (_DIGEST.match(own) and _DIGEST.match(seen)):
        raise ValueError(line)
    used: dict[str, str] = {} if facts == "-" else dict(pair.split("=") for pair in facts.split(","))

    return OldStamp(item, own, section, seen, used, date.fromisoformat(day), reviewer.strip())
