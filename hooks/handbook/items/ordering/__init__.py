"""排序题: steps to be put in order; all or nothing, or the share of neighbours that follow each other as they should."""

from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from handbook.items.model import Asked, Credit, Explained, Fault, Item, Offered, Said, Where, scrambled
from handbook.reading.digests import normalised
from handbook.reading.validation import Identifier, Text


class Step(Offered):
    """One thing to be put in its place, and why it belongs there."""

    text: Text
    rationale: Text
    id: Identifier | None = None


class Ordering(Item):
    """The steps are written in the right order and shown in another."""

    label = "排序题"
    kind = "ordering"
    locked = "顺序"
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
    scoring: Credit = "all_or_nothing"
    steps: Annotated[tuple[Step, ...], Field(strict=False, min_length=3)]

    @property
    def credit(self) -> Credit:
        return self.scoring

    def texts(self) -> Iterator[tuple[Where, str]]:
        yield from super().texts()
        for index, step in enumerate(self.steps):
            yield ("steps", index, "text"), step.text
            yield ("steps", index, "rationale"), step.rationale

    def faults(self) -> Iterator[Fault]:
        seen: dict[str, int] = {}
        for index, step in enumerate(self.steps):
            for said in (normalised(step.text), f"id {step.name}"):
                first = seen.setdefault(said, index)
                if first != index:
                    yield ("steps", index), f"的第 {first + 1} 步和第 {index + 1} 步相同", "请改写其中一步"
                    break

    def offered(self) -> Sequence[Step]:
        return self.steps

    def on_page(self) -> tuple[str, ...]:
        return self.shuffled(scrambled(self.id, [step.name for step in self.steps]))

    def shuffled(self, order: tuple[str, ...]) -> tuple[str, ...]:
        is_answer = list(order) == [step.name for step in self.steps]
        return order[1:] + order[:1] if is_answer else order

    def scored(self) -> list[str]:
        return [*(f"{step.name} {step.text}" for step in self.steps), self.credit]

    def reviewed(self) -> list[str]:
        return [*(f"{step.text} {step.rationale}" for step in self.steps), self.credit]

    def answer(self) -> str:
        return " → ".join(step.text for step in self.steps)

    def truths(self) -> Iterator[str]:
        yield from (step.text for step in self.steps)

    def asked(self, order: Sequence[str], points: int) -> Asked:
        texts = (step.text for step in self.named(order))
        return Asked(self.stem, options=tuple(zip(ascii_uppercase, texts, strict=False)))

    def key(self, order: Sequence[str]) -> str:
        return "".join(self._letters(order))

    def key_on_page(self) -> str:
        return "、".join(self._letters(self.on_page()))

    def explained(self, order: Sequence[str]) -> tuple[Explained, ...]:
        marked = zip(self._letters(order), self.steps, strict=True)
        return tuple(
            Explained(letter, is_key=False, text=step.text, rationale=step.rationale) for letter, step in marked
        )

    def _letters(self, order: Sequence[str]) -> list[str]:
        """Return the letter of each step, in the right order."""
        return [ascii_uppercase[list(order).index(step.name)] for step in self.steps]
