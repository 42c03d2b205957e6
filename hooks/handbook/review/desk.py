"""Standings of items -> what lies on the review desk: groups of items that one change concerns, and items to read whole.

Knows nothing of HTML, of files, or of what is decided.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from handbook.bank.stamps import Key
from handbook.book import Book
from handbook.items import Item
from handbook.reading.digests import digest
from handbook.review.showing import Difference, Shown, difference, shown
from handbook.review.sync import Change, Standing, State

_UNCHANGED = (State.IN_STEP, State.UNREAD)


@dataclass(frozen=True)
class Member:
    """An item that a change concerns, and what of it somebody has seen who has read the change."""

    standing: Standing
    saw: dict[str, str]

    @property
    def item(self) -> Item:
        return self.standing.entry.item


@dataclass(frozen=True)
class Group:
    """Changes, and the items that rest on what has changed: one decision for all of them."""

    number: int
    differences: tuple[Difference, ...]
    members: tuple[Member, ...]

    @property
    def keys(self) -> set[Key]:
        """What has changed."""
        return {one.source.key for one in self.differences}


@dataclass(frozen=True)
class Desk:
    """What is to be read: what concerns items directly, what has changed around them, and what has not changed."""

    direct: tuple[tuple[Group, tuple[Shown, ...]], ...]
    """A group of one has no decision of its own."""
    around: tuple[Group, ...]
    rest: tuple[Shown, ...]

    @property
    def shown(self) -> tuple[Shown, ...]:
        """All items that are to be read whole."""
        return (*(one for _, group in self.direct for one in group), *self.rest)

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups that are decided as one."""
        return (*self.direct_groups, *self.around)

    @property
    def direct_groups(self) -> tuple[Group, ...]:
        """Those whose items are also read whole."""
        return tuple(group for group, of in self.direct if len(of) > 1)

    @cached_property
    def items(self) -> set[str]:
        """The names of all items."""
        members = [member.item.id for group in self.groups for member in group.members]
        return {*members, *(one.item.id for one in self.shown)}

    @cached_property
    def digest(self) -> str:
        """Changes with anything that is to be read."""
        whole = [[one.item.id, one.saw, repr(one.direct)] for one in self.shown]
        groups = [
            [repr(group.differences), *([one.item.id, one.saw] for one in group.members)] for group in self.groups
        ]

        return digest(json.dumps([whole, groups], ensure_ascii=False))


def desk(book: Book, found: Iterable[Standing], *, everything: bool) -> Desk:
    """Return the desk for some standings; with `everything` those that nothing has happened to are read as well."""
    known = [standing for standing in found if standing.state is not State.ADRIFT]
    first = [one for one in known if one.state not in (*_UNCHANGED, State.AROUND)]
    rest = [one for one in known if everything and one.state in (*_UNCHANGED, State.AROUND)]
    numbers = count(1)
    direct = [(_group(book, next(numbers), shared, of), of) for shared, of in _alike(first)]
    around = _by_key((change, standing) for standing in known for change in standing.around)

    return Desk(
        tuple((group, tuple(shown(book, one, group.keys) for one in of)) for group, of in direct),
        tuple(_group(book, next(numbers), [change], of) for change, of in around),
        tuple(shown(book, one) for one in rest),
    )


def _alike(found: Sequence[Standing]) -> Iterator[tuple[list[Change], list[Standing]]]:
    """Yield items that the same things have changed for, with those; what has changed in an item itself stands alone."""
    groups: dict[object, list[Standing]] = {}
    for standing in found:
        alone = any(change.key.kind == "item" or not change.now for change in standing.direct) or not standing.direct
        same = tuple((change.key, change.before) for change in standing.direct)
        groups.setdefault(standing.entry.item.id if alone else same, []).append(standing)
    for group in groups.values():
        yield (list(group[0].direct) if len(group) > 1 else []), group


def _by_key(found: Iterable[tuple[Change, Standing]]) -> list[tuple[Change, list[Standing]]]:
    """Return what has changed around items with all that rest on it; who has read different versions stands apart."""
    groups: dict[object, tuple[Change, list[Standing]]] = {}
    for change, standing in found:
        groups.setdefault((change.key, change.before), (change, []))[1].append(standing)

    return list(groups.values())


def _group(book: Book, number: int, shared: Sequence[Change], of: Sequence[Standing]) -> Group:
    saw = {str(change.key): change.now.digest for change in shared if change.now}
    items = [standing.entry.item for standing in of]
    shown_once = tuple(difference(book, change, items) for change in shared)

    return Group(number, shown_once, tuple(Member(standing, saw) for standing in of))
