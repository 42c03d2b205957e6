"""An exam form -> what the candidate reads: headings, numbered items, lettered options, room to write.

Holds neither keys nor rationales nor ids, so nothing made from it can give them away. Knows nothing of PDF or DOCX.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, groupby
from unicodedata import east_asian_width

from handbook.exams.forms import ExamForm, Part, Place
from handbook.items import MODELS, TYPES
from handbook.papers.prose import Block, Paragraph, Run, Runs, blocks, text
from handbook.reading.digests import normalised

Prose = Callable[[str], str]
"""Turns an author's text into HTML without links, facts filled in."""

BRACKET = "（" + 6 * "\N{NO-BREAK SPACE}" + "）"
_DIGITS = "零一二三四五六七八九"
_FITTING = ((4, 7), (2, 18))
"""Columns, and the longest option, in Chinese characters, that fits into one."""


@dataclass(frozen=True)
class PaperItem:
    """An item as the candidate reads it: options with their letters, prompts to respond to, or `lines` to write on."""

    number: int
    stem: tuple[Block, ...]
    bracket: str = ""
    """Where the response goes; no line breaks inside."""
    options: tuple[tuple[str, Runs], ...] = ()
    prompts: tuple[Runs, ...] = ()
    """Each ends in a bracket of its own."""
    lines: int = 0

    @property
    def columns(self) -> int:
        """How many options stand beside each other."""
        longest = max((_width(text(runs)) for _, runs in self.options), default=0)
        return next((columns for columns, fitting in _FITTING if longest <= fitting), 1)


@dataclass(frozen=True)
class Group:
    """Items with the material they share; usually one item, and no material."""

    stimulus: tuple[Block, ...]
    items: tuple[PaperItem, ...]

    @property
    def label(self) -> str:
        """What stands above the material."""
        first, last = self.items[0].number, self.items[-1].number
        return f"材料（第 {first} 题）" if first == last else f"材料（第 {first}～{last} 题）"


@dataclass(frozen=True)
class Heading:
    """What stands above the items of one type: 一、单选题 and（共 10 题，每题 2 分，共 20 分……）."""

    numeral: str
    type: str
    rule: str
    points: int

    @property
    def title(self) -> str:
        return f"{self.numeral}、{self.type}"


@dataclass(frozen=True)
class PaperPart:
    """The items of one type, in groups."""

    heading: Heading
    groups: tuple[Group, ...]


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
    parts = tuple(PaperPart(heading, tuple(_groups(places, prose))) for heading, places in numbered(form))

    return Paper(masthead(form, record), blocks(prose(form.blueprint.instructions)), parts)


def numbered(form: ExamForm, *, for_markers: bool = False) -> Iterator[tuple[Heading, list[tuple[int, Place]]]]:
    """Yield the heading of each part and its items, numbered through all parts."""
    numbers = count(1)
    for index, part in enumerate(form.parts, 1):
        said = _rule(part, for_markers=for_markers)
        heading = Heading(numeral(index), TYPES[part.plan.type], said, part.points)
        yield heading, [(next(numbers), place) for place in part.places]


def masthead(form: ExamForm, record: str) -> Masthead:
    """Return what stands at the head and foot of everything printed of a form."""
    pass_points = shown(Fraction(form.points * form.blueprint.pass_percent, 100))
    return Masthead(form.blueprint.title, form.letter, record, form.blueprint.minutes, form.points, pass_points)


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


def _rule(part: Part, *, for_markers: bool) -> str:
    """Return what a part's heading says of number, points and scoring, in brackets."""
    plan, model = part.plan, MODELS[part.plan.type]
    each = f"每题 {plan.points} 分，" if plan.count > 1 else ""
    said = "按采分点给分" if for_markers and model.self_assessed else model.saying(plan.scoring).paper

    return f"（共 {plan.count} 题，{each}共 {part.points} 分。{said}）"


def _groups(places: list[tuple[int, Place]], prose: Prose) -> Iterator[Group]:
    """Yield items that share a stimulus together, the others one by one."""
    for shared, together in groupby(places, key=lambda one: normalised(one[1].item.stimulus or "")):
        group = list(together)
        stimulus = blocks(prose(group[0][1].item.stimulus or "")) if shared else ()
        items = tuple(_item(number, place, prose) for number, place in group)
        yield from [Group(stimulus, items)] if shared else (Group((), (item,)) for item in items)


def _item(number: int, place: Place, prose: Prose) -> PaperItem:
    asked = place.item.asked(place.order, place.points)

    return PaperItem(
        number,
        blocks(prose(asked.stem)),
        BRACKET if asked.bracket else "",
        tuple((mark, line(text, prose)) for mark, text in asked.options),
        tuple((*line(text, prose), Run(BRACKET)) for text in asked.prompts),
        asked.lines,
    )


def _width(characters: str) -> float:
    """Return the width in Chinese characters; Latin ones count half."""
    return sum(1 if east_asian_width(character) in "WFA" else 0.5 for character in characters)
