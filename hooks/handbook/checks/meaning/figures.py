"""Figures of a key -> those that its evidence does not hold; without evidence, those that its section does not hold.

A figure in Chinese numerals counts where it is a limit; elsewhere it belongs to a story.
"""

import re
from collections.abc import Iterator

from handbook.bank.entries import Entry
from handbook.book import Book
from handbook.checks.meaning.statements import Case, plain
from handbook.checks.quantities import Found, found, quantities
from handbook.problems import Problem
from handbook.reading import markup

_BEHIND = re.compile(r"之?[内上下]|以[内上下前后]|[之以]?[前后]|起")
_BEFORE = re.compile(r"(?:满|超过|不足|少于|至少|至多|最[多少长短迟]|延长|每)$")


def missing(book: Book, case: Case) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Yield each figure that the item says is right and no evidence holds, with the sentence and its place in the item."""
    item = case.entry.item
    told = "" if item.judged else f"{item.stimulus or ''}\n{item.stem}"
    known = quantities("\n".join([*case.evidence, plain(book.seen(told)), *item.literals]), spelt=True)
    for statement in case.said:
        for quantity in sorted({one.quantity for one in meant(statement.text)} - known):
            yield "".join(quantity), statement.text, statement.where


def meant(text: str) -> Iterator[Found]:
    """Yield the figures of a plain text, those in Chinese numerals where they are limits."""
    for one in found(text):
        if not one.spelt or _BEHIND.match(text, one.span[1]) or _BEFORE.search(text[: one.span[0]]):
            yield one


def outside_section(book: Book, entry: Entry) -> Iterator[Problem]:
    """Yield what the key of an item without evidence rests on though the named section does not hold it."""
    section = book.sections.get(entry.item.section)
    if not section:
        return
    referred = {name for name, _ in markup.references(section.text)}
    known = quantities(book.seen(section.text))
    accepted = quantities("；".join(entry.item.literals))
    for text in entry.item.truths():
        facts = {name for name, _ in markup.references(text) if name in book.facts} - referred
        lacking = [f"事实 '{name}'" for name in sorted(facts) if not quantities(book.facts[name].value) <= known]
        written = quantities(markup.prose(text)) - known - accepted
        for what in (*lacking, *(f"“{number}{unit}”" for number, unit in sorted(written))):
            mend = "请在小节里写明，或改 `section`"
            yield entry.problem(f"的答案用到{what}，但小节 '{section.name}' 里没有", mend, "section", warning=True)
