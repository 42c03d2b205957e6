"""The card for the pocket, held against what it takes its words from, and against the room that its folds leave."""

import re
from collections.abc import Iterator
from math import ceil

from handbook.book import Book
from handbook.content.pocket_card import Panel
from handbook.content.views import references
from handbook.problems import Problem, did_you_mean
from handbook.reading.digests import normalised

PANELS = 8
_LINES, _WIDE, _NARROW = 33, 34, 12
"""What a panel holds at best: lines, and characters on a line of text and of a cell. Printing tells for certain."""
_LISTED = re.compile(r"^ {0,3}(?:\||[-*+] |\d+[.)] )", re.MULTILINE)
_Finding = tuple[tuple[str | int, ...], str, str]
"""The place in a panel, what is wrong, how to mend it."""


def problems(book: Book) -> Iterator[Problem]:
    """Is all there that the card takes from scripts and sections, does the handbook say its limits, and has it room?"""
    told = _told(book) if book.card else {}
    for number, (name, panel) in enumerate(book.card.items(), 1):
        for where, what, mend in (*_phrases(book, panel), *_sections(book, panel)):
            yield Problem(*book.card.place(name, *where), f"版面 '{name}' {what}", mend)
        for where, what, mend in (*_starts(book, panel, told), *_room(book, panel)):
            yield Problem(*book.card.place(name, *where), f"版面 '{name}' {what}", mend, warning=True)
        if number > PANELS:
            mend = "对折两次只有这么多，请并到别的版面"
            yield Problem(*book.card.place(name), f"版面 '{name}' 是第 {number} 个，口袋卡最多 {PANELS} 个", mend)


def _phrases(book: Book, panel: Panel) -> Iterator[_Finding]:
    for field, situations in (("say", panel.say), ("never", panel.never)):
        known = [situation for situation, phrases in book.phrases.items() if getattr(phrases, field)]
        for number, situation in enumerate(situations):
            if situation not in known:
                mend = did_you_mean(situation, known, "请照抄话术表第一栏的“情境”")
                yield (field, number), f"所指的情境“{situation}”话术里没有", mend


def _sections(book: Book, panel: Panel) -> Iterator[_Finding]:
    for number, name in enumerate(panel.sections):
        if name not in book.sections:
            mend = did_you_mean(name, book.sections, "请写成“文件名.md#锚点”，对照章节标题行尾的锚点")
            yield ("sections", number), f"所指的小节 '{name}' 不存在", mend
        elif not _LISTED.search(book.sections[name].text):
            yield ("sections", number), f"所指的小节 '{name}' 里没有列表或表格", "请改为有列表或表格的小节"


def _starts(book: Book, panel: Panel, told: dict[str, list[str]]) -> Iterator[_Finding]:
    for number, limit in enumerate(panel.limits):
        start = normalised(limit.start or "")
        if limit.fact in book.facts and not any(start in text for text in told[limit.fact]):
            what = f"说“{limit.fact}”从“{limit.start}”起，事实和引用它的小节却没有这样说"
            yield ("limits", number, "start"), what, "请照抄事实的 note 或小节里的话"


def _told(book: Book) -> dict[str, list[str]]:
    """Return what the handbook says of each fact: in the fact itself, and in the sections that refer to it."""
    told = {name: [normalised(f"{fact.title}\n{fact.note or ''}")] for name, fact in book.facts.items()}
    for section in (section for page in book.pages.values() for section in page.sections):
        for name in references(section.text):
            told.setdefault(name, []).append(normalised(section.text))

    return told


def _room(book: Book, panel: Panel) -> Iterator[_Finding]:
    needed = sum(map(_rows, book.seen(panel.text or "").split("\n")))
    for field, situations in (("say", panel.say), ("never", panel.never)):
        known = (book.phrases[situation] for situation in situations if situation in book.phrases)
        needed += sum(1 + _rows(book.seen(getattr(phrases, field))) for phrases in known)
    cells = ((limit.label or "", limit.start or "") for limit in panel.limits)
    needed += sum(max(_rows(cell, _NARROW) for cell in row) for row in cells)
    if needed > _LINES:
        yield (), f"至少有 {needed} 行，一个版面只放得下 {_LINES} 行", "请删掉几条，或移到别的版面"


def _rows(text: str, width: int = _WIDE) -> int:
    return ceil(len(text) / width)
