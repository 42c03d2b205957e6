"""Texts with words of a kind in them -> those of the item that stand where the handbook has another word.

A slot is a place in a text, the word there and the pairs around it. Knows nothing of the kinds of words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from handbook.checks.meaning.pairs import BREAK, HOLE, Pairs, Weights, pairs

_REACH = 8
"""How many characters on each side of a word are looked at."""
_TAKEN = 0.6
"""From what share on a place of the handbook belongs rather to another word of the same sentence of the item."""
_SAME = 1.2
"""How much more the same word elsewhere counts for the item than another word against it."""
_KNOWN, _APART = 1.0, 1.0
"""What it counts that the handbook has the same word somewhere, and that neither neighbour of the two words is the same."""
_SHORTEST = 8


UNSURE = ""
"""The value of a word that may say anything."""


@dataclass(frozen=True)
class Slot:
    """A word at a place of a text; words of one value say the same."""

    value: str
    around: Pairs
    text: str
    at: int

    @property
    def quote(self) -> str:
        """The clause that it stands in, with the next one when it is short."""
        return quote(self.text, self.at)


@dataclass(frozen=True)
class Odds:
    """A word of the item, and the other word in the same place of the handbook."""

    mine: Slot
    theirs: Slot
    weight: float


Find = Callable[[str], Sequence[Slot]]
"""The slots of one kind in a text."""
Differ = Callable[[str, str], bool]
"""Whether two values cannot both be right in one place."""


def hole(text: str, start: int, end: int, reach: int = _REACH) -> Pairs:
    """Return the pairs around a word, a hole in its place."""
    return pairs(text[max(0, start - reach) : start] + HOLE + text[end : end + reach])


def quote(text: str, at: int) -> str:
    """Return the clause at a place, with the next one when it is short."""
    ends = [found.start() for found in BREAK.finditer(text) if found.start() >= at] + [len(text)]
    start = max((found.end() for found in BREAK.finditer(text) if found.end() <= at), default=0)
    end = next((end for end in ends if end - start >= _SHORTEST), len(text))

    return text[start:end]


def at_odds(mine: Sequence[Slot], theirs: Sequence[Slot], differ: Differ, weights: Weights) -> Iterator[Odds]:
    """Yield, for each slot of a sentence of the item, the likest place of the handbook that has another word.

    Its weight is what the two places have in common, less what speaks for the word: the likest place that has the same,
    that it stands anywhere, and that nothing next to the two words is the same.
    """
    for slot in mine:
        others = [one for one in theirs if differ(slot.value, one.value)]
        other = max(others, key=lambda one: _common(slot, one, mine, weights), default=None)  # noqa: B023 -- used at once
        if other:
            same = [weights.of(slot.around & one.around) for one in theirs if one.value in (slot.value, UNSURE)]
            against = _SAME * max(same) + _KNOWN if same else 0.0
            apart = any(HOLE in pair for pair in slot.around) and not any(HOLE in pair for pair in slot.around & other.around)
            yield Odds(slot, other, _common(slot, other, mine, weights) - against - _APART * apart)


def _common(slot: Slot, other: Slot, mine: Sequence[Slot], weights: Weights) -> float:
    """Return what two places have in common; nothing when the other word stands beside or fits as well elsewhere."""
    common = weights.of(slot.around & other.around)
    taken = any(
        one.value == other.value
        and (one.quote == slot.quote or weights.of(one.around & other.around) >= _TAKEN * common)
        for one in mine
    )

    return 0.0 if taken else common
