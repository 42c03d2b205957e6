"""An exam form -> what the marker reads: keys, rationales by the letters of this form, evidence, rubrics with points.

Knows nothing of PDF or DOCX.
"""

from collections.abc import Callable
from dataclasses import dataclass

from handbook.content.quotations import nested
from handbook.exams.forms import ExamForm, Place
from handbook.items import Item
from handbook.papers.paper import Heading, Masthead, Prose, line, masthead, numbered, shown
from handbook.papers.prose import Block, Runs, blocks, text

_SHORT = 6
"""Characters of a key that fit into the table of a marker."""


@dataclass(frozen=True)
class ExplainedPart:
    """One option: its mark, its text (none where the mark says it all) and why it is, or is not, the key."""

    mark: str
    is_key: bool
    text: Runs
    rationale: Runs


@dataclass(frozen=True)
class KeyItem:
    """What earns the points of one item, and what the handbook says that answers it."""

    number: int
    item: str
    points: int
    stem: tuple[Block, ...]
    basis: str
    key: str = ""
    parts: tuple[ExplainedPart, ...] = ()
    model_answer: tuple[Block, ...] = ()
    rubric: tuple[tuple[Runs, str], ...] = ()
    """Each criterion and its points in this form."""


@dataclass(frozen=True)
class KeyPart:
    """The answers to the items of one type."""

    heading: Heading
    items: tuple[KeyItem, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all items, where each is short enough for a table; else none."""
        keys = tuple(item.key for item in self.items)
        return keys if all(0 < len(key) <= _SHORT for key in keys) else ()


@dataclass(frozen=True)
class AnswerKey:
    """The answer key of one form."""

    masthead: Masthead
    parts: tuple[KeyPart, ...]


def answer_key(form: ExamForm, record: str, prose: Prose, section: Callable[[str], str]) -> AnswerKey:
    """Return the answer key; `section` turns `claims.md#deadlines` into what a reader looks for in the handbook."""
    parts = tuple(
        KeyPart(heading, tuple(_item(number, place, prose, section) for number, place in places))
        for heading, places in numbered(form, for_markers=True)
    )

    return AnswerKey(masthead(form, record), parts)


def _basis(item: Item, prose: Prose, section: Callable[[str], str]) -> str:
    """Return the words that answer an item, behind their section, which is named once; without any, the section."""
    quoted: dict[str, str] = {}
    for name, words in item.quoted:
        quoted[name] = quoted.get(name, "") + f"“{text(line(nested(words), prose))}”"

    return "；".join(f"{section(name)}：{words}" for name, words in quoted.items()) or section(item.section)


def _item(number: int, place: Place, prose: Prose, section: Callable[[str], str]) -> KeyItem:
    item = place.item
    return KeyItem(
        number,
        item.id,
        place.points,
        blocks(prose(item.asked(place.order, place.points).stem)),
        _basis(item, prose, section),
        text(line(item.key(place.order), prose)),
        tuple(
            ExplainedPart(part.mark, part.is_key, line(part.text, prose), line(part.rationale, prose))
            for part in item.explained(place.order)
        ),
        blocks(prose(item.answer())) if place.criteria else (),
        tuple((line(criterion.criterion, prose), shown(points)) for criterion, points in place.criteria),
    )
