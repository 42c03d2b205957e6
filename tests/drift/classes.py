"""A handbook -> everything that can be planted in it, by class: changes of meaning, neutral edits, contradictions."""

from itertools import chain

from tests.drift import (
    around,
    charts,
    hidden,
    items,
    lookup,
    neutral_data,
    neutral_layout,
    neutral_words,
    order,
    references,
    structure,
    words,
)
from tests.drift import contradictions as contrary
from tests.drift.handbook import Handbook
from tests.drift.planting import Planting, by_kind

_CHANGES = (
    words.words,
    words.laws,
    words.boxed,
    order.orders,
    charts.flowcharts,
    structure.structures,
    references.references,
    references.in_items,
    hidden.hidden,
    around.surroundings,
    lookup.facts,
    lookup.laws,
    lookup.terms,
    items.items,
)
_NEUTRAL = (neutral_words.neutral_words, neutral_layout.neutral_layout, neutral_data.neutral_data)
Classes = dict[str, list[Planting]]


def changes(book: Handbook) -> Classes:
    """Return the changes of meaning that an item rests on."""
    return by_kind(planting for planting in chain.from_iterable(find(book) for find in _CHANGES) if planting.items)


def neutral(book: Handbook) -> Classes:
    """Return the edits after which nothing has to be read again."""
    return by_kind(chain.from_iterable(find(book) for find in _NEUTRAL))


def contradictions(book: Handbook) -> Classes:
    """Return the changes of an item or its section that set one against the other."""
    return by_kind(contrary.contradictions(book))
