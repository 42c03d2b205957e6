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
from handbook.reading.source import read_yaml
from handbook.reading.validation import SECTION, Model, Text, validated

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


def read_lookup(glossary: Path, laws: Path, root: Path) -> tuple[Lookup, list[Problem]]:
    """Return terms and laws, either file may be missing; raise Unreadable when one is not YAML."""
    shown = glossary.relative_to(root).as_posix(), laws.relative_to(root).as_posix()
    terms, known, lines = {}, [], {}
    problems: list[Problem] = []
    if glossary.exists():
        document = read_yaml(glossary, shown[0])
        for word in (document.data or {}).get("terms", {}):
            term = validated(Term, document, ("terms", word), f"术语 '{word}' ")
            lines[word] = document.line(("terms", word))
            if term:
                terms[word] = term
        problems += document.problems
    if laws.exists():
        document = read_yaml(laws, shown[1])
        for index, raw in enumerate((document.data or {}).get("laws", [])):
            name = raw.get("name") if isinstance(raw, dict) else None
            law = validated(Law, document, ("laws", index), f"法规 '{name}' " if name else f"第 {index + 1} 部法规")
            if law:
                known.append(law)
                lines[law.name] = document.line(("laws", index))
        problems += document.problems

    return Lookup(terms, tuple(known), shown, lines), problems


def cited(text: str) -> Iterator[tuple[str, int]]:
    """Yield each name in 《》 that reads like a law's, and how many line breaks stand before it."""
    for match in _LAW_NAME.finditer(text):
        yield match[0], text.count("\n", 0, match.start())
