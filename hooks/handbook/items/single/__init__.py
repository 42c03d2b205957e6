"""单选题: exactly one key."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from handbook.items.choice import Choice
from handbook.items.model import Fault
from handbook.items.parts import Said


class Single(Choice):
    """One option is the key."""

    label = "单选题"
    one_key = True
    said: ClassVar = {"all_or_nothing": Said("请选择一项。", "每题选一项。", "每题只有一个正确选项")}

    type: Literal["single"]

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if 1 < len(self.keyed()) < len(self.options):
            mend = "请只保留一个 `key: true`，或改成 `type: multiple`"
            yield ("options",), f"是单选题，却有 {len(self.keyed())} 个答案", mend
