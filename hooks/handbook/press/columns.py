"""The cells of a table -> how wide each of its columns is, so that little of it is empty."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from handbook.press.tree import Block, Box, List, Paragraph, Row, plain

_LINE = 51
"""Chinese characters that stand beside each other in a table across an A4 page."""
_PADDING = 1.5
_SHORT = 9
"""So many characters are not broken."""


def shares(rows: Sequence[Row]) -> tuple[float, ...]:
    """Return the share of each column: short texts stand on one line, long ones divide among them what is left."""
    lines = [
        [max([0, *map(width, lines_of(cell))]) for cell in column]
        for column in zip(*(r.cells for r in rows), strict=True)
    ]
    wanted = [max(column) + _PADDING for column in lines]
    if sum(wanted) <= _LINE:
        return tuple(wanted)
    short = sum(width for width in wanted if width <= _SHORT)
    weights = [
        0 if want <= _SHORT else (want + sum(column) / len(column)) / 2
        for want, column in zip(wanted, lines, strict=True)
    ]
    room = max(_LINE - short, _LINE / 2)

    return tuple(round(w / sum(weights) * room, 1) if w else want for w, want in zip(weights, wanted, strict=True))


def lines_of(cell: Sequence[Block]) -> Iterator[str]:
    """Yield the lines that an author wrote."""
    for block in cell:
        match block:
            case Paragraph():
                yield from plain(block.runs).split("\n")
            case Box():
                yield from lines_of(block.blocks)
            case List():
                yield from (line for entry in block.entries for line in lines_of(entry))


def width(characters: str) -> float:
    """Return the width in Chinese characters; Latin ones count half."""
    return sum(1 if east_asian_width(character) in "WFA" else 0.5 for character in characters)
