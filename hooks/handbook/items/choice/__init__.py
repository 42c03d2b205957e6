"""An item answered by choosing among options; how many may be chosen is the business of the types."""

from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import Annotated, ClassVar

from pydantic import Field

from handbook.items.model import Fault, Item, repeated
from handbook.items.parts import Explained, Offered
from handbook.reading.validation import Text, Where


class Option(Offered):
    """One offered answer and why it is, or is not, the key."""

    key: bool = False
    rationale: Text
    pinned: bool = False
    """Whether the option keeps its place when an exam form shuffles the others."""


class Choice(Item):
    """An item answered by choosing among options."""

    kind = "choice"
    several: ClassVar[bool] = False
    """Whether more than one option may be chosen."""

    options: Annotated[tuple[Option, ...], Field(strict=False, min_length=2)]

    def faults(self) -> Iterator[Fault]:
        if not self.keyed():
            yield ("options",), "没有标出答案", "请在正确的选项下加一行 `key: true`"
        elif len(self.keyed()) == len(self.options):
            yield ("options",), "的选项全是答案", "请至少保留一个干扰项"
        for first, index in repeated(option.text for option in self.options):
            yield ("options", index), f"的第 {first + 1} 和第 {index + 1} 个选项相同", "请改写其中一个"
        for _, index in repeated(option.name for option in self.options):
            if name := self.options[index].id:
                yield ("options", index), f"有两个选项都叫 '{name}'", "请给每个选项不同的 `id`"

    def offered(self) -> Sequence[Option]:
        return self.options

    def keyed(self) -> Sequence[Option]:
        return tuple(option for option in self.options if option.key)

    def fixed(self) -> Sequence[Option]:
        return tuple(option for option in self.options if option.pinned)

    def key_on_page(self) -> str:
        marks = [option.text for option in self.options] if self.judged else ascii_uppercase
        return "、".join(mark for mark, option in zip(marks, self.options, strict=False) if option.key)

    def scored(self) -> list[str]:
        rule = self.credit if self.several else ""
        return [*sorted(f"{option.name} {option.key} {option.text}" for option in self.options), rule]

    def reviewed(self) -> list[str]:
        rule = self.credit if self.several else ""
        return [*sorted(f"{option.text} {option.key} {option.rationale}" for option in self.options), rule]

    def answer(self) -> str:
        return "；".join(option.text for option in self.keyed())

    def truths(self) -> Iterator[str]:
        yield from (option.text for option in self.keyed())

    def misleads(self, inside: Where) -> bool:
        return inside[0] == "options" and inside[-1] == "text" and not self.options[int(inside[1])].key

    def marks(self, order: Sequence[str]) -> tuple[tuple[str, Option], ...]:
        """Return each option with what a candidate writes for it, in the order shown."""
        by_name = {option.name: option for option in self.options}
        return tuple(zip(ascii_uppercase, (by_name[name] for name in order), strict=False))

    def boxes(self, order: Sequence[str]) -> tuple[str, ...]:
        return tuple(mark for mark, _ in self.marks(order))

    def key(self, order: Sequence[str]) -> str:
        return "".join(mark for mark, option in self.marks(order) if option.key)

    def explained(self, order: Sequence[str]) -> tuple[Explained, ...]:
        return tuple(Explained(mark, option.text, option.rationale, option.key) for mark, option in self.marks(order))
