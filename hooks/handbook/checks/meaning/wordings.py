"""A plain text -> its words of a kind that must agree with the handbook: who, from when, how much, before or after.

Each kind says what words there are and which exclude each other; that they stand in the same place is found elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from handbook.book import Book
from handbook.checks.meaning.figures import meant
from handbook.checks.meaning.slots import Differ, Find, Slot, hole
from handbook.content.views import View


@dataclass(frozen=True)
class Kind:
    """A kind of words."""

    code: str
    find: Find
    differ: Differ
    least: float
    """From what weight on a place of the evidence is the same."""
    elsewhere: float
    """The same for another place of the sections."""


def kinds(book: Book) -> tuple[Kind, ...]:
    """Return all kinds of a book; who does something, its tables and terms say."""
    posts, persons = _posts(book), _persons(book)
    named = sorted(posts | persons, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, named)))
    short = {name: min((one for one in posts if name.endswith(one)), key=len, default=name) for name in named}

    @lru_cache(maxsize=20_000)
    def actors(text: str) -> tuple[Slot, ...]:
        return tuple(_slot(short[one[0]], text, *one.span()) for one in pattern.finditer(text))

    def differ(one: str, two: str) -> bool:
        return one != two and (one in posts) == (two in posts) and {one, two} != set(_SELLERS)

    return (
        Kind("evidence-actor", actors, differ, 1.6, 3.3),
        Kind("evidence-start", _starts, _other, 0.3, 1.0),
        Kind("evidence-limit", _limits, _opposite, 0.3, 0.5),
        Kind("evidence-figure", _figures, _of_one_unit, 0.3, inf),
    )


def _slot(value: str, text: str, start: int, end: int) -> Slot:
    return Slot(value, hole(text, start, end), text, start)


def _other(one: str, two: str) -> bool:
    return one != two


_ASKED_WHO = re.compile(r"谁|岗|部门")
_PART = re.compile(r"[、，；和或及与/（）的转报]|并报|抄报")
_POST = re.compile(r".{0,4}(?:岗|主管|坐席|专员|部门|机构|师|员)")
_PERSON = re.compile(r".*[人者]")
_SELLERS = ("业务员", "销售人员")


def _posts(book: Book) -> frozenset[str]:
    """Return what stands in the columns of tables that say who does something."""
    cells = (cell for view in book.views.values() for cell in _under(view))
    return frozenset({"坐席", "主管"} | {part for cell in cells for part in _PART.split(cell) if _POST.fullmatch(part)})


def _under(view: View) -> Iterator[str]:
    heads: dict[str, str] = {}
    for piece in view.pieces:
        tag, _, column = piece.place[-1].partition(" ") if piece.place else ("", "", "")
        if tag == "th":
            heads[column] = piece.text
        elif tag == "td" and _ASKED_WHO.search(heads.get(column, "")):
            yield piece.text


def _persons(book: Book) -> frozenset[str]:
    return frozenset({*_SELLERS, *(word for word in book.terms if _PERSON.fullmatch(word))})


_EVENTS = [
    "收到",
    "接到",
    "签收",
    "签发",
    "送达",
    "到达",
    "通知",
    "寄出",
    "寄送",
    "递交",
    "提出",
    "提交",
    "交齐",
    "收齐",
    "登记",
    "受理",
    "立案",
    "作出",
    "核定",
    "批准",
    "同意",
    "达成",
    "签订",
    "签署",
    "履行",
    "知道",
    "得知",
    "发生",
    "发现",
    "核实",
    "查实",
    "缴费",
    "交费",
    "补交",
    "扣款",
    "入账",
    "中止",
    "终止",
    "届满",
    "期满",
    "开始",
    "生效",
    "失效",
    "成立",
    "订立",
    "解除",
    "办结",
    "结案",
    "恢复",
    "故障",
    "付款",
    "支付",
    "来电",
    "出险",
    "确诊",
    "出院",
    "签字",
]
_EVENT = re.compile("|".join(_EVENTS))
_ALIKE = {"接到": "收到", "得知": "知道", "交费": "缴费", "期满": "届满", "结案": "办结"}
_FROM = re.compile(
    r"[自从][^，。；]{1,18}?[起算数]|[^，。；\d]{2,12}之日|[^，。；\d]{1,10}后\d"
    r"|(?:收到|接到|发现|得知|登记|交齐|作出|达成)[^，。；]{0,10}(?:当[日天]|次日|后)"
)


@lru_cache(maxsize=20_000)
def _starts(text: str) -> tuple[Slot, ...]:
    """What has to happen for a limit to begin."""
    framed = ((frame.start(), _EVENT.search(frame[0])) for frame in _FROM.finditer(text))
    return tuple(
        _slot(_ALIKE.get(event[0], event[0]), text, at + event.start(), at + event.end())
        for at, event in framed
        if event
    )


_BOUNDS = {
    "至多": r"以下|不足|不满|未满|至多|最多|不得?超过|不高于|不多于|以内|最长",
    "至少": r"以上|不得?少于|不低于|至少|最少|超过|已满|年满|满(?=\d)|最短",
    "之前": r"之前|以前|(?<=[^提当从生空])前(?=[，。；]|$|[先就要])",
    "之后": r"之后|以后|(?<=[^然最先落])后(?=[，。；]|$|[再就要])",
    "次日": r"次日起|次日数起",
    "当日": r"之日起|当[日天]起",
}
_BOUND = re.compile("|".join(f"({pattern})" for pattern in _BOUNDS.values()))
_OPPOSITES = {frozenset(pair) for pair in (("至多", "至少"), ("之前", "之后"), ("次日", "当日"))}


@lru_cache(maxsize=20_000)
def _limits(text: str) -> tuple[Slot, ...]:
    """Which way a limit goes."""
    sides = list(_BOUNDS)
    return tuple(_slot(sides[(one.lastindex or 1) - 1], text, *one.span()) for one in _BOUND.finditer(text))


def _opposite(one: str, two: str) -> bool:
    return frozenset((one, two)) in _OPPOSITES


_DAYS = {"日", "工作日"}


@lru_cache(maxsize=20_000)
def _figures(text: str) -> tuple[Slot, ...]:
    return tuple(_slot(" ".join(one.quantity), text, *one.span) for one in meant(text))


def _of_one_unit(one: str, two: str) -> bool:
    units = {one.partition(" ")[2], two.partition(" ")[2]}
    return one != two and (len(units) == 1 or units == _DAYS)
