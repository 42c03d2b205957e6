"""What a blueprint tells candidates of its numbers, held against these."""

import re
from collections.abc import Iterator

from handbook.bank.blueprints import Blueprint
from handbook.book import Book
from handbook.items import TYPES
from handbook.problems import Problem

_TYPES = {label: name for name, label in TYPES.items()}
_TYPE = f"(?P<type>{'|'.join(_TYPES)})"
_BEFORE, _BEHIND = "(?:(?<=[。；，、：共])|^)", "(?=[。；，、]|$)"
_TOTAL = re.compile(rf"{_BEFORE}(?P<number>\d+)道?题{_BEHIND}")
_POINTS = re.compile(r"满分(?P<number>\d+)分")
_MINUTES = re.compile(rf"(?:{_BEFORE}|(?:时间|时长|限时|用时)[为是：]?)(?P<number>\d+)分钟{_BEHIND}")
_PARTS = re.compile(r"(?P<number>\d+|[一二三四五六七八])个部分")
_COUNTS = (re.compile(rf"{_TYPE}[（(共有]{{0,2}}(?P<number>\d+)道?题?"), re.compile(rf"(?P<number>\d+)道{_TYPE}"))
_EACH = re.compile(rf"{_TYPE}[^。；]{{0,12}}?每题(?P<number>\d+)分")
_DIGITS = "零一二三四五六七八"


def problems(book: Book) -> Iterator[Problem]:
    """Do the instructions of every blueprint say as many items, points, minutes and parts as it has?"""
    for name, blueprint in book.blueprints.items():
        for said, there in _wrong(blueprint):
            what = f"的说明里写着“{said}”，实际是 {there}"
            yield book.blueprints.problem(name, ("instructions",), what, "请改正说明，或改正题数、分值和时间")


def _wrong(blueprint: Blueprint) -> Iterator[tuple[str, int]]:
    """Yield what is said and the number that it should be."""
    text = re.sub(r"\s", "", blueprint.instructions)
    counts = {part.type: part.count for part in blueprint.parts}
    points = {part.type: part.points for part in blueprint.parts}
    whole = ((_TOTAL, blueprint.count), (_POINTS, blueprint.points), (_MINUTES, blueprint.minutes))
    for pattern, there in (*whole, (_PARTS, len(blueprint.parts))):
        yield from ((found[0], there) for found in pattern.finditer(text) if _number(found) != there)
    for pattern, known in (*((pattern, counts) for pattern in _COUNTS), (_EACH, points)):
        for found in pattern.finditer(text):
            there = known.get(_TYPES[found["type"]], 0)
            if _number(found) != there:
                yield found[0], there


def _number(found: re.Match[str]) -> int:
    written = found["number"]
    return int(written) if written.isdecimal() else _DIGITS.index(written)
