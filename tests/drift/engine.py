"""The one place that knows how the handbook tells that an item must be read again."""

from dataclasses import replace
from datetime import date
from typing import Literal

from handbook.bank.lock import Lock
from handbook.book import Book
from handbook.checks import all_problems
from handbook.items import Item
from handbook.review.sync import State, stamped, standings, whole

Nearness = Literal["direct", "around"]
_DAY = date(2026, 11, 24)


def reviewed(book: Book) -> Book:
    """Return the book after somebody has read every item of it."""
    reviews = [whole(book, name, "培训师", _DAY) for name in book.bank.by_id]
    lock = Lock(book.lock.path, {})
    for stamp in stamped(replace(book, lock=lock), reviews, set()):
        lock.stamps.setdefault(stamp.item, {})[str(stamp.key)] = stamp  # type: ignore[attr-defined]

    return replace(book, lock=lock)


def flagged(before: Book, after: Book) -> dict[str, Nearness]:
    """Return the items to be read again after the change of a reviewed book."""
    found = standings(replace(after, lock=before.lock))

    return {
        now.entry.item.id: "around" if now.state is State.AROUND else "direct"
        for now in found
        if now.state is not State.IN_STEP
    }


def warnings(book: Book) -> set[str]:
    """Return what the checks say of a book."""
    return {problem.what for problem in all_problems(book)}


def evidence(item: Item) -> list[tuple[str, str]]:
    """Return the words that an item names as its evidence, each with its section."""
    return list(item.quoted)
