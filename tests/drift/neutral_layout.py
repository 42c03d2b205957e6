"""Blocks of a part -> the same laid out in another way: signs of lists, rules, blank lines, tables, order of sections."""

import re
from collections.abc import Iterator

from tests.drift.handbook import Handbook
from tests.drift.neutral_words import neutral
from tests.drift.order import parts_with
from tests.drift.parts import charts, paragraphs, rows
from tests.drift.planting import Planting

_NUMBER = re.compile(r"^(\d+)\. ", re.MULTILINE)
_BULLET = re.compile(r"^- ", re.MULTILINE)
_LISTS: dict[str, tuple[str, re.Pattern[str], str]] = {
    "`1.` into `1、`": (r"\d+\. ", _NUMBER, r"\1、"),
    "all steps numbered 1": (r"\d+\. ", _NUMBER, "1. "),
    "`-` into `*`": ("- ", _BULLET, "* "),
    "`-` into `+`": ("- ", _BULLET, "+   "),
}
_BEHIND: dict[str, str] = {
    "rule between paragraphs": "\n\n---",
    "more blank lines": "\n\n",
    "class of a paragraph": "\n{ .note }",
    "comment of one's own": "\n\n<!-- 下次修订时再看 -->",
}


def neutral_layout(book: Handbook) -> Iterator[Planting]:
    """Yield all of these."""
    for found in (_lists, _tables, _paragraphs, _headings, _sections, _charts):
        yield from found(book)


def _lists(book: Handbook) -> Iterator[Planting]:
    for kind, (line, sign, other) in _LISTS.items():
        for part, run in parts_with(book, line):
            place = run[0][0], run[-1][1]
            before = book.texts[part.path][slice(*place)]
            if before != (after := sign.sub(other, before)):
                yield neutral(kind, part, place, before, after)
    for part, run in parts_with(book, r"\d+\. |- "):
        for place in run:
            for found in re.compile(r"(?<=[，。；])(?=[\u4e00-\u9fff])").finditer(book.texts[part.path], *place):
                yield neutral("line of a list wrapped", part, found.span(), "", "\n    ")


def _tables(book: Handbook) -> Iterator[Planting]:
    """Cells padded, and the rule of the table with colons."""
    for part in book.parts:
        text = book.texts[part.path]
        for table in rows(text, part):
            place = table[0][0][0], table[-1][-1][1]
            before = text[slice(*place)]
            yield neutral("cells of a table padded", part, place, before, before.replace(" | ", "  |   "))
        for found in re.compile(r"^\| --- .+$", re.MULTILINE).finditer(text, part.body, part.end):
            yield neutral(
                "columns of a table aligned", part, found.span(), found[0], found[0].replace("---", ":---", 1)
            )
            yield neutral("rule of a table longer", part, found.span(), found[0], found[0].replace("---", "--------"))


def _paragraphs(book: Handbook) -> Iterator[Planting]:
    for part in book.parts:
        for start, end in paragraphs(book.texts[part.path], part):
            for kind, after in _BEHIND.items():
                yield neutral(kind, part, (end, end), "", after)
            yield neutral(
                "words of a comment", part, (end, end), "\n\n<!-- 以上不得改动 -->", "\n\n<!-- 以上可以改动 -->"
            )
            yield neutral(
                "words in `<div hidden>`",
                part,
                (end, end),
                *(f"\n\n<div hidden markdown>\n\n{word}改动。\n\n</div>" for word in ("不得", "可以")),
            )
            yield neutral("marker of a literal", part, (start, start), "", "<!-- literal: 3 -->\n")


def _headings(book: Handbook) -> Iterator[Planting]:
    for part in book.parts:
        place = part.body - len(f" {{ #{part.anchor} }}\n"), part.body
        before = book.texts[part.path][slice(*place)]
        yield neutral("signs of an anchor", part, place, before, f" {{: #{part.anchor}}}\n")
        yield neutral("blank line below a heading", part, place, before, f"{before}\n")


def _sections(book: Handbook) -> Iterator[Planting]:
    """A whole section, with all that is under it, moved before its neighbour of the same level."""
    for part in book.parts:
        after = next((other for other in book.parts if other.path == part.path and other.start == part.reach), None)
        if after and after.level == part.level:
            text = f"{book.texts[part.path][part.start : after.reach].rstrip()}\n\n"
            cut = after.start - part.start
            place = part.start, after.reach
            yield neutral(
                "sections in another order", part, place, book.texts[part.path][slice(*place)], text[cut:] + text[:cut]
            )


def _charts(book: Handbook) -> Iterator[Planting]:
    """Nodes under other names, which nobody sees, and edges with more space."""
    for part in book.parts:
        text = book.texts[part.path]
        for place in charts(text, part):
            before = text[slice(*place)]
            renamed = re.sub(r"\b([A-Z])(?=[\[{]| -->| -- |$)", r"n\1", before, flags=re.MULTILINE)
            yield neutral("nodes of a flowchart renamed", part, place, before, renamed)
            yield neutral("edges of a flowchart spaced", part, place, before, before.replace(" --> ", "  -->  "))
