"""An item as its author wrote it -> the same with another key, option, rationale, stem, rubric, answer, source or section."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tests.drift.handbook import Handbook
from tests.drift.parts import Span
from tests.drift.planting import Planting

from handbook.bank.entries import Entry

_VALUE = r"(?<=[ -] {field}: )(?!\|$|>|')[^\n]+"
OPTION = re.compile(r"^ +- text: .+\n(?: {8}.+\n?)+", re.MULTILINE)
_KEY = "        key: true\n"
_APPENDED = {
    "item: stem": "stem",
    "item: option": "text",
    "item: rationale": "rationale",
    "item: criterion": "criterion",
    "item: source note": "source_note",
}


def place_of(book: Handbook, entry: Entry) -> Span:
    """Return where an item stands in its file."""
    text = book.texts[entry.path]
    start = text.index(f"- id: {entry.item.id}\n")
    end = text.find("\n  - id: ", start)

    return start, end if end > 0 else len(text)


def items(book: Handbook) -> Iterator[Planting]:
    """Yield the changes of every item; each concerns it alone."""
    for entry in book.book.bank.entries:
        place = place_of(book, entry)
        text = book.texts[entry.path]
        for change in (_words, _key, _points, _blocks, _steps, _section):
            for kind, (start, end), after in change(text, place):
                yield of_item(kind, entry, text, (start, end), after)


def of_item(kind: str, entry: Entry, text: str, place: Span, after: str) -> Planting:
    """Return a change of one item."""
    own = frozenset({entry.item.id})
    return Planting(kind, entry.path, *place, text[slice(*place)], after, own, own)


_Change = Iterator[tuple[str, Span, str]]


def _words(text: str, place: Span) -> _Change:
    """A negation turned where there is one, or words added; true and false are no words of the author's."""
    for kind, field in _APPENDED.items():
        for found in re.compile(_VALUE.format(field=field)).finditer(text, *place):
            if found[0] not in ("正确", "错误"):
                turned = re.sub("不得|不能|不(?=[\u4e00-\u9fff])", "可以", found[0], count=1)
                yield kind, found.span(), turned if turned != found[0] else _longer(found[0])


def _longer(text: str) -> str:
    return f"{text[:-1]}，除非主管同意{text[-1]}" if text[-1] in "。？！" else f"{text}，除非主管同意"


def _key(text: str, place: Span) -> _Change:
    """The key moved to the option before or behind it: its line goes from one to the other."""
    options = list(OPTION.finditer(text, *place))
    for one, two in pairwise(options):
        if one.end() == two.start() and (_KEY in one[0]) != (_KEY in two[0]):
            (key, other) = (one[0], two[0]) if _KEY in one[0] else (two[0], one[0])
            moved = {key: key.replace(_KEY, ""), other: other.replace("\n", f"\n{_KEY}", 1)}
            yield "item: key flipped", (one.start(), two.end()), moved[one[0]] + moved[two[0]]


def _points(text: str, place: Span) -> _Change:
    for found in re.compile(r"(?<= points: )\d+").finditer(text, *place):
        yield "item: points of the rubric", found.span(), str(int(found[0]) + 1)


def _blocks(text: str, place: Span) -> _Change:
    """A line of the model answer or of the case gone, or a figure in it changed."""
    for kind, field in (("item: model answer", "model_answer"), ("item: case", "stimulus")):
        for block in re.compile(rf"^    {field}: \|\n((?: {{6}}.*\n|\n)+)", re.MULTILINE).finditer(text, *place):
            for line in re.compile(r"^ {6}.+\n", re.MULTILINE).finditer(text, *block.span(1)):
                yield kind, line.span(), "      \n"
            for sentence in re.compile(r"[^。；\n]{8,}[。；]").finditer(text, *block.span(1)):
                body = sentence[0].strip()
                yield kind, (sentence.end() - len(body), sentence.end()), f"{body[:-1]}，不用核身{body[-1]}"


def _steps(text: str, place: Span) -> _Change:
    """Two steps, or two halves of pairs, in each other's place."""
    for kind, field in (("item: order of steps", "- text"), ("item: match", "match")):
        if ("type: ordering" if field == "- text" else "type: matching") in text[slice(*place)]:
            values = list(re.compile(rf"(?<= {field}: ).+$", re.MULTILINE).finditer(text, *place))
            for one, two in pairwise(values):
                if one[0] != two[0]:
                    yield kind, (one.start(), two.end()), two[0] + text[one.end() : two.start()] + one[0]


def _section(text: str, place: Span) -> _Change:
    """The item rests on the chapter's summary instead."""
    for found in re.compile(r"(?<= section: )(\S+\.md)#(?!summary)\S+").finditer(text, *place):
        yield "item: section", found.span(), f"{found[1]}#summary"
