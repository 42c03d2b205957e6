"""A page or a text of an item -> its passages: sentences, and in a table the sentences of a row, with what stands above.

Knows nothing of facts and quantities.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from handbook.reading import markup

_SENTENCE = re.compile(r"[^。！？；\n]+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s*(.*?)\s*(?:\{[^{}]*\})?\s*")
_RULE = re.compile(r"(?=.*\|)(?=.*-)[\s|:-]+")


class Passage(NamedTuple):
    """A sentence in NFKC with all code and comments hidden; of a table, the sentence goes across the cells of its row."""

    line: int
    text: str
    subject: str = ""
    """What the sentence is about, though it does not say so: the first cell of its row."""
    above: str = ""
    """What stands over many passages: the heading of the section and the head of the table, or the stem of the item."""


def of_page(text: str) -> Iterator[Passage]:
    """Yield the passages of a page, line by line."""
    heading, head, before = "", "", ""
    for line in markup.lines(text):
        if not line.prose.strip():
            head = ""
        elif titled := _HEADING.fullmatch(line.prose):
            heading, head = titled[1], ""
        elif _RULE.fullmatch(line.prose):
            head = before
        before = line.prose
        subject = before.strip().strip("|").partition("|")[0] if head else ""
        yield from _sentences(before, line.number, subject, f"{heading} {head}")


def of_text(text: str, stem: str) -> Iterator[Passage]:
    """Yield the passages of a text of an item."""
    return _sentences(markup.prose(text), 0, "", stem)


def _sentences(text: str, line: int, subject: str, above: str) -> Iterator[Passage]:
    for sentence in _SENTENCE.findall(text):
        yield Passage(line, *(unicodedata.normalize("NFKC", part) for part in (sentence, subject, above)))
