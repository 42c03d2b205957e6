"""Texts with words of a kind in them -> those of the item that stand where the handbook has another word.

A slot is a place in a text, the word there and the pairs around it. Knows nothing of the kinds of words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from handbook.checks.meaning.pairs import BREAK, HOLE, Pairs, Weights, pairs

_REACH = 8
"""How many characters on each side of a word are looked at."""
_TAKEN = 0.6
"""From what share on a place of the handbook belongs rather to another word of the same sentence of the item."""
_SAME = 1.2
"""How much more the same word elsewhere counts for the item than another word against it."""
_APART = 1.0
"""What it counts that neither neighbour of the two words is the same."""
_CITED = re.compile(r"（[^（）]*[《〔][^（）]*）")
"""What is cited is no sign that two places are the same."""
_SHORTEST = 8
UNSURE = ""
"""The value of a word that may say anything."""


class Slot(NamedTuple):
    """A word at a place of a text and what stands around it; words of one value say the same."""

    value: str
    window: str
    text: str
    at: int

    @property
    def around(self) -> Pairs:
        """The pairs around it."""
        return pairs(self.window)

    @property
    def holed(self) -> bool:
        """Whether the word itself is not part of what stands around it."""
        return HOLE in self.window

    @property
    def quote(self) -> str:
        """The clause that it stands in, with those behind it when it is short."""
        return clause(self.text, self.at, _SHORTEST).rstrip("。；")


class Odds(NamedTuple):
    """A word of the item, and another word in the same place of the handbook."""

    mine: Slot
    theirs: Slot
    weight: float


Find = Callable[[str], Sequence[Slot]]
"""The slots of one kind in a text."""
Differ = Callable[[str, str], bool]
"""Whether two values cannot both be right in one place."""


def hole(text: str, start: int, end: int) -> str:
    """Return what stands around a word, a hole in its place."""
    shown = _CITED.sub(lambda cited: "，" * len(cited[0]), text)
    return shown[max(0, start - _REACH) : start] + HOLE + shown[end : end + _REACH]


def around(text: str, at: int) -> str:
    """Return what stands around a pair of characters, itself among it."""
    return text[max(0, at - _REACH) : at + 2 + _REACH]


def clause(text: str, at: int, shortest: int = 1) -> str:
    """Return the clause at a place, with those behind it while it is shorter than that."""
    ends = [found.start() for found in BREAK.finditer(text) if found.start() >= at] + [len(text)]
    start = max((found.end() for found in BREAK.finditer(text) if found.end() <= at), default=0)
    end = next((end for end in ends if end - start >= shortest), len(text))

    return text[start:end]


def at_odds(mine: Sequence[Slot], theirs: Sequence[Slot], differ: Differ, weights: Weights) -> Iterator[Odds]:
    """Yield, for each slot of a sentence of the item, the likest place of the handbook that has another word.

    Its weight is what the two places have in common, less what speaks for the word of the item.
    """
    for slot in mine:
        others = [(_common(slot, one, mine, weights), one) for one in theirs if differ(slot.value, one.value)]
        if others:
            common, other = max(others, key=lambda pair: pair[0])
            yield Odds(slot, other, common - _support(slot, theirs, weights) - _doubt(slot, other))


def _common(slot: Slot, other: Slot, mine: Sequence[Slot], weights: Weights) -> float:
    """Return what two places have in common; nothing when the other word stands beside or fits as well elsewhere."""
    common = weights.of(slot.around & other.around)
    taken = any(
        one.value == other.value
        and (one.quote == slot.quote or weights.of(one.around & other.around) >= _TAKEN * common)
        for one in mine
    )

    return 0.0 if taken else common


def _support(slot: Slot, theirs: Sequence[Slot], weights: Weights) -> float:
    """Return what speaks for a word: that the handbook has it in a place that is like its own."""
    same = (one for one in theirs if one.value in (slot.value, UNSURE))
    return _SAME * max((weights.of(slot.around & one.around) for one in same), default=0.0)


def _doubt(slot: Slot, other: Slot) -> float:
    """Return what speaks against comparing two words: that their neighbours are different."""
    return _APART * (slot.holed and not any(HOLE in pair for pair in slot.around & other.around))
