"""HTML of an item's text -> paragraphs, list entries and tables of plain runs, which every kind of paper can print.

Knows nothing of items. Only emphasis is kept: a link becomes its words, a picture what it says of itself, code plain text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Any

_BLOCKS = {"p", "ol", "ul", "table", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_SOFT_BREAK = re.compile(r"(?<=[^\x00-\xff])\s*\n\s*|\s*\n\s*(?=[^\x00-\xff])")
_SPACE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class Run:
    """Characters in one weight."""

    text: str
    strong: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A line of thought; `marker` (`1.` or `•`) and `depth` (from 1) only in a list."""

    runs: Runs
    marker: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first row is the head."""

    rows: tuple[tuple[Runs, ...], ...]


Block = Paragraph | Table


def blocks(html: str) -> tuple[Block, ...]:
    """Return what `html`, as Python-Markdown makes it, says."""
    from lxml.html import fragment_fromstring  # noqa: PLC0415 -- slow to load for commands that print nothing

    return tuple(_blocks(fragment_fromstring(html, create_parent=True), 0))


def text(runs: Runs) -> str:
    """Return the characters alone."""
    return "".join(run.text for run in runs)


def _blocks(element: Any, depth: int) -> Iterator[Block]:
    """Yield what stands in an element, `depth` lists deep; a line between two blocks is a paragraph, too."""
    runs = [Run(element.text or "")]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _paragraph(runs, depth)
            yield from _block(child, depth)
            runs = []
        else:
            runs += _runs(child)
        runs.append(Run(child.tail or ""))
    yield from _paragraph(runs, depth)


def _paragraph(runs: Iterable[Run], depth: int) -> Iterator[Paragraph]:
    """Yield a paragraph, unless it is nothing but white space."""
    if tidy := _tidy(runs):
        yield Paragraph(tidy, depth=depth)


def _block(element: Any, depth: int) -> Iterator[Block]:
    match element.tag:
        case "table":
            yield Table(tuple(tuple(_tidy(_runs(cell)) for cell in row) for row in element.iter("tr")))
        case "ol" | "ul":
            for number, entry in enumerate(element, int(element.get("start", 1))):
                inside = _blocks(entry, depth + 1)
                yield from (_marked(first, f"{number}." if element.tag == "ol" else "•") for first in islice(inside, 1))
                yield from inside
        case _:
            yield from _blocks(element, depth)


def _marked(block: Block, marker: str) -> Block:
    return replace(block, marker=block.marker or marker) if isinstance(block, Paragraph) else block


def _runs(element: Any, *, strong: bool = False) -> Iterator[Run]:
    """Yield what stands on a line."""
    strong = strong or element.tag in {"strong", "b"}
    if element.tag == "img":
        yield Run(element.get("alt") or "［图］", strong)
    elif element.tag == "br":
        yield Run("\u2028")
    yield Run(element.text or "", strong)
    for child in element:
        yield from _runs(child, strong=strong)
        yield Run(child.tail or "", strong)


def _tidy(runs: Iterable[Run]) -> Runs:
    """Join runs of one weight; a break in the source is no space between Chinese characters, a `<br>` is a new line."""
    known = (run for run in runs if run.text)
    joined = [Run(_spaced(text(tuple(same))), strong) for strong, same in groupby(known, lambda run: run.strong)]
    if joined:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip())
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())

    return tuple(run for run in joined if run.text)


def _spaced(characters: str) -> str:
    return re.sub(" ?\u2028 ?", "\n", _SPACE.sub(" ", _SOFT_BREAK.sub("", characters)))
