"""An item and what it rests on -> what they say differently, in words for the author.

What differs is found next door, by kinds: figures, words that must agree, denials, order, options, verdicts.
"""

from collections.abc import Iterator
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
_AT_ALL = 1.0
"""From what weight on a denial makes a distractor or a false statement differ."""
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
        for one in case.said:
            for code, odds in self._other_words(one.text, case):
                yield _at_odds(code, one, odds)

    def _other_words(self, text: str, case: Case) -> Iterator[tuple[str, Odds]]:
        """Yield where a text has another word than the handbook, with the code of its kind."""
        for kind in self._kinds:
            mine = kind.find(text)
            for texts, least in ((case.evidence, kind.least), (case.sections, kind.elsewhere)) if mine else ():
                theirs = [slot for text in texts for slot in kind.find(text)]
                for odds in at_odds(mine, theirs, kind.differ, self._weights):
                    if odds.weight > least:
                        yield kind.code, odds

    def _denials(self, case: Case) -> Iterator[Finding]:
        for one in case.said:
            elsewhere = tuple(other.text for other in case.said if other.where != one.where)
            for texts, by in ((case.sections, "依据"), (elsewhere, "另一处")):
                for odds in polarity.at_odds(one.text, texts, self._weights):
                    least = _DENIED_ALIKE if polarity.alike(odds, self._weights) else _DENIED
                    if odds.weight > least:
                        yield _at_odds("evidence-denial", one, odds, by)

    def _contrary(self, text: str, case: Case) -> bool:
        """Tell whether a text that is not to be right differs from the evidence in a word or a denial."""
        denied = (odds.weight > _AT_ALL for odds in polarity.at_odds(text, case.evidence, self._weights))
        return any(denied) or any(True for _ in self._other_words(text, case))

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
            if doubt.is_right or not self._contrary(doubt.text, case):
                said = "的答案里有" if doubt.is_right else "的答案里没有"
                what = f"{said}“{_short(doubt.text)}”，依据说的却是“{_short(doubt.evidence)}”"
                yield Finding(1, "evidence-list", ("options",), what)

    def _verdict(self, case: Case) -> Iterator[Finding]:
        item = case.entry.item
        if not item.judged or item.offered()[0] in item.keyed():
            return
        stem = plain(self._book.seen(item.stem))
        share = self._weights.share(pairs(stem), pairs("，".join(case.evidence)))
        if share > _WHOLE and not self._contrary(stem, case):
            likest = max(case.evidence, key=lambda one: self._weights.share(pairs(stem), pairs(one)))
            what = f"的答案是错误，依据说的却与题干一样：“{_short(likest)}”"
            yield Finding(share, "evidence-verdict", ("stem",), what)


def _at_odds(code: str, one: Statement, odds: Odds, by: str = "依据") -> Finding:
    what = f"的答案说“{_short(odds.mine.quote)}”，{by}却是“{_short(odds.theirs.quote)}”"
    return Finding(odds.weight, code, one.where, what)


def _swapped(swapped: sequence.Swapped, where: Where = ()) -> Finding:
    steps = f"的答案先“{_short(swapped.first)}”后“{_short(swapped.second)}”"
    return Finding(1, "evidence-order", where, f"{steps}，依据却是“{_short(swapped.handbook)}”")


def _short(text: str, around: str = "") -> str:
    """Return a text that is not too long to be quoted, with the words that matter in it."""
    text = text.rstrip("。；")
    if len(text) <= _LONGEST:
        return text
    start = max(0, text.find(around) - _LONGEST // 2) if around else 0

    return f"{'…' if start else ''}{text[start : start + _LONGEST]}…"
