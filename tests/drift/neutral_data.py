"""The files of data -> the same written in another way: quotation, order of fields, options, items, facts, laws and terms."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tests.drift.handbook import Handbook
from tests.drift.items import place_of
from tests.drift.parts import Span
from tests.drift.planting import Planting

_TEXT = re.compile(r"(?:(?<= stem: )|(?<= text: )|(?<=onale: )|(?<=erion: ))(?![|>'\"])[^'\"\n]+$", re.MULTILINE)
_FOLD = f">-\n{' ' * 12}"
_ADDED = {
    "literals: [9日]": "item: literals accepted",
    "accept: [gives-away]": "item: findings accepted",
    "# 下次再看": "comment in the bank",
}
_FIELD = re.compile(r"^    [a-z_]+: [^|\n]+\n", re.MULTILINE)
_OPTION = re.compile(r"^      - text: .+\n(?: {8}.+\n)+", re.MULTILINE)
_FACT = re.compile(r"^  (?:- name: .+|[^\s#-][^\n]*:)\n(?: {4}.+\n)+", re.MULTILINE)


def neutral_data(book: Handbook) -> Iterator[Planting]:
    """Yield all of these."""
    yield from _items(book)
    yield from _tables(book)


def _items(book: Handbook) -> Iterator[Planting]:
    for entry in book.book.bank.entries:
        text, place = book.texts[entry.path], place_of(book, entry)
        for kind, span, after in [*_quoted(text, place), *_ordered(text, place, judged=entry.item.judged)]:
            yield Planting(kind, entry.path, *span, text[slice(*span)], after)
        line = re.compile(r"^    level: ", re.MULTILINE).search(text, *place)
        for field, kind in _ADDED.items():
            if line and f" {field.split(':')[0]}:" not in text[slice(*place)]:
                yield Planting(kind, entry.path, line.start(), line.start(), "", f"    {field}\n")


def _quoted(text: str, place: Span) -> Iterator[tuple[str, Span, str]]:
    """A text in quotation marks, on a line of its own, with other punctuation, with a space at its end."""
    for found in _TEXT.finditer(text, *place):
        yield "item: single quotation marks", found.span(), f"'{found[0]}'"
        yield "item: double quotation marks", found.span(), f'"{found[0]}"'
        yield "item: text folded", found.span(), _FOLD + found[0].replace("，", f"，{_FOLD[2:]}", 1)
        if "，" in found[0] and "{{" not in found[0]:
            yield "item: width of punctuation", found.span(), found[0].replace("，", ",")
    for found in re.compile(r"(?<=\{\{) ([a-z-]+) (?=\}\})").finditer(text, *place):
        yield "item: spaces of a reference", found.span(), found[1]


def _ordered(text: str, place: Span, *, judged: bool) -> Iterator[tuple[str, Span, str]]:
    """Two fields, or two options, in each other's place."""
    swaps = [("item: order of fields", _FIELD)] + [("item: order of options", _OPTION)] * (not judged)
    for kind, pattern in swaps:
        for one, two in pairwise(pattern.finditer(text, *place)):
            if one.end() == two.start() and "type: " not in one[0] + two[0]:
                yield kind, (one.start(), two.end()), two[0] + one[0]


def _tables(book: Handbook) -> Iterator[Planting]:
    settings = book.book.settings
    for kind, file in (("facts", settings.facts), ("laws", settings.laws), ("terms", settings.glossary)):
        path = settings.shown(file)
        text = book.texts[path]
        for one, two in pairwise(_FACT.finditer(text)):
            if one.end() == two.start():
                yield Planting(f"order of {kind}", path, one.start(), two.end(), one[0] + two[0], two[0] + one[0])
    path = settings.shown(settings.facts)
    for found in re.finditer(r"(?<=    checked: )2026-\d\d-\d\d", book.texts[path]):
        yield Planting("fact checked again", path, *found.span(), found[0], "2026-11-23")
    for found in re.finditer(r"(?<=\d)—(?=\d)", book.texts[path]):
        yield Planting("dash of a range", path, *found.span(), found[0], "~")
    for found in re.finditer(r"(?<=    words: \[)", book.texts[path]):
        yield Planting("fact: more words to be found by", path, *found.span(), "", "无关词, ")
