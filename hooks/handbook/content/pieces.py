"""The HTML of a page -> pieces: what a reader sees of it in the order of reading, each with its place in the structure.

Knows nothing of Markdown, of facts or of sections.
"""

import re
from html import escape
from typing import NamedTuple

from lxml.html import HtmlElement, defs, fragment_fromstring

Place = tuple[str, ...]
"""Where a piece stands: the boxes, points of lists (`2.`, `•2`), rows and cells around it, the outermost first."""
HEADING = "heading"
"""The first step of the place of a heading, whose level is the second."""
_CHART = "chart"
_SAID = "handbook-chart-said"
"""The class of an element that holds what a flowchart says."""
_MORE = {"article", "aside", "details", "dialog", "figcaption", "figure", "footer", "header", "main", "nav", "section"}
BLOCKS = {*defs.block_tags, *_MORE, "summary"} - {"del", "ins"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_UNSEEN = {"script", "style", "template", "head", "noscript"}
_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|content-visibility:hidden|(?:max-)?(?:height|width):0(?![.\d])"
    r"|opacity:0(?![.\d])|font-size:0(?![.\d])|clip(?:-path)?:(?!auto|none))"
)
NUMBER = re.compile(r"\s*(\d{1,2})(?:[、．)）]|\.(?!\d))\s*")
_SIGNS = {"del": ("~~", "~~"), "s": ("~~", "~~"), "strike": ("~~", "~~"), "sup": ("^", ""), "sub": ("_", "")}
"""What stands for a look that changes the meaning."""


class Piece(NamedTuple):
    """A run of text without structure of its own, facts as `{{ id }}`, and the targets of its links.

    A heading has the place `heading`, its level, and its id in the place of links.
    """

    place: Place
    text: str
    links: tuple[str, ...] = ()


def pieces(page: str) -> list[Piece]:
    """Return all pieces of a page."""
    walk = _Walk()
    walk.inside(fragment_fromstring(page, create_parent="div"), ())
    walk.flush(())

    return walk.found


def chart(statements: list[str]) -> str:
    """Return an element, on one line, that holds what a flowchart says."""
    said = "&#10;".join(map(escape, statements))
    return f'<div class="{_SAID}">{said}</div>'


class _Walk:
    """Steps through a page in the order of reading."""

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.run: list[str] = []
        self._links: list[str] = []

    def inside(self, element: HtmlElement, place: Place) -> None:
        """Add the text of an element and of all in it; blocks part the runs of text."""
        self.run.append(element.text or "")
        number = self._before(element, place) if element.tag == "ol" else 0
        for child in element:
            if isinstance(child.tag, str) and not _hidden(child):
                if child.tag in BLOCKS:
                    self.flush(place)
                    number = self._block(child, place, number + 1)
                else:
                    self._inline(child, place)
            self.run.append(child.tail or "")

    def flush(self, place: Place) -> None:
        """End the run of text; lines with the numbers of a list that Markdown does not know are its points."""
        lines, links = "".join(self.run).split("\n"), tuple(self._links)
        self.run, self._links = [], []
        said: list[str] = []
        for line in lines:
            outer = place[:-1] if place and place[-1][:-1].isdecimal() else place
            before = self._number(outer) if outer == place else int(place[-1][:-1])
            point = NUMBER.match(line)
            if point and int(point[1]) not in (1, before + 1):
                point = None
            if point or place[-1:] == ("pre",):
                self._add(place, said, links)
                said = []
            if point:
                place = (*outer, f"{int(point[1])}.")
            rest = line[point.end() :] if point else line
            said.append(rest.rstrip().removesuffix("\\"))  # meant as a break
        self._add(place, said, links)

    def _add(self, place: Place, lines: list[str], links: tuple[str, ...]) -> None:
        if text := " ".join(" ".join(lines).split()):
            self.found.append(Piece(place, text, links))

    def _inline(self, child: HtmlElement, place: Place) -> None:
        if child.tag == "a" and (target := child.get("href")):
            self._links.append(target)
        before, after = _SIGNS.get(child.tag, ("", ""))
        self.run.append({"br": "\n", "img": child.get("alt") or ""}.get(child.tag, before))
        self.inside(child, place)
        self.run.append(after)

    def _block(self, child: HtmlElement, place: Place, number: int) -> int:
        """Add a block that is the so-manieth of its parent; return its number, which a list of ours may have raised."""
        if child.tag in HEADINGS:
            self.found.append(Piece((HEADING, child.tag[1]), _title(child), (child.get("id") or "",)))
        elif child.get("class") == _SAID:
            self.found += [Piece((*place, _CHART), line) for line in (child.text or "").splitlines()]
        else:
            inner = (*place, *_step(child, number))
            self.inside(child, inner)
            self.flush(inner)

        return max(number, self._number(place))

    def _before(self, element: HtmlElement, place: Place) -> int:
        """Return the number before that of a list's first point."""
        start = element.get("start") or ""
        return int(start) - 1 if start.isdecimal() else self._number(place)

    def _number(self, place: Place) -> int:
        """Return the number of the point that the last piece stands in, of a list at a place; 0 when there is none."""
        last = self.found[-1].place if self.found else ()
        step = "".join(last[len(place) : len(place) + 1])[:-1]

        return int(step) if last[: len(place)] == place and step.isdecimal() else 0


def _title(heading: HtmlElement) -> str:
    walk = _Walk()
    walk.inside(heading, ())
    return " ".join("".join(walk.run).split())


def hides(element: HtmlElement) -> bool:
    """Tell whether an attribute of an element keeps it, and all in it, out of view."""
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return element.get("hidden") is not None or bool(_HIDING.search(style))


def _hidden(element: HtmlElement) -> bool:
    return element.tag in _UNSEEN or hides(element)


def _step(element: HtmlElement, number: int) -> Place:
    """Return what a block adds to the place of what is in it."""
    parent, names = element.getparent(), (element.get("class") or "").split()
    match element.tag:
        case "li":
            step = f"{number}." if parent.tag == "ol" else f"•{number}"
        case "tr":
            step = f"row {number + len(parent.xpath('preceding-sibling::*/tr'))}"
        case "td" | "th":
            step = f"{element.tag} {number}"
        case "table" | "details" | "blockquote" | "dt" | "dd" | "summary" | "pre":
            step = element.tag
        case _:
            step = " ".join(sorted(names)) if "admonition" in names else "title" * ("admonition-title" in names)

    return (step,) if step else ()
