"""The units of a form -> its parts: items in their order, options in theirs, the places of keys evened out.

Shuffles by digests, never by a random number generator; knows nothing of how the units were chosen.
"""

from collections import Counter, deque
from collections.abc import Iterable, Sequence

from handbook.bank.blueprints import Blueprint
from handbook.exams.forms import Part, Place
from handbook.exams.pool import Unit, order
from handbook.items import Item


def arranged(units: Iterable[Unit], blueprint: Blueprint, seed: object) -> tuple[Part, ...]:
    """Return the parts of a form; items of one stimulus stand side by side, in the order of the bank."""
    shuffled = sorted(units, key=lambda unit: order(seed, unit.name))
    parts = []
    for plan in blueprint.parts:
        items = [item for unit in shuffled if unit.type == plan.type for item in unit.items]
        keys = _key_places([item for item in items if item.keyed()], seed)
        parts.append(Part(plan, tuple(Place(item, plan.points, _order(item, keys, seed)) for item in items)))

    return tuple(parts)


def _order(item: Item, keys: dict[str, set[int]], seed: object) -> tuple[str, ...]:
    """Return the names of what an item offers in the order shown: keys at the places given, fixed ones at their own."""
    offered, fixed, own = item.offered(), item.fixed(), item.keyed()
    shuffled = sorted(offered, key=lambda one: order(seed, item.id, one.name))
    loose = {
        key: deque(one.name for one in shuffled if (one in own) == key and one not in fixed) for key in (True, False)
    }
    places = keys.get(item.id, set())

    return item.shuffled(
        tuple(one.name if one in fixed else loose[place in places].popleft() for place, one in enumerate(offered))
    )


def _key_places(items: Sequence[Item], seed: object) -> dict[str, set[int]]:
    """Return where each item's keys stand, so that over the part every place is the key's about equally often."""
    load: Counter[int] = Counter()
    chosen: dict[str, set[int]] = {}
    open_to: dict[str, set[int]] = {}
    for item in sorted(items, key=lambda item: order(seed, "key", item.id)):  # else each four in a row hold A, B, C, D
        fixed, own = item.fixed(), item.keyed()
        open_to[item.id] = {place for place, one in enumerate(item.offered()) if one not in fixed}
        pinned = {place for place, one in enumerate(item.offered()) if one in fixed and one in own}
        by_load = sorted(open_to[item.id], key=lambda place: (load[place], order(seed, item.id, place)))
        chosen[item.id] = pinned | set(by_load[: len(own) - len(pinned)])
        load.update(chosen[item.id])
    while path := _evening(load, chosen, open_to):
        for name, old, new in reversed(path):
            chosen[name] ^= {old, new}
        load[path[0][1]] -= 1
        load[path[-1][2]] += 1

    return chosen


def _evening(
    load: Counter[int], chosen: dict[str, set[int]], open_to: dict[str, set[int]]
) -> list[tuple[str, int, int]]:
    """Return moves (item, from, to), each into the place the next one leaves, that make loads more even; none if even."""
    for start in sorted(load, key=lambda place: (-load[place], place)):
        came: dict[int, list[tuple[str, int, int]]] = {start: []}
        queue = deque([start])
        while queue:
            old = queue.popleft()
            if load[old] <= load[start] - 2:
                return came[old]
            for name in sorted(chosen):
                if old in chosen[name] & open_to[name]:
                    for new in sorted(open_to[name] - chosen[name] - came.keys()):
                        came[new] = [*came[old], (name, old, new)]
                        queue.append(new)

    return []
