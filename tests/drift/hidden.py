"""A part -> the same, but out of the reader's view; whoever rests on it has lost it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tests.drift.handbook import Handbook
from tests.drift.parts import Part, paragraphs
from tests.drift.planting import Planting

_ENDS = "-->"
"""An arrow of a flowchart ends a comment, too; what the renderer makes of the rest is no change of one part."""
_WRAPS = {
    "section inside a comment": ("<!--\n", "\n-->\n\n"),
    "section inside `<div hidden>`": ("<div hidden markdown>\n\n", "\n</div>\n\n"),
}


def wrapped(book: Handbook) -> Iterator[Planting]:
    """Yield every part hidden: with its heading, and only what stands below it."""
    for part in book.parts:
        text = book.texts[part.path]
        if part.level == 1 or part.reach != part.end or _ENDS in text[part.body : part.end]:
            continue
        for kind, (head, tail) in _WRAPS.items():
            for start in (part.start, part.body):
                inside = text[start : part.end].strip("\n")
                change = book.planted(part, kind, (start, part.end), f"\n{head}\n{inside}\n{tail}")
                yield change
                if start == part.body:
                    yield change.backwards(f"{kind} shown")


def commented(book: Handbook) -> Iterator[Planting]:
    """Yield a comment begun before each paragraph: ended behind it, never, and only in the next part of the page."""
    for part, following in pairwise(book.parts):
        text = book.texts[part.path]
        for start, end in paragraphs(text, part):
            changes = {
                "paragraph inside a comment": ((start, end), f"<!-- {text[start:end]} -->"),
                "text after an unclosed comment": ((start, start), "<!-- quiz: x\n\n"),
            }
            for kind, (place, after) in changes.items():
                yield _after(book, part, book.planted(part, kind, place, after))
            if following.path == part.path and _ENDS not in (inside := text[start : following.end]):
                kind, after = "comment that ends in another section", f"<!--\n\n{inside.rstrip()}\n\n-->\n\n"
                yield book.planted(part, kind, (start, following.end), after, following)


def _after(book: Handbook, part: Part, planting: Planting) -> Planting:
    """Let those on later parts of the page be read again, too: how much an open comment hides is the renderer's affair."""
    later = [other for other in book.parts if other.path == part.path and other.start >= part.start]
    return replace(planting, may=planting.may | book.near(*later))


def hidden(book: Handbook) -> Iterator[Planting]:
    """Yield all of these."""
    yield from wrapped(book)
    yield from commented(book)
