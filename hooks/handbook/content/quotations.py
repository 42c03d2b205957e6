"""Words quoted from a section -> the sentences of its view that hold them; `…` skips words.

Layout, widths of characters and white space are forgiven. Knows nothing of who quotes.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from handbook.content.views import Sentence, View
from handbook.reading.digests import folded, hashed

_INNER = str.maketrans("“”‘’", "‘’“”")
_SKIP = re.compile(r"…+|\.{3,}|。{3,}")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Passage:
    """The sentences of a section that a quotation touches, facts as `{{ id }}`."""

    section: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def digest(self) -> str:
        return hashed("".join(folded(sentence.text) for sentence in self.sentences))

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact for sentence in self.sentences for fact in sentence.facts))

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(link for sentence in self.sentences for link in sentence.links))

    @property
    def anchor(self) -> str:
        """The id of its first sentence on the page."""
        return anchor(self.section, self.sentences[0])


def anchor(section: str, sentence: Sentence) -> str:
    """Return the id that a quoted sentence of a section (`claims.md#deadlines`) bears on its page."""
    return f"quote-{hashed(section, folded(sentence.text))[:8]}"


def nested(words: str) -> str:
    """Return words as they stand within quotation marks: their own are those within others."""
    return words.translate(_INNER)


def parts(words: str) -> list[str]:
    """Return the parts of a quotation between the places that it skips, as they are compared."""
    return [part for part in map(folded, _SKIP.split(words)) if part]


def passage(words: str, section: str, view: View, seen: Callable[[str], str]) -> Passage | None:
    """Return the shortest passage of a section that holds all parts in order, or None; `seen` fills in facts.

    A number is no part of another: `5日` does not stand in `15日`.
    """
    whole, owners, within = _joined(tuple(folded(seen(sentence.text)) for sentence in view.sentences))
    found = list(_found(parts(seen(words)), whole, within))
    if not found:
        return None
    touched = {number for start, end in min(found, key=_length) for number in owners[start:end]}

    return Passage(section, tuple(view.sentences[number] for number in sorted(touched)))


@lru_cache(maxsize=512)
def _joined(sentences: tuple[str, ...]) -> tuple[str, list[int], set[int]]:
    """Return sentences as one text, which of them each character belongs to, and the places within numbers."""
    owners, within = list[int](), set[int]()
    for number, text in enumerate(sentences):
        for found in _NUMBER.finditer(text):
            within |= {len(owners) + at for at in range(found.start() + 1, found.end())}
        owners += [number] * len(text)

    return "".join(sentences), owners, within


_Spans = Sequence[tuple[int, int]]


def _length(spans: _Spans) -> int:
    return spans[-1][1] - spans[0][0]


def _found(wanted: Sequence[str], whole: str, within: AbstractSet[int]) -> Iterator[_Spans]:
    """Yield, for each place where the first part stands, where all parts stand from there on."""
    for first in _places(wanted[0], whole, within, 0) if wanted else ():
        spans = [first]
        for part in wanted[1:]:
            if not (later := next(_places(part, whole, within, spans[-1][1]), None)):
                return
            spans.append(later)
        yield spans


def _places(part: str, whole: str, within: AbstractSet[int], start: int) -> Iterator[tuple[int, int]]:
    """Yield where a part stands, without ending or beginning within a number."""
    while (start := whole.find(part, start)) >= 0:
        if not within & {start, start + len(part)}:
            yield start, start + len(part)
        start += 1
