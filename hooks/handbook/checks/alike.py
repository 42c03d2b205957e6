"""What an item offers, facts filled in -> things that have become equal, and a distractor that says the figure of the key.

A fact that changes can make a distractor true; the item as it is written does not show it.
"""

import re
from collections.abc import Iterator
from itertools import product

from handbook.bank.entries import Entry
from handbook.book import Book
from handbook.checks.quantities import found, quantities
from handbook.items.model import repeated
from handbook.problems import Problem

_SAYS_NOTHING = re.compile(r"[之以]?内|[之以]?前|[自从]|[起约共的，。、]|一共|总共|最[长多迟]|不?超过")


def equal(book: Book) -> Iterator[Problem]:
    """Are there two things to choose, to order or to match that read the same once facts are filled in?"""
    for entry in book.bank.entries:
        written = [one.text for one in entry.item.offered()]
        known = {later for _, later in repeated(written)}
        for first, later in repeated(book.seen(text) for text in written):
            if later not in known:
                what = (
                    f"填上事实以后，第 {first + 1} 和第 {later + 1} 个{_called(entry)}都是“{book.seen(written[later])}”"
                )
                yield entry.problem(what, "请改写其中一个", *_place(entry, written[later]))


def figures(book: Book) -> Iterator[Problem]:
    """Is there a distractor that differs from a key in how a figure is put, and not in the figure?"""
    for entry in book.bank.entries:
        item = entry.item
        keys, accepted = item.keyed(), {*item.accept, *entry.accept}
        distractors = [one for one in item.offered() if one not in keys]
        for key, other in product(keys, distractors if "same-figure" not in accepted else ()):
            right, wrong = book.seen(key.text), book.seen(other.text)
            if (
                right != wrong
                and _figures(right)
                and _figures(right) == _figures(wrong)
                and _rest(right) == _rest(wrong)
            ):
                mend = "请改写其中一个；看过认为可以，就给题目加上 `accept: [same-figure]`"
                what = f"的答案“{right}”和干扰项“{wrong}”说的是同一个数"
                yield entry.problem(what, mend, *_place(entry, other.text), warning=True)


def _figures(text: str) -> set[tuple[str, str]]:
    return quantities(text, spelt=True)


def _rest(text: str) -> str:
    """Return what a text says beside its figures."""
    for one in reversed(list(found(text))):
        text = text[: one.span[0]] + text[one.span[1] :]

    return _SAYS_NOTHING.sub("", text)


def _called(entry: Entry) -> str:
    return "步骤" if entry.item.stepped else "选项"


def _place(entry: Entry, text: str) -> tuple[str | int, ...]:
    """Return the last place in the item where a text stands."""
    return [where for where, there in entry.item.texts() if there == text][-1]
