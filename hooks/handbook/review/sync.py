"""Book + lock -> which items must be read again, and why; stamps what a person has read.

Knows nothing of how a change is shown or who asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handbook.bank.entries import Entry
from handbook.bank.lock import Stamp
from handbook.book import Book
from handbook.items import Item
from handbook.problems import Problem
from handbook.reading.digests import digest
from handbook.reading.markup import references


class State(StrEnum):
    """How an item stands to the text it was reviewed against."""

    IN_STEP = "已同步"
    STALE = "待复核"
    ADRIFT = "失联"
    NEW = "未复核"


@dataclass(frozen=True)
class Standing:
    """One item's state, and for a stale one what has changed since its review."""

    entry: Entry
    state: State
    stamp: Stamp | None = None
    item_changed: bool = False
    section_changed: bool = False
    facts_changed: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """What has changed, in words."""
        reasons = [f"事实 '{name}' " for name in self.facts_changed]
        reasons += ["题目本身"] * self.item_changed + [f"小节 '{self.entry.item.section}' "] * self.section_changed

        return "、".join(reasons).strip()


def standings(book: Book) -> Iterator[Standing]:
    """Yield the standing of every item, in the order of the bank."""
    for entry in book.bank.entries:
        stamp = book.lock.stamps.get(entry.item.id)
        if entry.item.section not in book.sections:
            yield Standing(entry, State.ADRIFT, stamp)
        elif stamp is None:
            yield Standing(entry, State.NEW)
        else:
            yield _compared(book, entry, stamp)


def problems(book: Book) -> Iterator[Problem]:
    """Yield a warning for every item not in step, and for every stamp whose item is gone."""
    for standing in standings(book):
        entry, name = standing.entry, standing.entry.item.id
        if standing.state is State.STALE and standing.stamp:
            what = f"待复核：{standing.reason} 在 {standing.stamp.date} 复核之后改过"
            mend = f"请运行 `handbook sync` 看改动，读过后运行 `handbook sync --update {name} --reviewer 姓名`"
            yield entry.problem(what, mend, warning=True)
        elif standing.state is State.NEW:
            mend = f"请对照 '{entry.item.section}' 读一遍，再运行 `handbook sync --update {name} --reviewer 姓名`"
            yield entry.problem("还没有复核过", mend, warning=True)
    for name in sorted(book.lock.stamps.keys() - book.bank.by_id.keys()):
        what, mend = f"题库里已经没有题目 '{name}'", f"请运行 `handbook sync --update {name}` 删掉这一行"
        yield Problem(book.lock.path, book.lock.lines[name], what, mend, warning=True)


def stamped(book: Book, names: set[str], reviewer: str, today: date) -> list[Stamp]:
    """Return all stamps with those of `names` renewed; names without an item lose theirs, others stay as they are."""
    kept = [stamp for name, stamp in book.lock.stamps.items() if name not in names]
    renewed = [_stamp(book, book.bank.by_id[name].item, reviewer, today) for name in names & book.bank.by_id.keys()]

    return kept + renewed


def _compared(book: Book, entry: Entry, stamp: Stamp) -> Standing:
    now = _stamp(book, entry.item, stamp.reviewer, stamp.date)
    changed = {name for name, seen in stamp.facts.items() if now.facts.get(name, seen) != seen}
    in_item = {name for _, text in entry.item.texts() for name, _ in references(text)}
    in_section = {name for name, _ in references(book.sections[entry.item.section].text)}
    item_changed = now.item_digest != stamp.item_digest
    section_changed = now.section_digest != stamp.section_digest
    if not (changed or item_changed or section_changed):
        return Standing(entry, State.IN_STEP, stamp)

    return Standing(
        entry,
        State.STALE,
        stamp,
        item_changed and not changed & in_item,
        section_changed and not changed & in_section,
        tuple(sorted(changed)),
    )


def _stamp(book: Book, item: Item, reviewer: str, day: date) -> Stamp:
    section = book.sections[item.section]
    texts = [section.text, *(text for _, text in item.texts())]
    used = {name for text in texts for name, _ in references(text) if name in book.facts}
    digests = {name: book.facts[name].digest for name in used}

    seen = book.section_digests[item.section]

    return Stamp(item.id, item_digest(book, item), item.section, seen, digests, day, reviewer)


def item_digest(book: Book, item: Item) -> str:
    """Return the digest of all that a reviewer of the item reads; the order of options does not count."""
    return digest(*map(book.seen, [item.type, item.stimulus or "", item.stem, *item.reviewed()]))
