"""A document of blocks -> a Word file that says the same as its PDF, in the same order.

How it looks is said in `overrides/print/word.yml`, and shown to the trainer as named styles. Numbers of pages but those
in the foot are left out: Word would only work them out when asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, assert_never
from unicodedata import east_asian_width

from docx.oxml.ns import qn

from handbook.press import wordml
from handbook.press.looks import Looks, Page, read_looks
from handbook.press.tree import (
    Beside,
    Block,
    Box,
    Break,
    Columns,
    Contents,
    Document,
    Entry,
    Gap,
    Heading,
    Inline,
    Item,
    Lines,
    List,
    Mark,
    Marks,
    Options,
    PageOf,
    Paragraph,
    Picture,
    Row,
    Run,
    Runs,
    Seal,
    Table,
)
from handbook.press.wordfile import WordFile

_PADDING, _GUTTER = 1.0, 4.0
"""Within cells, and between stacks, in millimetres."""
_POINT = 25.4 / 72


def docx(document: Document, templates: Path) -> bytes:
    """Return the Word file; `templates` is the folder with `word.yml`. Raise Refusal when that is at fault."""
    name = f"{document.template}-{document.sheet}"
    looks = read_looks(templates / "word.yml", name)

    return _Writer(document, looks, looks.pages[name]).written()


@dataclass(frozen=True)
class _Spot:
    """Where blocks are written: into what, how far from its left, how wide, and as what plain paragraphs."""

    into: Any
    left: float
    width: float
    role: str = "paragraph"

    def inside(self, left: float, role: str) -> "_Spot":
        """Return the spot for what hangs behind a mark."""
        return replace(self, left=self.left + left, width=self.width - left, role=role)
