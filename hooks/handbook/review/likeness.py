"""An item -> the sentences of the handbook that are likeliest to answer it, for an author who looks for its evidence.

Likeness is the share of the item's own runs of characters that a sentence holds, rare ones counting more.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log
from typing import NamedTuple

from handbook.book import Book
from handbook.content.views import Sentence
from handbook.items import Item
from handbook.reading.digests import normalised

_ELSEWHERE = 0.6
"""What a sentence of another section is worth beside one of the item's own."""


class Likely(NamedTuple):
    """A sentence, its section, and its likeness, 0 to 1."""

    likeness: float
    section: str
    sentence: Sentence


def likely(book: Book, item: Item, most: int = 5) -> list[Likely]:
    """Return the likeliest sentences, the best first."""
    weights = _weights(book)
    wanted = _grams(book.seen(item.stem)) | _grams(book.seen("".join(item.truths())))
    wanted |= _grams(book.seen("".join(part.rationale for part in item.explained(item.on_page()) if part.is_key)))
    scored = [
        Likely(_share(wanted, _grams(book.seen(sentence.text)), weights) * _near(item, section), section, sentence)
        for section, view in book.views.items()
        for sentence in view.sentences
    ]

    return sorted((one for one in scored if one.likeness), key=lambda one: -one.likeness)[:most]


def _near(item: Item, section: str) -> float:
    return 1.0 if section == item.section else _ELSEWHERE


def _share(wanted: frozenset[str], held: frozenset[str], weights: Counter[str]) -> float:
    whole = sum(weights[gram] for gram in wanted)
    return sum(weights[gram] for gram in wanted & held) / whole if whole else 0.0


def _weights(book: Book) -> Counter[str]:
    """Return how much each run of characters tells: less, the more sections hold it."""
    holders = Counter(gram for view in book.views.values() for gram in _grams(book.seen(view.text)))
    return Counter({gram: log(1 + len(book.views) / count) for gram, count in holders.items()})


@lru_cache(maxsize=50_000)
def _grams(text: str) -> frozenset[str]:
    plain = normalised(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def quoted(found: Iterable[Likely], item: Item) -> list[str]:
    """Return sentences as lines of `evidence:` for the author to copy."""
    return [
        f"- {one.sentence.text}" if one.section == item.section else f"- {one.section}: {one.sentence.text}"
        for one in found
    ]
