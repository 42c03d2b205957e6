"""What must be found in a PDF, as plain data that a process can be handed. Knows nothing of sites nor of PDFs."""

import re
from dataclasses import dataclass

_UNSEEN = re.compile(r"[\s\u00ad\u200b\u2060\ufeff\ufffe\x02]+")


@dataclass(frozen=True)
class Way:
    """Words that are a link, and where it leads: the name of a place in the PDF, or an address outside it."""

    words: str
    target: str
    inside: bool = True


@dataclass(frozen=True)
class Wanted:
    """A text that stands in one piece, behind the one before it.

    `where` and `what` say in Chinese which it is. `parts` stand between it and the next, in any order; `places` are
    what links may lead to, with the character of the text where each begins. A number alone would be found anywhere: one
    of the texts of `then` comes right after it.
    """

    text: str
    where: str
    what: str
    level: int = 0
    """Of a heading."""
    ways: tuple[Way, ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    parts: tuple["Wanted", ...] = ()
    then: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Chart:
    """A drawing: what is said instead of it, and the words in it."""

    alt: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    """All that must be found, in its order; nothing of it where only the form of the PDF counts."""

    texts: tuple[Wanted, ...] = ()
    charts: tuple[Chart, ...] = ()
    bookmarks: tuple[tuple[int, str], ...] = ()
    pictures: int = 0
    """How many of dots the site has at most."""


def plain(text: str) -> str:
    """Return the characters that can be seen."""
    return _UNSEEN.sub("", text)
