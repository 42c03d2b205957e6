"""Direct alarms -> how many of them speak to an item that depends on the change, and a sample for a person to read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from tests.drift.engine import evidence
from tests.drift.handbook import Handbook
from tests.drift.planting import Planting
from tests.drift.trial import Outcome
from tests.drift.truths import share

from handbook.reading.digests import normalised

_ENDS = "。！？\n|"
_SAME = 0.8
"""How much of a quotation a sentence holds, or of a sentence a quotation, when the one is in the other."""


@dataclass(frozen=True)
class Pair:
    """A change outside the bank, and an item that is flagged as near to it."""

    book: Handbook
    planting: Planting
    item: str

    @property
    def sentence(self) -> str:
        """The sentence, the cell or the entry that changed, as it was."""
        text = self.book.texts[self.planting.path]
        start = max(text.rfind(end, 0, self.planting.start) for end in _ENDS) + 1
        ends = [place for end in _ENDS if (place := text.find(end, self.planting.end)) >= 0]

        return text[start : min(ends, default=len(text)) + 1].strip()

    @property
    def fact(self) -> str | None:
        """The fact that changed, if one did."""
        settings = self.book.book.settings
        if self.planting.path != settings.shown(settings.facts):
            return None
        head = self.book.texts[self.planting.path][: self.planting.start]
        *_, last = re.finditer(r"^  ([a-z][a-z0-9-]*):$", head, re.MULTILINE)
        return last[1]

    @property
    def dependent(self) -> bool:
        """Whether the item uses the fact or quotes its value, or the sentence belongs to its evidence."""
        item = self.book.book.bank.by_id[self.item].item
        quotations = [self.book.book.seen(quotation) for _, quotation in evidence(item)]
        quoted = [normalised(words) for quotation in quotations for words in quotation.split("…")]
        if self.fact:
            value = normalised(self.book.book.facts[self.fact].value)
            return self.fact in self.book.used[self.item] or any(value in words for words in quoted)
        sentence = normalised(self.book.book.seen(self.sentence))

        return any(max(share(words, sentence), share(sentence, words)) >= _SAME for words in quoted if words)

    def __str__(self) -> str:
        item = self.book.book.bank.by_id[self.item].item
        seen = self.book.book.seen
        lines = (
            f"{self.planting.kind}  {self.planting.path}  {self.fact or ''}",
            f"  {seen(self.sentence)}",
            f"  【{self.planting.before}】→【{self.planting.after}】",
            f"  {self.item}: {seen(item.asking)}",
            f"  = {seen(item.answer())}",
            *(f"  > {place}: {words}" for place, words in evidence(item)),
        )
        return "\n".join(" ".join(line.split("\n")) for line in lines)


def pairs(book: Handbook, outcomes: Iterable[Outcome]) -> Iterator[Pair]:
    """Yield the direct alarms of changes outside the bank."""
    bank = {entry.path for entry in book.book.bank.entries}
    for outcome in outcomes:
        if outcome.planting.path not in bank:
            yield from (Pair(book, outcome.planting, item) for item in outcome.direct)


def sample(found: list[Pair], wanted: int, seed: int) -> list[Pair]:
    """Return so many pairs, drawn by chance."""
    return Random(seed).sample(found, min(wanted, len(found)))  # noqa: S311 -- a sample that can be drawn again
