"""A page's Markdown -> what a reader sees of each section: pieces of text, each with its place in the structure.

Converts as the site does, so that what the site hides is not there. Facts stay references, so that a change of a fact is
not a change of the text. Knows nothing of facts' values, of items or of how a page looks.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

from lxml import html
from lxml.html import HtmlElement
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from handbook.content import flowcharts
from handbook.reading.digests import digest, folded
from handbook.reading.tokens import REFERENCE, beginning

Extensions = tuple[tuple[str, str], ...]
"""Extensions of Markdown by name, each with its settings as JSON."""
Place = tuple[str, ...]
"""Where a piece stands: the boxes, lists (`2.`, `•`) and cells (`3`, `1`) around it, the outermost first."""

_BLOCKS = {
    *[
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
    ],
    *[
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ],
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_UNSEEN = {"script", "style", "template", "head", "noscript"}
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,2})(?:[、．)）]|\.(?!\d))\s*")
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+[”’」』）】]*|[^。！？；\n]+\Z")
_REFERENCE = re.compile(REFERENCE)


class Piece(NamedTuple):
    """A run of text without structure of its own, facts as `{{ id }}`, and the targets of its links."""

    place: Place
    text: str
    links: tuple[str, ...] = ()


class Sentence(NamedTuple):
    """A sentence of a section, facts as `{{ id }}`, and which piece it stands in."""

    text: str
    piece: int
    links: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        return references(self.text)


@dataclass(frozen=True)
class View:
    """What a reader sees of a section under its heading, and the heading."""

    anchor: str
    title: str
    level: int
    pieces: tuple[Piece, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Changes with every word, with the heading and with the structure; not with how they are written."""
        same = groupby(self.pieces, key=lambda piece: piece.place)
        runs = [(*place, folded("".join(piece.text for piece in pieces))) for place, pieces in same]

        return digest(str(self.level), folded(self.title), *("\x1e".join(run) for run in runs))

    @cached_property
    def text(self) -> str:
        """The section as lines for a person to read, facts as `{{ id }}`."""
        return "\n".join([f"{'#' * self.level} {self.title}", *_lines(self.pieces)])

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that it refers to, in order."""
        return references("\n".join([self.title, *(piece.text for piece in self.pieces)]))

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The targets of its links, as written."""
        return tuple(dict.fromkeys(link for piece in self.pieces for link in piece.links))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences in the order of reading; a cell is one at least."""
        return tuple(
            Sentence(found[0].strip(), number, piece.links)
            for number, piece in enumerate(self.pieces)
            for found in _SENTENCE.finditer(piece.text)
            if found[0].strip()
        )


def references(text: str) -> tuple[str, ...]:
    """Return the facts that a text refers to, in order, each once."""
    return tuple(dict.fromkeys(found["id"] for found in _REFERENCE.finditer(text)))


@lru_cache(maxsize=512)
def views(text: str, extensions: Extensions = ()) -> tuple[View, ...]:
    """Return what a reader sees of each section of a page, in order; what stands before the first heading is no section.

    Raises what Markdown raises when an extension cannot be loaded.
    """
    source = flowcharts.replaced(text[beginning(text) :], _chart)
    root = html.fragment_fromstring(_converter(extensions).reset().convert(source), create_parent="div")
    pieces = _Walk().pieces(root)
    found: list[View] = []
    for heading, run in groupby(pieces, key=lambda piece: piece.place[:1] == (_HEADING,)):
        if heading:
            found += (View(piece.links[0], piece.text, int(piece.place[1])) for piece in run)
        elif found:
            found[-1] = View(found[-1].anchor, found[-1].title, found[-1].level, tuple(run))

    return tuple(found)


_HEADING = "heading"
_CHART = "chart"


class _Kept(InlineProcessor):
    """Keeps references from the rest of Markdown; the site fills them in at the same point."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 -- Markdown's name
        self, m: re.Match[str], _data: str
    ) -> tuple[str, int, int]:
        return str(self.md.htmlStash.store(f"{{{{ {m['id']} }}}}")), m.start(), m.end()


@lru_cache(maxsize=8)
def _converter(extensions: Extensions) -> Markdown:
    named = dict.fromkeys(["toc", "tables", "fenced_code", "attr_list", *(name for name, _ in extensions)])
    configs = {name: json.loads(config) for name, config in extensions} | {"toc": {}}
    md = Markdown(extensions=list(named), extension_configs=configs)
    md.inlinePatterns.register(_Kept(REFERENCE, md), "handbook_references", 185)  # code 190, links 170

    return md


def _chart(source: str) -> str:
    """Return an element that holds what a flowchart says."""
    inside = html.Element("div", {"class": _CHART})
    inside.text = "\n".join(flowcharts.statements(source))

    return str(html.tostring(inside, encoding="unicode")).replace("\n", "&#10;")


class _Walk:
    """Steps through a page in the order of reading."""

    def __init__(self) -> None:
        self._found: list[Piece] = []
        self._run: list[str] = []
        self._links: list[str] = []

    def pieces(self, root: HtmlElement) -> list[Piece]:
        self._inside(root, ())
        self._flush(())
        return self._found

    def _inside(self, element: HtmlElement, place: Place) -> None:
        """Add the text of an element and of all in it; blocks part the runs of text."""
        self._run.append(element.text or "")
        number = 0
        for child in element:
            if isinstance(child.tag, str) and not _hidden(child):
                if child.tag in _BLOCKS:
                    self._flush(place)
                    number = self._block(child, place, number + 1)
                else:
                    self._inline(child, place)
            self._run.append(child.tail or "")

    def _inline(self, child: HtmlElement, place: Place) -> None:
        if child.tag == "a" and (target := child.get("href")):
            self._links.append(target)
        self._run.append({"br": "\n", "img": child.get("alt") or ""}.get(child.tag, ""))
        self._inside(child, place)

    def _block(self, child: HtmlElement, place: Place, number: int) -> int:
        """Add a block that is the so-manieth of its parent; return its number, which a list of ours may have raised."""
        if child.tag in _HEADINGS:
            title = "".join(child.itertext()).strip()
            self._found.append(Piece((_HEADING, child.tag[1]), title, (child.get("id") or "",)))
            return number
        inner = (*place, *_step(child, number))
        if child.get("class") == _CHART:
            self._found += [Piece((*place, _CHART), line) for line in (child.text or "").splitlines()]
            return number
        self._inside(child, inner)
        self._flush(inner)
        last = self._found[-1].place if self._found else ()
        counted = child.tag == "li" and len(last) >= len(inner) and last[: len(place)] == place

        return int(last[len(place)][:-1]) if counted and last[len(place)][:-1].isdecimal() else number

    def _flush(self, place: Place) -> None:
        """End the run of text; lines that begin with a number are the points of a list that Markdown does not know."""
        text, links = "".join(self._run), tuple(self._links)
        self._run, self._links = [], []
        for line in text.split("\n"):
            found = _NUMBER.match(line)
            if found:
                outer = place[:-1] if place and place[-1][:-1].isdecimal() else place
                place = (*outer, f"{int(found[1])}.")
                line = line[found.end() :]  # noqa: PLW2901 -- the rest of it
            if line.strip():
                self._found.append(Piece(place, " ".join(line.split()), links))


def _hidden(element: HtmlElement) -> bool:
    style = element.get("style") or ""
    return element.tag in _UNSEEN or element.get("hidden") is not None or bool(_HIDING.search(style))


def _step(element: HtmlElement, number: int) -> Place:
    """Return what a block adds to the place of what is in it."""
    parent, names = element.getparent(), (element.get("class") or "").split()
    match element.tag:
        case "li":
            step = f"{number}." if parent.tag == "ol" else "•"
        case "tr":
            step = f"row {number + len(parent.xpath('preceding-sibling::*/tr'))}"
        case "td" | "th":
            step = f"{element.tag} {number}"
        case "table" | "details" | "blockquote" | "dt" | "dd" | "summary" | "pre":
            step = element.tag
        case _:
            step = " ".join(sorted(names)) if "admonition" in names else "title" * ("admonition-title" in names)

    return (step,) if step else ()


def _lines(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield pieces for a person to read: a row of a table on a line, points of lists indented, boxes marked."""
    for (row, place), run in groupby(pieces, key=lambda piece: _row(piece.place)):
        texts = [piece.text for piece in run]
        if row:
            yield f"| {' | '.join(texts)} |"
            continue
        depth = "  " * (sum(map(_is_point, place)) - 1)
        point = f"{place[-1]} " if place and _is_point(place[-1]) else ""
        box = "".join("> " for step in place if "admonition" in step or step in ("blockquote", "details", "summary"))
        yield from (f"{box}{depth}{point}{text}" for text in texts)


def _row(place: Place) -> tuple[bool, Place]:
    in_table = bool(place) and place[-1][:3] in ("td ", "th ")
    return in_table, place[:-1] if in_table else place


def _is_point(step: str) -> bool:
    return step == "•" or step[:-1].isdecimal()
