"""An item answered in the candidate's own words and judged by a rubric."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from handbook.items.model import Fault, Item, repeated
from handbook.items.parts import Asked, Criterion
from handbook.reading.validation import Text

_LINES_PER_POINT = Fraction(8, 5)
_FEWEST_LINES = 4


class Essay(Item):
    """An item answered in the candidate's own words and judged by a rubric."""

    kind = "essay"
    self_assessed = True
    submit = "写好了，看参考答案"
    locked = "文字"
    rows: ClassVar[int] = 5
    """Of the box to write in."""
    lines: ClassVar[int] = 6
    """To write on in the printed handbook."""

    model_answer: Text
    rubric: Annotated[tuple[Criterion, ...], Field(strict=False, min_length=1)]

    @property
    def points(self) -> int:
        """The sum over the criteria."""
        return sum(criterion.points for criterion in self.rubric)

    @property
    def hint(self) -> str:
        return super().hint.format(points=self.points)

    @property
    def note(self) -> str:
        return f"满分 {self.points} 分"

    def faults(self) -> Iterator[Fault]:
        for _, index in repeated(criterion.criterion for criterion in self.rubric):
            yield ("rubric", index), "的采分点重复了", "请改写或删掉其中一个"

    def criteria(self) -> tuple[Criterion, ...]:
        return self.rubric

    def scored(self) -> list[str]:
        return [f"{criterion.points} {criterion.criterion}" for criterion in self.rubric]

    def reviewed(self) -> list[str]:
        return [self.model_answer, *self.scored()]

    def answer(self) -> str:
        return self.model_answer.strip()

    def truths(self) -> Iterator[str]:
        yield from (criterion.criterion for criterion in self.rubric)

    def asked(self, order: Sequence[str], points: int | None = None) -> Asked:
        lines = self.lines if points is None else max(_FEWEST_LINES, round(points * _LINES_PER_POINT))
        return Asked(self.stem, bracket=False, lines=lines)
