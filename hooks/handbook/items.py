"""One item of the bank: its parts, one class per type, and the rules it must keep.

Knows nothing of files, of the handbook's text or of how an item is shown.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from handbook.reading.digests import digest, normalised
from handbook.reading.validation import SECTION, SOURCE, Identifier, Model, Text

Fault = tuple[tuple[str | int, ...], str, str]
"""Where inside the item, what is wrong, how to mend it."""

TYPES = {
    "single": "单选题",
    "multiple": "多选题",
    "true_false": "判断题",
    "short_answer": "简答题",
    "scenario": "情景分析题",
}
LEVELS = {"remember": "识记", "understand": "理解", "apply": "应用", "analyse": "分析"}
VERDICTS = ("正确", "错误")


class Option(Model):
    """One offered answer and why it is, or is not, the key."""

    text: Text
    key: bool = False
    rationale: Text
    id: Identifier | None = None
    pinned: bool = False
    """Whether the option keeps its place when an exam form shuffles the others."""

    @cached_property
    def name(self) -> str:
        """The author's id, or one made from the text, so that reordering options changes nothing."""
        return self.id or f"o{digest(self.text)[:6]}"


class Criterion(Model):
    """One thing a written answer must contain, and what it earns."""

    criterion: Text
    points: Annotated[int, Field(ge=1)]


class _Item(Model):
    id: Identifier
    section: Annotated[str, Field(pattern=SECTION)]
    source: Annotated[str, Field(pattern=SOURCE)] | None = None
    source_note: Text | None = None
    literals: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    """Figures that look like a fact but are not, each read and accepted by the author."""
    enemies: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Items that must not share an exam form with this one."""
    accept: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Codes of item-writing findings that the author has read and accepted."""
    level: Literal["remember", "understand", "apply", "analyse"]
    difficulty: Annotated[int, Field(ge=1, le=5)]
    stimulus: Text | None = None
    stem: Text

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield every text a reader may see, with its place inside the item."""
        if self.stimulus:
            yield ("stimulus",), self.stimulus
        yield ("stem",), self.stem

    def faults(self) -> Iterator[Fault]:
        """Yield every rule of its type that the item breaks."""
        yield from ()


class Choice(_Item):
    """An item answered by choosing among options."""

    options: Annotated[tuple[Option, ...], Field(strict=False, min_length=2)]

    @property
    def keys(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.key)

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().texts()
        for index, option in enumerate(self.options):
            yield ("options", index, "text"), option.text
            yield ("options", index, "rationale"), option.rationale

    def faults(self) -> Iterator[Fault]:
        if not self.keys:
            yield ("options",), "没有标出答案", "请在正确的选项下加一行 `key: true`"
        elif len(self.keys) == len(self.options):
            yield ("options",), "的选项全是答案", "请至少保留一个干扰项"
        seen: dict[str, int] = {}
        for index, option in enumerate(self.options):
            first = seen.setdefault(normalised(option.text), index)
            if first != index:
                yield ("options", index), f"的第 {first + 1} 和第 {index + 1} 个选项相同", "请改写其中一个"
        names = [option.name for option in self.options]
        for index, name in enumerate(names):
            if self.options[index].id and name in names[:index]:
                yield ("options", index), f"有两个选项都叫 '{name}'", "请给每个选项不同的 `id`"


class Single(Choice):
    """单选题: exactly one key."""

    type: Literal["single"]

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if 1 < len(self.keys) < len(self.options):
            yield (
                ("options",),
                f"是单选题，却有 {len(self.keys)} 个答案",
                "请只保留一个 `key: true`，或改成 `type: multiple`",
            )


class Multiple(Choice):
    """多选题: any number of keys; all or nothing, or points in parts."""

    type: Literal["multiple"]
    scoring: Literal["all_or_nothing", "partial"] = "all_or_nothing"


class TrueFalse(Choice):
    """判断题: a statement, judged 正确 or 错误."""

    type: Literal["true_false"]

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if tuple(option.text for option in self.options) != VERDICTS:
            yield ("options",), "是判断题，选项应当依次是“正确”和“错误”", "请照此改写两个选项"


class Essay(_Item):
    """An item answered in the candidate's own words and judged by a rubric."""

    model_answer: Text
    rubric: Annotated[tuple[Criterion, ...], Field(strict=False, min_length=1)]

    @property
    def points(self) -> int:
        return sum(criterion.points for criterion in self.rubric)

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().texts()
        yield ("model_answer",), self.model_answer
        for index, criterion in enumerate(self.rubric):
            yield ("rubric", index, "criterion"), criterion.criterion

    def faults(self) -> Iterator[Fault]:
        seen: set[str] = set()
        for index, criterion in enumerate(self.rubric):
            wording = normalised(criterion.criterion)
            if wording in seen:
                yield ("rubric", index), "的采分点重复了", "请改写或删掉其中一个"
            seen.add(wording)


class ShortAnswer(Essay):
    """简答题."""

    type: Literal["short_answer"]


class Scenario(Essay):
    """情景分析题: a case first, then the task."""

    type: Literal["scenario"]
    stimulus: Text


Item = Single | Multiple | TrueFalse | ShortAnswer | Scenario
MODELS: dict[str, type[Item]] = {
    "single": Single,
    "multiple": Multiple,
    "true_false": TrueFalse,
    "short_answer": ShortAnswer,
    "scenario": Scenario,
}


def revision(item: Item, seen_as: Callable[[str], str]) -> str:
    """Return a digest of what decides how a response is scored; saved responses to another revision are void.

    `seen_as` turns a text into what the reader sees (facts filled in). Rationales, the order of
    options, white space and punctuation widths do not count.
    """
    parts = [item.type, item.stimulus or "", item.stem]
    if isinstance(item, Choice):
        parts += sorted(f"{option.name} {option.key} {seen_as(option.text)}" for option in item.options)
        parts.append(item.scoring if isinstance(item, Multiple) else "")
    else:
        parts += [f"{criterion.points} {criterion.criterion}" for criterion in item.rubric]

    return digest(*map(seen_as, parts))
