"""HTML of an item's text -> paragraphs, list entries and tables of plain runs, which every kind of paper can print.

Knows nothing of items. Only emphasis is kept: a link becomes its words, a picture what it says of itself, code plain text.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = {"p", "li", "td", "th", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_SOFT_BREAK = re.compile(r"(?<=[^\x00-\xff])\s*\n\s*|\s*\n\s*(?=[^\x00-\xff])")
_SPACE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class Run:
    """Characters in one weight."""

    text: str
    strong: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A line of thought; `marker` (`1.` or `•`) and `depth` (from 1) only in a list."""

    runs: Runs
    marker: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first row is the head."""

    rows: tuple[tuple[Runs, ...], ...]


Block = Paragraph | Table


def blocks(html: str) -> tuple[Block, ...]:
    """Return what `html`, as Python-Markdown makes it, says."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()

    return tuple(reader.blocks)


def text(runs: Runs) -> str:
    """Return the characters alone."""
    return "".join(run.text for run in runs)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._strong = 0
        self._lists: list[int | None] = []
        self._marker = ""
        self._rows: list[list[Runs]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS or tag in {"ol", "ul"}:
            self.end_block()
        match tag:
            case "ol":
                self._lists.append(int(dict(attrs).get("start") or 1))
            case "ul":
                self._lists.append(None)
            case "li":
                self._marker = self._next_marker()
            case "table":
                self._rows = []
            case "tr" if self._rows is not None:
                self._rows.append([])
            case "strong" | "b":
                self._strong += 1
            case "img":
                self._runs.append(Run(dict(attrs).get("alt") or "［图］", bool(self._strong)))
            case "br":
                self._runs.append(Run("\u2028"))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._rows:
            self._rows[-1].append(_tidy(self._runs))
            self._runs = []
        elif tag in _BLOCKS:
            self.end_block()
        elif tag in {"ol", "ul"}:
            self._lists.pop()
        elif tag == "table" and self._rows:
            self.blocks.append(Table(tuple(map(tuple, self._rows))))
            self._rows = None
        elif tag in {"strong", "b"}:
            self._strong -= 1

    def handle_data(self, data: str) -> None:
        self._runs.append(Run(data, bool(self._strong)))

    def end_block(self) -> None:
        """Keep the paragraph read so far, unless it is nothing but white space."""
        runs = _tidy(self._runs)
        self._runs = []
        if runs:
            self.blocks.append(Paragraph(runs, self._marker, len(self._lists)))
            self._marker = ""

    def _next_marker(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "•"
        self._lists[-1] = number + 1
        return f"{number}."


def _tidy(runs: list[Run]) -> Runs:
    """Join runs of one weight; a break in the source is no space between Chinese characters, a `<br>` is a new line."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].strong == run.strong:
            joined[-1] = Run(joined[-1].text + run.text, run.strong)
        else:
            joined.append(run)
    spaced = [Run(_spaced(run.text), run.strong) for run in joined]
    if spaced:
        spaced[0] = Run(spaced[0].text.lstrip(), spaced[0].strong)
        spaced[-1] = Run(spaced[-1].text.rstrip(), spaced[-1].strong)

    return tuple(run for run in spaced if run.text)


def _spaced(text: str) -> str:
    return re.sub(" ?\u2028 ?", "\n", _SPACE.sub(" ", _SOFT_BREAK.sub("", text)))
