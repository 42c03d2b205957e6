"""A book -> how much a place in it is like what is said of a fact, there where it is referred to, and in its own words.

What they have in common are pairs of characters; those that few passages of the book hold weigh most.
Knows nothing of quantities.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from handbook.book import Book
from handbook.checks import passages
from handbook.checks.passages import Passage
from handbook.content.facts import Fact
from handbook.reading import markup

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_REFERENCE = re.compile(markup.REFERENCE)
_NAMES = re.compile(rf"{markup.REFERENCE}|\]\([^)\n]*\)|《[^《》]*》|第\s*\d+\s*[条章节题款]")
_REACH = 20
_FEW = 3_000
"""Passages from which a book is taken as it is: in a smaller one chance decides what is rare."""


class Likeness:
    """What is said of each fact of a book."""

    def __init__(self, book: Book) -> None:
        told = list(_passages(book))
        self._count = max(len(told), _FEW)
        self._known = Counter(pair for passage in told for pair in _pairs(passage.text))
        self._own = {name: _pairs(_words(fact)) for name, fact in book.facts.items()}
        self._said: dict[str, list[frozenset[str]]] = defaultdict(list)
        for passage in told:
            for reference in _REFERENCE.finditer(passage.text):
                self._said[reference["id"]].append(_beside(passage, *reference.span()))

    def of(self, name: str, passage: Passage, begin: int, end: int) -> float:
        """Return how much what stands around a place in a passage is like what is said of a fact; 0 not at all."""
        beside = _beside(passage, begin, end)
        said = max((self._weight(beside & other) for other in self._said.get(name, ())), default=0)

        return said + self._weight((beside | _pairs(passage.above)) & self._own[name])

    def _weight(self, pairs: frozenset[str]) -> float:
        return sum(math.log(self._count / (1 + self._known[pair])) for pair in pairs)


def _passages(book: Book) -> Iterator[Passage]:
    for page in book.pages.values():
        yield from passages.of_page(page.text)
    for item in book.bank.items:
        for _, text in item.texts():
            yield from passages.of_text(text, item.stem)


def _words(fact: Fact) -> str:
    return " ".join((fact.title, fact.note or "", *fact.words))


def _beside(passage: Passage, begin: int, end: int) -> frozenset[str]:
    """Return the pairs near a place in a passage, and those of its subject; names of laws and articles say nothing."""
    before, after = (_NAMES.sub(" ", part) for part in (passage.text[:begin], passage.text[end:]))

    return _pairs(f"{before[-_REACH:]} {after[:_REACH]} {_NAMES.sub(' ', passage.subject)}")


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1))
