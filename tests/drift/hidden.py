"""A part -> the same, but out of the reader's view; whoever rests on it has lost it."""

from collections.abc import Iterator
from dataclasses import replace

from tests.drift.handbook import Handbook
from tests.drift.parts import Part, paragraphs
from tests.drift.planting import Planting
from tests.drift.words import planted

_WRAPS = {
    "section inside a comment": ("<!--\n", "\n-->\n\n"),
    "section inside `<div hidden>`": ("<div hidden markdown>\n\n", "\n</div>\n\n"),
}


def wrapped(book: Handbook) -> Iterator[Planting]:
    """Yield every part hidden: with its heading, and only what stands below it."""
    for part in book.parts:
        if part.level == 1 or part.reach != part.end:
            continue
        text = book.texts[part.path]
        for kind, (head, tail) in _WRAPS.items():
            for start in (part.start, part.body):
                inside = text[start : part.end].strip("\n")
                change = planted(book, part, kind, (start, part.end), f"\n{head}\n{inside}\n{tail}")
                yield change
                if start == part.body:
                    yield change.backwards(f"{kind} shown")


def commented(book: Handbook) -> Iterator[Planting]:
    """Yield a comment begun before a paragraph: never ended, and ended only in a later part of the page."""
    for part in book.parts:
        text = book.texts[part.path]
        for start, end in paragraphs(text, part):
            yield _after(
                book,
                part,
                planted(book, part, "paragraph inside a comment", (start, end), f"<!-- {text[start:end]} -->"),
            )
            yield _after(
                book, part, planted(book, part, "text after an unclosed comment", (start, start), "<!-- quiz: x\n\n")
            )
            if later := next(
                (p for p in book.parts if p.path == part.path and p.start > part.start and p.level > 1), None
            ):
                after = f"<!--\n\n{text[start : later.end].rstrip()}\n\n-->\n\n"
                yield planted(book, part, "comment that ends in another section", (start, later.end), after, later)


def _after(book: Handbook, part: Part, planting: Planting) -> Planting:
    """Let those on later parts of the page be read again, too: how much an open comment hides is the renderer's affair."""
    later = [other for other in book.parts if other.path == part.path and other.start >= part.start]
    return replace(planting, may=planting.may | book.near(*later))


def hidden(book: Handbook) -> Iterator[Planting]:
    """Yield all of these."""
    yield from wrapped(book)
    yield from commented(book)
