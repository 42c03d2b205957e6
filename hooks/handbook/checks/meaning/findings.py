"""An item and what it rests on -> what they say differently, in words for the author.

What differs is found next door, by kinds: figures, words that must agree, denials, order, options, verdicts.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handbook.book import Book
from handbook.checks.meaning import figures, membership, polarity, sequence
from handbook.checks.meaning.pairs import Weights, pairs
from handbook.checks.meaning.slots import Odds, at_odds
from handbook.checks.meaning.statements import Case, Statement, plain, turned
from handbook.checks.meaning.wordings import kinds
from handbook.reading.validation import Where

_DENIED, _DENIED_ALIKE = 2.7, 2.0
"""From what weight on two places speak of the same though one denies it, and two whole clauses that are alike."""
_WHOLE = 0.85
"""From what share on the evidence says all of a statement."""
_LONGEST = 40


class Finding(NamedTuple):
    """What differs: how much speaks for it, its code, where in the item, and the words for it."""

    weight: float
    code: str
    where: Where
    what: str


class Held:
    """A book as items are held against it."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._weights = Weights(book)
        self._kinds = kinds(book)

    def against(self, case: Case) -> Iterator[Finding]:
        """Yield all on which an item and its evidence differ."""
        for find in (self._figures, self._words, self._denials, self._order, self._options, self._verdict):
            yield from find(case)

    def _figures(self, case: Case) -> Iterator[Finding]:
        for quantity, text, where in figures.missing(self._book, case):
            what = f"的答案说“{_short(text, quantity)}”，依据里却没有“{quantity}”"
            yield Finding(1, "evidence-figure", where, what)

    def _words(self, case: Case) -> Iterator[Finding]:
        for kind in self._kinds:
            for texts, least in ((case.evidence, kind.least), (case.sections, kind.elsewhere)):
                theirs = [slot for text in texts for slot in kind.find(text)]
                for one in case.said:
                    for odds in at_odds(kind.find(one.text), theirs, kind.differ, self._weights):
                        yield from _at_odds(kind.code, one, odds, least)

    def _denials(self, case: Case) -> Iterator[Finding]:
        for one in case.said:
            elsewhere = tuple(other.text for other in case.said if other.where != one.where)
            for texts, by in ((case.sections, "依据"), (elsewhere, "另一处")):
                for odds in polarity.at_odds(one.text, texts, self._weights):
                    least = _DENIED_ALIKE if polarity.alike(odds, self._weights) else _DENIED
                    yield from _at_odds("evidence-denial", one, odds, least, by)

    def _order(self, case: Case) -> Iterator[Finding]:
        item, lines = case.entry.item, [*case.evidence, *case.sections]
        handbook = list(sequence.of_handbook(self._book, item))
        for steps in sequence.of_item(self._book, item):
            for points in handbook:
                yield from map(_swapped, sequence.swapped(steps, points, self._weights))
        for one in case.said:
            for swapped in sequence.in_sentence(one.text, lines, self._weights):
                yield _swapped(swapped, one.where)

    def _options(self, case: Case) -> Iterator[Finding]:
        item = case.entry.item
        parts = item.explained([one.name for one in item.offered()]) if item.keyed() and not item.judged else ()
        options = [membership.Choice(plain(self._book.seen(part.text)), part.is_key != turned(item)) for part in parts]
        for doubt in membership.doubtful(options, case.evidence, self._weights):
            said = "的答案里有" if doubt.is_right else "的答案里没有"
            what = f"{said}“{_short(doubt.text)}”，依据说的却是“{_short(doubt.evidence)}”"
            yield Finding(1, "evidence-list", ("options",), what)

    def _verdict(self, case: Case) -> Iterator[Finding]:
        item = case.entry.item
        stem = plain(self._book.seen(item.stem))
        share = self._weights.share(pairs(stem), pairs("，".join(case.evidence)))
        if item.judged and item.offered()[0] not in item.keyed() and share > _WHOLE:
            what = f"的答案是错误，依据说的却与题干一样：“{_short(_likest(stem, case.evidence, self._weights))}”"
            yield Finding(share, "evidence-verdict", ("stem",), what)


def _at_odds(code: str, one: Statement, odds: Odds, least: float, by: str = "依据") -> Iterator[Finding]:
    if odds.weight > least:
        what = f"的答案说“{_short(odds.mine.quote)}”，{by}却是“{_short(odds.theirs.quote)}”"
        yield Finding(odds.weight, code, one.where, what)


def _swapped(swapped: sequence.Swapped, where: Where = ()) -> Finding:
    steps = f"的答案先“{_short(swapped.first)}”后“{_short(swapped.second)}”"
    return Finding(1, "evidence-order", where, f"{steps}，依据却是“{_short(swapped.handbook)}”")


def _likest(text: str, evidence: Sequence[str], weights: Weights) -> str:
    return max(evidence, key=lambda one: weights.share(pairs(text), pairs(one)))


def _short(text: str, around: str = "") -> str:
    """Return a text that is not too long to be quoted, with the words that matter in it."""
    if len(text) <= _LONGEST:
        return text
    start = max(0, text.find(around) - _LONGEST // 2) if around else 0

    return f"{'…' if start else ''}{text[start : start + _LONGEST]}…"
