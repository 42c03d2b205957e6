"""填空题: blanks in the stem, each filled with a text or with a number and its unit; all or nothing, or blank by blank."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from handbook.items.model import Fault, Graded, repeated
from handbook.items.parts import BLANK as GAP
from handbook.items.parts import Asked, Explained, Said
from handbook.reading.validation import Model, Text

BLANK = re.compile(r"(?:_{3,}|＿{2,})")
"""How an author writes a blank."""
_QUANTITY = re.compile(r"\s*\d+(?:\.\d+)?\s*\D*")
_IN_LISTS = "＿" * 6
"""A blank in a list of stems."""


class Blank(Model):
    """What is accepted: texts that mean the same, the first is shown; or a number with its unit, within a tolerance."""

    answers: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    value: Text | None = None
    """`15日`; a reference to a fact is one, too."""
    tolerance: Annotated[float, Field(ge=0)] = 0
    rationale: Text

    @property
    def shown(self) -> str:
        """The answer as it is shown."""
        return self.value or self.answers[0]

    @property
    def also(self) -> str:
        """What is accepted beside it, in brackets, for those who mark or learn."""
        within = f"（相差不超过 {self.tolerance:g} 也对）" if self.tolerance else ""
        return f"（也可以写：{'、'.join(self.answers[1:])}）" if self.answers[1:] else within


class FillIn(Graded):
    """The stem has a blank, `____`, for each entry of `blanks`."""

    label = "填空题"
    kind = "fill_in"
    locked = "填写的内容"
    gap: ClassVar[str] = GAP
    said: ClassVar = {
        "all_or_nothing": Said(
            "请在空格里填写，全部填对才得分。", "在空格里填写，全部填对才得分。", "在横线上填写，全部正确才得分"
        ),
        "partial": Said(
            "请在空格里填写。按空给分：每填对一空，得一份分。",
            "在空格里填写。按空给分：每填对一空，得一份分。",
            "在横线上填写；按空给分，每填对一空得一份分",
        ),
    }

    type: Literal["fill_in"]
    blanks: Annotated[tuple[Blank, ...], Field(strict=False, min_length=1)]

    @property
    def asking(self) -> str:
        return BLANK.sub(_IN_LISTS, self.stem)

    @property
    def gapped(self) -> str:
        """The stem with `gap` in the place of each blank."""
        return BLANK.sub(self.gap, self.stem)

    def faults(self) -> Iterator[Fault]:
        gaps = len(BLANK.findall(self.stem))
        if gaps != len(self.blanks):
            mend = "一个空写成 `____`，每个空在 `blanks` 里写一项"
            yield ("stem",), f"的题干有 {gaps} 个空，`blanks` 里却有 {len(self.blanks)} 项", mend
        for index, blank in enumerate(self.blanks):
            if bool(blank.answers) == bool(blank.value):
                mend = "文字写 `answers`，数字写 `value`，两样只写一样"
                yield ("blanks", index), f"的第 {index + 1} 个空没有写清答案", mend
            elif blank.value and "{{" not in blank.value and not _QUANTITY.fullmatch(blank.value):
                mend = "请写成数字加单位，例如 15日；不是数字的写在 `answers` 里"
                yield ("blanks", index, "value"), f"的第 {index + 1} 个空的 `value` 不是数字", mend
            elif blank.tolerance and not blank.value:
                yield ("blanks", index, "tolerance"), "的 `tolerance` 只能用于数字", "请删掉它，或者把答案写成 `value`"
            for _, number in repeated(blank.answers):
                mend = "全角半角、空格和标点本来就不计较，请删掉一个"
                yield ("blanks", index, "answers", number), f"的第 {index + 1} 个空有两个相同的答案", mend

    def scored(self) -> list[str]:
        return [*(f"{blank.answers} {blank.value} {blank.tolerance:g}" for blank in self.blanks), self.credit]

    def reviewed(self) -> list[str]:
        return [*self.scored(), *(blank.rationale for blank in self.blanks)]

    def truths(self) -> Iterator[str]:
        yield from (blank.shown for blank in self.blanks)

    def asked(self, order: Sequence[str], points: int | None = None) -> Asked:
        return Asked(self.gapped, bracket=False)

    def key(self, order: Sequence[str]) -> str:
        return self.answer()

    def explained(self, order: Sequence[str]) -> tuple[Explained, ...]:
        return tuple(
            Explained(str(number), f"{blank.shown}{blank.also}", blank.rationale)
            for number, blank in enumerate(self.blanks, 1)
        )
