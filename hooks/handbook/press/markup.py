"""HTML, as Python-Markdown makes it of what authors write -> blocks.

Knows nothing of items or of the site: a subclass says what else there is, where links lead and what they can lead to.
Of how words look only emphasis and the names of styles are kept; a picture becomes what it says of itself.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from handbook.press.columns import shares
from handbook.press.spacing import tidy
from handbook.press.tree import Anchor, Block, Box, Inline, List, Paragraph, Row, Run, Runs, Table, plain

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STRONG = {"strong", "b", "em", "i"}
_STYLES = {"dt": "term", "pre": "code", "code": "code", "kbd": "code"}


class Markup:
    """Reads the text of an item: its links lead where they say, unless that depends on the page they stand on."""

    apart: ClassVar[frozenset[str]] = frozenset(
        {"p", "ol", "ul", "dl", "dt", "dd", "table", "pre", "blockquote", "div", *HEADINGS}
    )
    """Elements that are no part of a line."""

    def link(self, element: Any) -> str:
        """Return where an `a` leads, or nothing."""
        address: str = element.get("href") or ""
        return address if re.match("#|[a-z]+:", address) else ""

    def behind(self, element: Any, link: str) -> Runs:  # noqa: ARG002 -- for those who look at it
        """Return what is said behind the words of a link."""
        return ()

    def anchor(self, element: Any) -> str:  # noqa: ARG002 -- for those who look at it
        """Return what links call the place of an element."""
        return ""

    def style(self, element: Any) -> str:
        """Return the name of a style of its own that an element has."""
        return "fact" if element.get("class") == "fact" else _STYLES.get(element.tag, "")

    def block(self, element: Any) -> Iterator[Block]:
        """Yield what an element of `apart` says."""
        match element.tag:
            case "p" | "dt":
                yield from _paragraph(self._runs(element, Run("")), self.style(element), self.anchor(element))
            case "pre":
                yield Paragraph((Run(element.text_content().strip("\n")),), self.style(element), self.anchor(element))
            case "ol" | "ul":
                entries = tuple(self.blocks(entry) for entry in element.iterchildren("li"))
                yield List(entries, ordered=element.tag == "ol", start=_number(element.get("start", "")))
            case "table":
                for caption in element.iterchildren("caption"):
                    yield from _paragraph(self._runs(caption, Run("")))
                yield self._table(element)
            case "blockquote":
                yield Box((), self.blocks(element), "quote")
            case _:
                yield from self.blocks(element)

    def blocks(self, element: Any) -> tuple[Block, ...]:
        """Return what stands in an element; a line between two blocks is a paragraph, too."""
        found: list[Block] = []
        runs: list[Inline] = [Run(element.text or "")]
        for child in element:
            if child.tag in self.apart:
                name = self.anchor(child) if child.tag in {"ol", "ul", "table"} else ""
                found += [*_paragraph(runs), *placed(self.block(child), name)]
                runs = []
            else:
                runs += self._runs(child, Run(""))
            runs.append(Run(child.tail or ""))
        found += _paragraph(runs)

        return placed(found, self.anchor(element))

    def _table(self, element: Any) -> Table:
        rows = [Row(tuple(map(self.blocks, row)), self.anchor(row)) for row in element.iter("tr")]
        width = max((len(row.cells) for row in rows), default=0)
        filled = [replace(row, cells=row.cells + ((),) * (width - len(row.cells))) for row in rows]
        heads = int(element.xpath("count(thead/tr)"))
        row_heads = bool(element.xpath("tbody/tr/th"))

        return Table(tuple(_once(filled, heads)), heads, row_heads, shares(filled), self.style(element))

    def _runs(self, element: Any, look: Run) -> list[Inline]:
        """Return what stands on a line, looking as what is around it does."""
        if not isinstance(element.tag, str):
            return []  # a comment
        inline = element.tag not in self.apart
        link = self.link(element) if element.tag == "a" else look.link
        style = self.style(element) if inline else ""
        look = replace(look, strong=look.strong or element.tag in _STRONG, link=link, style=style or look.style)
        name = self.anchor(element) if inline else ""
        found: list[Inline] = [Anchor(name)] if name else []
        if element.tag in {"img", "br"}:
            found.append(replace(look, text="\u2028" if element.tag == "br" else element.get("alt") or "［图］"))
        found.append(replace(look, text=element.text or ""))
        for child in element:
            found += [*self._runs(child, look), replace(look, text=child.tail or "")]

        return [*found, *self.behind(element, link)] if element.tag == "a" else found


def blocks(html: str) -> tuple[Block, ...]:
    """Return what `html` says."""
    from lxml.html import fragment_fromstring  # noqa: PLC0415 -- slow to load for commands that print nothing

    return Markup().blocks(fragment_fromstring(html, create_parent=True))


def line(html: str) -> Runs:
    """Return what `html` says, on one line: blocks are joined by a space."""
    found: list[Inline] = []
    for runs in _lines(blocks(html)):
        found += [*([Run(" ")] if found else []), *runs]

    return tuple(found)


def placed(found: Iterable[Block], name: str) -> tuple[Block, ...]:
    """Return blocks with an anchor at the beginning of their first paragraph, if it has a name."""
    match tuple(found):
        case (Paragraph() as first, *others) if name:
            return (replace(first, runs=(Anchor(name), *first.runs)), *others)
        case (Box() as first, *others) if name:
            return (replace(first, blocks=placed(first.blocks, name)), *others)
        case (List(entries=(entry, *entries)) as first, *others) if name:
            return (replace(first, entries=(placed(entry, name), *entries)), *others)
        case (Table(rows=rows) as first, *others) if name and len(rows) > first.head:
            at, row = first.head, rows[first.head]  # heads are shown again on each page
            marked = replace(row, cells=(placed(row.cells[0], name), *row.cells[1:]))
            return (replace(first, rows=(*rows[:at], marked, *rows[at + 1 :])), *others)
        case unnamed:
            return unnamed


def _number(written: str) -> int:
    """Return the number from which a list counts; from 1 unless the author wrote another."""
    return int(written) if re.fullmatch("[0-9]{1,6}", written) else 1


def _paragraph(runs: Iterable[Inline], style: str = "", anchor: str = "") -> Iterator[Paragraph]:
    """Yield a paragraph, unless it is nothing but white space."""
    if plain(found := tidy(runs)):
        yield Paragraph(found, style, anchor)


def _once(rows: Sequence[Row], heads: int) -> Iterator[Row]:
    """Yield rows with the anchors of the heads in the row below them: heads are shown again on each page."""
    names: list[str] = []
    for number, row in enumerate(rows):
        first, *others = row.cells
        for name in names if number == heads else ():
            first = placed(first, name)
        cells = (first, *others)
        if number < heads:
            named = [run for cell in cells for runs in _lines(cell) for run in runs if isinstance(run, Anchor)]
            names += [anchor.name for anchor in named]
            cells = tuple(tuple(_without(block, named) for block in cell) for cell in cells)
        yield replace(row, cells=cells)


def _without(block: Block, unwanted: Sequence[Inline]) -> Block:
    return (
        replace(block, runs=tuple(run for run in block.runs if run not in unwanted))
        if isinstance(block, Paragraph)
        else block
    )


def _lines(all_blocks: Iterable[Block]) -> Iterator[Runs]:
    for block in all_blocks:
        match block:
            case Paragraph():
                yield block.runs
            case Box():
                yield from _lines(block.blocks)
            case List():
                for number, entry in enumerate(block.entries, block.start):
                    mark = Run(f"{number}. " if block.ordered else "• ")
                    yield (mark, *(run for runs in _lines(entry) for run in runs))
            case Table():
                yield from (runs for row in block.rows for cell in row.cells for runs in _lines(cell))
