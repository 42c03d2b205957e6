"""多选题: any number of keys; all or nothing, or the share of the keys as long as no distractor was chosen."""

from typing import ClassVar, Literal

from handbook.items.choice import Choice
from handbook.items.model import Graded
from handbook.items.parts import Said


class Multiple(Choice, Graded):
    """Any number of options are keys."""

    label = "多选题"
    several = True
    said: ClassVar = {
        "all_or_nothing": Said("可选多项，全部选对才得分。", "可选多项，全部选对才得分。", "多选、少选、错选均不得分"),
        "partial": Said(
            "可选多项，选对一部分得一部分分，选错不得分。",
            "可选多项，选对一部分得一部分分，有一项选错就不得分。",
            "只选出一部分正确选项的，按选对的比例得分；选了错误选项的，不得分",
        ),
    }

    type: Literal["multiple"]

    @property
    def note(self) -> str:
        return "可选多项"
