"""A blueprint that cannot be met -> what stands in the way, and what would mend it.

Names a smallest set of demands without which a form exists, found by the solver itself, so that the reason is true.
"""

from collections.abc import Iterator
from math import comb

from handbook.bank.blueprints import Cell
from handbook.exams.pool import Pool, matches
from handbook.exams.selection import MOST_SHARING, Want, demanded, exact, hold, hold_difficulty, share, wants
from handbook.exams.solver import Allocation
from handbook.items import LEVELS, TYPES, Item
from handbook.reading.validation import Where

Reason = tuple[Where, str, str]
"""The demand's place inside the blueprint, what is wrong, how to mend it."""


def reasons(pool: Pool, items: list[Item], forms: int) -> list[Reason]:
    """Return what keeps `forms` forms from being assembled; without these demands they could be."""
    return list(_of_one_form(pool, items)) or [_of_parallel(pool, forms)]


def _of_one_form(pool: Pool, items: list[Item]) -> Iterator[Reason]:
    """Yield the fewest demands to give up for a single form, and how far each can be met."""
    allocation = Allocation(pool, 1)
    bends = []
    for want in wants(pool.blueprint, pool.chapters):
        most = len(items) + max(want.cell.min, want.cell.max or 0)
        bends.append((want, allocation.bend(most)))
        hold(allocation, 0, want.cell, bends[-1][1])
    band = pool.blueprint.difficulty
    steps = exact(band.min).denominator, exact(band.max).denominator
    outside = allocation.bend(5 * max(steps) * len(items))
    hold_difficulty(allocation, 0, band, outside)
    allocation.minimize_bends()
    allocation.solve()
    for want, (below, above) in bends:
        if missing := allocation.value(below):
            yield _too_few(want, missing, items, pool.blueprint.exclude)
        if excess := allocation.value(above):
            yield _too_many(want, excess)
    if any(allocation.value(missed) for missed in outside):
        chosen = [item for unit in allocation.units()[0] for item in unit.items]
        mean = sum(item.difficulty for item in chosen) / max(1, len(chosen))
        what = f"要平均难度在 {band.min:g} 到 {band.max:g} 之间，其余要求都满足时最接近的是 {mean:.2f}"
        yield ("difficulty",), what, "请放宽 difficulty，或补充合适难度的题"


def _too_few(want: Want, missing: int, items: list[Item], exclude: tuple[str, ...]) -> Reason:
    cell, reachable = want.cell, want.cell.min - missing
    matching = [item for item in items if matches(item, cell)]
    barred = sum(item.id in exclude for item in matching)
    have = f"题库里有 {len(matching)} 道" + (f"（其中 {barred} 道被 exclude 排除）" if barred else "")
    if len(matching) - barred > reachable:
        have += f"，但与互斥题、同材料的题和其余要求合在一起，最多只能用 {reachable} 道"
        mend = f"请{_changed(want, 'min', reachable)}，或放宽与它相碰的要求"
    else:
        mend = f"请再写 {missing} 道这样的题，或{_changed(want, 'min', reachable)}"
    return want.where, f"要 {cell.min} 道{described(cell)}，{have}", mend


def _too_many(want: Want, excess: int) -> Reason:
    cell, reachable = want.cell, (want.cell.max or 0) + excess
    what = f"最多要 {cell.max} 道{described(cell)}，其余要求合在一起却至少要用 {reachable} 道"

    return want.where, what, f"请{_changed(want, 'max', reachable)}，或放宽与它相碰的要求"


def _changed(want: Want, limit: str, number: int) -> str:
    """Return how to write the limit that can be met."""
    if want.where[0] == "parts":
        return f"把 count 改成 {number}" if number else "删掉这一部分"
    if want.where[0] == "each_chapter":
        return f"在 chapters 里写 {want.cell.chapter}: {{{limit}: {number}}}"
    return f"把 {limit} 改成 {number}"


def described(cell: Cell) -> str:
    """Return which items a cell counts, to follow 道: ` claims 章的应用层次的单选题`."""
    chapter = f" {cell.chapter} 章的" if cell.chapter else ""
    level = f"{LEVELS[cell.level]}层次的" if cell.level else ""

    return f"{chapter}{level}{TYPES[cell.type] if cell.type else '题'}"


def _of_parallel(pool: Pool, forms: int) -> Reason:
    """Return why one form can be assembled but so many cannot: they would have to share more than is allowed."""
    overlap = pool.blueprint.overlap
    shared = comb(forms, 2) * overlap
    short = [
        f"{forms} 份共要 {forms * want.cell.min} 道{described(want.cell)}，可用的只有 {supply} 道"
        for want in wants(pool.blueprint, pool.chapters)
        if (supply := sum(unit.matching(want.cell) for kind in pool.kinds for unit in kind.units))
        < forms * want.cell.min - shared
    ]
    allowed = f"每两份最多共用 {overlap} 道题" if overlap else "彼此不重题"
    what = "；".join([f"配不出 {forms} 份{allowed}的卷", *short])
    fewer = next(n for n in range(forms - 1, 0, -1) if n == 1 or _possible(pool, n))
    mend = f"请改为 {fewer} 份，或补题"
    if forms <= MOST_SHARING:
        mend += f"，或把 overlap 改成 {_least_overlap(pool, forms)}"
    elif overlap:
        what += f"（允许共用时，一次最多配 {MOST_SHARING} 份）"

    return ("overlap",), what, mend


def _possible(pool: Pool, forms: int) -> bool:
    overlap = pool.blueprint.overlap if forms <= MOST_SHARING else 0
    allocation = demanded(pool, forms, sharing=overlap > 0)
    share(allocation, overlap)

    return allocation.solve()


def _least_overlap(pool: Pool, forms: int) -> int:
    """Return how many items the two most alike of the forms must share at least."""
    allocation = demanded(pool, forms, sharing=True)
    most = allocation.number(pool.blueprint.count)
    share(allocation, most)
    allocation.minimize(most)
    allocation.solve()

    return allocation.value(most)
