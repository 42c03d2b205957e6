"""Items and lists of chapters -> HTML, through templates only: those of `overrides/fragments`, and of the kinds of items.

Knows nothing of MkDocs, of files other than the templates, or of how pages are laid out.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from string import ascii_uppercase
from typing import NamedTuple
from xml.etree.ElementTree import Element

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString
from markupsafe import Markup

from handbook.book import Book
from handbook.content.facts import STATUSES, Facts
from handbook.content.quotations import nested
from handbook.items import FOLDER, Item, revision
from handbook.reading.markup import REFERENCE

Address = Callable[[str], str]
"""Turns `claims.md#deadlines` into a link as seen from the page."""

_PLAIN_TEXT = re.compile(r"[^\\`*_{}\[\]<>&#!|~\n]*\Z")
_WRAPPED = re.compile(r"\A<p>(.*)</p>\Z", re.DOTALL)


class Quoted(NamedTuple):
    """Words of the handbook that answer an item, and the way to the sentence that says them."""

    words: str
    label: str
    url: str


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
        self._references = References(self._markdown, book.facts)
        self._markdown.inlinePatterns.register(self._references, "handbook_references", 185)  # code 190, links 170

    def item(self, item: Item, number: int, url: Address, template: str = "quiz/item", **more: object) -> Markup:
        """Return one item, on a page with its key and rationales folded away; another template shows it otherwise.

        `url` gives the address of `page.md#anchor` as seen from the page. The template finds what is particular to the
        type in the folder of its kind, `parts`.
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
            evidence=list(self.evidence(item, url)),
            url=url,
            **{"place": None, **more},
        )

    def fragment(self, name: str, **values: object) -> Markup:
        """Return `overrides/fragments/<name>.html` with the given values."""
        return Markup(self._environment.get_template(f"fragments/{name}.html").render(**values))

    def evidence(self, item: Item, url: Address) -> Iterator[Quoted]:
        """Yield what the handbook says that answers an item."""
        for (section, words), passage in zip(item.quoted, self.book.passages(item), strict=True):
            place = f"{section.partition('#')[0]}#{passage.anchor}" if passage else section
            yield Quoted(nested(words), self.book.section_label(section), url(place))

    def prose(self, text: str, url: Address | None = None) -> str:
        """Paragraphs, lists and tables; with facts linked to their basis where there is an address."""
        return self._converted(text, url)

    def plain(self, text: str) -> Markup:
        """Text without links: for labels, where they would get in the way of choosing, and for paper."""
        return self._line(text, None)

    @pass_context
    def _inline(self, context: Context, text: str) -> Markup:
        """Text with facts linked to their basis."""
        return self._line(text, context["url"])

    @pass_context
    def _block(self, context: Context, text: str) -> Markup:
        """Paragraphs, lists and tables with facts linked to their basis."""
        return Markup(self.prose(text, context["url"]))

    def _line(self, text: str, url: Address | None) -> Markup:
        if _PLAIN_TEXT.match(text):
            return Markup(escape(text))
        html = self._converted(text, url)
        alone = _WRAPPED.match(html)
        return Markup(alone[1] if alone and "<p>" not in alone[1] else html)

    def _converted(self, text: str, url: Address | None) -> str:
        page = self.book.settings.options.facts_page
        self._references.address = (lambda name: url(f"{page}#{name}")) if url else None

        return self._markdown.reset().convert(text)


class References(InlineProcessor):
    """Facts in Markdown, as their values are written: links to their basis where there is an address, else mere text."""

    def __init__(self, md: Markdown, facts: Facts, address: Address | None = None) -> None:
        super().__init__(REFERENCE, md)
        self._facts = facts
        self.address = address

    def handleMatch(  # type: ignore[override]  # noqa: N802 -- Markdown's name
        self, m: re.Match[str], _data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        fact = self._facts.get(m["id"])
        if not fact:
            return None, None, None
        if not self.address:
            return fact.value, m.start(), m.end()
        basis = f"依据：{fact.basis}（{STATUSES[fact.status]}）"
        link = Element("a", {"class": "fact", "href": self.address(m["id"]), "title": basis})
        link.text = AtomicString(fact.value)

        return link, m.start(), m.end()
