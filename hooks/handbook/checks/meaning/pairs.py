"""Texts -> their pairs of neighbouring characters, and how much those tell: the fewer sentences hold one, the more.

Knows nothing of what the texts say.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log

from handbook.book import Book
from handbook.checks.meaning.statements import plain

BREAK = re.compile(r"[，。；：！？、…“”‘’「」『』（）()《》〈〉【】—｜|,;:!?\n\"'/]+")
"""What parts clauses; no pair goes across it."""
HOLE = "◆"
"""What stands for a word that is compared, in the place of it."""

Pairs = frozenset[str]
_FEW = 2_000
"""Sentences from which a book is taken as it is: in a smaller one chance decides what is rare."""


@lru_cache(maxsize=100_000)
def pairs(text: str) -> Pairs:
    """Return the pairs of a plain text."""
    return frozenset(run[at : at + 2] for run in BREAK.split(text) for at in range(len(run) - 1))


class Weights:
    """How much pairs tell in a book, each from 0 to 1."""

    def __init__(self, book: Book) -> None:
        texts = {plain(book.seen(sentence.text)) for view in book.views.values() for sentence in view.sentences}
        held = Counter(pair for text in texts for pair in pairs(text))
        most = log(1 + max(len(texts), _FEW))
        self._of = {pair: 1 - log(1 + count) / most for pair, count in held.items()}

    def of(self, found: Iterable[str]) -> float:
        """Return the weight of some pairs together; a pair that no sentence holds tells most."""
        return sum(self._of.get(pair, 1.0) for pair in found)

    def share(self, part: Pairs, whole: Pairs) -> float:
        """Return how much of what a part tells is in the whole, from 0 to 1."""
        return self.of(part & whole) / self.of(part) if part else 0.0
