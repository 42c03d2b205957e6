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

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from handbook.content import flowcharts
from handbook.content.pieces import HEADING, Piece, Place, chart, pieces
from handbook.reading.digests import folded, hashed
from handbook.reading.tokens import REFERENCE, beginning

Extensions = tuple[tuple[str, str], ...]
"""Extensions of Markdown by name, each with its settings as JSON."""
_CLOSING = r"""["”'’」』）)】\]]*"""
_END = rf"[。！？；]|[.!?;](?={_CLOSING}(?:[\s(<\[\u2018\u201c\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]|\Z))"
_SENTENCE = re.compile(rf".*?(?:(?:{_END})+{_CLOSING}|\Z)", re.DOTALL)
_REFERENCE = re.compile(REFERENCE)


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
        runs = [(*place, folded("".join(piece.text for piece in run))) for place, run in same]

        return hashed(str(self.level), folded(self.title), *("\x1e".join(run) for run in runs))

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
            Sentence(piece.text[begin:end], number, piece.links)
            for number, piece in enumerate(self.pieces)
            for begin, end in sentences(piece.text)
        )


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a text begin and end."""
    for found in _SENTENCE.finditer(text):
        if words := found[0].strip():
            begin = found.start() + found[0].index(words)
            yield begin, begin + len(words)


def without_references(text: str) -> str:
    """Return what a text says beside the facts that it refers to."""
    return _REFERENCE.sub("…", text)


def references(text: str) -> tuple[str, ...]:
    """Return the facts that a text refers to, in order, each once."""
    return tuple(dict.fromkeys(found["id"] for found in _REFERENCE.finditer(text)))


@lru_cache(maxsize=512)
def views(text: str, extensions: Extensions = ()) -> tuple[View, ...]:
    """Return what a reader sees of each section of a page, in order; what stands before the first heading is no section.

    Raises what Markdown raises when an extension cannot be loaded.
    """
    source = flowcharts.replaced(text[beginning(text) :], lambda source: chart(flowcharts.statements(source)))
    found: list[View] = []
    page = pieces(_converter(extensions).reset().convert(source))
    for heading, run in groupby(page, key=lambda piece: piece.place[:1] == (HEADING,)):
        if heading:
            found += (View(piece.links[0], piece.text, int(piece.place[1])) for piece in run)
        elif found:
            found[-1] = View(found[-1].anchor, found[-1].title, found[-1].level, tuple(run))

    return tuple(found)


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


def _lines(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield pieces for a person to read: a row of a table on a line, points of lists indented, boxes marked."""
    for row, run in groupby(pieces, key=lambda piece: _row(piece.place)):
        if row:
            yield f"| {' | '.join(_cells(list(run), len(row)))} |"
            continue
        for place, text in ((piece.place, piece.text) for piece in run):
            box = "".join("> " for step in place if "admonition" in step or step in ("blockquote", "details"))
            depth = "  " * (sum(map(_is_point, place)) - 1)
            yield f"{box}{depth}{_point(place)}{text}"


def _row(place: Place) -> Place:
    """Return the place of the row of a table that a piece stands in, none outside of tables."""
    rows = [number for number, step in enumerate(place, 1) if step.startswith("row ")]
    return place[: rows[0]] if rows else ()


def _cells(row: list[Piece], depth: int) -> Iterator[str]:
    """Yield the cells of a row, those that are empty as well."""
    by_column: dict[int, list[str]] = {}
    for place, text, _ in row:
        by_column.setdefault(int(place[depth].split()[-1]), []).append(f"{_point(place)}{text}")
    for column in range(1, max(by_column) + 1):
        yield " ".join(by_column.get(column, []))


def _point(place: Place) -> str:
    """Return what stands before the text of a point."""
    last = place[-1] if place else ""
    return "• " if last.startswith("•") else f"{last} " if _is_point(last) else ""


def _is_point(step: str) -> bool:
    return step.startswith("•") or step[:-1].isdecimal()
