"""情景分析题: a case first, then the task."""

from typing import ClassVar, Literal

from handbook.items.essay import Essay
from handbook.items.short_answer import ShortAnswer
from handbook.reading.validation import Text


class Scenario(Essay):
    """A case first, then the task."""

    label = "情景分析题"
    rows = 8
    lines = 9
    said: ClassVar = {
        "all_or_nothing": ShortAnswer.saying("")._replace(
            exam="先读材料，再写出你的做法，每题最多 1000 字；交卷以后对照采分点自评。"
        )
    }

    type: Literal["scenario"]
    stimulus: Text
