"""The article of a page of the site -> blocks, with anchors and links that are valid in a document of several pages.

Knows nothing of items: whoever prints them says what stands in their places.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Any, ClassVar, Literal

from lxml import etree

from handbook.pdf.site_pages import SitePage, target
from handbook.press.markup import HEADINGS, Markup
from handbook.press.spacing import tidy
from handbook.press.tree import (
    Anchor,
    Beside,
    Block,
    Box,
    Columns,
    Heading,
    List,
    PageOf,
    Paragraph,
    Picture,
    Run,
    Runs,
    Table,
)

ITEM = "handbook-item"
_MEDIA: dict[str, Literal["svg", "png", "jpeg"]] = {".svg": "svg", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_ASIDE = "section-items"
_STYLES = {"facts", "facts__note", "laws-table", "lead", _ASIDE}
"""Classes of the site that print in a style of their own, which is called alike."""
_CASE_OF_SVG = {
    name.lower(): name for name in ("viewBox", "refX", "refY", "markerUnits", "markerWidth", "markerHeight")
}
"""Attributes that a parser of HTML puts in lower case."""
_FLOWING, _FOLLOWING = (Heading, Paragraph, List, Table, Box), 12
"""What may stand beside a flowchart, and how much of it is tried."""


class Article(Markup):
    """Reads one page; `printed` are the pages of the document by their addresses on the site.

    `exercise` prints an item by its id, `drawn` is the style sheet of flowcharts, `answers` stands above the exercises.
    """

    apart: ClassVar = Markup.apart | {"details", "figure", ITEM}

    def __init__(
        self,
        page: SitePage,
        printed: Mapping[str, SitePage],
        exercise: Callable[[str], Block],
        drawn: str,
        answers: Runs = (),
    ) -> None:
        self._page, self._printed, self._exercise, self._drawn = page, printed, exercise, drawn
        self._answers = answers

    def read(self) -> tuple[Block, ...]:
        """Return all that the article says."""
        return tuple(_with_charts(_with_asides(self.blocks(self._page.article))))

    def block(self, element: Any) -> Iterator[Block]:
        classes = element.get("class", "").split()
        if element.tag in HEADINGS:
            yield self._heading(element)
        elif element.tag == ITEM:
            yield self._exercise(element.get("data-item"))
        elif element.tag == "details" or "admonition" in classes:
            yield self._box(element, [name for name in classes if name != "admonition"])
        elif element.tag == "figure" and (chart := element.find("svg")) is not None:
            yield self._picture(chart, element.findtext("figcaption") or "")
        elif (image := _alone(element)) is not None and (picture := self._image(image)):
            yield picture
        elif element.tag == "dl":
            yield Columns(self.blocks(element))
        else:
            yield from super().block(element)

    def link(self, element: Any) -> str:
        where = target(self._page, address := element.get("href") or "")
        if not where:
            return address
        page = self._printed.get(where[0])

        return f"#{in_document(page, where[1])}" if page else ""

    def behind(self, element: Any, link: str) -> Runs:
        table = next(element.iterancestors("table"), None)
        if next(element.iterancestors(*HEADINGS), None) is not None:
            return ()  # its words stand in the contents and in the bookmarks, too
        if not link or element.get("class") or (table is not None and self.style(table) == "laws-table"):
            return ()
        if link.startswith("#"):
            return (PageOf(link[1:]),)

        return () if element.text_content() == link else (Run(f"（{link.replace('）', '%EF%BC%89')}）"),)

    def anchor(self, element: Any) -> str:
        name = element.get("id")
        return in_document(self._page, name) if name else ""

    def style(self, element: Any) -> str:
        known = _STYLES.intersection(element.get("class", "").split())
        return next(iter(known), "") or super().style(element)

    def _heading(self, element: Any) -> Heading:
        level = HEADINGS[element.tag]
        runs = tidy(run for run in self._runs(element, Run("")) if not isinstance(run, Anchor))
        label = (Run(f"{self._page.label} "),) if level == 1 and self._page.label else ()

        following = element.getnext()
        above = following is not None and following.tag == ITEM

        return Heading(level, tidy((*label, *runs)), self.anchor(element), aside=self._answers if above else ())

    def _box(self, element: Any, kinds: Iterable[str]) -> Box:
        """Return a callout; what a reader of the site may fold is open."""
        title: Runs = ()
        for heading in [*element.findall("summary"), *element.find_class("admonition-title")][:1]:
            title = tidy(self._runs(heading, Run("")))
            heading.drop_tree()

        return Box(title, self.blocks(element), next(iter(kinds), ""))

    def _picture(self, chart: Any, caption: str) -> Picture:
        """Return a flowchart as vectors and text, and in words for those who cannot see it."""
        alt = "：".join(text for text in (chart.findtext("title"), chart.findtext("desc")) if text)
        etree.SubElement(chart, "style").text = self._drawn
        for element in chart.iter(etree.Element):
            for name, proper in _CASE_OF_SVG.items():
                if name in element.attrib:
                    element.set(proper, element.attrib.pop(name))

        return Picture(etree.tostring(chart, with_tail=False), "svg", alt or caption, caption, self.anchor(chart))

    def _image(self, element: Any) -> Picture | None:
        """Return an image of the site, unless it is of a kind that paper does not know."""
        where = target(self._page, element.get("src") or "")
        path = self._page.site / where[0] if where else Path()
        media = _MEDIA.get(path.suffix)
        if not media or not path.is_file():
            return None

        return Picture(path.read_bytes(), media, element.get("alt") or path.stem, element.get("title") or "")


def _alone(element: Any) -> Any:
    """Return the image of which a paragraph or figure consists."""
    images = list(element.iter("img")) if element.tag in {"p", "figure"} else []
    return images[0] if len(images) == 1 and not element.text_content().strip() else None


def in_document(page: SitePage, anchor: str) -> str:
    """Return what a place on a page is called in the document; the page itself is where its first heading stands."""
    return f"{page.name}--{anchor}" if anchor and anchor != page.top else page.name


def _with_asides(blocks: Iterable[Block]) -> list[Block]:
    """Say at the head of each section, and not at its end, where its exercises are."""
    found: list[Block] = []
    for block in blocks:
        sections = [n for n, one in enumerate(found) if isinstance(one, Heading)]
        if isinstance(block, Paragraph) and block.style == _ASIDE and sections:
            section = found[sections[-1]]
            found[sections[-1]] = replace(section, aside=block.runs) if isinstance(section, Heading) else section
        else:
            found.append(block)

    return found


def _with_charts(blocks: Sequence[Block]) -> list[Block]:
    """Put each flowchart beside the steps that it draws, and beside what comes next if there is room."""
    found: list[Block] = []
    left = list(blocks)
    while left:
        block = left.pop(0)
        if isinstance(block, Picture) and found and isinstance(found[-1], List):
            following = list(takewhile(lambda one: isinstance(one, _FLOWING), left))[:_FOLLOWING]
            del left[: len(following)]
            found[-1] = Beside(((found[-1], *following), (block,)), (1, 0))
        else:
            found.append(block)

    return found
