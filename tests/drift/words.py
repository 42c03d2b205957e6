"""Words of a part that turn its meaning, each with what it is turned into: negations, actors, limits, articles, figures."""

import re
from collections.abc import Callable, Iterator, Mapping

from tests.drift.handbook import Handbook
from tests.drift.parts import Part, Span, charts, lines
from tests.drift.planting import Planting

Turn = Callable[[re.Match[str]], str]
_UNTOUCHED = re.compile(r"\{\{[^}]*\}\}|\]\([^)]*\)|\{:? *[#.][^}]*\}|<[^>]*>")
_STAFF = ["坐席", "理赔岗", "投诉岗", "保全岗", "合规岗", "收付费岗", "核保岗", "调查岗", "主管", "培训师"]
_PARTIES = ["投保人", "被保险人", "受益人", "监护人", "继承人", "销售人员"]
_COUNTED = "件次步个类名条项种问句张道天日月年级成倍层通样份元人"


def _pairs(*pairs: tuple[str, str]) -> dict[str, str]:
    return {one: two for pair in pairs for one, two in (pair, pair[::-1])}


def _ring(*rings: list[str]) -> dict[str, str]:
    return {word: ring[(place + 1) % len(ring)] for ring in rings for place, word in enumerate(ring)}


NEGATED = {
    "不得": "可以",
    "不能": "可以",
    "可以": "不得",
    "应当": "不应当",
    "必须": "不必",
    "没有": "已经",
    "都要": "都不要",
    "只能": "不必",
}
ACTORS = _ring(_STAFF, _PARTIES)
BOUNDS = _pairs(
    ("以上", "以下"),
    ("超过", "不足"),
    ("不满", "已满"),
    ("至少", "至多"),
    ("最长", "最短"),
    ("最迟", "最早"),
    ("之前", "之后"),
    ("以内", "以外"),
)
NUMERALS = _ring(list("一二三四五六七八九十")) | {"两": "三"}
STARTS = {
    "收到": "签发",
    "登记后": "办结后",
    "发现后": "核实后",
    "作出": "收到",
    "之日起": "次日起",
    "达成": "履行",
    "知道": "发生",
    "届满": "开始",
    "送达": "寄出",
    "协议后": "付款后",
    "恢复后": "故障后",
}


def _table(words: Mapping[str, str]) -> tuple[str, Turn]:
    """Return the pattern of the words, longer ones first, and what turns each."""
    return "|".join(sorted(words, key=len, reverse=True)), lambda found: words[found[0]]


def _plus_one(found: re.Match[str]) -> str:
    return str(int(found[0]) + 1)


TURNS: dict[str, tuple[str, Turn]] = {
    "negation added or swapped": _table(NEGATED),
    "negation removed": (r"不(?![同过足仅但利变知齐一])(?=[\u4e00-\u9fff])", lambda _: ""),
    "actor or post swapped": _table(ACTORS),
    "bound turned round": _table(BOUNDS),
    "start of a limit": _table(STARTS),
    "number of an article": (r"(?<=第)\d+(?=条)", _plus_one),
    "digits": (r"(?<![\d第—])\d+(?![\d条—]|\. )", _plus_one),
    "Chinese numeral": (rf"[{''.join(NUMERALS)}](?=[{_COUNTED}])", lambda found: NUMERALS[found[0]]),
}


def turned(book: Handbook, part: Part, kind: str, rule: tuple[str, Turn], places: Iterator[Span]) -> Iterator[Planting]:
    """Yield a planting for each word within `places` that the rule turns, outside references, links and attributes."""
    pattern, turn = rule
    text = book.texts[part.path]
    for start, end in places:
        untouched = [found.span() for found in _UNTOUCHED.finditer(text, start, end)]
        for found in re.compile(pattern).finditer(text, start, end):
            if not any(a <= found.start() < b for a, b in untouched):
                yield book.planted(part, kind, found.span(), turn(found))


def words(book: Handbook) -> Iterator[Planting]:
    """Yield every turn of a word in the prose of a part that items rest on."""
    for part in book.parts:
        for kind, rule in TURNS.items():
            yield from turned(book, part, kind, rule, lines(book.texts[part.path], part))


def laws(book: Handbook) -> Iterator[Planting]:
    """Yield every name of a law put in the place of another."""
    names = sorted({name for law in book.book.laws.values() for name in law.names if name.startswith("《")})
    other = dict(zip(names, [*names[1:], names[0]], strict=True))
    rule = (r"《[^《》\n]+》", lambda found: other.get(found[0], names[0]))
    for part in book.parts:
        yield from turned(book, part, "name of a law", rule, lines(book.texts[part.path], part))


def boxed(book: Handbook) -> Iterator[Planting]:
    """Yield every turn of a word in a box, its title among them."""
    for part in book.parts:
        text = book.texts[part.path]
        places = [
            found.span() for found in re.compile(r"^(?:!!!|    ).+$", re.MULTILINE).finditer(text, part.body, part.end)
        ]
        hidden = list(charts(text, part))
        within = [(a, b) for a, b in places if not any(start <= a < end for start, end in hidden)]
        for rule in (TURNS["negation added or swapped"], TURNS["negation removed"], TURNS["actor or post swapped"]):
            yield from turned(book, part, "key words in a box", rule, iter(within))
        for found in re.compile(r'(?<=^!!! example ").+(?="$)', re.MULTILINE).finditer(text, part.body, part.end):
            yield book.planted(part, "title of a box", found.span(), f"{found[0]}（反例）")
