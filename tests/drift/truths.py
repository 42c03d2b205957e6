"""An item in its file -> the places where it says what is right, and whether its section speaks of the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.drift.handbook import Handbook
from tests.drift.items import OPTION, of_item, place_of
from tests.drift.parts import Part, Span
from tests.drift.planting import Planting

from handbook.bank.entries import Entry

_CLAUSE = re.compile(r"[^，。；：！？\n“”（）'\"]+")
_ON_ONE_LINE = r"(?<=[ -] {}: ).+$"
_KEY = "        key: true\n"
_ENOUGH = 0.5


@dataclass(frozen=True)
class Truths:
    """An item, the part that it rests on, and what it says."""

    book: Handbook
    entry: Entry
    part: Part

    @property
    def text(self) -> str:
        """The file of the bank."""
        return self.book.texts[self.entry.path]

    @property
    def place(self) -> Span:
        return place_of(self.book, self.entry)

    @property
    def section(self) -> str:
        """What the reader of the part sees."""
        return self.book.book.seen(self.book.text_of(self.part))

    def spans(self) -> Iterator[Span]:
        """Yield the places of the keys, their rationales, statements that are true, model answers and criteria."""
        item = self.entry.item
        if item.judged and "正确" in item.answer():
            yield from self._lines("stem", self.place)
        for option in OPTION.finditer(self.text, *self.place):
            if _KEY in option[0]:
                yield from () if item.judged else self._lines("text", option.span())
                yield from self._lines("rationale", option.span())
        yield from self._lines("criterion", self.place)
        for block in re.compile(r"^    model_answer: \|\n((?: {6}.*\n|\n)+)", re.MULTILINE).finditer(
            self.text, *self.place
        ):
            yield from (
                line.span() for line in re.compile(r"(?<=^ {6}).+$", re.MULTILINE).finditer(self.text, *block.span(1))
            )

    def clauses(self, pattern: str) -> Iterator[re.Match[str]]:
        """Yield what matches in clauses that the section holds, too, so that to turn it is to speak against the section."""
        for span in self.spans():
            for clause in _CLAUSE.finditer(self.text, *span):
                if spoken(self.book.book.seen(clause[0]), self.section):
                    yield from re.compile(pattern).finditer(self.text, *clause.span())

    def turned(self, kind: str, place: Span, after: str) -> Planting:
        return of_item(kind, self.entry, self.text, place, after)

    def _lines(self, field: str, place: Span) -> Iterator[Span]:
        pattern = re.compile(_ON_ONE_LINE.format(field), re.MULTILINE)
        return (found.span() for found in pattern.finditer(self.text, *place) if found[0] != "|")


def truths(book: Handbook) -> Iterator[Truths]:
    """Yield every item with its part."""
    parts = {part.name: part for part in book.parts}
    return (Truths(book, entry, parts[entry.item.section]) for entry in book.book.bank.entries)


def spoken(words: str, text: str) -> bool:
    """Tell whether a text says about the same as a few words: half of their pairs of letters."""
    return share(words, text) >= _ENOUGH


def share(words: str, text: str) -> float:
    """Return how many of the pairs of letters of some words a text holds, from 0 to 1."""
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0
