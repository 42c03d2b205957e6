"""An exam form -> what its papers have in common: the masthead, parts and items numbered through, tables of points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count, groupby
from typing import Any, NamedTuple

from handbook.bank.blueprints import PartPlan
from handbook.exams.forms import ExamForm, Place
from handbook.items import MODELS, TYPES
from handbook.press import markup
from handbook.press.items import Prose, shown
from handbook.press.tree import Beside, Block, Box, Document, Heading, Paragraph, Profile, Row, Run, Table
from handbook.reading.digests import normalised

Numbered = tuple[int, Place]
LOGO = 20.0
"""How wide a logo or a code is in the head, in millimetres."""
_DIGITS = "零一二三四五六七八九"


class Part(NamedTuple):
    """The items of one type, numbered through all parts."""

    numeral: str
    plan: PartPlan
    points: int
    places: tuple[Numbered, ...]

    @property
    def title(self) -> str:
        return f"{self.numeral}、{TYPES[self.plan.type]}"

    @property
    def boxed(self) -> bool:
        """Whether it is answered on the answer sheet."""
        return any(place.item.boxes(place.order) for _, place in self.places)

    def heading(self, rule: str, fields: tuple[str, ...] = ()) -> Heading:
        """Return its heading, with number, points and how it is answered or scored in brackets."""
        each = f"每题 {self.plan.points} 分，" if self.plan.count > 1 else ""
        said = f"（共 {self.plan.count} 题，{each}共 {self.points} 分。{rule}）"
        return Heading(1, (Run(self.title), Run(said, style="rule")), fields=fields)

    @property
    def self_assessed(self) -> bool:
        """Whether its responses are judged by a rubric."""
        return MODELS[self.plan.type].self_assessed

    @property
    def rule(self) -> str:
        """How it is scored, as candidates are told."""
        return MODELS[self.plan.type].saying(self.plan.scoring).paper

    def groups(self, prose: Prose) -> Iterator[tuple[tuple[Box, ...], tuple[Numbered, ...]]]:
        """Yield items behind the material they share, if any."""
        for shared, together in groupby(self.places, key=lambda one: normalised(one[1].item.stimulus or "")):
            group = tuple(together)
            stimulus = group[0][1].item.stimulus or ""
            title = f"材料（{spans([number for number, _ in group])}）"
            yield ((Box((Run(title),), markup.blocks(prose(stimulus)), "material"),) if shared else (), group)


@dataclass(frozen=True)
class Masthead:
    """What all papers of one form say of it, and of the company."""

    form: ExamForm
    record: str
    profile: Profile

    @property
    def parts(self) -> tuple[Part, ...]:
        numbers = count(1)
        return tuple(
            Part(numeral(index), part.plan, part.points, tuple((next(numbers), place) for place in part.places))
            for index, part in enumerate(self.form.parts, 1)
        )

    @property
    def title(self) -> str:
        return f"{self.form.blueprint.title}（{self.form.letter} 卷）"

    @property
    def code(self) -> str:
        """What tells the papers of one form from all others."""
        return f"{self.record}-{self.form.letter}"

    @property
    def pass_points(self) -> str:
        return shown(Fraction(self.form.points * self.form.blueprint.pass_percent, 100))

    def head(self, kind: str = "", right: tuple[Block, ...] = ()) -> tuple[Block, ...]:
        """Return the head of the first page, with the company's logo at its left and `right` at the other side."""
        terms = f"考试时间 {self.form.blueprint.minutes} 分钟　满分 {self.form.points} 分　及格 {self.pass_points} 分"
        lines = {"company": self.profile.company, "title": self.title, "subtitle": kind, "terms": terms}
        head = tuple(Paragraph((Run(text),), style) for style, text in lines.items() if text)
        logo = (replace(self.profile.logo, width=LOGO),) if self.profile.logo else ()

        return (Beside((logo, head, right), (1, 5, 1)),) if logo or right else head

    def document(self, kind: str, blocks: Sequence[Block], note: str = "", **more: Any) -> Document:
        """Return one of the papers; `note` ends the foot of each page."""
        foot = f"{self.form.blueprint.title} · {self.form.letter} 卷 · 记录 {self.record}{note}"
        return Document(f"{self.title}{kind}", "paper", tuple(blocks), self.profile, foot=foot, **more)

    def totals(self, others: Sequence[tuple[str, str]]) -> Table:
        """Return the table of points of all parts and of others, such as 总分."""
        points = [(part.numeral, str(part.points)) for part in self.parts]
        return marking([*points, *others])


def marking(points: Sequence[tuple[str, str]], *more: str) -> Table:
    """Return a table of what there is to earn, with rooms for what was earned and for `more`."""
    heads, greatest = zip(*points, strict=True)
    blank = ("",) * len(heads)
    rows = [("题号", *heads), ("满分", *greatest), ("得分", *blank), *((name, *blank) for name in more)]

    return table(rows, "totals")


def table(rows: Sequence[Sequence[str]], style: str, widths: tuple[float, ...] = ()) -> Table:
    """Return a table of texts whose first row and column are its heads."""
    cells = (Row(tuple((Paragraph((Run(text),) if text else ()),) for text in row)) for row in rows)
    return Table(tuple(cells), row_heads=True, widths=widths, style=style)


def answered(parts: Sequence[Part]) -> str:
    """Return where each item is answered: the one rule, in the same words on the paper and on its answer sheet."""
    boxed = [number for part in parts if part.boxed for number, _ in part.places]
    written = [number for part in parts if not part.boxed for number, _ in part.places]
    rules = [f"{spans(boxed)}填涂在答题卡上，写在试卷上无效"] if boxed else []
    rules += [f"{spans(written)}写在试卷上，答题卡上不作答"] if written else []

    return "；".join(rules) + "。"


def spans(numbers: Sequence[int]) -> str:
    """Return 第 1～25、29 题 for numbers in their order."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), key=lambda one: one[1] - one[0])]
    named = (f"{run[0]}～{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)

    return f"第 {'、'.join(named)} 题"


def numeral(number: int) -> str:
    """Return 一 … 九十九 for 1 … 99."""
    tens, ones = divmod(number, 10)
    before = "" if tens < 2 else _DIGITS[tens]

    return before + ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")
