"""A stamp of the first edition, one for an item, its section and the facts of both -> stamps for each thing by itself.

What it covers and finds unchanged is stamped as it was; what it does not speak of counts as read with the rest.
"""

import re
from collections.abc import Iterator

from handbook.bank.stamps import NOBODY, UNKNOWN, Key, OldStamp, Stamp
from handbook.book import Book
from handbook.content.facts import Fact
from handbook.content.views import references
from handbook.items import Item
from handbook.reading.digests import digest
from handbook.review.dependencies import Dependency


def stamps(book: Book, item: Item, old: OldStamp, rests_on: list[Dependency]) -> Iterator[Stamp]:
    """Yield a stamp for each thing that an item rests on, unless it is a fact that the first edition had not seen."""
    for one in rests_on:
        same = _same(book, item, old, one.key)
        if same is not None:
            yield Stamp(item.id, one.key, one.digest if same else UNKNOWN, old.date, (_name(old.reviewer),))


def _name(written: str) -> str:
    """Return a reviewer's name as it can be kept; the first edition took any."""
    return " ".join(re.findall(r"[^\s、#]+", written))[:40].strip() or NOBODY


def _same(book: Book, item: Item, old: OldStamp, key: Key) -> bool | None:
    """Tell whether a thing is as it was; None when it has come since."""
    if key.kind == "item":
        return old.item_digest == digest(*map(book.seen, [item.type, item.stimulus or "", item.stem, *item.reviewed()]))
    if key.kind == "section" and key.name == item.section:
        return old.section_digest == digest(book.seen(book.sections[item.section].text))
    if key.kind == "fact" and key.name in old.facts:
        return old.facts[key.name] == _fact_digest(book.facts[key.name])
    if key.kind == "fact" and key.name in _used(book, item):
        return None
    return True


def _fact_digest(fact: Fact) -> str:
    return digest(fact.value, fact.days or "", fact.basis, fact.status)


def _used(book: Book, item: Item) -> set[str]:
    """Return the facts that the first edition looked at."""
    texts = [book.sections[item.section].text, *(text for _, text in item.texts())]
    return {name for text in texts for name in references(text)}
