"""An exam form -> what the marker reads: keys, rationales by the letters of this form, sections, rubrics with points.

Knows nothing of PDF or DOCX.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from handbook.exams.forms import ExamForm, Place
from handbook.items import TYPES, Essay, TrueFalse
from handbook.papers.paper import Masthead, Prose, line, marked, masthead, numeral, rule, shown
from handbook.papers.prose import Block, Runs, blocks


@dataclass(frozen=True)
class Explained:
    """One option: its mark, its text (none where the mark says it all) and why it is, or is not, the key."""

    mark: str
    is_key: bool
    text: Runs
    rationale: Runs


@dataclass(frozen=True)
class Answer:
    """What earns the points of one item, and the section that answers it."""

    number: int
    item: str
    points: int
    stem: tuple[Block, ...]
    section: str
    key: str = ""
    options: tuple[Explained, ...] = ()
    model_answer: tuple[Block, ...] = ()
    rubric: tuple[tuple[Runs, str], ...] = ()
    """Each criterion and its points in this form."""


@dataclass(frozen=True)
class AnswerPart:
    """The answers of one part of the form."""

    numeral: str
    title: str
    rule: str
    points: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class AnswerKey:
    """The answer key of one form."""

    masthead: Masthead
    parts: tuple[AnswerPart, ...]


def answer_key(form: ExamForm, record: str, prose: Prose, section: Callable[[str], str]) -> AnswerKey:
    """Return the answer key; `section` turns `claims.md#deadlines` into what a reader looks for in the handbook."""
    numbers = count(1)
    parts = tuple(
        AnswerPart(
            numeral(index),
            TYPES[part.plan.type],
            rule(part, of_essays="按采分点给分"),
            part.points,
            tuple(_answer(place, next(numbers), prose, section) for place in part.places),
        )
        for index, part in enumerate(form.parts, 1)
    )

    return AnswerKey(masthead(form, record), parts)


def _answer(place: Place, number: int, prose: Prose, section: Callable[[str], str]) -> Answer:
    item = place.item
    stem, basis = blocks(prose(item.stem)), section(item.section)
    if isinstance(item, Essay):
        rubric = tuple((line(criterion.criterion, prose), shown(points)) for criterion, points in place.criteria)
        model_answer = blocks(prose(item.model_answer))
        return Answer(number, item.id, place.points, stem, basis, model_answer=model_answer, rubric=rubric)
    judged = isinstance(item, TrueFalse)
    options = tuple(
        Explained(mark, option.key, () if judged else line(option.text, prose), line(option.rationale, prose))
        for mark, option in marked(place)
    )
    key = "".join(option.mark for option in options if option.is_key)

    return Answer(number, item.id, place.points, stem, basis, key, options)
