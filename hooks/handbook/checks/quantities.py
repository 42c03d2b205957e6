"""Quantities (numbers with a unit) in prose and items, held against the facts and against the named section.

A quantity that stands in `facts.yml` must be a reference, or one day the two will differ.
"""

import re
import unicodedata
from collections.abc import Iterator

from handbook.bank.entries import Entry
from handbook.book import Book
from handbook.content.facts import Fact
from handbook.content.sections import Page
from handbook.problems import Problem
from handbook.reading import markup

_UNITS = "个工作日|工作日|自然日|日|天|周岁|岁|小时|分钟|个月|年|万元|元|%|名|人"
_QUANTITY = re.compile(rf"(?<![\d.月/-])(\d+(?:\.\d+)?)\s*({_UNITS})(?![\d度])")
_SENTENCE = re.compile(r"[^。！？；\n|]+")
_SKIPPED = re.compile(r"\{\{[^{}\n]*\}\}|\]\([^)\n]*\)|〔\d+〕\d*号?|第\s*\d+\s*[条章节题]")
_SAME_UNIT = {"自然日": "日", "天": "日", "个工作日": "工作日", "岁": "周岁", "人": "名"}


def problems(book: Book) -> Iterator[Problem]:
    """Yield a warning for every quantity that should be a reference, and for every key its section does not hold."""
    for page in book.pages.values():
        yield from _in_page(book, page)
    for entry in book.bank.entries:
        accepted = quantities("；".join(entry.item.literals))
        yield from _in_item(book, entry, accepted)
        yield from _unanswerable(book, entry, accepted)


def quantities(text: str) -> set[tuple[str, str]]:
    """Return the quantities of a text as (number, unit), in one spelling for each unit."""
    plain = unicodedata.normalize("NFKC", text)
    return {(number, _SAME_UNIT.get(unit, unit)) for number, unit in _QUANTITY.findall(plain)}


def _in_page(book: Book, page: Page) -> Iterator[Problem]:
    """Hold every line against the facts; what a `literal` marker names is accepted up to the end of the block below."""
    literals = {marker.line: quantities(marker.argument) for marker in page.markers if marker.name == "literal"}
    accepted: set[tuple[str, str]] = set()
    in_block = False
    for line in markup.lines(page.text):
        if in_block and (line.number in literals or not line.text.strip()):
            accepted, in_block = set(), False
        if line.number in literals:
            accepted |= literals[line.number]
        elif line.text.strip():
            in_block = True
        for what, mend in _unreferenced(book, line.prose, accepted):
            hint = f"{mend}；确实无关的，在这段文字的上一行单独写 `<!-- literal: … -->`"
            yield Problem(page.path, line.number, what, hint, warning=True)


def _in_item(book: Book, entry: Entry, accepted: set[tuple[str, str]]) -> Iterator[Problem]:
    for inside, text in entry.item.texts():
        if entry.item.misleads(inside):
            continue
        for what, mend in _unreferenced(book, markup.prose(text), accepted):
            hint = f'{mend}；确实无关的，给题目加上 `literals: ["…"]`'
            yield entry.problem(f"里{what}", hint, *inside, warning=True)


def _unreferenced(book: Book, text: str, accepted: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong and how to mend it for each quantity that speaks of a fact without referring to it."""
    for sentence in _SENTENCE.findall(text):
        plain = _SKIPPED.sub(" ", sentence)
        for quantity in sorted(quantities(plain) - accepted):
            said = "".join(quantity)
            about = _facts_about(book, sentence, quantity[1])
            same = [name for name, fact in about if quantity in quantities(fact.value)]
            if same:
                yield f"数字“{said}”没有引用事实", f"请写成 `{{{{ {same[0]} }}}}`"
            elif about:
                name, fact = about[0]
                mend = f"请核对；要用这条事实就写成 `{{{{ {name} }}}}`"
                yield f"数字“{said}”与事实 '{name}'（{fact.value}）不一致", mend


def _facts_about(book: Book, sentence: str, unit: str) -> list[tuple[str, Fact]]:
    """Return the facts whose words stand in the sentence and whose value has the same unit."""
    return [
        (name, fact)
        for name, fact in book.facts.items()
        if any(word in sentence for word in fact.words) and any(unit == known for _, known in quantities(fact.value))
    ]


def _unanswerable(book: Book, entry: Entry, accepted: set[tuple[str, str]]) -> Iterator[Problem]:
    """Items whose key rests on a fact or quantity that the named section does not hold."""
    section = book.sections.get(entry.item.section)
    if not section:
        return
    referred = {name for name, _ in markup.references(section.text)}
    known = quantities(book.seen(section.text))
    for text in entry.item.truths():
        facts = {name for name, _ in markup.references(text) if name in book.facts} - referred
        missing = [f"事实 '{name}'" for name in sorted(facts) if not quantities(book.facts[name].value) <= known]
        written = quantities(_SKIPPED.sub(" ", markup.prose(text))) - known - accepted
        for what in (*missing, *(f"“{number}{unit}”" for number, unit in sorted(written))):
            mend = "请在小节里写明，或改 `section`"
            yield entry.problem(f"的答案用到{what}，但小节 '{section.name}' 里没有", mend, "section", warning=True)
