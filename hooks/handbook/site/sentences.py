"""The Markdown tree of a chapter -> the same with each quoted sentence in a `<span>` of its own, for links to land on.

Reads sentences as `content.views` does, across the inline elements in them. What cannot stand in a span is told by an empty
one at the head of its block, or right before a figure that says it. Knows nothing of who quotes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown.util import ETX, STX

from handbook.content.pieces import BLOCKS, HEADINGS, NUMBER
from handbook.content.views import sentences
from handbook.reading.digests import folded
from handbook.site.spans import Read, Tree

Quotes = Mapping[str, Mapping[str, Sequence[str]]]
"""By the anchor of a section the sentences in it, as `likened`, each with the ids of its first places."""
_RAW = "\0"
"""Stands for a tag that the tree does not know, which no span may cross."""
_CHARACTER = re.compile(
    rf"{STX}wzxhzdk:(?P<raw>\d+){ETX}|{STX}(?P<code>\d+){ETX}|(?:{STX}amp{ETX}|&)(?P<entity>#?\w+;)|.", re.DOTALL
)
"""What stands for a character in a text of Markdown's tree; raw HTML lies aside."""
_LINE = re.compile(r"[^\n]+")
_TAG = re.compile(r"<[^>]*>")
_SIGNS = re.compile(rf"[~^_\\{_RAW}]")
"""What views write for a look, and what Markdown shows of a break."""


class _Run(NamedTuple):
    """Text without structure of its own, its section and the block that it stands in."""

    section: str
    block: Element
    read: list[Read]


def likened(text: str) -> str:
    """Return a sentence as it is compared."""
    return _SIGNS.sub("", folded(text))


def mark(root: Element, quoted: Quotes, raw: Sequence[object]) -> None:
    """Mark the quoted sentences of a tree; `raw` is the HTML that Markdown has laid aside."""
    reader = _Reader([str(html) for html in raw])
    reader.inside(root, root)
    left = {section: {text: list(ids) for text, ids in known.items()} for section, known in quoted.items()}
    found = list(_found(reader.runs, left))
    tree = Tree(root)
    crossed = [(run.block, name) for name, run in found if any(read.shown == _RAW for read in run.read)]
    for name, run in reversed(found):  # so that what comes before stays where it was read
        if (run.block, name) not in crossed:
            tree.wrap(run.read, _span(name))
    for block, name in crossed:
        tree.insert(block, (0, 0), (0, 0), _span(name))
    for section, known in left.items():
        for text, ids in known.items():
            for name in ids:
                tree.put_beside(reader.place(section, text), _span(name))


def _found(runs: Iterable[_Run], left: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, _Run]]:
    """Yield each wanted sentence that stands in a run, under its id, which is taken from those left."""
    for run in runs:
        text, behind = "".join(read.shown for read in run.read), 0
        for begin, end in _sentences(text):
            ids = left.get(run.section, {}).get(likened(text[begin:end])) if begin >= behind else None
            if ids:
                yield ids.pop(0), run._replace(read=run.read[begin:end])
                behind = end


def _sentences(text: str) -> list[tuple[int, int]]:
    """Return where sentences of a run may begin and end: they go on in the next line, unless a line or a number parts them."""
    lines = list(_LINE.finditer(text))
    points = [line.start() for line in lines if NUMBER.match(line[0])]
    found = set[tuple[int, int]]()
    for line in lines:
        number = NUMBER.match(line[0])
        ends = {line.end(), *[point for point in points if point > line.start()][:1], len(text)}
        for begin in {line.start(), line.start() + (number.end() if number else 0)}:
            for end in ends:
                found |= {(begin + start, begin + stop) for start, stop in sentences(text[begin:end])}

    return sorted(found)


def _span(name: str) -> Element:
    return Element("span", {"class": "quoted", "id": name})


class _Reader:
    """Steps through a tree in the order of reading."""

    def __init__(self, raw: Sequence[str]) -> None:
        self.runs: list[_Run] = []
        self._raw = raw
        self._section = ""
        self._read: list[Read] = []
        self._headings: dict[str, Element] = {}
        self._aside: dict[str, list[tuple[Element, str]]] = {}

    def inside(self, element: Element, block: Element) -> None:
        """Read an element; blocks part the runs of text."""
        self._note(element, "text", element.text)
        for child in element:
            if child.tag in BLOCKS:
                self._flush(block)
                self._block(child)
            elif child.tag == "br":
                self._read.append(Read("\n", child, "whole"))
            else:
                self.inside(child, block)
            self._note(child, "tail", child.tail)
        if element is block:
            self._flush(block)

    def place(self, section: str, text: str) -> tuple[Element, int]:
        """Return the block laid aside that says a sentence, or the heading; and how far behind its beginning to go."""
        for block, html in self._aside.get(section, []):
            if html.startswith("<figure") or text in likened(unescape(_TAG.sub("", html))):
                return block, 0
        return self._headings[section], 1

    def _block(self, block: Element) -> None:
        if block.tag not in HEADINGS:
            self.inside(block, block)
            return
        self._section = block.get("id") or ""
        self._headings[self._section] = block

    def _note(self, owner: Element, kind: str, text: str | None) -> None:
        for found in _CHARACTER.finditer(text or ""):
            if found["raw"] and owner.tag == "p" and found[0] == text:
                self._aside.setdefault(self._section, []).append((owner, self._raw[int(found["raw"])]))
            else:
                self._read.append(Read(self._shown(found), owner, kind, found.start(), found.end()))

    def _shown(self, found: re.Match[str]) -> str:
        if found["raw"]:
            html = self._raw[int(found["raw"])]
            return "\n" if html.startswith("<br") else _RAW if html.startswith("<") else unescape(html)[:1]
        if found["code"]:
            return chr(int(found["code"]))

        return unescape(f"&{found['entity']}")[:1] if found["entity"] else found[0]

    def _flush(self, block: Element) -> None:
        if self._read:
            self.runs.append(_Run(self._section, block, self._read))
        self._read = []
