"""The panels of a book's card -> the document that is printed, folded twice and carried in a pocket.

Knows nothing of how the sheet is folded; that says its template.
"""

from collections.abc import Iterator
from datetime import date

from handbook.book import Book
from handbook.content.facts import Fact
from handbook.content.pocket_card import Limit, Panel
from handbook.press import markup
from handbook.press.links import settled
from handbook.press.profile import profile
from handbook.press.tree import Block, Box, Document, List, Paragraph, Row, Run, Table
from handbook.rendering import Renderer

_HEAD = ("事项", "期限", "从何时起")
_MARKS = {"law": "◆", "company": "○", "secondary": "△"}
_STANDING = {"law": "法规要求", "company": "公司承诺或公司要求", "secondary": "待合规复核"}
_WIDTHS = (10.8, 7, 11)


def card(book: Book, day: date | None) -> Document:
    """Return the card of a book that has one: a box for each panel, in the order of reading."""
    renderer = Renderer(book, book.settings.templates)
    panels = tuple(Box((Run(book.seen(panel.title)),), tuple(_blocks(panel, renderer))) for panel in book.card.values())
    title = f"{book.settings.title} · 口袋卡"

    return settled(Document(title, "card", panels, profile(book), day, foot=_checked(book)))


def _blocks(panel: Panel, renderer: Renderer) -> Iterator[Block]:
    if panel.text:
        yield from markup.blocks(renderer.plain(panel.text))
    if panel.limits:
        yield from _limits(panel, renderer)
    for name in panel.sections:
        all_blocks = markup.blocks(renderer.plain(renderer.book.sections[name].text))
        yield next(block for block in all_blocks if isinstance(block, List | Table))
    known = renderer.book.phrases
    for style, situations in (("say", panel.say), ("never", panel.never)):
        for situation in situations:
            words = markup.line(renderer.plain(getattr(known[situation], style)))
            yield Paragraph((Run(situation, strong=True), *words), style)


def _limits(panel: Panel, renderer: Renderer) -> Iterator[Block]:
    """Yield the table of a panel's limits, and what its marks mean."""
    facts = renderer.book.facts
    head = Row(tuple((Paragraph((Run(word),)),) for word in _HEAD))
    rows = (_row(limit, facts[limit.fact]) for limit in panel.limits)
    yield Table((head, *rows), widths=_WIDTHS, style="limits")
    statuses = {facts[limit.fact].status for limit in panel.limits}
    used = "　".join(f"{mark} {_STANDING[status]}" for status, mark in _MARKS.items() if status in statuses)
    yield Paragraph((Run(used),), "note")


def _row(limit: Limit, fact: Fact) -> Row:
    kind = (Run(" 自然日"),) if fact.days == "calendar" else ()
    value = (Run(f"{_MARKS[fact.status]} "), Run(fact.value, strong=True), *kind)
    cells = ((Run(limit.label or fact.title),), value, (Run(limit.start or "—"),))

    return Row(tuple((Paragraph(runs),) for runs in cells))


def _checked(book: Book) -> str:
    """Return when the facts of the card were last held against what they rest on."""
    days = sorted(book.facts[limit.fact].checked for panel in book.card.values() for limit in panel.limits)
    return f"各条期限核对于 {days[0]} 至 {days[-1]}。" if days else ""
