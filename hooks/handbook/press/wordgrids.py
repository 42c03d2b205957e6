"""Blocks that stand in rows and columns -> tables of a Word file, which no font can shift."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from handbook.press import wordml
from handbook.press.tree import (
    Anchor,
    Beside,
    Block,
    Box,
    Heading,
    Mark,
    Marks,
    Options,
    Paragraph,
    Row,
    Table,
)
from handbook.press.wordml import Form
from handbook.press.wordtext import Spot, Text, needed

_GUTTER, _BETWEEN = 4.0, 0.8
"""Between stacks, and between marks at least, in millimetres."""
_BOX = {"top": 1.5, "left": 2.0, "bottom": 1.5, "right": 2.0}
_CELL = {"left": 1.0, "right": 1.0}


class Grids(Text):
    """Writes tables, and what Word can only hold in place by a table."""

    @abstractmethod
    def write(self, blocks: Iterable[Block], spot: Spot) -> None:
        """Write blocks within a cell."""

    def heading(self, block: Heading, spot: Spot) -> None:
        """Add a heading, to the right of the fields that are filled in by hand."""
        role = f"heading-{block.level}"
        if not block.fields:
            self.paragraph(role, (Anchor(block.anchor), *block.runs), spot)
            return
        look = self.looks.style("field")
        widths = [needed(field, look) + 6 for field in block.fields]
        rest = spot.width - sum(widths)
        title = wordml.cell(rest, Form(merge="restart", padding={"left": 2}, middle=True))
        self.paragraph(role, (Anchor(block.anchor), *block.runs), Spot(title, 0, rest))
        below = wordml.cell(rest, Form(merge="continue"), self.spacer())
        rows = [
            [
                wordml.cell(width, Form(look, middle=True), self.words("field", wordml.run(text)))
                for width, text in above
            ]
            for above in (zip(widths, block.fields, strict=True), ((width, "") for width in widths))
        ]
        made = [
            wordml.row([*cells, end], look.height, exact=False) for cells, end in zip(rows, (title, below), strict=True)
        ]
        self.add(self.spacer(), spot)
        self.add(wordml.table([*widths, rest], made, left=spot.left), spot)
        for one in [spot.into[-2], *spot.into[-1].iter(wordml.PARAGRAPH)]:
            wordml.stay(one)

    def table(self, block: Table, spot: Spot) -> None:
        """Add a table; the rows of its head are repeated on each page."""
        widths = _shared(spot.width, block.widths or (1,) * len(block.rows[0].cells))
        rows = [self._row(row, widths, block, head=number < block.head) for number, row in enumerate(block.rows)]
        self.add(wordml.table(widths, rows, left=spot.left, heads=(block.head, int(block.row_heads))), spot)

    def _row(self, row: Row, widths: Sequence[float], block: Table, *, head: bool) -> Any:
        cells = []
        for number, (blocks, width) in enumerate(zip(row.cells, widths, strict=True)):
            heads = head or (block.row_heads and not number)
            role = f"cell-{'head-' if heads else ''}{block.style}{'-beside' if number else ''}"
            cells.append(self._cell(blocks, width, role, _CELL))
        first = next(cells[0].iter(wordml.PARAGRAPH))
        first[1:1] = self.place(row.anchor)

        return wordml.row(cells, self.looks.style(f"cell-{block.style}").height, exact=False, head=head)

    def _cell(
        self, blocks: Iterable[Block], width: float, role: str, padding: Mapping[str, float], *, bare: bool = False
    ) -> Any:
        look = None if bare else self.looks.style(role)
        cell = wordml.cell(width, Form(look, padding=padding, middle=role.startswith("cell")))
        inner = width - padding.get("left", 0) - padding.get("right", 0)
        self.write(blocks, Spot(cell, 0, inner, role))
        self.end(cell)

        return cell

    def box(self, block: Box, spot: Spot) -> None:
        """Add a frame around blocks."""
        role = f"box-{block.style}"
        title = (Paragraph(block.title, f"box-title-{block.style}"),) if block.title else ()
        if len(spot.into):
            self.add(self.spacer(), spot)
        cell = self._cell((*title, *block.blocks), spot.width, role, _BOX)
        self.add(wordml.table([spot.width], [wordml.row([cell])], left=spot.left), spot)

    def options(self, block: Options, spot: Spot) -> None:
        """Add options below each other, or in a grid."""
        look = self.looks.style("option")
        hanging = max(needed(mark, look) for mark, _ in block.entries)
        if block.columns == 1:
            for mark, runs in block.entries:
                self.paragraph("option", runs, spot, mark=mark, hanging=hanging)
            return
        widths = [spot.width / block.columns] * block.columns
        rows = []
        for start in range(0, len(block.entries), block.columns):
            cells = [wordml.cell(width, Form(padding={"right": 1})) for width in widths]
            entries = block.entries[start : start + block.columns]
            for cell, (mark, runs) in zip(cells, entries, strict=False):
                self.paragraph("option", runs, Spot(cell, 0, widths[0]), mark=mark, hanging=hanging)
            for cell in cells[len(entries) :]:
                self.end(cell)
            rows.append(wordml.row(cells))
        self.add(wordml.table(widths, rows, left=spot.left), spot)

    def beside(self, block: Beside, spot: Spot) -> None:
        """Add stacks beside each other; one without a share is as wide as its grid of marks."""
        shares = block.widths or (1,) * len(block.stacks)
        narrow = [0 if share else _extent(stack) + _GUTTER for share, stack in zip(shares, block.stacks, strict=True)]
        wide = _shared(spot.width - sum(narrow), shares)
        widths = [one + other for one, other in zip(narrow, wide, strict=True)]
        cells = [
            self._cell(stack, width, spot.role, {"right": _GUTTER if number < len(widths) else 0}, bare=True)
            for number, (stack, width) in enumerate(zip(block.stacks, widths, strict=True), 1)
        ]
        self.add(wordml.table(widths, [wordml.row(cells, whole=False)], left=spot.left), spot)

    def marks(self, block: Marks, spot: Spot) -> None:
        """Add a grid; each mark is a cell between blank ones, so that none of its lengths depends on a font."""
        rows = [[*self._spans(row, block.across)] for row in block.rows]
        ends = sorted({0.0, *(end for row in rows for _, end, _ in row)})
        made, free = list[Any](), 0.0
        for row in rows:
            tallest = max((self.looks.style(_role(mark)).height for _, _, mark in row if mark), default=0)
            height = min(tallest or block.down, block.down)
            half = (block.down - height) / 2
            made += [*self._blank(free + half, ends), wordml.row([self._mark(*one, ends) for one in row], height)]
            free = half
        made += self._blank(free, ends)
        self.add(wordml.table([end - start for start, end in pairwise(ends)], made, left=spot.left), spot)

    def _blank(self, height: float, ends: Sequence[float]) -> list[Any]:
        """Return the room between two rows of marks, if there is any."""
        cell = wordml.cell(ends[-1], Form(span=len(ends) - 1), self.spacer())
        return [wordml.row([cell], height)] if height > 0 else []

    def _spans(self, row: Sequence[Mark | None], across: float) -> Iterator[tuple[float, float, Mark | None]]:
        """Yield from where to where marks and blanks stand in a row."""
        blank = 0.0
        for number, mark in enumerate(row):
            if mark:
                width = min(self.looks.style(_role(mark)).width, across - _BETWEEN) or across
                start = round((number + 0.5) * across - width / 2, 3)
                if start > blank:
                    yield blank, start, None
                blank = round(start + width, 3)
                yield start, blank, mark
        if blank < (end := round(len(row) * across, 3)):
            yield blank, end, None

    def _mark(self, start: float, end: float, mark: Mark | None, ends: Sequence[float]) -> Any:
        span = ends.index(end) - ends.index(start)
        if not mark:
            return wordml.cell(end - start, Form(span=span), self.spacer())
        role = _role(mark)
        words = self.words(role, wordml.run(mark.text))
        return wordml.cell(end - start, Form(self.looks.style(role), span=span, middle=True), words)


def _role(mark: Mark) -> str:
    return "mark-filled" if mark.filled else f"mark-{mark.kind}"


def _shared(whole: float, shares: Sequence[float]) -> list[float]:
    return [whole * share / (sum(shares) or 1) for share in shares]


def _extent(blocks: Iterable[Block]) -> float:
    return max((len(row) * one.across for one in blocks if isinstance(one, Marks) for row in one.rows), default=0)
