"""`glossary.yml` and `laws.yml` -> terms and laws, and the names in a text that read like a law's.

Knows nothing of sections or pages; any text will do.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from handbook.problems import Problem
from handbook.reading.source import shown
from handbook.reading.tables import Table, read_table
from handbook.reading.validation import SECTION, Model, Text

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


def read_lookup(glossary: Path, laws: Path, root: Path) -> tuple[Table[Term], Table[Law], list[Problem]]:
    """Return terms by their word, laws, and what is wrong with their files, either of which may be missing."""
    terms, in_terms = read_table(glossary, shown(glossary, root), Term, "terms", "术语")
    known, in_laws = read_table(laws, shown(laws, root), Law, "laws", "法规")

    return terms, known, [*in_terms, *in_laws]


def cited(text: str) -> Iterator[tuple[str, int]]:
    """Yield each name in 《》 that reads like a law's, and how many line breaks stand before it."""
    for match in _LAW_NAME.finditer(text):
        yield match[0], text.count("\n", 0, match.start())
