"""Blueprints, held against themselves, the chapters and the bank: names that lead nowhere, numbers no form can meet.

Finds what is wrong on paper; whether the bank has enough items is found when a form is assembled.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import get_args

from handbook.bank.blueprints import Blueprint, Limits
from handbook.bank.entries import Bank
from handbook.book import Book
from handbook.items import TYPES, Level
from handbook.problems import Problem, did_you_mean

_Where = tuple[str | int, ...]
_Finding = tuple[_Where, str, str]
"""Where inside the blueprint, what is wrong, how to mend it."""


def problems(book: Book) -> Iterator[Problem]:
    """Does every blueprint name what is there, and ask for numbers that a form can meet?"""
    chapters = book.chapter_stems
    for name, blueprint in book.blueprints.items():
        for finding in (*_names(blueprint, book.bank, chapters), *_limits(blueprint), *_sums(blueprint, chapters)):
            yield book.blueprints.problem(name, *finding)


def _names(blueprint: Blueprint, bank: Bank, chapters: Sequence[str]) -> Iterator[_Finding]:
    named: list[tuple[_Where, str]] = [(("chapters", name), name) for name in blueprint.chapters]
    named += [(("cells", n, "chapter"), cell.chapter) for n, cell in enumerate(blueprint.cells) if cell.chapter]
    for where, name in named:
        if name not in chapters:
            yield where, f"里没有章节 '{name}'", did_you_mean(name, chapters, f"章节有：{'、'.join(chapters)}")
    items: list[tuple[_Where, str]] = [(("exclude", n), item) for n, item in enumerate(blueprint.exclude)]
    items += [(("enemies", n, m), item) for n, group in enumerate(blueprint.enemies) for m, item in enumerate(group)]
    for where, name in items:
        if name not in bank.by_id:
            mend = did_you_mean(name, bank.by_id, "请改正编号，或删掉它")
            yield where, f"的 '{where[0]}' 里，题目 '{name}' 不在题库", mend
    for n, group in enumerate(blueprint.enemies):
        if len(set(group)) < 2:
            yield ("enemies", n), "的一组互斥题不到两道", "请补上编号，或删掉这一组"


def _limits(blueprint: Blueprint) -> Iterator[_Finding]:
    """Parts named twice, cells that count nothing, and limits the wrong way round."""
    types = [part.type for part in blueprint.parts]
    for n, type_ in enumerate(types):
        if type_ in types[:n]:
            yield ("parts", n, "type"), f"有两个{TYPES[type_]}部分", "请合成一个部分"
    limited: list[tuple[_Where, Limits]] = [(("each_chapter",), blueprint.each_chapter)]
    limited += [(("chapters", name), limits) for name, limits in blueprint.chapters.items()]
    limited += [(("levels", name), limits) for name, limits in blueprint.levels.items()]
    limited += [(("cells", n), cell) for n, cell in enumerate(blueprint.cells)]
    for where, limits in limited:
        if limits.max is not None and limits.min > limits.max:
            yield where, f"的 '{where[0]}' 里，最少 {limits.min} 道多于最多 {limits.max} 道", "请改正 min 或 max"
    if blueprint.difficulty.min > blueprint.difficulty.max:
        yield ("difficulty",), "的平均难度下限高于上限", "请改正 min 或 max"
    for n, cell in enumerate(blueprint.cells):
        if not (cell.chapter or cell.type or cell.level):
            mend = "请写上 chapter、type 或 level"
            yield ("cells", n), f"的第 {n + 1} 个单元没有写明数哪些题", mend
        if cell.type and cell.type not in types:
            yield ("cells", n, "type"), f"的单元写了{TYPES[cell.type]}，卷里却没有这个部分", "请改正题型，或删掉它"


def _sums(blueprint: Blueprint, chapters: Sequence[str]) -> Iterator[_Finding]:
    """Limits that add up to more, or to less, than the form holds."""
    counts = {part.type: part.count for part in blueprint.parts}
    for n, cell in enumerate(blueprint.cells):
        room = counts.get(cell.type, cell.min) if cell.type else blueprint.count
        if cell.min > room:
            yield ("cells", n), f"的第 {n + 1} 个单元最少要 {cell.min} 道，那个部分却只有 {room} 道", "请改正题数"
    by_chapter = [blueprint.chapters.get(name, blueprint.each_chapter) for name in chapters]
    by_level = [blueprint.levels.get(name, Limits()) for name in get_args(Level)]
    at = "chapters" if blueprint.chapters else "each_chapter"
    for field, label, limits in ((at, "各章", by_chapter), ("levels", "各认知层次", by_level)):
        least = sum(limit.min for limit in limits)
        most = sum(inf if limit.max is None else limit.max for limit in limits)
        if least > blueprint.count:
            yield (field,), f"{label}最少共要 {least} 道，全卷只有 {blueprint.count} 道", "请减少 min，或增加题数"
        if limits and most < blueprint.count:
            yield (field,), f"{label}最多共 {most} 道，全卷却要 {blueprint.count} 道", "请加大 max，或减少题数"
