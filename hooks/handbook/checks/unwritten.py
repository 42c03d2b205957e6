"""What was begun and has still to be written: items and pages that hold the word for it."""

from collections import defaultdict
from collections.abc import Iterator

from handbook.book import Book
from handbook.problems import Problem
from handbook.reading import markup
from handbook.reading.markup import UNWRITTEN

_MEND = f"请把“{UNWRITTEN}”换成正文"


def problems(book: Book) -> Iterator[Problem]:
    """Has everything that was begun been written?"""
    for page in book.pages.values():
        for line in markup.lines(page.text):
            if UNWRITTEN in line.prose:
                yield Problem(page.path, line.number, "这里还没写好", _MEND)
    places = defaultdict[tuple[str, object], list[tuple[str | int, ...]]](list)
    for document in {entry.path: entry.document for entry in book.bank.entries}.values():
        for where, text in document.literals.items():
            if UNWRITTEN in text and where[0] == "items":
                places[document.path, where[1]].append(where[2:])
    for entry in book.bank.entries:
        if found := places.get((entry.path, entry.index)):
            yield entry.problem(f"还没写好，有 {len(found)} 处“{UNWRITTEN}”", _MEND, *found[0])
