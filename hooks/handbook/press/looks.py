"""`word.yml` -> what pages and named styles look like in Word. Knows nothing of docx.

Lengths are in millimetres, sizes of fonts and heights of lines in points.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from handbook.problems import Refusal
from handbook.reading.source import read_yaml, shown
from handbook.reading.validation import Colour, Model, Text, validated

Length = Annotated[float, Field(ge=0, le=500)]
Points = Annotated[float, Field(ge=1, le=100)]


class Font(Model):
    """A font, and the one that Word takes where it is missing."""

    name: Text
    instead: Text
    family: Literal["roman", "swiss"]


class Pair(Model):
    """The fonts of one text."""

    latin: Font
    chinese: Font


class Fonts(Model):
    """What styles choose from."""

    body: Pair
    heading: Pair


class Style(Model):
    """One named style: a trainer changes it in Word, and all of its kind follow."""

    name: str = ""
    """As Word shows it; English names are Word's own."""
    fonts: Literal["body", "heading"] = "body"
    size: Points = 10.5
    line: Annotated[float, Field(ge=0, le=200)] = 15
    """An exact height is the same in all fonts; 0 is what the font needs."""
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    colour: Colour = "#000000"
    company: bool = False
    """In the colour of the company."""
    before: Length = 0
    after: Length = 0
    left: Length = 0
    right: Length = 0
    hanging: Length = 0
    """How far the first line, or a mark before it, begins before the others; more where the mark is wider."""
    keep: bool = False
    """Stays on the page of what follows."""
    border: Colour | None = None
    """Of the cells or the box of which these are the words."""
    broken: bool = False
    """The border is a broken line."""
    fill: Colour | None = None
    width: Length = 0
    height: Length = 0
    """Of a row, a line to write on, a mark."""


class Page(Model):
    """A page; `seal` is the width of the strip at its left, added to the margin where there is one."""

    width: Length
    height: Length
    top: Length
    bottom: Length
    left: Length
    right: Length
    header: Length = 8
    footer: Length = 10
    columns: Annotated[int, Field(ge=1, le=4)] = 1
    gap: Length = 8
    """Between columns."""
    seal: Length = 0


class Looks(Model):
    """All of it; pages are called by template and sheet, such as `paper-a4`."""

    fonts: Fonts
    pages: dict[str, Page]
    styles: dict[str, Style]

    def known(self, role: str) -> str:
        """Return the style of a role: one without a style of its own looks like what its name begins with."""
        while role and role not in self.styles:
            role = role.rpartition("-")[0]

        return role or "paragraph"

    def style(self, role: str) -> Style:
        """Return how the words in a role look."""
        return self.styles.get(self.known(role), Style())


def read_looks(path: Path, page: str) -> Looks:
    """Return the looks, in which there is this page; raise Refusal otherwise."""
    document = read_yaml(path, shown(path, Path.cwd()))
    looks = validated(Looks, document, (), "Word 版式")
    if looks and page not in looks.pages:
        document.note(("pages",), f"`pages:` 下面没有 '{page}' 这种页面", "请照别的页面补上")
    if not looks or document.problems:
        raise Refusal(*document.problems)

    return looks
