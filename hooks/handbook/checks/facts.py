"""Facts, held against themselves and against the list of laws: days, basis, the date of checking, words that belong to them."""

import re
from collections.abc import Iterator
from datetime import date

from handbook.book import Book
from handbook.content.facts import Fact
from handbook.content.lookup import Law, cited
from handbook.problems import Problem, did_you_mean

_DAY = re.compile(r"(\d{4})[年-](\d{1,2})[月-](\d{1,2})日?\Z")
_JOINED, _LAWS_JOINED = re.compile("[，、；]"), re.compile("[，；]|(?<=》)、")
_Finding = tuple[str, str, str]
"""The field, what is wrong, how to mend it."""


def problems(book: Book) -> Iterator[Problem]:
    """Does every fact count its days as it says, rest on a law of the list, and was it checked since that is in force?"""
    laws = {name: law for law in book.laws.values() for name in law.names}
    for name, fact in book.facts.items():
        for field, what, mend in (*_days(fact), *_basis(book, fact, laws), *_since(fact, laws)):
            yield Problem(*book.facts.place(name, field), f"事实 '{name}' {what}", mend, warning=True)
        for number, word in enumerate(fact.words):
            yield from _joined(_JOINED, word, f"事实 '{name}' 的 'words' ", book.facts.place(name, "words", number))
    for key, law in book.laws.items():
        for number, word in enumerate(law.also):
            yield from _joined(_LAWS_JOINED, word, f"法规{law.name}的 'also' ", book.laws.place(key, "also", number))


def ahead(book: Book, today: date) -> Iterator[Problem]:
    """Was every fact checked on a day that has come? Only who runs the check knows which day it is."""
    for name, fact in book.facts.items():
        if fact.checked > today:
            what = f"事实 '{name}' 的核对日期 {fact.checked} 还没有到"
            yield Problem(*book.facts.place(name, "checked"), what, "请改成实际核对的日期", warning=True)


def _days(fact: Fact) -> Iterator[_Finding]:
    working = "工作日" in fact.value
    if working and fact.days != "working":
        yield "days", f"的值“{fact.value}”写的是工作日，`days` 却不是", "请写成 `days: working`，或改正 value"
    elif fact.days == "working" and not working:
        yield "days", f"的 `days` 是工作日，值“{fact.value}”却没有写", "请写全，如“5个工作日”，或改成 `days: calendar`"
    elif fact.days and not re.search("[日天]", fact.value):
        yield "days", f"写了 `days`，值“{fact.value}”却不是天数", "请删掉 `days`，或改正 value"


def _basis(book: Book, fact: Fact, laws: dict[str, Law]) -> Iterator[_Finding]:
    for name, _ in cited(fact.basis) if laws and fact.status != "company" else ():
        if name not in laws:
            mend = did_you_mean(name, laws, f"请写进 {book.settings.shown(book.settings.laws)}，简称写在 `also`")
            yield "basis", f"的依据{name}不在法规清单里", mend


def _since(fact: Fact, laws: dict[str, Law]) -> Iterator[_Finding]:
    for law in dict.fromkeys(laws[name].name for name, _ in cited(fact.basis) if name in laws):
        since = _DAY.match(laws[law].since)
        if since and fact.checked < date(*map(int, since.groups())):
            what = f"的核对日期 {fact.checked} 早于{law}的施行日期 {laws[law].since}"
            yield "checked", what, "请照施行的文本再核对一遍，改正 checked 或 since"


def _joined(joined: re.Pattern[str], word: str, whose: str, place: tuple[str, int]) -> Iterator[Problem]:
    if joined.search(word):
        mend = f"请用英文逗号隔开，写成 `[{', '.join(filter(None, joined.split(word)))}]`"
        yield Problem(*place, f"{whose}里“{word}”用了中文标点，会当成一个词", mend, warning=True)
