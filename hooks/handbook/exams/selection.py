"""Pool -> the units of each form: what is demanded of every form, and what is preferred.

Knows nothing of how the solver works or of the order in which a form shows its items.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple

from handbook.bank.blueprints import Band, Blueprint, Cell
from handbook.exams.pool import Pool, Unit
from handbook.exams.solver import RIGID, Allocation, Bend
from handbook.items import MODELS
from handbook.reading.validation import Where

MOST_SHARING = 6
"""How many forms may be assembled together when they share items: who shares with whom grows as 2 to this power."""


class Want(NamedTuple):
    """One thing a blueprint asks of every form, as a cell, and where the blueprint says so."""

    where: Where
    cell: Cell


def wants(blueprint: Blueprint, chapters: Sequence[str]) -> list[Want]:
    """Return all that a blueprint asks of a form's counts; `chapters` are those `each_chapter` speaks of."""
    found = [
        Want(("parts", n), Cell(type=part.type, min=part.count, max=part.count))
        for n, part in enumerate(blueprint.parts)
    ]
    for name in dict.fromkeys([*chapters, *blueprint.chapters]):
        limits = blueprint.chapters.get(name, blueprint.each_chapter)
        where = ("chapters", name) if name in blueprint.chapters else ("each_chapter",)
        found.append(Want(where, Cell(chapter=name, min=limits.min, max=limits.max)))
    for level, limits in blueprint.levels.items():
        found.append(Want(("levels", level), Cell(level=level, min=limits.min, max=limits.max)))

    return found + [Want(("cells", n), cell) for n, cell in enumerate(blueprint.cells)]


def select(pool: Pool, forms: int, overlap: int) -> list[list[Unit]] | None:
    """Return the units of each form, or None when the blueprint cannot be met; two forms share `overlap` items at most.

    The forms are as equal as possible in difficulty, part by part, and in their spread over the chapters; among
    equally good choices a cheap one is taken, within a fifth of a unit an item of the cheapest.
    """
    allocation = demanded(pool, forms, sharing=overlap > 0)
    share(allocation, overlap)
    count = pool.blueprint.count * forms
    near_enough = count // 5
    dearest = 1 + near_enough + max((kind.cost for kind in pool.kinds), default=0) * count
    allocation.minimize(dearest * sum(_differences(allocation, pool)) + allocation.cost(), near_enough)

    return allocation.units() if allocation.solve() else None


def demanded(pool: Pool, forms: int, *, sharing: bool) -> Allocation:
    """Return an allocation in which every form meets the blueprint."""
    allocation = Allocation(pool, forms, sharing=sharing)
    for form in allocation.forms:
        for want in wants(pool.blueprint, pool.chapters):
            hold(allocation, form, want.cell)
        hold_difficulty(allocation, form, pool.blueprint.difficulty)

    return allocation


def share(allocation: Allocation, most: Any) -> None:
    """Let no two forms share more than `most` items, a number or one the solver chooses."""
    for pair in combinations(allocation.forms, 2):
        allocation.add(allocation.shared(*pair) <= most)


def hold(allocation: Allocation, form: int, cell: Cell, bend: Bend = RIGID) -> None:
    """Keep a form within the limits of a cell, or as far outside as `bend` goes."""
    total, (below, above) = allocation.total(form, partial(Unit.matching, cell=cell)), bend
    if cell.min:
        allocation.add(total + below >= cell.min)
    if cell.max is not None:
        allocation.add(total - above <= cell.max)


def hold_difficulty(allocation: Allocation, form: int, band: Band, bend: Bend = RIGID) -> None:
    """Keep a form's mean difficulty within a band; both limits are multiplied out to whole numbers."""
    allocation.add(allocation.total(form, partial(Unit.above, limit=exact(band.min))) + bend[0] >= 0)
    allocation.add(allocation.total(form, partial(Unit.above, limit=exact(band.max))) - bend[1] <= 0)


def exact(limit: float) -> Fraction:
    """Return a limit as it is written, 2.2, not as a float comes near it."""
    return Fraction(str(limit))


def _differences(allocation: Allocation, pool: Pool) -> Iterator[Any]:
    """Yield what sets forms apart: difficulty of each part, weighed by its points; chapters; and 正确 against 错误."""
    for part in pool.blueprint.parts:
        sums = [allocation.total(form, partial(Unit.difficulty_in, part=part.type)) for form in allocation.forms]
        yield part.points * allocation.spread(sums, 5 * part.count)
        if MODELS[part.type].judged:
            for form in allocation.forms:
                true = allocation.total(form, Unit.true_statements)
                yield allocation.spread([true, part.count - true], part.count)
    for name in pool.chapters:
        counts = [allocation.total(form, partial(Unit.matching, cell=Cell(chapter=name))) for form in allocation.forms]
        yield allocation.spread(counts, pool.blueprint.count)
