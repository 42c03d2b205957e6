"""Items held against their evidence, facts filled in -> what the two say differently; each finding has a code to accept it.

What differs is found next door, by kinds: figures, words that must agree, denials, order, lists. Here it is put into words.
"""

from collections.abc import Iterator
from typing import NamedTuple

from handbook.book import Book
from handbook.checks.meaning import figures, membership, polarity, sequence
from handbook.checks.meaning.pairs import Weights, pairs
from handbook.checks.meaning.slots import at_odds
from handbook.checks.meaning.statements import Case, Cases, plain, turned
from handbook.checks.meaning.wordings import kinds
from handbook.problems import Problem
from handbook.reading.validation import Where

_DENIED = 1.5
"""From what weight on two places speak of the same though one denies it."""
_WHOLE = 0.85
"""From what share on evidence says all of a statement."""
_LONGEST = 40


class Finding(NamedTuple):
    """What differs: how much speaks for it, its code, where in the item, and the words for it."""

    weight: float
    code: str
    where: Where
    what: str


def problems(book: Book) -> Iterator[Problem]:
    """Does every item say what its evidence says?"""
    held, cases = _Held(book), Cases(book)
    for entry in book.bank.entries:
        if not entry.item.evidence:
            yield from figures.outside_section(book, entry)
            continue
        accepted = {*entry.item.accept, *entry.accept}
        worst = {finding.code: finding for finding in sorted(held.findings(cases.of(entry)))}
        for finding in worst.values():
            if finding.code not in accepted:
                mend = f"请核对；看过认为可以，就给题目加上 `accept: [{finding.code}]`"
                yield entry.problem(finding.what, mend, *finding.where, warning=True)


class _Held:
    """A book as items are held against it."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._weights = Weights(book)
        self._kinds = kinds(book)

    def findings(self, case: Case) -> Iterator[Finding]:
        """Yield all that differs."""
        for find in (self._figures, self._words, self._denials, self._order, self._lists, self._verdict):
            yield from find(case)

    def _figures(self, case: Case) -> Iterator[Finding]:
        for quantity, text, where in figures.missing(self._book, case):
            yield Finding(1, "evidence-figure", where, f"的答案说“{_short(text, quantity)}”，依据里却没有“{quantity}”")

    def _words(self, case: Case) -> Iterator[Finding]:
        for kind in self._kinds:
            theirs = [slot for text in case.evidence for slot in kind.find(text)]
            for statement in case.said:
                for odds in at_odds(kind.find(statement.text), theirs, kind.differ, self._weights):
                    if odds.weight > kind.least:
                        what = _against(odds.mine.quote, odds.theirs.quote)
                        yield Finding(odds.weight, kind.code, statement.where, what)

    def _denials(self, case: Case) -> Iterator[Finding]:
        theirs = polarity.slots(case.sections)
        for statement in case.said:
            for odds in polarity.at_odds(statement.text, theirs, self._weights):
                if odds.weight > _DENIED:
                    what = _against(odds.mine.quote, odds.theirs.quote)
                    yield Finding(odds.weight, "evidence-denial", statement.where, what)

    def _order(self, case: Case) -> Iterator[Finding]:
        item = case.entry.item
        ordered = list(sequence.of_handbook(self._book, item))
        found = [
            (swapped, ())
            for steps in sequence.of_item(self._book, item)
            for handbook in ordered
            for swapped in sequence.swapped(steps, handbook, self._weights)
        ]
        lines = [*case.evidence, *case.sections]
        said = ((sequence.in_sentence(one.text, lines, self._weights), one.where) for one in case.said)
        found += [(swapped, where) for swaps, where in said for swapped in swaps]
        for swapped, where in found:
            what = f"的答案先“{_short(swapped.first)}”后“{_short(swapped.second)}”，依据却是“{_short(swapped.handbook)}”"
            yield Finding(1, "evidence-order", where, what)

    def _lists(self, case: Case) -> Iterator[Finding]:
        item = case.entry.item
        parts = [] if item.judged else item.explained([one.name for one in item.offered()])
        options = [
            membership.Choice(plain(self._book.seen(part.text)), part.is_key != turned(item))
            for part in parts
            if item.keyed()
        ]
        doubts = [*membership.doubtful(options, case.evidence, self._weights)]
        for statement in case.said:
            doubts += membership.strange(statement.text, case.evidence, case.sections, self._weights)
        for doubt in doubts:
            what = f"的答案说“{_short(doubt.text)}”，依据里却没有" if doubt.is_right else ""
            what = what or f"不选“{_short(doubt.text)}”，依据却是“{_short(doubt.evidence)}”"
            yield Finding(1, "evidence-list", (), what)

    def _verdict(self, case: Case) -> Iterator[Finding]:
        item = case.entry.item
        if item.judged and item.offered()[0] not in item.keyed():
            stem = plain(self._book.seen(item.stem))
            share = self._weights.share(pairs(stem), pairs("，".join(case.evidence)))
            if share > _WHOLE:
                what = f"判“{_short(stem)}”为错误，依据却是“{_short(case.evidence[0])}”"
                yield Finding(share, "evidence-verdict", ("stem",), what)


def _against(mine: str, theirs: str) -> str:
    return f"的答案说“{_short(mine)}”，依据却是“{_short(theirs)}”"


def _short(text: str, around: str = "") -> str:
    """Return a text that is not too long to be quoted, with the words that matter in it."""
    if len(text) <= _LONGEST:
        return text
    start = max(0, text.find(around) - _LONGEST // 2) if around else 0

    return f"{'…' if start else ''}{text[start : start + _LONGEST]}…"
