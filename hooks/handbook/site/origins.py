"""A built site and the book -> what belongs on each page, and where its author wrote what stands there.

Knows nothing of what may be wrong.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml.html import HtmlElement

from handbook.bank.entries import Entry
from handbook.book import Book
from handbook.content.sections import Section
from handbook.problems import Problem
from handbook.site.built import BuiltPage, BuiltSite, Target

_BEFORE = "ancestor-or-self::*[@id] | preceding::*[@id]"
_ID = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True)
class Origins:
    """A built site beside the book; `sources` names the file of the site that each Markdown file became."""

    book: Book
    folder: Path
    site: BuiltSite
    sources: dict[str, str]

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """The pages that were built, by their Markdown files."""
        pages = self.site.pages
        return {source: pages[address] for source, address in self.sources.items() if address in pages}

    @cached_property
    def items(self) -> dict[str, dict[str, Entry]]:
        """The items that belong on each page, by its Markdown file and their ids."""
        found: dict[str, dict[str, Entry]] = {}
        for entry in self.book.bank.entries:
            name = self.book.shown_at(entry.item).partition("#")[0]
            found.setdefault(self.source(name), {})[entry.item.id] = entry
        return found

    def sections(self, source: str) -> dict[str, Section]:
        """Return the sections of a Markdown file by their anchors; none of a page that no author wrote."""
        written = self.book.pages.get(source)
        return {section.anchor: section for section in written.sections} if written else {}

    def lacking(self, target: Target) -> str:
        """Return what of a target is not there, 文件 or 锚点; nothing, too, when what is lost there is reported itself."""
        return "" if target.anchor in self._promised(target.address) else self.site.lacks(target)

    def source(self, name: str) -> str:
        """Return the Markdown file of a page as items name it: `claims.md`."""
        return f"{self.book.settings.options.chapters}/{name}" if name in self.book.chapters else name

    def is_built(self, problem: Problem) -> bool:
        """Tell whether a problem names a built file, for want of one that an author wrote."""
        return problem.path.startswith(f"{self.book.settings.shown(self.folder)}/")

    def place(self, page: BuiltPage, element: HtmlElement) -> tuple[str, int]:
        """Return where to look for what an element shows: its item, its fact, its section, or the built page itself."""
        for around in (element, *element.iterancestors()):
            if entry := self.book.bank.by_id.get(around.get("data-item", "")):
                return entry.path, entry.line()
            if "facts__row" in around.classes and (fact := around.get("id")) in self.book.facts:
                return self.book.facts.place(fact)
        in_text = next(element.iterancestors("article"), None) is not None
        before = [found.get("id") for found in element.xpath(_BEFORE)] if in_text else None

        return self._section(page, before) or (self._shown(page), element.sourceline)

    def place_in_text(self, page: BuiltPage, offset: int) -> tuple[str, int]:
        """Return where to look for what stands at an offset in the text of a page."""
        text = page.text[:offset]
        in_text = "<article" in text and "</article" not in text

        return self._section(page, _ID.findall(text) if in_text else None) or (self._shown(page), text.count("\n") + 1)

    def _section(self, page: BuiltPage, before: list[str] | None) -> tuple[str, int] | None:
        """Return the place of the last section that begins with one of these ids, or of the page's first line."""
        written = self.book.pages.get(self._origins.get(page.address, ""))
        if not written or before is None:
            return None
        lines = {section.anchor: section.line for section in written.sections}

        return written.path, next((lines[name] for name in reversed(before) if name in lines), 1)

    def _promised(self, address: str) -> set[str]:
        """Return the anchors on a page whose absence is reported where it was promised."""
        source = self._origins.get(address, "")
        if source not in self.pages:
            return set()
        facts = self.book.facts if source == self.book.settings.options.facts_page else ()
        items = self.items.get(source, {}).keys() - self.pages[source].items.keys()
        return {*self.sections(source), *(f"item-{name}" for name in items), *facts}

    def _shown(self, page: BuiltPage) -> str:
        return self.book.settings.shown(self.folder / page.address)

    @cached_property
    def _origins(self) -> dict[str, str]:
        return {address: source for source, address in self.sources.items()}
