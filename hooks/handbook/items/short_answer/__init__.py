"""简答题: a question answered in a few sentences."""

from typing import ClassVar, Literal

from handbook.items.essay import Essay
from handbook.items.parts import Said


class ShortAnswer(Essay):
    """A question answered in a few sentences."""

    label = "简答题"
    said: ClassVar = {
        "all_or_nothing": Said(
            "先写下你的作答（最多 1000 字），再对照参考答案自评（满分 {points} 分）。",
            "用自己的话作答，每题最多 1000 字；交卷以后对照采分点自评。",
            "请写在题后的横线上，写不下时续写在背面并注明题号",
        )
    }

    type: Literal["short_answer"]
