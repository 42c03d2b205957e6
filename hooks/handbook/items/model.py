"""What all items have in common, and what the rest of the house may ask of any of them.

A type is a class in a folder of its own, beside its templates, its scripts and its example; types that are shown and
scored alike share the folder of their `kind`. Knows nothing of files, of the handbook's text or of how an item is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from handbook.items.parts import Asked, Criterion, Evidence, Explained, Offered, Said
from handbook.reading.digests import digest, normalised
from handbook.reading.validation import SECTION, SOURCE, Identifier, Model, Text, Where

Fault = tuple[Where, str, str]
"""Where inside the item, what is wrong, how to mend it."""
Credit = Literal["all_or_nothing", "partial"]
"""Whether a response that is right in part earns its part; each type says how that is reckoned."""
Level = Literal["remember", "understand", "apply", "analyse"]

LEVELS = {"remember": "识记", "understand": "理解", "apply": "应用", "analyse": "分析"}


class Item(Model):
    """An item of any type."""

    label: ClassVar[str]
    """What the type is called: 单选题."""
    kind: ClassVar[str]
    """The folder of its templates and scripts."""
    self_assessed: ClassVar[bool] = False
    """Whether the reader scores the response, by `criteria`."""
    one_key: ClassVar[bool] = False
    """Whether exactly one lettered option is the key, so that its place and length can give it away."""
    judged: ClassVar[bool] = False
    """Whether the stem is a statement that is true or false, and the options are the two verdicts."""
    stepped: ClassVar[bool] = False
    """Whether the order of what is offered is the answer."""
    said: ClassVar[dict[str, Said]]
    """By credit; one entry serves both."""
    submit: ClassVar[str] = "提交答案"
    """What the button says."""
    locked: ClassVar[str] = "选项"
    """What does not change any more once it is submitted."""

    if TYPE_CHECKING:
        type: str
    id: Identifier
    formerly: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Ids that it had before: records of papers and readers' responses still name it so."""
    section: Annotated[str, Field(pattern=SECTION)]
    source: Annotated[str, Field(pattern=SOURCE)] | None = None
    source_note: Text | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = ()
    """What the handbook says that answers it."""
    literals: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    """Quantities that look like a fact but are not, each read and accepted by the author."""
    enemies: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Items that must not share an exam form with this one."""
    accept: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Codes of item-writing findings that the author has read and accepted."""
    level: Level
    difficulty: Annotated[int, Field(ge=1, le=5)]
    stimulus: Text | None = None
    stem: Text

    @property
    def chapter(self) -> str:
        """The chapter as items name it: `claims.md`."""
        return self.section.partition("#")[0]

    @property
    def quoted(self) -> Iterator[tuple[str, str]]:
        """The section and the words of each piece of evidence."""
        return ((evidence.section or self.section, evidence.words) for evidence in self.evidence)

    @property
    def sections(self) -> tuple[str, ...]:
        """All sections that it rests on, its own first."""
        return tuple(dict.fromkeys([self.section, *(section for section, _ in self.quoted)]))

    @property
    def asking(self) -> str:
        """The stem as lists show it, away from its item."""
        return self.stem

    @property
    def credit(self) -> Credit:
        """How a response to this item earns its points outside exams."""
        return "all_or_nothing"

    @property
    def hint(self) -> str:
        """What a reader of the handbook is told above the item."""
        return self.saying(self.credit).quiz

    @property
    def note(self) -> str:
        """What stands behind the type in the printed handbook."""
        return ""

    @classmethod
    def saying(cls, credit: str) -> Said:
        """Return what readers are told of items of this type that are scored by `credit`."""
        return cls.said.get(credit) or cls.said["all_or_nothing"]

    def texts(self) -> Iterator[tuple[Where, str]]:
        """Yield every text a reader may see, with its place inside the item."""
        return _texts(self, ())

    def faults(self) -> Iterator[Fault]:
        """Yield every rule of its type that the item breaks."""
        yield from ()

    def offered(self) -> Sequence[Offered]:
        """Return what a form of an exam may show in another order, in the bank's own."""
        return ()

    def keyed(self) -> Sequence[Offered]:
        """Return those of `offered` that are the key; none where every one of them has its place."""
        return ()

    def fixed(self) -> Sequence[Offered]:
        """Return those of `offered` that keep their places in every form."""
        return ()

    def shuffled(self, order: tuple[str, ...]) -> tuple[str, ...]:
        """Return an order of names by chance as it may be shown: an answer must not stand there already."""
        return order

    def named(self, order: Sequence[str]) -> tuple[Offered, ...]:
        """Return `offered` in an order given by their names."""
        by_name = {one.name: one for one in self.offered()}
        return tuple(by_name[name] for name in order)

    def on_page(self) -> tuple[str, ...]:
        """Return the names of `offered` in the order in which pages show them."""
        return tuple(one.name for one in self.offered())

    def key_on_page(self) -> str:
        """Return the key as pages say it."""
        return self.key(self.on_page())

    def criteria(self) -> tuple[Criterion, ...]:
        """Return what earns points in an answer in the candidate's own words."""
        return ()

    def scored(self) -> list[str]:
        """Return what decides, beside type, stimulus and stem, how a response is scored; its order counts."""
        raise NotImplementedError

    def reviewed(self) -> list[str]:
        """Return what a reviewer reads beside type, stimulus and stem; its order counts."""
        raise NotImplementedError

    def truths(self) -> Iterator[str]:
        """Yield the texts that say what is right, which the section must hold."""
        raise NotImplementedError

    def answer(self) -> str:
        """Return the answer in words."""
        return "；".join(self.truths())

    def misleads(self, inside: Where) -> bool:
        """Tell whether the text at a place inside the item is there to mislead; a rationale never is."""
        return False

    def distinctive(self) -> Iterator[tuple[str, str, bool]]:
        """Yield the author's own texts that give the item away: 题干, 材料 or 选项, and whether the handbook may say it anyway."""
        yield "题干", self.stem, self.judged
        if self.stimulus:
            yield "材料", self.stimulus, self.judged
        if not self.judged:
            yield from (("选项", one.text, True) for one in self.offered())

    def asked(self, order: Sequence[str], points: int | None = None) -> Asked:
        """Return what a candidate finds on paper, things offered in the given order; without points, in the handbook."""
        texts = (one.text for one in self.named(order))
        return Asked(self.stem, options=tuple(zip(ascii_uppercase, texts, strict=False)))

    def boxes(self, order: Sequence[str]) -> tuple[str, ...]:
        """Return what the boxes of an answer sheet say; none for a response that is written on the paper."""
        return ()

    def key(self, order: Sequence[str]) -> str:
        """Return the answer as a marker looks it up, in the marks of the given order; none for an essay."""
        return ""

    def explained(self, order: Sequence[str]) -> tuple[Explained, ...]:
        """Return the parts of the answer, in the marks of the given order."""
        return ()


class Graded(Item):
    """An item whose author decides whether a response that is right in part earns its part."""

    scoring: Credit = "all_or_nothing"

    @property
    def credit(self) -> Credit:
        return self.scoring


class Scrambled(Graded):
    """An item that shows what it offers in an order by chance, the same on every page; the bank's own is the answer."""

    def on_page(self) -> tuple[str, ...]:
        return self.shuffled(tuple(sorted(super().on_page(), key=lambda name: digest(self.id, name))))

    def shuffled(self, order: tuple[str, ...]) -> tuple[str, ...]:
        return order[1:] + order[:1] if order == super().on_page() else order


def repeated(texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield the first place and the later one of each text that says the same as an earlier one."""
    first: dict[str, int] = {}
    for place, text in enumerate(texts):
        if first.setdefault(normalised(text), place) != place:
            yield first[normalised(text)], place


def revision(item: Item, seen_as: Callable[[str], str]) -> str:
    """Return a digest of what decides how a response is scored; saved responses to another revision are void.

    `seen_as` turns a text into what the reader sees (facts filled in). Rationales, the order of
    options, white space and punctuation widths do not count.
    """
    return digest(*map(seen_as, [item.type, item.stimulus or "", item.stem, *item.scored()]))


_UNSEEN = {
    "id",
    "formerly",
    "type",
    "section",
    "source",
    "source_note",
    "evidence",
    "literals",
    "enemies",
    "accept",
    "level",
    "scoring",
}
"""Fields whose texts say something of the item, but are not read in it."""


def _texts(part: object, where: Where) -> Iterator[tuple[Where, str]]:
    inside: Iterable[tuple[str | int, object]] = ()
    if isinstance(part, str):
        yield where, part
    elif isinstance(part, tuple):
        inside = enumerate(part)
    elif isinstance(part, Model):
        inside = ((name, getattr(part, name)) for name in type(part).model_fields if name not in _UNSEEN)
    for step, smaller in inside:
        yield from _texts(smaller, (*where, step))
