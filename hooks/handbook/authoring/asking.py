"""Names that are asked for -> why they cannot be had: unknown, malformed, or taken."""

import re
from collections.abc import Iterable

from handbook.book import Book
from handbook.problems import Refusal, did_you_mean
from handbook.reading.validation import IDENTIFIER


class Unfit(Exception):
    """A name that does not exist, or that cannot be given; says why and what to do."""


def refuse_unsettled(book: Book) -> None:
    """Raise Refusal when a line of the lock or beside it would not be understood."""
    kept = [(one, set(map(one.settings.shown, one.settings.records))) for one in both(book)]
    if found := [problem for one, paths in kept for problem in one.problems if problem.path in paths]:
        raise Refusal(*found)


def both(book: Book) -> list[Book]:
    """Return the book, and the same with its public bank when a private one stands in for it."""
    return [book.public, book] if book.public else [book]


def used_ids(book: Book) -> set[str]:
    """Return every id that an item has, had, or is remembered by."""
    return {
        name
        for one in both(book)
        for name in (*one.bank.by_id, *one.bank.former, *one.lock.items, *(said.item for said in one.reviewed.log))
    }


def known(name: str, known: Iterable[str], what: str) -> None:
    names = list(known)
    if name not in names:
        raise Unfit(f"没有{what} '{name}'；{did_you_mean(name, names, '请检查名字')}。")


def well_formed(name: str) -> None:
    if not re.fullmatch(IDENTIFIER, name):
        raise Unfit(f"'{name}' 不合格式；只用小写英文字母、数字和短横线，以字母开头。")
