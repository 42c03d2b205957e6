"""Options and lists of an item -> those that the evidence does not bear out, though it bears out their neighbours.

A distractor that evidence says as much as a key, a key that it does not speak of while it speaks of the others, a member
of a list that it does not name while it names the rest.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handbook.checks.meaning.pairs import Weights, pairs

_SAID, _SURELY_SAID = 0.4, 0.56
"""From what share on evidence says an option: more than any key, or anyway."""
_SILENT, _SPOKEN = 0.08, 0.3
"""Up to what share evidence does not speak of a key, and from what share on it does."""
_LIST = re.compile(r"[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,8}){2,}")
_NAMED, _LEAST_NAMED = 0.8, 2
"""From what share on a member of a list is named, and how many have to be."""
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


def strange(text: str, evidence: Sequence[str], sections: Sequence[str], weights: Weights) -> Iterator[Doubt]:
    """Yield the member of a list in a sentence that nobody names, though the evidence names all others."""
    whole, all_of_it = "，".join(evidence), "，".join(sections)
    for found in _LIST.finditer(text):
        shares = {member: _share(member, whole, weights) for member in found[0].split("、")}
        named = [member for member, share in shares.items() if share >= _NAMED]
        unnamed = [member for member in shares if len(member) > _LEAST_NAMED and not pairs(member) & pairs(all_of_it)]
        if len(unnamed) == 1 and len(named) == len(shares) - 1 and len(named) >= _LEAST_NAMED:
            yield Doubt(unnamed[0], True, max(evidence, key=lambda one: _share(found[0], one, weights)))  # noqa: FBT003,B023
