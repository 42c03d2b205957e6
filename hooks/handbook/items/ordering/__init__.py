"""排序题: steps to be put in order; all or nothing, or the share of neighbours that follow each other as they should."""

from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from handbook.items.model import Fault, Scrambled, repeated
from handbook.items.parts import Explained, Offered, Said
from handbook.reading.validation import Text


class Step(Offered):
    """One thing to be put in its place, and why it belongs there."""

    rationale: Text


class Ordering(Scrambled):
    """The steps are written in the right order and shown in another."""

    label = "排序题"
    kind = "ordering"
    locked = "顺序"
    stepped = True
    said: ClassVar = {
        "all_or_nothing": Said(
            "请排出正确的先后顺序，全部排对才得分。",
            "排出正确的先后顺序，全部排对才得分。",
            "在括号里按先后顺序写出字母，全部正确才得分",
        ),
        "partial": Said(
            "请排出正确的先后顺序。按衔接给分：每有两步前后接得对，得一份分。",
            "排出正确的先后顺序。按衔接给分：每有两步前后接得对，得一份分。",
            "在括号里按先后顺序写出字母；按衔接给分，每有两步前后接得对，得一份分",
        ),
    }

    type: Literal["ordering"]
    steps: Annotated[tuple[Step, ...], Field(strict=False, min_length=3)]

    @property
    def note(self) -> str:
        return "按先后顺序写出字母"

    def faults(self) -> Iterator[Fault]:
        texts, names = [step.text for step in self.steps], [step.name for step in self.steps]
        for first, index in sorted({*repeated(texts), *repeated(names)}):
            yield ("steps", index), f"的第 {first + 1} 步和第 {index + 1} 步相同", "请改写其中一步"

    def offered(self) -> Sequence[Step]:
        return self.steps

    def scored(self) -> list[str]:
        return [*(f"{step.name} {step.text}" for step in self.steps), self.credit]

    def reviewed(self) -> list[str]:
        return [*(f"{step.text} {step.rationale}" for step in self.steps), self.credit]

    def truths(self) -> Iterator[str]:
        yield from (step.text for step in self.steps)

    def answer(self) -> str:
        return " → ".join(self.truths())

    def key(self, order: Sequence[str]) -> str:
        return "".join(ascii_uppercase[order.index(step.name)] for step in self.steps)

    def key_on_page(self) -> str:
        return "、".join(super().key_on_page())

    def explained(self, order: Sequence[str]) -> tuple[Explained, ...]:
        marked = zip(self.key(order), self.steps, strict=True)
        return tuple(Explained(letter, step.text, step.rationale) for letter, step in marked)
