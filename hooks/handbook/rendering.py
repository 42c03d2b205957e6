"""Items and lists of chapters -> HTML, through templates only: those of `overrides/fragments`, and of the kinds of items.

Knows nothing of MkDocs, of files other than the templates, or of how pages are laid out.
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from string import ascii_uppercase

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markdown import Markdown
from markupsafe import Markup

from handbook.book import Book
from handbook.content.facts import STATUSES, Fact, filled
from handbook.items import FOLDER, Item, revision

Address = Callable[[str], str]
"""Turns `claims.md#deadlines` into a link as seen from the page."""

_PLAIN_TEXT = re.compile(r"[^\\`*_{}\[\]<>&#!|~\n]*\Z")
_WRAPPED = re.compile(r"\A<p>(.*)</p>\Z", re.DOTALL)


class Renderer:
    """Turns parts of one book into HTML; addresses are given per page by the caller."""

    def __init__(self, book: Book, templates: Path) -> None:
        self.book = book
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(templates), PrefixLoader({"items": FileSystemLoader(FOLDER)})]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "inline": self._inline,
            "block": self._block,
            "plain": self.plain,
            "seen": book.seen,
        }
        self._markdown = Markdown(extensions=["attr_list", "tables", "sane_lists"])
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")

    def quiz(self, items: Iterable[tuple[int, Item]], url: Address, *, tally: bool) -> Markup:
        """Return numbered items; `url` gives the address of `page.md#anchor` as seen from the page."""
        rendered = [self.item(item, number, url) for number, item in items]
        return self.fragment("quiz/quiz", items=rendered, tally=tally)

    def item(self, item: Item, number: int, url: Address, template: str = "quiz/item", **more: object) -> Markup:
        """Return one item, on a page with its key and rationales folded away; another template shows it otherwise.

        The template finds what is particular to the type in the folder of its kind, `parts`.
        """
        return self.fragment(
            template,
            item=item,
            parts=f"items/{item.kind}",
            number=number,
            letters="" if item.judged else ascii_uppercase,
            revision=revision(item, self.book.seen),
            section_url=url(item.section),
            section_label=self.book.section_label(item.section),
            shown_url=url(self.book.shown_at(item)),
            url=url,
            **{"place": None, **more},
        )

    def fragment(self, name: str, **values: object) -> Markup:
        """Return `overrides/fragments/<name>.html` with the given values."""
        return Markup(self._environment.get_template(f"fragments/{name}.html").render(**values))

    def plain(self, text: str) -> Markup:
        """Text without links: for labels, where they would get in the way of choosing, and for paper."""
        return self._line(self.book.seen(text))

    @pass_context
    def _inline(self, context: Context, text: str) -> Markup:
        """Text with facts linked to their basis."""
        return self._line(self._linked(context, text))

    @pass_context
    def _block(self, context: Context, text: str) -> Markup:
        """Paragraphs, lists and tables with facts linked to their basis."""
        return Markup(self._markdown.reset().convert(self._linked(context, text)))

    def _linked(self, context: Context, text: str) -> str:
        page, url = self.book.settings.options.facts_page, context["url"]

        return filled(text, self.book.facts, lambda name, fact: reference(fact, url(f"{page}#{name}")))

    def _line(self, text: str) -> Markup:
        if _PLAIN_TEXT.match(text):
            return Markup(escape(text))
        html = self._markdown.reset().convert(text)
        alone = _WRAPPED.match(html)
        return Markup(alone[1] if alone and "<p>" not in alone[1] else html)


def reference(fact: Fact, address: str) -> str:
    """Return a fact's value as Markdown, with its basis as title and a link to its row."""
    return f'[{fact.value}]({address} "{basis(fact)}"){{: .fact }}'


def basis(fact: Fact) -> str:
    """Return what a reader wants to know of a fact at a glance: what it rests on and whether that was checked."""
    return f"依据：{fact.basis}（{STATUSES[fact.status]}）"
