"""Words, runs, cells and pages -> elements of WordprocessingML, in the order that its schema wants.

Knows nothing of blocks or of files. Lengths are in millimetres.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from handbook.press.looks import Style

TABLE, PARAGRAPH = qn("w:tbl"), qn("w:p")
_SIDES = ("top", "left", "bottom", "right")


def element(name: str, /, *inside: Any, **attributes: object) -> Any:
    """Return an element; None inside it is nothing."""
    made = OxmlElement(f"w:{name}", {qn(f"w:{key}"): str(value) for key, value in attributes.items()})
    made.extend(one for one in inside if one is not None)

    return made


def twips(length: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(length * 1440 / 25.4)


def run(text: str, style: str = "", *, strong: bool = False) -> Any:
    """Return words; ambiguous characters such as quotation marks take the Chinese font."""
    looks = element(
        "rPr", _named("rStyle", style), element("rFonts", hint="eastAsia"), element("b") if strong else None
    )
    made = element("r", looks)
    for number, line in enumerate(text.split("\n")):
        words = element("t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.extend([element("br"), words] if number else [words])

    return made


def gap(characters: float, size: float, *, bracketed: bool) -> Any:
    """Return room to write that neither breaks nor parts from the character before it.

    Word keeps a text that is fitted to a width in one piece. LibreOffice does not; it breaks text of no language by the
    rules of Unicode, by which there is no break after a joiner nor beside a figure space. Chinese text it breaks by
    others, that know neither.
    """
    blank = "\u2007" * round(2 * characters)  # half as wide as a Chinese character
    width = round((characters + 2 * bracketed) * size * 20)
    looks = element(
        "rPr",
        element("rFonts", hint="eastAsia"),
        None if bracketed else element("u", val="single"),
        element("fitText", val=width),
        element("lang", val="x-none", eastAsia="x-none"),
    )
    made = run(f"\u2060（{blank}）" if bracketed else f"\u2060{blank}")
    made.replace(made[0], looks)

    return made


def tab() -> Any:
    return element("r", element("tab"))


def indent(left: float, hanging: float, right: float = 0) -> Any:
    return element("ind", left=twips(left), right=twips(right), hanging=twips(hanging))


def paragraph(style: str, *content: Any, own: Any = None) -> Any:
    return element("p", element("pPr", element("pStyle", val=style), own), *content)


def ruled(look: Style, turn: int) -> Any:
    """Return the line below a paragraph, in one of two colours that no eye tells apart."""
    return element(
        "pBdr", element("bottom", val="single", sz=4, space=0, color=f"{(look.border or '#000000')[1:6]}{turn}")
    )


def table(
    widths: Sequence[float],
    rows: Iterable[Any],
    *,
    left: float = 0,
    heads: tuple[int, int] = (0, 0),
    at: tuple[float, float] | None = None,
) -> Any:
    """Return a table that no font can shift; `heads` are its rows and columns that head the others.

    One `at` a place floats, so far from the left and the top of the page.
    """
    left, top = at or (left, 0)
    floating = element("tblpPr", vertAnchor="page", horzAnchor="page", tblpX=twips(left), tblpY=twips(top))
    margins = (element(side, w=0, type="dxa") for side in _SIDES)
    return element(
        "tbl",
        element(
            "tblPr",
            floating if at else None,
            element("tblW", w=twips(sum(widths)), type="dxa"),
            None if at else element("tblInd", w=twips(left), type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *margins),
            element("tblLook", val="0000", firstRow=min(1, heads[0]), firstColumn=heads[1], noHBand=1, noVBand=1),
        ),
        element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths)),
        *rows,
    )


def row(cells: Iterable[Any], height: float = 0, *, exact: bool = True, head: bool = False, whole: bool = True) -> Any:
    """Return a row, of a height if there is one, which may be the least; a `whole` one stands on one page."""
    return element(
        "tr",
        element(
            "trPr",
            element("cantSplit") if whole else None,
            element("trHeight", val=twips(height), hRule="exact" if exact else "atLeast") if height else None,
            element("tblHeader") if head else None,
        ),
        *cells,
    )


@dataclass(frozen=True)
class Form:
    """What a cell looks like, and how it stands among others; `padding` is by side."""

    look: Style | None = None
    sides: Sequence[str] = _SIDES
    """Those with a border."""
    span: int = 1
    merge: str = ""
    padding: Mapping[str, float] = field(default_factory=dict)
    middle: bool = False
    upwards: bool = False


def cell(width: float, form: Form, *content: Any) -> Any:
    """Return a cell, which must hold a paragraph at its end."""
    look, padding = form.look or Style(), form.padding
    padded = (element(side, w=twips(padding[side]), type="dxa") for side in _SIDES if side in padding)
    return element(
        "tc",
        element(
            "tcPr",
            element("tcW", w=twips(width), type="dxa"),
            element("gridSpan", val=form.span) if form.span > 1 else None,
            element("vMerge", val=form.merge) if form.merge else None,
            element("tcBorders", *(_line(side, look) for side in form.sides)) if look.border else None,
            element("shd", val="clear", color="auto", fill=look.fill[1:]) if look.fill else None,
            element("tcMar", *padded) if padding else None,
            element("textDirection", val="btLr") if form.upwards else None,
            element("vAlign", val="center") if form.middle else None,
        ),
        *content,
    )


def keep(elements: Sequence[Any], loose: str) -> None:
    """Keep elements on one page: all paragraphs but those of the last row or line; those in a style may part."""
    last = list(elements[-1].iter(qn("w:tr")))[-1] if elements[-1].tag == TABLE else elements[-1]
    free = set(last.iter(PARAGRAPH))
    for before, one in pairwise([None, *(found for part in elements for found in part.iter(PARAGRAPH))]):
        parting = before is not None and before.style == one.style == loose
        if one not in free and not parting:
            stay(one)


def stay(one: Any) -> None:
    """Keep a paragraph on the page of what follows it."""
    one.get_or_add_pPr().get_or_add_keepNext()


def place(number: int, name: str) -> tuple[Any, Any]:
    """Return the two ends of a bookmark."""
    return element("bookmarkStart", id=number, name=name), element("bookmarkEnd", id=number)


def _line(side: str, look: Style) -> Any:
    made = element(side, val="single", sz=4, space=0, color=(look.border or "#000000")[1:])
    if look.broken:
        made.set(qn("w:val"), "dashed")

    return made


def _named(name: str, value: str) -> Any:
    return element(name, val=value) if value else None
