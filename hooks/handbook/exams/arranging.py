"""The units of a form -> its parts: items in their order, options in theirs, the places of keys evened out.

Shuffles by digests, never by a random number generator; knows nothing of how the units were chosen.
"""

from collections import Counter, deque
from collections.abc import Iterable, Sequence

from handbook.bank.blueprints import Blueprint
from handbook.exams.forms import Part, Place
from handbook.exams.pool import Unit, order
from handbook.items import Choice, Item, TrueFalse


def arranged(units: Iterable[Unit], blueprint: Blueprint, seed: object) -> tuple[Part, ...]:
    """Return the parts of a form; items of one stimulus stand side by side, in the order of the bank."""
    shuffled = sorted(units, key=lambda unit: order(seed, unit.name))
    parts = []
    for plan in blueprint.parts:
        items = [item for unit in shuffled if unit.type == plan.type for item in unit.items]
        keys = _key_places([item for item in items if isinstance(item, Choice)], seed)
        parts.append(Part(plan, tuple(Place(item, plan.points, _options(item, keys, seed)) for item in items)))

    return tuple(parts)


def _options(item: Item, keys: dict[str, frozenset[int]], seed: object) -> tuple[str, ...]:
    """Return the names of an item's options in the order shown: keys at the places given, pinned ones at their own."""
    if not isinstance(item, Choice):
        return ()
    shuffled = sorted(item.options, key=lambda option: order(seed, item.id, option.name))
    loose = {key: deque(o.name for o in shuffled if o.key == key and o not in _fixed(item)) for key in (True, False)}

    return tuple(
        option.name if option in _fixed(item) else loose[place in keys[item.id]].popleft()
        for place, option in enumerate(item.options)
    )


def _fixed(item: Choice) -> tuple[object, ...]:
    """The options that keep their places; those of a true-false item always do."""
    return tuple(option for option in item.options if option.pinned or isinstance(item, TrueFalse))


def _key_places(items: Sequence[Choice], seed: object) -> dict[str, frozenset[int]]:
    """Return where each item's keys stand, so that over the part every place is the key's about equally often."""
    load: Counter[int] = Counter()
    chosen: dict[str, set[int]] = {}
    open_to: dict[str, set[int]] = {}
    for item in sorted(items, key=lambda item: order(seed, "key", item.id)):  # else each four in a row hold A, B, C, D
        fixed = _fixed(item)
        open_to[item.id] = {place for place, option in enumerate(item.options) if option not in fixed}
        pinned = {place for place, option in enumerate(item.options) if option in fixed and option.key}
        by_load = sorted(open_to[item.id], key=lambda place: (load[place], order(seed, item.id, place)))
        chosen[item.id] = pinned | set(by_load[: len(item.keys) - len(pinned)])
        load.update(chosen[item.id])
    while path := _evening(load, chosen, open_to):
        for name, old, new in reversed(path):
            chosen[name] ^= {old, new}
        load[path[0][1]] -= 1
        load[path[-1][2]] += 1

    return {name: frozenset(places) for name, places in chosen.items()}


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
