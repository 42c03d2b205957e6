"""Steps, rows, cells and sentences of a part -> the same in another place, or gone."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tests.drift.handbook import Handbook
from tests.drift.parts import Part, Span, paragraphs, rows, runs, sentences
from tests.drift.planting import Planting

_NUMBERED = r"\d+\. "


def swapped(text: str, one: Span, two: Span) -> tuple[Span, str]:
    """Return the place from the first to the second, and what stands there once they have changed places."""
    return (one[0], two[1]), text[slice(*two)] + text[one[1] : two[0]] + text[slice(*one)]


def steps(book: Handbook) -> Iterator[Planting]:
    """Yield every step of a numbered list deleted, and every two neighbours swapped, numbers staying."""
    for part in book.parts:
        text = book.texts[part.path]
        for run in runs(text, part, _NUMBERED):
            bodies = [(start + text[start:end].index(" ") + 1, end) for start, end in run]
            for start, end in run:
                yield book.planted(part, "step deleted", (start, end + 1), "")
            for one, two in pairwise(bodies):
                yield book.planted(part, "two steps swapped", *swapped(text, one, two))


def bullets(book: Handbook) -> Iterator[Planting]:
    """Yield every bullet of a list deleted."""
    for part in book.parts:
        for run in runs(book.texts[part.path], part, "- "):
            for start, end in run:
                yield book.planted(part, "bullet deleted", (start, end + 1), "")


def cells(book: Handbook) -> Iterator[Planting]:
    """Yield every two neighbouring cells swapped, in a row and in a column, every cell emptied, every row deleted."""
    for part in book.parts:
        text = book.texts[part.path]
        for table in rows(text, part):
            for row in table:
                for place in row:
                    yield book.planted(part, "cell emptied", place, "")
            for one, two in [*_in_rows(table), *_in_columns(table)]:
                if text[slice(*one)] != text[slice(*two)]:
                    yield book.planted(part, "two cells swapped", *swapped(text, one, two))
            for row in table[1:]:
                start, end = text.rfind("\n", 0, row[0][0]) + 1, text.index("\n", row[-1][1]) + 1
                yield book.planted(part, "row deleted", (start, end), "")


def _in_rows(table: list[list[Span]]) -> Iterator[tuple[Span, Span]]:
    return (pair for row in table for pair in pairwise(row))


def _in_columns(table: list[list[Span]]) -> Iterator[tuple[Span, Span]]:
    return (pair for column in zip(*table, strict=False) for pair in pairwise(column))


def moved(book: Handbook) -> Iterator[Planting]:
    """Yield every sentence that stands behind another moved to the end of a paragraph in a later part of the page."""
    ends = [(part, end) for part in book.parts for _, end in paragraphs(book.texts[part.path], part)]
    for part in book.parts:
        text = book.texts[part.path]
        later = next(((p, end) for p, end in ends if p.path == part.path and p.start > part.start), None)
        for start, end in sentences(text, part):
            yield book.planted(part, "sentence deleted", (start, end), "")
            if later and not re.match(r"[\s|]", text[start - 1]):
                other, target = later
                after = text[end:target] + text[start:end]
                yield book.planted(part, "sentence moved to another section", (start, target), after, other)


def orders(book: Handbook) -> Iterator[Planting]:
    """Yield all of these."""
    for found in (steps, bullets, cells, moved):
        yield from found(book)


def parts_with(book: Handbook, pattern: str) -> Iterator[tuple[Part, list[Span]]]:
    """Yield each run of lines that match a pattern, with its part."""
    return ((part, run) for part in book.parts for run in runs(book.texts[part.path], part, pattern))
