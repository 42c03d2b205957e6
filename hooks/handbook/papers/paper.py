"""An exam form -> what the candidate reads: headings, numbered items, lettered options, room to write.

Holds neither keys nor rationales nor ids, so nothing made from it can give them away. Knows nothing of PDF or DOCX.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, groupby
from string import ascii_uppercase
from unicodedata import east_asian_width

from handbook.exams.forms import ExamForm, Part, Place
from handbook.items import TYPES, Essay, Option, TrueFalse
from handbook.papers.prose import Block, Paragraph, Run, Runs, blocks, text
from handbook.reading.digests import normalised

Prose = Callable[[str], str]
"""Turns an author's text into HTML without links, facts filled in."""

JUDGEMENTS = ("√", "×")
"""How a candidate says 正确 and 错误, in this order."""
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_DIGITS = "零一二三四五六七八九"
_RULES = {
    "single": "每题只有一个正确选项",
    "multiple": "多选、少选、错选均不得分",
    "multiple partial": "只选出一部分正确选项的，按选对的比例得分；选了错误选项的，不得分",
    "true_false": "正确的写“√”，错误的写“×”",
}
_LINES_PER_POINT = Fraction(8, 5)
_FEWEST_LINES = 4
_FITTING = ((4, 7), (2, 18))
"""Columns, and the longest option, in Chinese characters, that fits into one."""


@dataclass(frozen=True)
class Question:
    """An item as the candidate reads it: options with their letters, or `lines` to write on."""

    number: int
    points: int
    stem: tuple[Block, ...]
    options: tuple[tuple[str, Runs], ...] = ()
    columns: int = 1
    """How many options stand beside each other."""
    lines: int = 0

    @property
    def bracket(self) -> str:
        """Where the response goes; no line breaks inside. Nothing for an essay."""
        return "" if self.lines else f"（{6 * NO_BREAK_SPACE}）"


@dataclass(frozen=True)
class Group:
    """Questions with the material they share; usually one question, and no material."""

    stimulus: tuple[Block, ...]
    questions: tuple[Question, ...]

    @property
    def label(self) -> str:
        """What stands above the material."""
        first, last = self.questions[0].number, self.questions[-1].number
        return f"材料（第 {first} 题）" if first == last else f"材料（第 {first}～{last} 题）"


@dataclass(frozen=True)
class PaperPart:
    """The questions of one type under a heading: 一、单选题 and（共 10 题，每题 2 分，共 20 分……）."""

    numeral: str
    title: str
    rule: str
    points: int
    groups: tuple[Group, ...]

    @property
    def questions(self) -> Iterator[Question]:
        return (question for group in self.groups for question in group.questions)


@dataclass(frozen=True)
class Masthead:
    """What all papers of one form say of it."""

    title: str
    letter: str
    record: str
    minutes: int
    points: int
    pass_points: str

    @property
    def footer(self) -> str:
        return f"{self.title} · {self.letter} 卷 · 记录 {self.record}"

    @property
    def terms(self) -> str:
        return f"考试时间 {self.minutes} 分钟　满分 {self.points} 分　及格 {self.pass_points} 分"


@dataclass(frozen=True)
class Paper:
    """The candidate's paper."""

    masthead: Masthead
    instructions: tuple[Block, ...]
    parts: tuple[PaperPart, ...]


def paper(form: ExamForm, record: str, prose: Prose) -> Paper:
    """Return what the candidate reads; `record` is the id of the record that the form is kept in."""
    numbers = count(1)
    parts = tuple(
        PaperPart(numeral(index), TYPES[part.plan.type], rule(part), part.points, tuple(_groups(part, numbers, prose)))
        for index, part in enumerate(form.parts, 1)
    )

    return Paper(masthead(form, record), blocks(prose(form.blueprint.instructions)), parts)


def masthead(form: ExamForm, record: str) -> Masthead:
    """Return what stands at the head and foot of everything printed of a form."""
    pass_points = shown(Fraction(form.points * form.blueprint.pass_percent, 100))
    return Masthead(form.blueprint.title, form.letter, record, form.blueprint.minutes, form.points, pass_points)


def marked(place: Place) -> tuple[tuple[str, Option], ...]:
    """Return each option with what a candidate writes for it: √ and ×, or letters in the order shown."""
    if isinstance(place.item, TrueFalse):
        return tuple(zip(JUDGEMENTS, place.item.options, strict=True))

    return tuple(zip(ascii_uppercase, place.options, strict=False))


def line(source: str, prose: Prose) -> Runs:
    """Return a text that stands on one line; paragraphs are joined by a space."""
    runs: list[Run] = []
    for block in blocks(prose(source)):
        cells = [block.runs] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]
        marker = f"{block.marker} " if isinstance(block, Paragraph) and block.marker else ""
        for cell in cells:
            between = (" " if runs else "") + marker
            runs += [Run(between)] * bool(between) + list(cell)

    return tuple(runs)


def numeral(number: int) -> str:
    """Return 一 … 九十九 for 1 … 99."""
    tens, ones = divmod(number, 10)
    before = "" if tens < 2 else _DIGITS[tens]

    return before + ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")


def shown(points: Fraction) -> str:
    """Return points without needless zeros: 2, 2.5, 48.6."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".")


def rule(part: Part, of_essays: str = "请写在题后的横线上，写不下时续写在背面并注明题号") -> str:
    """Return what a part's heading says of number, points and scoring, in brackets."""
    plan = part.plan
    each = f"每题 {plan.points} 分，" if plan.count > 1 else ""
    kind = "multiple partial" if (plan.type, plan.scoring) == ("multiple", "partial") else plan.type

    return f"（共 {plan.count} 题，{each}共 {part.points} 分。{_RULES.get(kind, of_essays)}）"


def _groups(part: Part, numbers: Iterator[int], prose: Prose) -> Iterator[Group]:
    """Yield items that share a stimulus together, the others one by one."""
    numbered = [(place, next(numbers)) for place in part.places]
    for shared, together in groupby(numbered, key=lambda one: normalised(one[0].item.stimulus or "")):
        group = list(together)
        stimulus = blocks(prose(group[0][0].item.stimulus or "")) if shared else ()
        questions = tuple(_question(place, number, prose) for place, number in group)
        yield from [Group(stimulus, questions)] if shared else (Group((), (question,)) for question in questions)


def _question(place: Place, number: int, prose: Prose) -> Question:
    stem = blocks(prose(place.item.stem))
    if isinstance(place.item, Essay):
        lines = max(_FEWEST_LINES, round(place.points * _LINES_PER_POINT))
        return Question(number, place.points, stem, lines=lines)
    if isinstance(place.item, TrueFalse):
        return Question(number, place.points, stem)
    options = tuple((mark, line(option.text, prose)) for mark, option in marked(place))

    return Question(number, place.points, stem, options, _columns(options))


def _columns(options: Sequence[tuple[str, Runs]]) -> int:
    longest = max(_width(text(runs)) for _, runs in options)
    return next((columns for columns, fitting in _FITTING if longest <= fitting), 1)


def _width(characters: str) -> float:
    """Return the width in Chinese characters; Latin ones count half."""
    return sum(1 if east_asian_width(character) in "WFA" else 0.5 for character in characters)
