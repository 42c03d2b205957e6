"""HTML, as Python-Markdown makes it of an author's text -> blocks.

Knows nothing of items or of the site. Of how words look only emphasis is kept; a picture becomes what it says of itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from handbook.press.tree import Block, Inline, List, Paragraph, Row, Run, Runs, Table, plain

_BLOCKS = {"p", "ol", "ul", "table", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_SOFT_BREAK = re.compile(r"(?<=[^\x00-\xff])\s*\n\s*|\s*\n\s*(?=[^\x00-\xff])")
_SPACE = re.compile(r"[ \t\n]+")


def blocks(html: str) -> tuple[Block, ...]:
    """Return what `html` says."""
    from lxml.html import fragment_fromstring  # noqa: PLC0415 -- slow to load for commands that print nothing

    return tuple(_blocks(fragment_fromstring(html, create_parent=True)))


def line(html: str) -> Runs:
    """Return what `html` says, on one line: blocks are joined by a space."""
    found: list[Inline] = []
    for runs in _lines(blocks(html)):
        found += [*([Run(" ")] if found else []), *runs]

    return tuple(found)


def _lines(all_blocks: Iterable[Block]) -> Iterator[Runs]:
    for block in all_blocks:
        match block:
            case Paragraph():
                yield block.runs
            case List():
                for number, entry in enumerate(block.entries, block.start):
                    mark = Run(f"{number}. " if block.ordered else "• ")
                    yield (mark, *(run for runs in _lines(entry) for run in runs))
            case Table():
                yield from (runs for row in block.rows for cell in row.cells for runs in _lines(cell))


def _blocks(element: Any) -> Iterator[Block]:
    """Yield what stands in an element; a line between two blocks is a paragraph, too."""
    runs = [Run(element.text or "")]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _paragraph(runs)
            yield from _block(child)
            runs = []
        else:
            runs += _runs(child)
        runs.append(Run(child.tail or ""))
    yield from _paragraph(runs)


def _paragraph(runs: Iterable[Run]) -> Iterator[Paragraph]:
    """Yield a paragraph, unless it is nothing but white space."""
    if found := tidy(runs):
        yield Paragraph(found)


def _block(element: Any) -> Iterator[Block]:
    match element.tag:
        case "table":
            yield Table(tuple(Row(tuple(tuple(_blocks(cell)) for cell in row)) for row in element.iter("tr")))
        case "ol" | "ul":
            entries = tuple(tuple(_blocks(entry)) for entry in element)
            yield List(entries, ordered=element.tag == "ol", start=int(element.get("start", 1)))
        case _:
            yield from _blocks(element)


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


def tidy(runs: Iterable[Run]) -> Runs:
    """Join runs that look alike; a break in the source is no space between Chinese characters, U+2028 is a new line."""
    known = (run for run in runs if run.text)
    alike = groupby(known, lambda run: replace(run, text=""))
    joined = [replace(look, text=_spaced(plain(same))) for look, same in alike]
    if joined:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip())
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())

    return tuple(run for run in joined if run.text)


def _spaced(characters: str) -> str:
    return re.sub(" ?\u2028 ?", "\n", _SPACE.sub(" ", _SOFT_BREAK.sub("", characters)))
