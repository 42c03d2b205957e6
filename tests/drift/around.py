"""What stands around a part: the intro of its chapter and of the part above it, parts and pages that it points to.

Whoever rests on the part has to know when a sentence there is turned.
"""

from collections.abc import Iterator
from dataclasses import replace

from tests.drift.handbook import Handbook
from tests.drift.parts import Part, lines
from tests.drift.planting import Planting
from tests.drift.words import TURNS, turned

_TURNS = [
    rule
    for kind, rule in TURNS.items()
    if kind in ("negation added or swapped", "negation removed", "actor or post swapped")
]


def surroundings(book: Handbook) -> Iterator[Planting]:
    """Yield turns of words in the intro of each chapter, of each part with parts under it, and in what parts point to."""
    for part in book.parts:
        under = [other for other in book.under(part) if other is not part]
        if under:
            kind = "intro of the chapter" if part.level == 1 else "intro of the parent section"
            yield from _turned(book, part, kind, under)
        pointing = [other for other in book.linking(part) if part.name in book.targets[other.name]]
        yield from _turned(book, part, "section that the item's section points to", pointing)
        if part.level == 1:
            yield from _turned(book, part, "intro of the page that the item's section points to", book.linking(part))


def _turned(book: Handbook, part: Part, kind: str, around: list[Part]) -> Iterator[Planting]:
    """Yield turns of the part; those on the part itself may be flagged, those on the parts around have to be."""
    items = book.resting(around)
    for rule in _TURNS:
        for planting in turned(book, part, kind, rule, lines(book.texts[part.path], part)):
            if items:
                yield replace(planting, items=items, may=planting.may | planting.items)
