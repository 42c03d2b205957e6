"""The shape of a part -> another that says something else: its heading, its boxes, the nesting and kind of its lists."""

import re
from collections.abc import Iterator

from tests.drift.handbook import Handbook
from tests.drift.order import parts_with
from tests.drift.parts import lines
from tests.drift.planting import Planting

_BOX = re.compile(r"^!!! .+\n\n(?:(?: {4}.*)?\n)+", re.MULTILINE)
_NUMBER = re.compile(r"^\d+\.", re.MULTILINE)
REVERSED = {
    "什么时候升级": "什么时候不升级",
    "何时升级": "何时不升级",
    "不要": "要",
    "要记什么": "不记什么",
    "记什么": "不记什么",
    "常见错误": "正确做法",
    "标准流程": "例外流程",
    "谁来": "谁不能",
    "怎样": "怎样不",
    "说与不说": "不说与说",
    "这样说": "不这样说",
    "一次性": "分次",
}
"""What turns a heading round; other headings get an exception."""


def headings(book: Handbook) -> Iterator[Planting]:
    """Yield every heading reversed in meaning, its anchor staying; that of a chapter stands above all of it."""
    for part in book.parts:
        word = next((word for word in REVERSED if word in part.title), None)
        title = part.title.replace(word, REVERSED[word]) if word else f"{part.title}：不适用的情形"
        start = book.texts[part.path].index(part.title, part.start)
        yield book.planted(part, "heading reversed in meaning", (start, start + len(part.title)), title)


def levels(book: Handbook) -> Iterator[Planting]:
    """Yield every heading that is taken out from under another that says something of its own."""
    for above in book.parts:
        for part in book.under(above)[1:]:
            if above.level == 2 and next(lines(book.texts[above.path], above), None):
                yield book.planted(part, "section out from under its heading", (part.start, part.start + 1), "")


def boxes(book: Handbook) -> Iterator[Planting]:
    """Yield every paragraph but the first of a box taken out of it, with those behind it."""
    for part in book.parts:
        for box in _BOX.finditer(book.texts[part.path], part.body, part.end):
            for cut in re.finditer(r"(?<=\n\n) {4}(?!-)", box[0]):
                if box[0][: cut.start()].count("\n") > 2:
                    start = box.start() + cut.start()
                    out = re.sub(r"^ {4}", "", box[0][cut.start() :], flags=re.MULTILINE)
                    yield book.planted(part, "paragraph out of a box", (start, box.end()), out)


def lists(book: Handbook) -> Iterator[Planting]:
    """Yield every bullet but the first nested under the one before, and every numbered list turned into bullets."""
    for part, run in parts_with(book, "- "):
        for start, _ in run[1:]:
            yield book.planted(part, "bullet nested under another", (start, start), "    ")
    for part, run in parts_with(book, r"\d+\. "):
        start, end = run[0][0], run[-1][1]
        text = book.texts[part.path][start:end]
        yield book.planted(part, "numbered list into bullets", (start, end), _NUMBER.sub("-", text))
        for place, _ in run[1:]:
            yield book.planted(part, "step nested under another", (place, place), "    ")


def structures(book: Handbook) -> Iterator[Planting]:
    """Yield all of these."""
    for found in (headings, levels, boxes, lists):
        yield from found(book)
