"""`sync.lock` <-> stamps: what each item rested on when a person last read it.

One line for each thing an item rests on, sorted, a blank line between, so that branches that review different items merge
line by line. A line of the first edition, one for each item, is read as well.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from handbook.problems import Problem, Unreadable
from handbook.reading.source import read_text

NOBODY = "initial"
"""Who has read what came with the handbook: no person has."""
UNKNOWN = "0" * 12
"""The digest of what was read, where only that it was something else is known."""
_HEAD = """\
# 题目复核记录：每行是一道题的一样依据，由 `handbook sync` 写入，请不要手改。
# 题目 种类 名字 摘要 日期 复核人
"""
_KINDS = ["item", "evidence", "fact", "section", "intro", "linked", "law", "term"]
_DIGEST = re.compile(r"[0-9a-f]{12}\Z")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?:\s|\Z)")
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

    @property
    def items(self) -> set[str]:
        return {*self.stamps, *self.old}


def is_name(reviewer: str) -> bool:
    """Tell whether a reviewer's name can be kept: one line of at most 40 characters, without `、` and `#`."""
    return bool(_NAME.match(reviewer)) and reviewer != NOBODY and reviewer.isprintable()


def read_lock(path: Path, shown: str) -> tuple[Lock, list[Problem]]:
    """Return the stamps of a lock file, which may be missing, and its damaged lines.

    Of two lines for the same thing the later day counts: that is what merging two branches leaves.
    """
    try:
        text = read_text(path, shown) if path.exists() else ""
    except Unreadable as unreadable:
        return Lock(shown), list(unreadable.problems)
    problems = list[Problem]()
    stamps, old, lines = dict[str, dict[str, Stamp]](), dict[str, OldStamp](), dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if _CONFLICT.match(line):
            problems += [] if any("冲突" in one.what for one in problems) else [_conflict(shown, number)]
        elif line.strip() and not line.startswith("#"):
            name = line.split()[0]
            try:
                stamp = _stamp(line)
            except ValueError:
                problems.append(_damaged(shown, number, name))
                continue
            lines.setdefault(name, number)
            if isinstance(stamp, OldStamp):
                old[name] = stamp
            else:
                _keep(stamps.setdefault(name, {}), stamp)

    return Lock(shown, stamps, old, lines), problems


def lock_file(stamps: Iterable[Stamp]) -> bytes:
    """Return the file of some stamps, sorted."""
    lines = sorted(stamps, key=lambda stamp: (stamp.item, stamp.key))

    return (_HEAD + "".join(f"\n{stamp}\n" for stamp in lines)).encode()


def _keep(stamps: dict[str, Stamp], stamp: Stamp) -> None:
    known = stamps.setdefault(str(stamp.key), stamp)
    if stamp.date > known.date:
        stamps[str(stamp.key)] = stamp


def _conflict(shown: str, number: int) -> Problem:
    mend = "请运行 `handbook sync --resolve`，两边的记录都会留下"
    return Problem(shown, number, "这里是 git 合并时留下的冲突标记", mend, warning=True)


def _damaged(shown: str, number: int, name: str) -> Problem:
    mend = "请删掉这一行；对照阅读以后重新复核这道题"
    return Problem(shown, number, f"题目 '{name}' 的复核记录损坏", mend, warning=True)


def _stamp(line: str) -> Stamp | OldStamp:
    """Return the stamp on a line; raise ValueError when the line is damaged."""
    if line.split(maxsplit=2)[1:2] and line.split()[1] in _KINDS:
        item, kind, name, digest, day, reviewers = line.split(maxsplit=5)
        names = tuple(reviewers.strip().split("、"))
        if not _DIGEST.match(digest) or not all(_NAME.match(one) for one in names):
            raise ValueError(line)
        return Stamp(item, Key(kind, name), digest, date.fromisoformat(day), names)
    item, own, section, seen, facts, day, reviewer = line.split(maxsplit=6)
    if not (_DIGEST.match(own) and _DIGEST.match(seen)):
        raise ValueError(line)
    used: dict[str, str] = {} if facts == "-" else dict(pair.split("=") for pair in facts.split(","))

    return OldStamp(item, own, section, seen, used, date.fromisoformat(day), reviewer.strip())
