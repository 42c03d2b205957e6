"""判断题: a statement, judged 正确 or 错误."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from handbook.items.choice import Choice, Option
from handbook.items.model import Fault
from handbook.items.parts import Asked, Explained, Said
from handbook.reading.validation import Where

VERDICTS = ("正确", "错误")
_SIGNS = ("√", "×")
"""How a candidate says 正确 and 错误 on paper."""


class TrueFalse(Choice):
    """The two verdicts are the options, and they keep their order."""

    label = "判断题"
    judged = True
    said: ClassVar = {
        "all_or_nothing": Said("请判断这句话正确还是错误。", "判断每句话正确还是错误。", "正确的选“√”，错误的选“×”")
    }

    type: Literal["true_false"]

    @property
    def note(self) -> str:
        return "正确的写“√”，错误的写“×”"

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if tuple(option.text for option in self.options) != VERDICTS:
            yield ("options",), "是判断题，选项应当依次是“正确”和“错误”", "请照此改写两个选项"

    def fixed(self) -> Sequence[Option]:
        return self.options

    def truths(self) -> Iterator[str]:
        yield from [self.stem] * self.options[0].key

    def misleads(self, inside: Where) -> bool:
        return inside[-1] != "rationale" and (super().misleads(inside) or self.options[1].key)

    def marks(self, order: Sequence[str]) -> tuple[tuple[str, Option], ...]:
        return tuple(zip(_SIGNS, self.options, strict=True))

    def asked(self, order: Sequence[str], points: int | None = None) -> Asked:
        return Asked(self.stem)

    def explained(self, order: Sequence[str]) -> tuple[Explained, ...]:
        return tuple(Explained(mark, "", option.rationale, option.key) for mark, option in self.marks(order))
