"""A text with what has changed in it and what is quoted from it -> lines that a person reads, in runs of one look.

Knows the marks by which `content.views` writes headings, lists, boxes and tables as lines, and nothing of how they look.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from handbook.review.differences import Kind, segments

Span = tuple[int, int]
_LINE = re.compile(r"(?P<box>(?:> )*)(?P<indent>(?:  )*)(?P<mark>#{1,6} |• |\d+\. |\| )?(?P<rest>.*)", re.DOTALL)
_NUMERALS = "一二三四五六"


class Run(NamedTuple):
    """A piece of text of one look."""

    text: str
    changed: bool = False
    quoted: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a text; only a row of a table has several cells."""

    kind: str
    """`heading`, `point`, `row` or `text`."""
    mark: Run
    """`1.` or `•` of a point; of a heading its level in words, which a reader wants to know only when it has changed."""
    depth: int
    boxed: bool
    cells: tuple[tuple[Run, ...], ...]


Lines = tuple[Line, ...]


def lines(text: str, quoted: Iterable[Span] = (), changed: Iterable[Span] = ()) -> Lines:
    """Return a text line by line, with spans of it marked."""
    looks = [(False, False)] * len(text)
    for start, end in changed:
        looks[start:end] = [(True, False)] * (end - start)
    for start, end in quoted:
        looks[start:end] = [(was_changed, True) for was_changed, _ in looks[start:end]]
    marked = [Run(letter, *look) for letter, look in zip(text, looks, strict=True)]

    return tuple(_line(line) for line in _split(marked, "\n") if line)


def side_by_side(before: str, now: str, quoted: Iterable[Span] = ()) -> tuple[Lines, Lines]:
    """Return two versions of a text, each with what the other has not; `quoted` are spans of the later."""
    both = segments(before, now)
    old, new = (_changed(both, other) for other in (Kind.COME, Kind.GONE))

    return lines(before, (), old), lines(now, quoted, new)


def _changed(both: Iterable[tuple[Kind, str]], other: Kind) -> Iterator[Span]:
    """Yield where one version differs, `other` being what only the other one has."""
    at = 0
    for kind, text in both:
        if kind is not other:
            if kind is not Kind.SAME:
                yield at, at + len(text)
            at += len(text)


def _line(letters: list[Run]) -> Line:
    found = _LINE.fullmatch("".join(run.text for run in letters))
    if not found:  # cannot be: every part of the pattern may be missing
        raise ValueError(letters)
    mark, rest = found["mark"] or "", letters[found.start("rest") :]
    changed = any(run.changed for run in letters[: found.start("rest")])
    kind = {"#": "heading", "•": "point", "|": "row", "": "text"}.get(mark[:1], "point")
    said = f"{_NUMERALS[len(mark) - 2]}级标题" if kind == "heading" else mark.strip(" |")
    cells = _cells(rest) if kind == "row" else [rest]

    return Line(
        kind, Run(said, changed), len(found["indent"]) // 2, bool(found["box"]), tuple(tuple(_runs(c)) for c in cells)
    )


def _cells(row: list[Run]) -> list[list[Run]]:
    """Return the cells of a row, which ` | ` parts and ` |` ends."""
    text = "".join(run.text for run in row).removesuffix(" |")
    ends = [found.start() for found in re.finditer(r" \| ", text)]

    return [row[start:end] for start, end in zip([0, *(end + 3 for end in ends)], [*ends, len(text)], strict=True)]


def _runs(letters: list[Run]) -> Iterator[Run]:
    for (changed, quoted), run in groupby(letters, key=lambda one: one[1:]):
        yield Run("".join(one.text for one in run), changed, quoted)


def _split(letters: list[Run], at: str) -> list[list[Run]]:
    found: list[list[Run]] = [[]]
    for run in letters:
        if run.text == at:
            found.append([])
        else:
            found[-1].append(run)

    return found
