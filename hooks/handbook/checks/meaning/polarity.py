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


class Read(NamedTuple):
    """A text without the words that deny, and for each of its characters what is said of it and its place in the text."""

    text: str
    shown: str
    says: list[str]
    places: list[int]

    def of(self, pair: str) -> Iterator[Slot]:
        """Yield where a pair of characters stands."""
        at = self.shown.find(pair)
        while at >= 0:
            yield Slot(self.says[at], around(self.shown, at), self.text, self.places[at])
            at = self.shown.find(pair, at + 1)

    def denied(self) -> set[str]:
        """Return the pairs that are denied."""
        found = {self.shown[at : at + 2] for at, says in enumerate(self.says) if says[:1] == NO}
        return {pair for pair in found if len(pair) > 1 and not BREAK.search(pair)}


class Run(NamedTuple):
    """A part of a text of which the same is said."""

    start: int
    end: int
    says: str


@lru_cache(maxsize=20_000)
def read(text: str) -> Read:
    """Return a plain text as it affirms and denies."""
    hidden = _WORD.sub(lambda found: " " * len(found[0]), _ASKS.sub(lambda found: "\0" * len(found[0]), text))
    unsure = bool(_CONDEMNED.search(text))
    runs, at = list[Run](), 0
    for found in (*_CLAUSE.finditer(text), None):
        start, end = found.span() if found else (len(text), len(text))
        supposed = bool(_FOLLOWS.match(text, start))
        runs += [*_clause(text, hidden, range(at, start), unsure=unsure or supposed), Run(start, end, EITHER)]
        at = end
    shown = "".join(text[run.start : run.end] for run in runs)
    says = [run.says for run in runs for _ in range(run.start, run.end)]

    return Read(text, shown, says, [place for run in runs for place in range(run.start, run.end)])


def _clause(text: str, hidden: str, places: range, *, unsure: bool) -> Iterator[Run]:
    """Yield what is said in a clause: what stands right behind the word that denies is denied."""
    start, stop = places.start, places.stop
    denials = list(_DENIES.finditer(hidden, start, stop))
    asked = hidden.find("\0", start, stop) % (stop + 1)
    turns = "".join(_TURNS.findall(text, start, stop))
    unsure = unsure or len(denials) > 1
    rest = EITHER if unsure or denials else f"{YES}{turns}"
    for found in denials:
        yield Run(start, found.start(), rest)
        start = found.end()
        while between := _BETWEEN.match(text, start, stop):
            start = between.end()
        yield Run(start, min(start + 1, stop), EITHER if unsure or start > asked else f"{NO}{turns}")
        start = min(start + 1, stop)
    yield Run(start, max(start, asked), rest)
    yield Run(max(start, asked), stop, EITHER)


def differ(one: str, two: str) -> bool:
    """Tell whether one affirms and the other denies, and nothing else turns the meaning of either."""
    return {one[:1], two[:1]} == {YES, NO} and one[1:] == two[1:]


def alike(odds: Odds, weights: Weights) -> bool:
    """Tell whether two clauses say the same but for what denies it."""
    mine, theirs = (pairs(_DENIES.sub("", clause(one.text, one.at))) for one in (odds.mine, odds.theirs))
    return min(weights.share(mine, theirs), weights.share(theirs, mine)) >= _ALIKE


@lru_cache(maxsize=2_000)
def _denied(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(read(text).denied() for text in texts))


def at_odds(text: str, handbook: tuple[str, ...], weights: Weights) -> Iterator[Odds]:
    """Yield where a sentence of the item affirms what the handbook denies, and where it denies what the handbook affirms."""
    mine = read(text)
    for pair in sorted(mine.denied() | {pair for pair in _denied(handbook) if pair in mine.shown}):
        theirs = [slot for one in handbook for slot in read(one).of(pair)]
        yield from compare(list(mine.of(pair)), theirs, differ, weights)
