"""What stands beside Markdown on pages and in other texts, held against its grammar, the bank, the facts and our anchors."""

import re
from collections.abc import Iterator

from handbook.book import Book
from handbook.content.sections import Page
from handbook.problems import Problem, did_you_mean
from handbook.reading import markup, misprints
from handbook.reading.markup import Marker

OURS = {
    "quiz": "quiz",
    "glossary": r"term-\d+",
    "coverage": r"finding-\d+|sources",
    "trace": "trace-table",
    "types": "type-[a-z-]+",
    "exam": "exam-.+",
}
"""The anchors that come with a marker, beside `item-…` for each item."""


def malformed(book: Book) -> Iterator[Problem]:
    """Is everything well formed that was meant as a marker, a reference, a comment or a fence?"""
    for page in book.pages.values():
        for fault in misprints.faults(page.text):
            yield Problem(page.path, *fault)
    for text, path, line, called in _texts(book):
        for _, what, mend in misprints.in_text(text):
            yield Problem(path, line, f"{called}里的{what}", mend)


def items(book: Book) -> Iterator[Problem]:
    """Is every item that a marker places in the bank, and placed once?"""
    first: dict[str, str] = {}
    for page in book.pages.values():
        for item, line in page.placed:
            if item not in book.bank.by_id:
                mend = did_you_mean(item, book.bank.by_id, "请改正编号，或删掉它")
                yield Problem(page.path, line, f"题库里没有题目 '{item}'", mend)
            elif item in first:
                what = f"题目 '{item}' 已经放在 {first[item]}"
                yield Problem(page.path, line, what, "一道题只能出现一次，请删掉一处")
            first.setdefault(item, f"{page.path}:{line}")


def lists(book: Book) -> Iterator[Problem]:
    """Is every list and every exam on a page once, and does the exam exist?"""
    for page in book.pages.values():
        lines: dict[tuple[str, str], int] = {}
        for marker in page.markers:
            before = lines.setdefault((marker.name, marker.argument), marker.line)
            if before != marker.line and marker.name not in ("quiz", "literal"):
                what = f"标记 '{marker.name}' 在第 {before} 行已经写过"
                yield Problem(page.path, marker.line, what, "同一页里只能有一个，请删掉一处")
            if marker.name == "exam":
                yield from _exam(book, page, marker)


def _exam(book: Book, page: Page, marker: Marker) -> Iterator[Problem]:
    listed = book.settings.options.exams_page
    if marker.argument not in book.blueprints:
        mend = did_you_mean(marker.argument, book.blueprints, f"细目表有：{'、'.join(book.blueprints) or '（没有）'}")
        yield Problem(page.path, marker.line, f"没有叫 '{marker.argument}' 的细目表", mend)
    elif listed not in book.pages:
        mend = f"请建一个 {listed}，里面写一行 `<!-- exams -->`"
        yield Problem(page.path, marker.line, "没有列出模拟考试的页面，这里放不了考试", mend)


def references(book: Book) -> Iterator[Problem]:
    """Is every fact that is referred to written down, and every fact written down referred to?"""
    facts = book.facts
    if not (facts.complete and book.terms.complete):  # hundreds of references would hide the one line to mend
        return
    mend = f"请先把它写进 {book.settings.shown(book.settings.facts)}"
    used: set[str] = set()
    for name, path, line, missing in _references(book):
        used.add(name)
        if name not in facts.places:
            yield Problem(path, line, missing, did_you_mean(name, facts, mend))
    for name in facts.keys() - used:
        what, mend = f"事实 '{name}' 没有被用到", "请在正文中引用它，或删掉它"
        yield Problem(*facts.place(name), what, mend, warning=True)


def _references(book: Book) -> Iterator[tuple[str, str, int, str]]:
    """Yield every reference to a fact, its file and line, and what is wrong when there is no such fact."""
    for page in book.pages.values():
        for name, breaks in markup.references(page.text):
            yield name, page.path, breaks + 1, f"没有事实 '{name}'"
    for text, path, line, called in _texts(book):
        for name, _ in markup.references(text):
            yield name, path, line, f"{called}引用的事实 '{name}' 不存在"
    for panel, content in book.card.items():
        for number, limit in enumerate(content.limits):
            place = book.card.place(panel, "limits", number, "fact")
            yield limit.fact, *place, f"版面 '{panel}' 引用的事实 '{limit.fact}' 不存在"


def anchors(book: Book) -> Iterator[Problem]:
    """Does no anchor of an author's bear a name that the site needs for items, quizzes or lists?"""
    for source, page in book.pages.items():
        for name, line in page.anchors:
            if is_ours(book, source, name):
                yield Problem(page.path, line, f"锚点 '{name}' 与网站自己的锚点同名", "请换一个名字")


def is_ours(book: Book, source: str, anchor: str) -> bool:
    """Tell whether the site needs an anchor of a page for itself."""
    ours = ["item-.+", "quote-.+", *(OURS[one.name] for one in book.pages[source].markers if one.name in OURS)]
    if source.startswith(f"{book.settings.options.chapters}/"):
        ours.append(OURS["quiz"])  # the heading above the items at its end

    return bool(re.fullmatch("|".join(ours), anchor))


def _texts(book: Book) -> Iterator[tuple[str, str, int, str]]:
    """Yield every text outside pages in which facts are filled in, its file and line, and what it belongs to."""
    for entry in book.bank.entries:
        for inside, text in entry.item.texts():
            yield text, entry.path, entry.line(*inside), f"题目 '{entry.item.id}' "
        for number, (_, words) in enumerate(entry.item.quoted):
            yield words, entry.path, entry.line("evidence", number), f"题目 '{entry.item.id}' 的依据"
    for word, term in book.terms.items():
        yield term.means, *book.terms.place(word), f"术语 '{word}' "
    for name, blueprint in book.blueprints.items():
        yield blueprint.instructions, *book.blueprints.place(name, "instructions"), f"细目表 '{name}' "
    for name, panel in book.card.items():
        yield panel.written, *book.card.place(name, "text"), f"版面 '{name}' "
