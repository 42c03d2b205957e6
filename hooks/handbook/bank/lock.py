"""`sync.lock` <-> stamps: what each item rested on when a person last read it.

One line for each thing an item rests on, sorted, a blank line between, so that branches that review different items merge
line by line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from handbook.bank.stamps import NOBODY, Damaged, OldStamp, Stamp, stamp_on
from handbook.problems import Problem, Unreadable
from handbook.reading.merging import RESOLVE, merged
from handbook.reading.source import read_text

_HEAD = """\
# 题目复核记录：每行是一道题的一样依据，由 `handbook sync` 写入，请不要手改。
# 题目 种类 名字 摘要 日期 复核人
"""


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
                found.append((number, stamp_on(line)))
            except Damaged as damaged:
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
