"""A text -> its quantities: numbers with a unit, each in one spelling. Knows nothing of who asks, or of facts."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

Quantity = tuple[str, str]
"""A number and its unit, each in one spelling."""


class Found(NamedTuple):
    """A quantity, where it begins and ends, and whether it is spelt in Chinese numerals, as those of stories are."""

    quantity: Quantity
    span: tuple[int, int]
    spelt: bool


_UNITS = "个工作日|工作日|个?自然日|日|天|周岁|岁|个?小时|分钟|个月|年|万元|元|%|名|人"
_DIGITS = r"(?<![\d.月/第-])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)"
_ONES = {numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)} | {"两": 2, "零": 0}
_TENS = {"十": 10, "百": 100}
_NUMERALS = "".join((*_ONES, *_TENS))
_SPELT = (
    f"(?<![{_NUMERALS}〇千万几数多第月])"
    f"(?:[{_NUMERALS}]{{2,}}|[{_NUMERALS[1:]}]|(?<![上下同另每某哪这那])一(?=个))"  # 一名, 一天 are no quantities
)
_NUMBER = f"{_DIGITS}|{_SPELT}"
_QUANTITY = re.compile(rf"百分之({_DIGITS}|[{_NUMERALS}]+)|({_NUMBER})[\s*]*({_UNITS})(?![\d度])")
_SKIPPED = re.compile(r"\{\{[^{}\n]*\}\}|\]\([^)\n]*\)|〔\d+〕\d*号?|第\s*\d+\s*[条章节题]")
_SAME_UNIT = {
    **dict.fromkeys(("个自然日", "自然日", "天"), "日"),
    "个工作日": "工作日",
    "个小时": "小时",
    "岁": "周岁",
    "人": "名",
}


def quantities(text: str, *, spelt: bool = False) -> set[Quantity]:
    """Return the quantities of a text as (number, unit), in one spelling for each; `spelt` those in Chinese numerals too."""
    plain = unicodedata.normalize("NFKC", text)
    return {one.quantity for one in found(plain) if spelt or not one.spelt}


def found(text: str) -> Iterator[Found]:
    """Yield each quantity of a text in NFKC; what names an article or refers to a fact is none."""
    shown = _SKIPPED.sub(lambda skipped: " " * len(skipped[0]), text)
    for match in _QUANTITY.finditer(shown):
        written = match[1] or match[2]
        if number := _number(written):
            quantity = _in_one_spelling(number, match[3] or "%")
            yield Found(quantity, match.span(), not written[0].isdigit())


def _in_one_spelling(number: str, unit: str) -> Quantity:
    if unit == "元" and re.fullmatch(r"\d+0000", number):
        return number[:-4], "万元"
    return number, _SAME_UNIT.get(unit, unit)


def _number(written: str) -> str:
    """Return a number in digits; empty for one that is none, such as 两三."""
    if written[0].isdigit():
        return written.replace(",", "")
    number, digit = 0, 0
    for numeral in written:
        if numeral in _TENS:
            number, digit = number + (digit or 1) * _TENS[numeral], 0
        elif digit:
            return ""
        else:
            digit = _ONES[numeral]

    return str(number + digit)
