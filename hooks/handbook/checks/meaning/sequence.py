"""Steps in the order of an item -> those that the handbook has the other way round.

Steps are those of an item that asks for an order, the points of a model answer, criteria, and 先…再… in a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from handbook.book import Book
from handbook.checks.meaning.pairs import Weights, pairs
from handbook.checks.meaning.statements import plain
from handbook.items import Item

_POINT = re.compile(r"(?m)^\s*\d[.、)）]\s*(.+)$")
_FIRST = re.compile(r"先([^，。；：先]{2,24}?)[，、]?(?:再|然后|才|最后|接着)([^，。；：]{2,24})")
_AFTER = re.compile(r"([^，。；：]{2,16}?)(?:之后|以后|后)，?(?:再|才)([^，。；：]{2,20})")
_ORDERED = re.compile(r"先|再|然后|最后|后")
_STEP = re.compile(r"[，；：。]|再|然后|之后|以后|最后")
_NUMBERED = re.compile(r"\d+\.")
_LIKE = 0.2
"""How much like a point of the handbook a step is, at least, and much more so than like any other."""
_CLEAR = 0.6
"""How much more the order of a sentence is like the wrong one than like the right one."""


class Swapped(NamedTuple):
    """Two steps as the item has them, and what the handbook says."""

    first: str
    second: str
    handbook: str


def of_item(book: Book, item: Item) -> Iterator[list[str]]:
    """Yield the steps that an item has in an order."""
    if item.stepped:
        yield [plain(book.seen(text)) for text in item.truths()]
    points = [plain(found) for found in _POINT.findall(book.seen(item.answer()))] if item.self_assessed else []
    yield points
    yield [plain(book.seen(one.criterion)) for one in item.criteria()]


def of_handbook(book: Book, item: Item) -> Iterator[list[str]]:
    """Yield what the handbook has in an order: points of a list that evidence touches; for an order asked for, all evidence."""
    for section in item.sections:
        view = book.views.get(section)
        quoted = {one for found in book.passages(item) if found and found.section == section for one in found.sentences}
        if not view:
            continue
        if item.stepped:
            yield [plain(book.seen(one.text)) for one in view.sentences if one in quoted]
        touched = {one.piece for one in quoted}
        points = [(piece.place, piece.text, at in touched) for at, piece in enumerate(view.pieces)]
        numbered = [one for one in points if one[0] and _NUMBERED.fullmatch(one[0][-1])]
        for _, run in groupby(numbered, key=lambda one: one[0][:-1]):
            whole = [list(point) for _, point in groupby(run, key=lambda one: one[0][-1])]
            yield [
                plain(book.seen("".join(text for _, text, _ in one))) for one in whole if any(hit for *_, hit in one)
            ]


def swapped(steps: Sequence[str], handbook: Sequence[str], weights: Weights) -> Iterator[Swapped]:
    """Yield neighbouring steps that stand the other way round in the handbook."""
    places = [_place(step, handbook, weights) for step in steps]
    for (one, first), (two, second) in pairwise(zip(steps, places, strict=True)):
        if first is not None and second is not None and first > second:
            yield Swapped(one, two, f"{handbook[second]}……{handbook[first]}")


def _place(step: str, handbook: Sequence[str], weights: Weights) -> int | None:
    """Return which point of the handbook a step is, None when it is like none of them or like several."""
    mine = pairs(step)
    likeness = []
    for point in handbook:
        theirs = pairs(point)
        likeness.append(max(weights.share(mine, theirs), weights.share(theirs, mine)))
    ranked = sorted(likeness, reverse=True)
    clear = len(ranked) > 1 and ranked[0] - ranked[1] / 2 >= _LIKE

    return likeness.index(ranked[0]) if clear else None


def in_sentence(text: str, handbook: Sequence[str], weights: Weights) -> Iterator[Swapped]:
    """Yield 先…再… of a sentence of the item that a sentence of the handbook, or its points, have the other way round."""
    for found in (*_FIRST.finditer(text), *_AFTER.finditer(text)):
        for sentence in (one for one in handbook if _ORDERED.search(one)):
            steps = [step for step in _STEP.split(sentence) if len(step) > 1]
            if _turned(found[1], found[2], steps, weights):
                yield Swapped(found[1], found[2], sentence)


def _turned(one: str, two: str, steps: Sequence[str], weights: Weights) -> bool:
    first = [weights.of(pairs(one) & pairs(step)) for step in steps]
    second = [weights.of(pairs(two) & pairs(step)) for step in steps]
    both = [(min(first[a], second[b]), a > b) for a in range(len(steps)) for b in range(len(steps))]
    wrong = max((weight for weight, turned in both if turned), default=0.0)
    good = max((weight for weight, turned in both if not turned), default=0.0)

    return wrong > 0 and wrong - good >= _CLEAR
