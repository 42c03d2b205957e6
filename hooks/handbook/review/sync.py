"""Book + lock -> which items must be read again, and why; stamps what a person has read.

Knows nothing of how a change is shown or who asks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from handbook.bank.entries import Entry
from handbook.bank.reviewed import Review
from handbook.bank.stamps import NOBODY, Key, Stamp
from handbook.book import Book
from handbook.items import Item
from handbook.review import first_edition
from handbook.review.dependencies import Dependency, dependencies


class State(StrEnum):
    """How an item stands to what it was reviewed against."""

    IN_STEP = "已同步"
    UNREAD = "尚未有人复核"
    SECOND = "待第二人复核"
    AROUND = "待确认"
    STALE = "待复核"
    NEW = "未复核"
    ADRIFT = "失联"


class Change(NamedTuple):
    """One thing an item rests on that is not as it was read; digest and text are None of what is gone or was not there."""

    key: Key
    direct: bool
    before: str | None
    now: Dependency | None

    @property
    def said(self) -> str:
        """What has changed, in words: `事实 'claim-payment'`."""
        return self.key.said if self.before and self.now else f"{'新增的' if self.now else '去掉的'}{self.key.said}"


@dataclass(frozen=True)
class Standing:
    """One item's state, everything it rests on, what of it has changed, and its stamps."""

    entry: Entry
    state: State
    rests_on: tuple[Dependency, ...] = ()
    changes: tuple[Change, ...] = ()
    stamps: Mapping[str, Stamp] = field(default_factory=dict)

    @property
    def direct(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.direct)

    @property
    def around(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if not change.direct)

    @property
    def last(self) -> Stamp | None:
        """The stamp of the last review."""
        return max(self.stamps.values(), key=lambda stamp: (stamp.date, stamp.key.kind == "item"), default=None)

    @property
    def reason(self) -> str:
        """What has changed, in words, direct things when there are any."""
        return "、".join(change.said for change in self.direct or self.around)


@dataclass(frozen=True)
class Cause:
    """One thing around items that has changed: one decision for all that rest on it."""

    change: Change
    standings: tuple[Standing, ...]


def standings(book: Book) -> Iterator[Standing]:
    """Yield the standing of every item, in the order of the bank."""
    for entry in book.bank.entries:
        rests_on = tuple(dependencies(book, entry.item))
        stamps = stamps_of(book, entry.item, rests_on)
        if not rests_on:
            yield Standing(entry, State.ADRIFT, stamps=stamps)
        elif not stamps:
            yield Standing(entry, State.NEW, rests_on)
        else:
            changes = tuple(_changes(rests_on, stamps))
            yield Standing(entry, _state(book, rests_on, changes, stamps), rests_on, changes, stamps)


def stamps_of(book: Book, item: Item, rests_on: Sequence[Dependency]) -> dict[str, Stamp]:
    """Return the stamps of an item by what it rests on, those of the first edition among them.

    Of two stamps for the same thing that which is in step counts. What has another name now, but says the same, is stamped
    by the name that it has now.
    """
    old, now = book.lock.old.get(item.id), {str(one.key): one.digest for one in rests_on}
    earlier = first_edition.stamps(book, item, old, list(rests_on)) if old and now else ()
    stamps = {str(stamp.key): stamp for stamp in earlier} | dict(book.lock.stamps.get(item.id, {}))
    rivals = book.lock.rivals.get(item.id, ())
    stamps |= {str(stamp.key): stamp for stamp in rivals if stamp.digest == now.get(str(stamp.key))}
    left = {(stamp.key.kind, stamp.digest): name for name, stamp in stamps.items() if name not in now}
    for one in rests_on:
        if str(one.key) not in stamps and (name := left.pop((one.key.kind, one.digest), None)):
            stamps[str(one.key)] = replace(stamps.pop(name), key=one.key)

    return stamps


def causes(found: Iterable[Standing]) -> list[Cause]:
    """Return what has changed around items, each with the items that rest on it, in the order of the bank."""
    by_key: dict[Key, list[tuple[Change, Standing]]] = {}
    for standing in found:
        for change in standing.around:
            by_key.setdefault(change.key, []).append((change, standing))

    return [Cause(pairs[0][0], tuple(standing for _, standing in pairs)) for pairs in by_key.values()]


def texts(book: Book, change: Change) -> tuple[str | None, str]:
    """Return what was read and what stands there now, with facts as they are now; None when it was not kept."""
    before = book.reviewed.texts.get(change.before) if change.before else ""
    return before if before is None else book.seen(before), book.seen(change.now.text if change.now else "")


def stamped(book: Book, reviews: Iterable[Review], gone: AbstractSet[str]) -> list[Stamp]:
    """Return all stamps, with those renewed that reviews found to hold; items in `gone` lose theirs."""
    by_item: dict[str, list[Review]] = {}
    for review in reviews:
        if review.verdict == "holds":
            by_item.setdefault(review.item, []).append(review)
    kept: list[Stamp] = []
    for name in (book.lock.items | by_item.keys()) - gone:
        entry = book.bank.by_id.get(name)
        rests_on = dependencies(book, entry.item) if entry else []
        stamps = stamps_of(book, entry.item, rests_on) if entry else dict(book.lock.stamps.get(name, {}))
        for review in by_item.get(name, []):
            stamps = _renewed(stamps, review, {str(one.key): one for one in rests_on})
        kept += stamps.values()

    return kept


def _renewed(stamps: dict[str, Stamp], review: Review, now: Mapping[str, Dependency]) -> dict[str, Stamp]:
    """Return the stamps of an item after a review; who had read the very same before stays named, one at most."""
    renewed = dict(stamps) if now.keys() - review.saw else {}
    for name, digest in review.saw.items():
        before = stamps.get(name)
        same = before.reviewers if before and before.digest == digest else ()
        if before and review.reviewer in same and review.date <= before.date:
            renewed[name] = before
            continue
        others = [reader for reader in same if reader not in (review.reviewer, NOBODY)]
        renewed[name] = Stamp(review.item, now[name].key, digest, review.date, (*others[-1:], review.reviewer))

    return {name: stamp for name, stamp in renewed.items() if name in now or stamp.key.kind == "evidence"}


def whole(book: Book, item: str, reviewer: str, today: date) -> Review:
    """Return the review of somebody who has read an item with everything that it rests on, as it is now."""
    saw = {str(one.key): one.digest for one in dependencies(book, book.bank.by_id[item].item)}
    return Review(item, "holds", today, reviewer, saw=saw)


def _changes(rests_on: Iterable[Dependency], stamps: Mapping[str, Stamp]) -> Iterator[Change]:
    """Yield what is not as it was read."""
    here = {str(one.key) for one in rests_on}
    for one in rests_on:
        stamp = stamps.get(str(one.key))
        if not stamp:
            yield Change(one.key, one.direct or one.key.kind == "section", None, one)
        elif stamp.digest != one.digest:
            yield Change(one.key, one.direct, stamp.digest, one)
    for name, stamp in stamps.items():
        if name not in here and stamp.key.kind == "evidence":
            yield Change(stamp.key, True, stamp.digest, None)  # noqa: FBT003 -- a row


def _state(
    book: Book, rests_on: Iterable[Dependency], changes: tuple[Change, ...], stamps: Mapping[str, Stamp]
) -> State:
    if changes:
        return State.STALE if any(change.direct for change in changes) else State.AROUND
    readers = {name for stamp in stamps.values() for name in stamp.reviewers}
    if NOBODY in readers:
        return State.UNREAD
    needs = book.settings.options.review.second_reader and any(
        one.direct and one.key.kind == "fact" and book.facts[one.key.name].status == "law" for one in rests_on
    )
    twice = all(len(stamps[str(one.key)].reviewers) > 1 for one in rests_on if one.direct)

    return State.SECOND if needs and not twice else State.IN_STEP
