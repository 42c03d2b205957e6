"""A private bank + published texts -> the places where a secret stem, stimulus or option shows, word for word or nearly.

Compares runs of characters; knows nothing of files.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from handbook.book import Book
from handbook.reading.digests import normalised

_GRAM = 4
_LEAST = {"题干": 12, "材料": 12, "选项": 16}
"""Characters; a shorter text says too little to be recognised."""
_NEAR = {"题干": 0.55, "材料": 0.4, "选项": 0.6}
"""What share of a text's runs of characters must stand together. Measured on the 962 texts of our own bank: two come
that near to another item or a chapter, both quoting the law; with a tenth of its words replaced, 19 in 20 still do."""
_OWN = 0.5
"""What share of the runs of an option or a statement may stand in the handbook anyway."""
_NEAR_TASK = 0.8
"""The same for a stem that follows a stimulus: 请写出你怎样答复、怎样处理 is asked of many cases."""
_NOT_TEXT = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Secret:
    """One text of a private item, reduced to its letters and digits."""

    item: str
    part: str
    shown: str
    grams: frozenset[str]
    near: float
    reach: int
    """How many characters of a publication to look at together."""


@dataclass(frozen=True, order=True)
class Leak:
    """Where a secret shows, and what share of it."""

    path: str
    item: str
    part: str
    share: float
    shown: str


class Secrets:
    """All texts of a private bank that are long enough to be recognised, ready to be sought."""

    def __init__(self, book: Book) -> None:
        self.texts = tuple(_secrets(book))
        self._searched: dict[bytes, list[tuple[Secret, float]]] = {}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, secret in enumerate(self.texts):
            for gram in secret.grams:
                self._holders[gram].append(index)

    def leaks(self, path: str, text: str) -> list[Leak]:
        """Return where secrets show in a text; the same text under another path is not searched again."""
        known = sha256(text.encode(errors="replace")).digest()
        if known not in self._searched:
            self._searched[known] = list(self._found(text))

        return [Leak(path, secret.item, secret.part, share, secret.shown) for secret, share in self._searched[known]]

    def _found(self, text: str) -> Iterator[tuple[Secret, float]]:
        """Yield the secrets that show in a text, and what share of each stands together there."""
        letters = reduced(text)
        places: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for place in range(len(letters) - _GRAM + 1):
            gram = letters[place : place + _GRAM]
            for index in self._holders.get(gram, ()):
                places[index].append((place, gram))
        for index, found in sorted(places.items()):
            secret = self.texts[index]
            share = _densest(found, secret.reach) / len(secret.grams)
            if share >= secret.near:
                yield secret, share


def reduced(text: str) -> str:
    """Return the letters and digits of a text: widths, case, punctuation and line breaks do not count."""
    return _NOT_TEXT.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _secrets(book: Book) -> Iterator[Secret]:
    """Yield what is the author's own; an option or a statement that says what the handbook says gives nothing away."""
    handbook = {gram for page in book.pages.values() for gram in _grams(reduced(book.seen(page.text)))}
    for item in book.bank.items:
        for part, text, is_common in item.distinctive():
            letters = reduced(normalised(book.seen(text)))
            grams = frozenset(_grams(letters))
            if len(letters) >= _LEAST[part] and not (is_common and len(grams & handbook) >= _OWN * len(grams)):
                near = _NEAR_TASK if part == "题干" and item.stimulus else _NEAR[part]
                yield Secret(item.id, part, book.seen(text), grams, near, len(letters) * 3 // 2 + 40)


def _grams(letters: str) -> Iterable[str]:
    return (letters[place : place + _GRAM] for place in range(max(1, len(letters) - _GRAM + 1)))


def _densest(found: list[tuple[int, str]], reach: int) -> int:
    """Return the most different runs that stand within `reach` characters of each other."""
    inside: Counter[str] = Counter()
    first = most = 0
    for place, gram in found:
        inside[gram] += 1
        while found[first][0] < place - reach:
            passed = found[first][1]
            inside[passed] -= 1
            if not inside[passed]:
                del inside[passed]
            first += 1
        most = max(most, len(inside))

    return most
