"""`pocket-card.yml` -> the panels of the card for the pocket, and pages -> the phrases that it takes from them.

Knows nothing of paper. What is quoted stands elsewhere: values in the facts, phrases in the tables of the scripts.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from handbook.content.sections import Page
from handbook.problems import Problem
from handbook.reading import markup
from handbook.reading.tables import Table, read_table
from handbook.reading.validation import SECTION, Identifier, Model, Text

_HEAD = ("情境", "可以这样说", "不要这样说")
"""The head of a table of phrases."""
_CELL_END = re.compile(r"(?<!\\)\|")


class Limit(Model):
    """One line of a table of limits: what is due, and since when, in words of the handbook; the rest says the fact."""

    fact: Identifier
    label: Text | None = None
    start: Text | None = None


class Panel(Model):
    """One of the parts into which the folds divide the card.

    Of `sections` it shows the first list or table; `say` and `never` name situations of the scripts.
    """

    title: Text
    text: Text | None = None
    """Markdown, for what stands nowhere else."""
    sections: Annotated[tuple[Annotated[str, Field(pattern=SECTION)], ...], Field(strict=False)] = ()
    limits: Annotated[tuple[Limit, ...], Field(strict=False)] = ()
    say: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    never: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    literals: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    """What it writes out though a fact has the same value."""

    @property
    def written(self) -> str:
        """All that is written here and not taken from elsewhere, a line each."""
        own = (text for limit in self.limits for text in (limit.label, limit.start))
        return "\n".join(filter(None, (self.title, self.text, *own)))


Card = Table[Panel]


class Phrases(NamedTuple):
    """What to say in a situation and what never to say, as Markdown."""

    say: str
    never: str


def read_card(path: Path, shown: str) -> tuple[Card, list[Problem]]:
    """Return the panels of a card, which may be missing, and what is wrong with its file."""
    return read_table(path, shown, Panel, "panels", "版面")


def phrases(pages: Iterable[Page]) -> dict[str, Phrases]:
    """Return the phrases of all pages by their situation, the first where two are alike."""
    found: dict[str, Phrases] = {}
    for page in pages:
        for situation, say, never in _rows(page.text):
            found.setdefault(situation, Phrases(say, never))

    return found


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of tables of phrases."""
    inside = False
    for line in markup.lines(text):
        cells = () if line.code else _cells(line.text)
        inside = cells == _HEAD or (inside and len(cells) == len(_HEAD))
        if inside and cells != _HEAD and set(cells[0]) - set(":-"):
            yield cells


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _CELL_END.split(line.strip().strip("|")))
