"""An item -> what it says is right, and what its evidence and its sections say: plain text, facts filled in.

Plain is without markup, white space and wide digits, so that texts can be held against each other and still be shown.
Knows nothing of how they are compared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from handbook.bank.entries import Entry
from handbook.book import Book
from handbook.content.quotations import Passage
from handbook.content.views import Sentence, View
from handbook.items import Item
from handbook.reading.digests import unlinked
from handbook.reading.validation import Where

_MARKS = re.compile(r"[*`]+|[^\S\n]+")
_WIDE = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("％"): "%"}
_NARROW = re.compile(r"(?<=[^\x00-\x7f])[,;:!?.]")
_PUNCTUATION = dict(zip(",;:!?.", "，；：！？。", strict=True))
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_NEGATIVE = re.compile(
    r"\*\*不|(?:哪|下列|以下)[^。；]*(?:不正确|不属于|不包括|不符合|不恰当|不妥|不该|不应|错|违|纠正|障碍)"
)
"""In a stem that asks for what is wrong."""
_WRONG = re.compile(r"[错误不没]")
"""In the heading of what is not to be done."""
CELL = "｜"
"""What stands between the cells of a row that are quoted together."""


@dataclass(frozen=True)
class Statement:
    """A sentence that the item says is right, and where in the item it stands."""

    text: str
    where: Where = ()


@dataclass(frozen=True)
class Case:
    """An item and all that is held against each other."""

    entry: Entry
    said: tuple[Statement, ...]
    evidence: tuple[str, ...]
    """Sentences that it quotes; the quoted cells of a row are one."""
    sections: tuple[str, ...]
    """What the sections it rests on say, but for what they say is wrong."""


class Cases:
    """A book as its items are compared with it."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sections: dict[str, tuple[str, ...]] = {}

    def of(self, entry: Entry) -> Case:
        """Return what there is to compare of an item."""
        sections = (text for name in entry.item.sections for text in self._section(name))
        return Case(
            entry, tuple(_said(self._book, entry.item)), tuple(_quoted(self._book, entry.item)), tuple(sections)
        )

    def _section(self, name: str) -> tuple[str, ...]:
        if name not in self._sections:
            view = self._book.views.get(name)
            said = _meant(view) if view and not _WRONG.search(view.title) else ()
            self._sections[name] = tuple(plain(self._book.seen(sentence.text)) for sentence in said)

        return self._sections[name]


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return a text as it is compared: without links, emphasis and white space, digits narrow and punctuation wide."""
    written = _MARKS.sub("", unlinked(text)).translate(_WIDE).strip()
    return _NARROW.sub(lambda found: _PUNCTUATION[found[0]], written)


def sentences(text: str) -> list[str]:
    """Return the sentences of a plain text."""
    return [found for found in _SENTENCE.findall(text) if found.strip()]


def right(item: Item) -> Iterator[tuple[Where, str]]:
    """Yield every text that says what is right, as the author wrote it, with its place inside the item.

    When the stem asks for what is wrong, the distractors are right.
    """
    places = {text: where for where, text in item.texts()}
    parts = item.explained([one.name for one in item.offered()])
    keyed = any(part.is_key for part in parts)
    found = [item.stem] * (item.judged and item.offered()[0] in item.keyed())
    for part in parts:
        found += [part.text] * (not keyed or part.is_key != turned(item))
        found += [part.rationale] * (not keyed or part.is_key)
    if item.self_assessed:
        found += [item.answer(), *(one.criterion for one in item.criteria())]
    for text in filter(None, found):
        yield places.get(text, ()), text


def turned(item: Item) -> bool:
    """Tell whether the stem asks for what is wrong."""
    return bool(item.keyed()) and not item.judged and bool(_NEGATIVE.search(item.stem))


def _meant(view: View) -> Iterator[Sentence]:
    """Yield the sentences of a section but for those in columns of what is wrong."""
    heads: dict[str, str] = {}
    for number, piece in enumerate(view.pieces):
        tag, _, column = piece.place[-1].partition(" ") if piece.place else ("", "", "")
        if tag == "th":
            heads[column] = piece.text
        if not (tag == "td" and _WRONG.search(heads.get(column, ""))):
            yield from (sentence for sentence in view.sentences if sentence.piece == number)


def _said(book: Book, item: Item) -> Iterator[Statement]:
    for where, text in right(item):
        yield from (Statement(sentence, where) for sentence in sentences(plain(book.seen(text))))


def _quoted(book: Book, item: Item) -> Iterator[str]:
    for passage in book.passages(item):
        for _, run in groupby(passage.sentences if passage else (), key=lambda one: _row(book, passage, one.piece)):
            yield CELL.join(plain(book.seen(sentence.text)) for sentence in run)


def _row(book: Book, passage: Passage | None, piece: int) -> object:
    """Return what sentences of a row have in common; nothing is in common with a sentence outside of tables."""
    place = book.views[passage.section].pieces[piece].place if passage else ()
    return place[:-1] if place and place[-1][:3] in ("td ", "th ") else piece
