"""A thing that an item rests on, a change of it, an item as a whole -> what a person reads of it, with what matters marked.

Knows nothing of HTML, or of who reads what.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from handbook.bank.reviewed import Review
from handbook.bank.stamps import KINDS, Key
from handbook.book import Book
from handbook.items import Item
from handbook.review.dependencies import Dependency
from handbook.review.marked import Lines, Span, lines, side_by_side
from handbook.review.sync import Change, Standing, texts

_LOST = "没有存下上次复核时的文字，只能看到现在的，请把它通读一遍。"
_SAME = "文字没有变，变的是写法：标题层级、列表、方框或表格。"
_SAME_BY_KIND = {"law": "文字没有变，变的是法规的简称。", "item": "文字没有变，变的是给分规则或选项的标识。"}


@dataclass(frozen=True)
class Source:
    """Something that an item rests on, as it is now."""

    key: Key
    title: str
    lines: Lines
    checked: date | None = None
    """When somebody last compared a fact with what it rests on."""


@dataclass(frozen=True)
class Difference:
    """Something that an item rests on, as it was read and as it is now; no lines where it was not or is not there."""

    source: Source
    before: Lines
    remark: str


@dataclass(frozen=True)
class Shown:
    """One item to read whole, with what has changed, what it rests on, and what was said of it last."""

    standing: Standing
    direct: tuple[Difference, ...]
    """Without what is shown above its group."""
    around: tuple[Difference, ...]
    sections: tuple[Source, ...]
    facts: tuple[Source, ...]
    laws: tuple[Source, ...]
    review: Review | None

    @property
    def item(self) -> Item:
        return self.standing.entry.item

    @property
    def saw(self) -> dict[str, str]:
        """What somebody has seen who has read all of it."""
        return {str(one.key): one.digest for one in self.standing.rests_on}


def shown(book: Book, standing: Standing, above: Iterable[Key] = ()) -> Shown:
    """Return an item as a whole; what has changed of the things `above` is shown above it."""
    item, above = standing.entry.item, set(above)
    sections = [one for one in item.sections if one in book.views]
    return Shown(
        standing,
        tuple(difference(book, change, [item]) for change in standing.direct if change.key not in above),
        tuple(difference(book, change, [item]) for change in standing.around),
        tuple(_section(book, Key("section", name), [item]) for name in sections),
        tuple(_source(book, one) for one in standing.rests_on if one.key.kind == "fact" and one.direct),
        tuple(_source(book, one) for one in standing.rests_on if one.key.kind == "law"),
        book.reviewed.verdict(item.id),
    )


def _section(book: Book, key: Key, items: Iterable[Item]) -> Source:
    return Source(key, _title(book, key), lines(book.seen(book.views[key.name].text), _quoted(book, key.name, items)))


def _source(book: Book, one: Dependency) -> Source:
    checked = book.facts[one.key.name].checked if one.key.kind == "fact" else None
    return Source(one.key, _title(book, one.key), lines(book.seen(one.text)), checked)


def difference(book: Book, change: Change, items: Iterable[Item]) -> Difference:
    """Return a change as it is shown; in a section that changed stands what the items quote from it."""
    quoted = list(_quoted(book, change.key.name, items)) if change.key.name in book.views else []
    before, now = texts(book, change)
    old, new = side_by_side(before, now, quoted) if before and now else (lines(before or ""), lines(now, quoted))
    now_there = _source(book, change.now) if change.now else Source(change.key, _title(book, change.key), ())
    remark = _LOST if before is None else _SAME_BY_KIND.get(change.key.kind, _SAME) if before == now else ""

    return Difference(replace(now_there, lines=new), old, remark)


def _quoted(book: Book, section: str, items: Iterable[Item]) -> Iterator[Span]:
    """Yield where the sentences that items quote stand in the text of a section."""
    view = book.views[section]
    passages = [passage for item in items for passage in book.passages(item) if passage and passage.section == section]
    wanted = {sentence for passage in passages for sentence in passage.sentences}
    text = book.seen(view.text)
    at = text.find("\n")
    for sentence in view.sentences:
        words = book.seen(sentence.text)
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            if sentence in wanted:
                yield start, at


def _title(book: Book, key: Key) -> str:
    """Return what readers call a thing: `事实“赔款支付”`."""
    name = key.name.partition("~")[0]
    if key.kind == "item":
        return KINDS["item"]
    if key.kind == "fact" and name in book.facts:
        name = book.facts[name].title
    elif name in book.sections:
        name = book.section_label(name)

    return f"{KINDS[key.kind]}“{name.replace('_', ' ')}”"
