"""`glossary.yml` and `laws.yml` -> terms and laws, and the names in a text that read like a law's.

Knows nothing of sections or pages; any text will do.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from handbook.problems import Problem
from handbook.reading.source import Document, shown
from handbook.reading.tables import entries, read_optional
from handbook.reading.validation import SECTION, Model, Text, Where, validated

_LAW_NAME = re.compile(r"《[^《》]*(?:法|办法|规定|条例|解释|决定|意见|通知|规范)[^《》]{0,12}》")


class Term(Model):
    """A word of the trade in plain words, and the section that explains it best."""

    means: Text
    see: Annotated[str, Field(pattern=SECTION)] | None = None


class Law(Model):
    """A law, regulation, interpretation or standard that the handbook rests on."""

    name: Text
    also: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    number: Text | None = None
    since: Text
    status: Literal["law", "secondary"]
    note: Text | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also)


@dataclass(frozen=True)
class Lookup:
    """All terms by their word and all laws, in the order of the files; paths and lines for messages."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    laws: tuple[Law, ...] = ()
    paths: tuple[str, str] = ("", "")
    lines: Mapping[str, int] = field(default_factory=dict)
    complete: bool = True
    """Whether the glossary, which refers to facts, could be read."""


def read_lookup(glossary: Path, laws: Path, root: Path) -> tuple[Lookup, list[Problem]]:
    """Return terms and laws, and what is wrong with their files, either of which may be missing."""
    paths = shown(glossary, root), shown(laws, root)
    terms, known, lines = {}, [], {}
    problems: list[Problem] = []
    if document := read_optional(glossary, paths[0], problems):
        for where in entries(document, "terms", dict, "术语"):
            word = str(where[-1])
            lines[word] = document.line(where)
            if term := validated(Term, document, where, f"术语 '{word}' "):
                terms[word] = term
        problems += document.problems
    complete = not problems or bool(document)
    if document := read_optional(laws, paths[1], problems):
        for where in entries(document, "laws", list, "法规"):
            if law := validated(Law, document, where, _called(document, where)):
                known.append(law)
                lines[law.name] = document.line(where)
        problems += document.problems

    return Lookup(terms, tuple(known), paths, lines, complete), problems


def _called(document: Document, where: Where) -> str:
    """Return how messages call a law, whose name may be missing."""
    table, index = where
    raw = document.data[table][index]
    name = raw.get("name") if isinstance(raw, dict) else None

    return f"法规 '{name}' " if name else f"第 {int(index) + 1} 部法规"


def cited(text: str) -> Iterator[tuple[str, int]]:
    """Yield each name in 《》 that reads like a law's, and how many line breaks stand before it."""
    for match in _LAW_NAME.finditer(text):
        yield match[0], text.count("\n", 0, match.start())
