"""匹配题: prompts, each to be matched with one of the choices; all or nothing, or the share of the prompts matched right."""

from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from handbook.items.model import Fault, Scrambled, repeated
from handbook.items.parts import Asked, Explained, Offered, Said
from handbook.reading.digests import normalised
from handbook.reading.validation import Text, Where


class Pair(Offered):
    """A prompt, the text of the choice that belongs to it, and why."""

    match: Text
    rationale: Text

    @property
    def choice(self) -> Offered:
        """What belongs to the prompt; several prompts may have it in common."""
        return Offered(text=self.match)


class Matching(Scrambled):
    """Pairs are written together and shown apart."""

    label = "匹配题"
    kind = "matching"
    said: ClassVar = {
        "all_or_nothing": Said(
            "请给每一项选出对应的一项，全部选对才得分。",
            "给每一项选出对应的一项，全部选对才得分。",
            "在每一项后面的括号里写出对应的字母，全部正确才得分",
        ),
        "partial": Said(
            "请给每一项选出对应的一项。按项给分：每选对一项，得一份分。",
            "给每一项选出对应的一项。按项给分：每选对一项，得一份分。",
            "在每一项后面的括号里写出对应的字母；按项给分，每对一项得一份分",
        ),
    }

    type: Literal["matching"]
    pairs: Annotated[tuple[Pair, ...], Field(strict=False, min_length=2)]
    distractors: Annotated[tuple[Text, ...], Field(strict=False)] = ()

    def faults(self) -> Iterator[Fault]:
        if len(self.offered()) < 2:
            yield ("pairs",), "的每一项都对应同一项", "请至少写出两种对应，或者加上 `distractors`"
        for first, index in repeated(pair.text for pair in self.pairs):
            yield ("pairs", index), f"的第 {first + 1} 和第 {index + 1} 项相同", "请改写其中一项"
        known = {normalised(pair.match) for pair in self.pairs}
        for index, text in enumerate(self.distractors):
            if normalised(text) in known:
                yield ("distractors", index), f"的干扰项“{text}”已经写过", "请改写，或删掉它"
            known.add(normalised(text))

    def offered(self) -> Sequence[Offered]:
        texts = dict.fromkeys([*(pair.match for pair in self.pairs), *self.distractors])
        return tuple(Offered(text=text) for text in texts)

    def scored(self) -> list[str]:
        pairs = sorted(f"{pair.name} {pair.text} = {pair.match}" for pair in self.pairs)
        return [*pairs, *sorted(self.distractors), self.credit]

    def reviewed(self) -> list[str]:
        return [*self.scored(), *sorted(f"{pair.text} {pair.rationale}" for pair in self.pairs)]

    def truths(self) -> Iterator[str]:
        yield from (f"{pair.text}——{pair.match}" for pair in self.pairs)

    def misleads(self, inside: Where) -> bool:
        return inside[0] == "distractors" or inside[-1] == "match"

    def asked(self, order: Sequence[str], points: int | None = None) -> Asked:
        return super().asked(order, points)._replace(bracket=False, prompts=tuple(pair.text for pair in self.pairs))

    def key(self, order: Sequence[str]) -> str:
        return "、".join(f"{number}—{letter}" for number, letter in enumerate(self.letters(order), 1))

    def explained(self, order: Sequence[str]) -> tuple[Explained, ...]:
        return tuple(
            Explained(str(number), f"{letter}　{pair.text}——{pair.match}", pair.rationale)
            for number, (letter, pair) in enumerate(zip(self.letters(order), self.pairs, strict=True), 1)
        )

    def letters(self, order: Sequence[str]) -> list[str]:
        """Return the letter that belongs to each prompt, choices standing in the given order."""
        return [ascii_uppercase[order.index(pair.choice.name)] for pair in self.pairs]
