"""The one place that knows how the handbook tells that an item must be read again."""

from dataclasses import replace
from datetime import date
from typing import Literal

from handbook.bank.lock import Lock
from handbook.book import Book
from handbook.checks import all_problems
from handbook.items import Item
from handbook.review.sync import State, stamped, standings

Nearness = Literal["direct", "around"]
_DAY = date(2026, 11, 24)


def reviewed(book: Book) -> Book:
    """Return the book after somebody has read every item of it."""
    stamps = stamped(book, set(book.bank.by_id), "培训师", _DAY)

    return replace(book, lock=Lock(book.lock.path, {stamp.item: stamp for stamp in stamps}))


def flagged(before: Book, after: Book) -> dict[str, Nearness]:
    """Return the items to be read again after the change of a reviewed book."""
    known = replace(after, lock=before.lock)

    return {now.entry.item.id: "direct" for now in standings(known) if now.state is not State.IN_STEP}


def warnings(book: Book) -> set[str]:
    """Return what the checks say of a book."""
    return {problem.what for problem in all_problems(book)}


def evidence(item: Item) -> list[tuple[str, str]]:
    """Return the words that an item names as its evidence, each with its section."""
    named = [str(words).partition(": ") for words in getattr(item, "evidence", ())]

    return [
        (place, words) if ".md#" in place else (item.section, f"{place}{colon}{words}") for place, colon, words in named
    ]
