"""Texts -> places where the item says of something that it is so, and the handbook that it is not, or the other way round.

What is denied is the first pair of characters behind the word that denies. Where a clause denies twice, asks whether, or
turns its meaning otherwise, nothing is certain, and it speaks for both.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from handbook.checks.meaning.pairs import BREAK, Weights, pairs
from handbook.checks.meaning.slots import Odds, Slot, around, clause
from handbook.checks.meaning.slots import at_odds as compare

_ASKS = re.compile(r"(.)不\1|[是能可会]否|有没有|是.{0,3}不是")
_WORD = re.compile(
    r"对不起|差不多|无[论民息忧偿故误]|没(?:事|关系)|未(?:成年|来|必)|[得听说看查赶来找做算拿办想讲核交]不[\u4e00-\u9fff]"
    r"|不(?:同(?!意)|过(?!问)|足|满|仅|但|只是|管|论|妨|免|如(?!实)|服|便|然|少(?!于)|久|利|清|断(?!言)|安|一[样致]|了|单)"
)
"""What holds a word that denies, and denies nothing."""
_DENIES = re.compile(
    r"不得|不能|不可以?|不应当?|不必|不用|不许|不准|不要|不会|不再|不是|不|禁止|严禁|没有|没|未|无[须需权法]?|勿|避免"
    r"|(?<![级区分类个特性识辨鉴])别"
)
_BETWEEN = re.compile(r"可以|应当|应该|必须|已经|只能|如实|[须应要能可都也就会再先已将由]")
"""What may stand between the word that denies and what it denies."""
_TURNS = re.compile(r"违|错|拒|误|骗|阻|除非|除外|以外|之外|代替|否则|限于|才")
_FOLLOWS = re.compile(r"，[^，。；]{0,8}?(?:就|会|才|便|等于|反而)")
"""Behind a clause that only supposes something: what follows from it."""
_CONDEMNED = re.compile(
    r"[，、](?:一[^，]{1,3})?(?:也|都|均|一律)[不没禁]|，[^，]{0,4}(?:就是|都是|也是|属于|都算|就算)[^，。]{0,8}[违错阻误骗越泄]"
)
"""Behind what is not to be: none of it, all of it is wrong."""
_ALIKE = 0.75
"""From what share on of what each of two clauses tells they are alike."""


_CLAUSE = re.compile(rf"{BREAK.pattern}|(?<=[\u4e00-\u9fff])(?=[也又而但或并])")
YES, NO, EITHER = "+", "-", ""


class Letter(NamedTuple):
    """A character that is not part of a word that denies, what is said of it, and its place."""

    text: str
    says: str
    at: int


@lru_cache(maxsize=20_000)
def read(text: str) -> tuple[Letter, ...]:
    """Return a plain text as it affirms and denies, without the words that deny."""
    hidden = _WORD.sub(lambda found: " " * len(found[0]), _ASKS.sub(lambda found: "\0" * len(found[0]), text))
    unsure = bool(_CONDEMNED.search(text))
    letters, at = list[Letter](), 0
    for found in (*_CLAUSE.finditer(text), None):
        start, end = found.span() if found else (len(text), len(text))
        supposed = bool(_FOLLOWS.match(text, start))
        letters += _clause(text, hidden, range(at, start), unsure=unsure or supposed)
        letters += [Letter(text[place], EITHER, place) for place in range(start, end)]
        at = end

    return tuple(letters)


def _clause(text: str, hidden: str, places: range, *, unsure: bool) -> Iterator[Letter]:
    clause = slice(places.start, places.stop)
    denials = len(_DENIES.findall(hidden[clause]))
    turns = "".join(_TURNS.findall(text[clause]))
    unsure = unsure or denials > 1
    rest = EITHER if denials else f"{YES}{turns}"
    at, denied = places.start, False
    while at < places.stop:
        unsure = unsure or hidden[at] == "\0"
        if found := _DENIES.match(hidden, at, places.stop) or (denied and _BETWEEN.match(text, at, places.stop)):
            at, denied = found.end(), True
            continue
        yield Letter(text[at], EITHER if unsure else f"{NO}{turns}" if denied else rest, at)
        at, denied = at + 1, False


Slots = dict[str, list[Slot]]
"""By pair of characters, where they stand and what is said of them."""


@lru_cache(maxsize=2_000)
def slots(texts: tuple[str, ...]) -> Slots:
    """Return the pairs of characters of some plain texts."""
    found: Slots = {}
    for text in texts:
        for pair, slot in _slots(text):
            found.setdefault(pair, []).append(slot)

    return found


@lru_cache(maxsize=20_000)
def _slots(text: str) -> tuple[tuple[str, Slot], ...]:
    letters = read(text)
    shown = "".join(letter.text for letter in letters)
    return tuple(
        (shown[at : at + 2], Slot(letter.says, around(shown, at), text, letter.at))
        for at, letter in enumerate(letters[:-1])
        if not BREAK.search(shown[at : at + 2])
    )


def differ(one: str, two: str) -> bool:
    """Tell whether one affirms and the other denies, and nothing else turns the meaning of either."""
    return {one[:1], two[:1]} == {YES, NO} and one[1:] == two[1:]


def alike(odds: Odds, weights: Weights) -> bool:
    """Tell whether two clauses say the same but for what denies it."""
    mine, theirs = (pairs(_DENIES.sub("", clause(one.text, one.at))) for one in (odds.mine, odds.theirs))
    return min(weights.share(mine, theirs), weights.share(theirs, mine)) >= _ALIKE


def at_odds(text: str, theirs: Slots, weights: Weights) -> Iterator[Odds]:
    """Yield where a sentence of the item affirms what the handbook denies, and where it denies what the handbook affirms."""
    for pair, mine in slots((text,)).items():
        others = theirs.get(pair, [])
        if any(slot.value[:1] == NO for slot in (*mine, *others)):
            yield from compare(mine, others, differ, weights)
