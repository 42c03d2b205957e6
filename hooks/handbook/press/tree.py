"""The blocks of which everything printed is made: handbook, pocket card, exam paper, answer sheet, answer key.

Plain data. How a block looks is said in `overrides/print`; its writers are `press.typst` and `press.word`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Run:
    """Characters that look alike; `link` leads to `#anchor` in the document or to an address outside it."""

    text: str
    strong: bool = False
    link: str = ""
    style: str = ""
    """The name of a character style, such as `fact`."""


@dataclass(frozen=True)
class PageOf:
    """The number of the page on which an anchor stands; Word documents leave it out."""

    anchor: str


@dataclass(frozen=True)
class Gap:
    """Room to write in the middle of a line, as wide as so many Chinese characters; `（　）` where it is bracketed.

    Never breaks, and never stands alone at the beginning of a line.
    """

    characters: float = 3
    bracketed: bool = True


@dataclass(frozen=True)
class Anchor:
    """A place in the middle of a line that links may lead to; it takes no room."""

    name: str


Inline = Run | PageOf | Gap | Anchor
Runs = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading, from level 1; `fields` are filled in by hand beside it, such as 得分 and 阅卷人."""

    level: int
    runs: Runs
    anchor: str = ""
    fields: tuple[str, ...] = ()
    aside: Runs = ()
    """What is said of it at the end of its line; Word documents leave it out."""


@dataclass(frozen=True)
class Paragraph:
    """A line of thought; `style` is the name of a paragraph style."""

    runs: Runs
    style: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class List:
    """Entries of blocks, with bullets or counted from `start`."""

    entries: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Row:
    """Cells of blocks."""

    cells: tuple[tuple["Block", ...], ...]
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """Rows alike in length, of which the first `head` head the columns, and the first cells the rows if `row_heads`.

    `widths` are shares of the whole, alike where none are given; `style` is the name of a table style.
    """

    rows: tuple[Row, ...]
    head: int = 1
    row_heads: bool = False
    widths: tuple[float, ...] = ()
    style: str = ""


@dataclass(frozen=True)
class Box:
    """Blocks in a frame, below a title if there is one; `style` says what for, such as `material` or `note`."""

    title: Runs
    blocks: tuple["Block", ...]
    style: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture and what it shows in words; `media` is svg, png or jpeg, lengths are in millimetres."""

    content: bytes
    media: Literal["svg", "png", "jpeg"]
    alt: str
    caption: str = ""
    anchor: str = ""
    width: float = 0
    """Nothing: as large as there is room."""


@dataclass(frozen=True)
class Item:
    """An item of the bank or what belongs to it: its number hangs before the first of its blocks.

    `style` is `question` (exam paper), `key` (answer key), `exercise` or `answer` (handbook); `head` stands above it.
    `together` keeps it on one page.
    """

    number: str
    blocks: tuple["Block", ...]
    style: str
    head: Runs = ()
    anchor: str = ""
    together: bool = True


@dataclass(frozen=True)
class Options:
    """Marks, such as `A.`, and texts, so many beside each other."""

    entries: tuple[tuple[str, Runs], ...]
    columns: int = 1


@dataclass(frozen=True)
class Lines:
    """Lines to write on; a page may end between them."""

    count: int


@dataclass(frozen=True)
class Mark:
    """One cell of an answer sheet: a bubble to fill, a square to write in, or a label; a `filled` bubble is an example."""

    kind: Literal["bubble", "square", "label"]
    text: str = ""
    filled: bool = False


@dataclass(frozen=True)
class Marks:
    """A grid of marks, so many millimetres from one to the next; no mark stands where there is none."""

    rows: tuple[tuple[Mark | None, ...], ...]
    across: float
    down: float


@dataclass(frozen=True)
class Beside:
    """Stacks of blocks beside each other, in shares of the width; not a table. A share of nothing is as wide as need be."""

    stacks: tuple[tuple["Block", ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Columns:
    """Blocks that flow through columns."""

    blocks: tuple["Block", ...]
    count: int = 2


@dataclass(frozen=True)
class Entry:
    """One line of a table of contents."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Contents:
    """The table of contents."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Break:
    """The next block begins a page."""


Block = (
    Heading
    | Paragraph
    | List
    | Table
    | Box
    | Picture
    | Item
    | Options
    | Lines
    | Marks
    | Beside
    | Columns
    | Contents
    | Break
)


@dataclass(frozen=True)
class Profile:
    """How a company shows itself on paper."""

    company: str = ""
    logo: Picture | None = None
    colour: str = "#000000"


@dataclass(frozen=True)
class Seal:
    """The strip along the left edge of the first page that is folded away while papers are marked."""

    fields: tuple[str, ...]
    notice: str


@dataclass(frozen=True)
class Document:
    """One file; `template` is the name of its Typst template and of its page in Word: handbook, paper, card."""

    title: str
    template: str
    blocks: tuple[Block, ...]
    profile: Profile = Profile()
    day: date | None = None
    head: str = ""
    """On each page, above the text."""
    foot: str = ""
    seal: Seal | None = None
    sheet: Literal["a4", "a3"] = "a4"
    """A3 is folded in two: it lies across and its text runs in two columns."""


def plain(runs: Iterable[Inline]) -> str:
    """Return the characters alone."""
    return "".join(run.text for run in runs if isinstance(run, Run))
