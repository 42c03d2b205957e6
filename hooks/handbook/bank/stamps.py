"""A line of the lock <-> a stamp: one thing that an item rests on, by its digest, and who read it last.

A line of the first edition, one for each item, is read as well.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from handbook.problems import did_you_mean

NOBODY = "initial"
"""Who has read what came with the handbook: no person has."""
UNKNOWN = "0" * 12
"""The digest of what was read, where only that it was something else is known."""
KINDS = {
    "item": "题目本身",
    "evidence": "依据的句子",
    "fact": "事实",
    "term": "术语",
    "section": "小节",
    "intro": "小节前的引言",
    "linked": "小节里链接到的",
    "law": "法规",
}
"""The kinds of things an item rests on, in the order in which they are shown."""
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

    @classmethod
    def read(cls, written: str) -> "Key":
        """Return the key that is written `fact claim-payment`."""
        kind, _, name = written.partition(" ")
        return cls(kind, name)

    @property
    def said(self) -> str:
        """The thing in words: `事实 'claim-payment'`."""
        kind = KINDS.get(self.kind, self.kind)
        return kind if self.kind == "item" else f"{kind} '{self.name.partition('~')[0]}'"

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
    section_digest: str
    facts: Mapping[str, str]
    date: date
    reviewer: str


def is_name(reviewer: str) -> bool:
    """Tell whether a reviewer's name can be kept: one line of at most 40 characters, without `、` and `#`."""
    return bool(_NAME.match(reviewer)) and reviewer != NOBODY and reviewer.isprintable()


class Damaged(Exception):
    """A line that is no stamp: what is wrong and how to mend it."""


def stamp_on(line: str) -> Stamp | OldStamp:
    """Return the stamp on a line; raise Damaged when there is none."""
    words = line.split()
    called = f"题目 '{words[0]}' 的复核记录"
    if len(words) >= _WORDS and words[1] not in KINDS and _DIGEST.match(words[3]) and _DAY.match(words[4]):
        raise Damaged(f"{called}里，种类 '{words[1]}' 不认识", did_you_mean(words[1], KINDS, _READ_AGAIN))
    try:
        return _new(line) if words[1:2] and words[1] in KINDS else _old(line)
    except ValueError:
        raise Damaged(f"{called}损坏", _READ_AGAIN) from None


def _new(line: str) -> Stamp:
    item, kind, name, digest, day, reviewers = line.split(maxsplit=5)
    names = tuple(reviewers.strip().split("、"))
    if not _DIGEST.match(digest) or not all(_NAME.match(one) for one in names):
        raise ValueError(line)
    return Stamp(item, Key(kind, name), digest, date.fromisoformat(day), names)


def _old(line: str) -> OldStamp:
    item, own, _, seen, facts, day, reviewer = line.split(maxsplit=6)
    if not (_DIGEST.match(own) and _DIGEST.match(seen)):
        raise ValueError(line)
    used: dict[str, str] = {} if facts == "-" else dict(pair.split("=") for pair in facts.split(","))

    return OldStamp(item, own, seen, used, date.fromisoformat(day), reviewer.strip())
