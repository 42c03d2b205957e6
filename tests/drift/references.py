"""A reference to a fact -> one to another fact, or its value written out; and a value written out -> a reference."""

import re
from collections.abc import Iterator

from tests.drift.handbook import Handbook
from tests.drift.items import place_of
from tests.drift.parts import Part
from tests.drift.planting import Planting

_REFERENCE = re.compile(r"\{\{ (?P<id>[a-z0-9-]+) \}\}")


def references(book: Handbook) -> Iterator[Planting]:
    """Yield the changes of every reference in the parts that items rest on."""
    for part in book.parts:
        for found in _REFERENCE.finditer(book.texts[part.path], part.body, part.end):
            yield from _changes(book, part, found)


def in_items(book: Handbook) -> Iterator[Planting]:
    """Yield every value in an item turned into a reference: what the reader sees stays, what the item uses does not."""
    for entry in book.book.bank.entries:
        used = {name: fact for name, fact in book.book.facts.items() if name in book.used[entry.item.id]}
        text = book.texts[entry.path]
        quotations = {entry.line("evidence", number) for number in range(len(entry.item.evidence))}
        for found in _REFERENCE.finditer(text, *place_of(book, entry)):
            if found["id"] in used and text.count("\n", 0, found.start()) + 1 not in quotations:
                items = frozenset({entry.item.id})
                kind, value = "literal in an item into reference", used[found["id"]].value
                yield Planting(kind, entry.path, *found.span(), value, found[0], items, items)


def _changes(book: Handbook, part: Part, found: re.Match[str]) -> Iterator[Planting]:
    facts, name = book.book.facts, found["id"]
    for other, fact in facts.items():
        if other != name and fact.value == facts[name].value:
            yield book.planted(part, "reference to another fact of equal value", found.span(), f"{{{{ {other} }}}}")
    written = book.planted(part, "reference into literal", found.span(), facts[name].value)
    yield written
    yield written.backwards("literal into reference")
