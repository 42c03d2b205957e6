"""Items -> units that enter a form together, gathered into kinds that a blueprint cannot tell apart.

Choosing numbers of kinds instead of items keeps a bank of thousands quick; knows nothing of how they are chosen.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from hashlib import sha256
from typing import NamedTuple

from handbook.bank.blueprints import Blueprint, Cell
from handbook.book import Book
from handbook.items import Item
from handbook.reading.digests import normalised

RESERVE = 2
"""How dear a unit is that is neither in the seed's draw, 0, nor in a second draw of the same size, 1."""


class Unit(NamedTuple):
    """What a form holds whole or not at all: one item, or all items of a type that share a stimulus."""

    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        return self.items[0].id

    @property
    def type(self) -> str:
        return self.items[0].type

    @property
    def difficulty(self) -> int:
        """The sum over its items."""
        return sum(item.difficulty for item in self.items)

    def difficulty_in(self, part: str) -> int:
        """Return the sum over its items, if they are of that type."""
        return self.difficulty * (self.type == part)

    def above(self, limit: Fraction) -> int:
        """Return by how much its difficulty exceeds a mean, times the mean's denominator."""
        return limit.denominator * self.difficulty - limit.numerator * len(self.items)

    def true_statements(self) -> int:
        """Return how many of its items state what is true."""
        return sum(item.judged and item.keyed()[0] == item.offered()[0] for item in self.items)

    def matching(self, cell: Cell) -> int:
        """Return how many of its items a cell counts."""
        return sum(matches(item, cell) for item in self.items)


class Kind(NamedTuple):
    """Units that are alike to the blueprint, in the order in which they are to be used, and what using one costs."""

    units: tuple[Unit, ...]
    cost: int

    @property
    def like(self) -> Unit:
        return self.units[0]


class Pool(NamedTuple):
    """All kinds that forms of a blueprint may draw on, in a fixed order."""

    blueprint: Blueprint
    chapters: list[str]
    """Those that its `each_chapter` speaks of."""
    kinds: tuple[Kind, ...]
    enemies: tuple[tuple[int, ...], ...]
    """Groups of kinds of which a form holds one unit at most."""


def chapter(item: Item) -> str:
    """Return the chapter as blueprints name it: `claims`."""
    return item.chapter.removesuffix(".md")


def matches(item: Item, cell: Cell) -> bool:
    """Tell whether a cell counts the item."""
    return cell.chapter in (None, chapter(item)) and cell.type in (None, item.type) and cell.level in (None, item.level)


def order(*parts: object) -> str:
    """Return a key to shuffle by: it depends on the parts alone, on every machine and under every Python."""
    return sha256(":".join(map(str, parts)).encode()).hexdigest()


def pool(book: Book, blueprint: Blueprint, forms: int, seed: object, used: Counter[str]) -> Pool:
    """Return what `forms` forms may draw on; `used` says how often items stand in earlier forms, to be used last."""
    items = list(book.bank.items)
    groups = list(enemy_groups(items, blueprint))
    at_war = {name for group in groups for name in group}
    alike: dict[tuple[int | str, ...], list[Unit]] = defaultdict(list)
    levels = bool(blueprint.levels) or any(cell.level for cell in blueprint.cells)
    for cost, unit in _priced(units(items, blueprint), blueprint, forms, seed, used):
        first = unit.items[0]
        own = first.id if len(unit.items) > 1 or first.id in at_war else ""
        level = first.level if levels else ""
        alike[cost, first.type, chapter(first), level, first.difficulty, unit.true_statements(), own].append(unit)
    kinds = tuple(Kind(tuple(alike[key]), int(key[0])) for key in sorted(alike))
    place = {item.id: index for index, kind in enumerate(kinds) for unit in kind.units for item in unit.items}
    fighting = {tuple(sorted({place[name] for name in group if name in place})) for group in groups}
    enemies = tuple(sorted(group for group in fighting if len(group) > 1))

    return Pool(blueprint, book.chapter_stems, kinds, enemies)


def units(items: Iterable[Item], blueprint: Blueprint) -> list[Unit]:
    """Return the units a form of the blueprint may hold; one with enemies inside can never be held."""
    types = {part.type for part in blueprint.parts}
    sets: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if item.type in types and item.id not in blueprint.exclude:
            sets[item.type, f"= {normalised(item.stimulus)}" if item.stimulus else item.id].append(item)
    found = [Unit(tuple(members)) for members in sets.values()]
    groups = list(enemy_groups(items, blueprint))

    return [
        unit
        for unit in found
        if len(unit.items) == 1 or all(len(group & {item.id for item in unit.items}) <= 1 for group in groups)
    ]


def enemy_groups(items: Iterable[Item], blueprint: Blueprint) -> Iterator[frozenset[str]]:
    """Yield the groups of items of which a form holds one at most: the blueprint's, and those items name."""
    yield from map(frozenset, blueprint.enemies)
    for item in items:
        for other in item.enemies:
            yield frozenset({item.id, other})


def _priced(
    candidates: Iterable[Unit], blueprint: Blueprint, forms: int, seed: object, used: Counter[str]
) -> Iterator[tuple[int, Unit]]:
    """Yield units with their costs: a seeded draw for each part is free, the least used come first."""
    wanted: dict[str, int] = {part.type: part.count * forms for part in blueprint.parts}
    drawn: Counter[str] = Counter()
    least: dict[str, int] = {}
    for unit in sorted(candidates, key=lambda unit: (used[unit.name], order(seed, unit.name))):
        uses = used[unit.name]
        rank = min(drawn[unit.type] // wanted[unit.type], RESERVE)
        drawn[unit.type] += len(unit.items)
        yield rank + (RESERVE + 1) * (uses - least.setdefault(unit.type, uses)), unit
