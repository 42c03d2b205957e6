"""A document of blocks -> a Word file that says the same as its PDF, in the same order.

How it looks is said in `overrides/print/word.yml`, and stands in the file as named styles. Numbers of pages are left out
but in the foot: elsewhere Word works them out only when it is asked to.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import assert_never

from handbook.press import wordml
from handbook.press.looks import Looks, Page, read_looks
from handbook.press.tree import (
    Anchor,
    Beside,
    Block,
    Box,
    Break,
    Columns,
    Contents,
    Document,
    Heading,
    Item,
    Lines,
    List,
    Marks,
    Options,
    Paragraph,
    Picture,
    Run,
    Table,
)
from handbook.press.wordfile import WordFile
from handbook.press.wordgrids import Grids
from handbook.press.wordpages import Pages
from handbook.press.wordtext import Spot


def docx(document: Document, templates: Path) -> bytes:
    """Return the Word file; `templates` is the folder with `word.yml`. Raise Refusal when that is at fault."""
    name = f"{document.template}-{document.sheet}"
    looks = read_looks(templates / "word.yml", name)

    return _Writer(document, looks, looks.pages[name]).written(document.blocks)


class _Writer(Grids):
    """Writes one document, from top to bottom."""

    def __init__(self, document: Document, looks: Looks, page: Page) -> None:
        super().__init__(WordFile(document.title, looks, document.profile.colour), looks)
        self._pages, self._folds = Pages(self, document, page), page.columns
        self._body = self.file.body

    def written(self, blocks: Iterable[Block]) -> bytes:
        """Return the file."""
        self._body[:] = []
        self.write(blocks, Spot(self._body, 0, self._pages.column(self._folds)))
        self.end(self._body)
        self._body.append(self._pages.section(self._folds))

        return self.file.data()

    def write(self, blocks: Iterable[Block], spot: Spot) -> None:
        """Write blocks, one below the other."""
        for block in blocks:
            self._block(block, spot)

    def _block(self, block: Block, spot: Spot) -> None:  # noqa: C901, PLR0912 -- two lines for each kind
        match block:
            case Heading():
                self.heading(block, spot)
            case Paragraph():
                own = self.looks.known(block.style) != "paragraph"
                self.paragraph(block.style if own else spot.role, (Anchor(block.anchor), *block.runs), spot)
            case List():
                self._list(block, spot)
            case Table():
                self.table(block, spot)
            case Box():
                self.box(block, spot)
            case Picture():
                self._picture(block, spot)
            case Item():
                self._item(block, spot)
            case Options():
                self.options(block, spot)
            case Lines():
                self._lines(block, spot)
            case Marks():
                self.marks(block, spot)
            case Beside():
                self.beside(block, spot)
            case Columns():
                self._columns(block, spot)
            case Contents():
                for entry in block.entries:
                    self.paragraph(f"contents-{entry.level}", (Run(entry.text, link=f"#{entry.anchor}"),), spot)
            case Break():
                self.at_new_page = True
            case _:
                assert_never(block)

    def _list(self, block: List, spot: Spot) -> None:
        for number, entry in enumerate(block.entries, block.start):
            self._marked("list", f"{number}." if block.ordered else "•", entry, spot)

    def _item(self, block: Item, spot: Spot) -> None:
        role, start = f"item-{block.style}", len(spot.into)
        if block.head:
            self.paragraph(f"{role}-head", block.head, spot)
        self._marked(role, block.number, block.blocks, spot, block.anchor)
        whole = block.together or any(isinstance(one, Lines) for one in block.blocks)
        wordml.keep(spot.into[start : None if whole else start + 2], loose=self.looks.known("line"))

    def _marked(self, role: str, mark: str, blocks: tuple[Block, ...], spot: Spot, anchor: str = "") -> None:
        """Write blocks behind a mark, which stands before the first of them if that is a paragraph, else above it."""
        match blocks:
            case [Paragraph() as first, *others]:
                runs = (Anchor(anchor), Anchor(first.anchor), *first.runs)
            case others:
                runs = (Anchor(anchor),)
        left = self.paragraph(role, runs, spot, mark=mark)
        self.write(others, spot.behind(left, f"{role}-more"))

    def _lines(self, block: Lines, spot: Spot) -> None:
        """Write lines to write on, as far from the left as all else; of lines alike Word would draw the last alone."""
        for number in range(block.count):
            line = self.words("line", own=wordml.ruled(self.looks.style("line"), number % 2))
            line.pPr.append(wordml.indent(spot.left, 0))
            self.add(line, spot)

    def _picture(self, block: Picture, spot: Spot) -> None:
        """Write a picture; one that Word cannot show is told in words."""
        caption = (Paragraph((Run(block.caption),), "caption"),) if block.caption else ()
        if block.media == "svg":
            told = Paragraph((Run(block.alt),), anchor=block.anchor)
            self.write((Box((), (told,), "picture"), *caption), spot)
            return
        height = self._pages.height() - 20  # for its caption and a line above
        drawing = self.file.picture(block, spot.width, height)
        self.add(self.words("picture", *self.place(block.anchor), drawing), spot)
        if caption:
            wordml.stay(spot.into[-1])
            self.write(caption, spot)

    def _columns(self, block: Columns, spot: Spot) -> None:
        """Write columns as a section of their own; within cells and columns there are none."""
        if spot.into is not self._body or self._folds > 1:
            self.write(block.blocks, spot)
            return
        if len(spot.into):
            self._end_section(1)
        self.write(block.blocks, Spot(spot.into, 0, self._pages.column(block.count)))
        self._end_section(block.count)

    def _end_section(self, columns: int) -> None:
        self.end(self._body)
        self._body[-1].pPr.append(self._pages.section(columns))
