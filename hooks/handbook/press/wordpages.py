"""A document's sheet, head, foot and seal -> the pages of a Word file, and how wide its columns are.

Lengths are in millimetres.
"""

from typing import Any

from handbook.press import wordml
from handbook.press.looks import Page
from handbook.press.tree import Document, Gap, Inline, Run, Seal
from handbook.press.wordml import Form, element, twips
from handbook.press.wordtext import Text, needed

_EDGE, _FREE = 6.0, 3.0
"""Between the edge of the paper, which printers leave blank, and the seal; between the seal and the text."""
_FOLD = "密　　　　封　　　　线　　　　"
_FILLED = 0.75
"""How much of the room for a blank it takes: not all, since fonts differ."""


class Pages:
    """The pages of one document."""

    def __init__(self, text: Text, document: Document, page: Page) -> None:
        self._text, self._page = text, page
        self._left = page.left + (page.seal if document.seal else 0)
        self._width = page.width - self._left - page.right
        self._sealed = bool(document.seal)
        self._references = self._heads_and_feet(document)

    def column(self, count: int) -> float:
        """Return the width of one of so many columns."""
        return (self._width - (count - 1) * self._page.gap) / count

    def height(self) -> float:
        """Return the height of the text on a page."""
        return self._page.height - self._page.top - self._page.bottom

    def section(self, columns: int) -> Any:
        """Return what says how the next section looks; the first names heads and feet, the others take them over."""
        page, references = self._page, self._references
        self._references = []
        across = {"orient": "landscape"} if page.width > page.height else {}
        margins = {side: twips(getattr(page, side)) for side in ("top", "right", "bottom", "header", "footer")}
        return element(
            "sectPr",
            *references,
            element("type", val="nextPage" if references else "continuous"),
            element("pgSz", w=twips(page.width), h=twips(page.height), **across),
            element("pgMar", left=twips(self._left), gutter=0, **margins),
            element("cols", num=columns, space=twips(page.gap)),
            element("titlePg") if references and self._sealed else None,
        )

    def _heads_and_feet(self, document: Document) -> list[Any]:
        text = self._text
        head = text.words("header", wordml.run(document.head))
        stop = element("tabs", element("tab", val="right", pos=twips(self._width)))
        page, pages = (element("fldSimple", wordml.run("1"), instr=name) for name in ("PAGE", "NUMPAGES"))
        counted = (wordml.run("第 "), page, wordml.run(" / "), pages, wordml.run(" 页"))
        foot = text.words("footer", wordml.run(document.foot), wordml.tab(), *counted, own=stop)
        first = [self._strip(document.seal), head] if document.seal else []

        return text.file.references([head] if document.head or first else [], [foot], first)

    def _strip(self, seal: Seal) -> Any:
        """Return what is filled in at the left of the first page, and the line along which it is folded away."""
        text = self._text
        look, line = text.looks.style("seal"), text.looks.style("seal-notice")
        wide = self._left - _EDGE - _FREE - line.width
        blanks: list[Inline] = []
        for name in seal.fields:
            room = self.height() / len(seal.fields) - needed(name, look)
            blanks += [Run(name), Gap(room / needed("一", look, room=0) * _FILLED, bracketed=False), Run("\u3000")]
        fields = text.words("seal", *text.runs(blanks[:-1], look))
        notice = text.words("seal-notice", wordml.run(f"{_FOLD}{seal.notice}"))
        cells = [
            wordml.cell(wide, Form(middle=True, upwards=True), fields),
            wordml.cell(line.width, Form(line, sides=["right"], upwards=True), notice),
        ]

        return wordml.table([wide, line.width], [wordml.row(cells, self.height())], at=(_EDGE, self._page.top))
