"""Options of an item -> those whose verdict does not go with the evidence.

A distractor that evidence says more of than of any key, and a key that it does not speak of while it speaks of all others.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handbook.checks.meaning.pairs import Weights, pairs

_SAID, _SURELY_SAID = 0.4, 0.56
"""From what share on evidence says an option: more than any key, or anyway."""
_SILENT, _SPOKEN = 0.08, 0.3
"""Up to what share evidence does not speak of a key, and from what share on it does."""
_SHORTEST = 6
_DIGITS = re.compile(r"\d+")


class Choice(NamedTuple):
    """An option, and whether the item says it is right."""

    text: str
    is_right: bool


class Doubt(NamedTuple):
    """What evidence does not bear out, and what it says that is likest."""

    text: str
    is_right: bool
    evidence: str


def doubtful(options: Sequence[Choice], evidence: Sequence[str], weights: Weights) -> Iterator[Doubt]:
    """Yield the options whose verdict does not go with the evidence."""
    said = {option: max((_share(option.text, one, weights), one) for one in evidence) for option in options}
    keys = [said[option][0] for option in options if option.is_right]
    for option in (one for one in options if len(_DIGITS.sub("", one.text)) > _SHORTEST):
        share, likest = said[option]
        if option.is_right:
            others = [said[one][0] for one in options if one.is_right and one is not option]
            if others and share < _SILENT and min(others) > _SPOKEN:
                yield Doubt(option.text, True, likest)  # noqa: FBT003 -- a row
        elif share > _SURELY_SAID or (share > _SAID and share > max(keys, default=1)):
            yield Doubt(option.text, False, likest)  # noqa: FBT003 -- a row


def _share(part: str, whole: str, weights: Weights) -> float:
    return weights.share(pairs(_DIGITS.sub("", part)), pairs(_DIGITS.sub("", whole)))
