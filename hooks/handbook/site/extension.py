"""The Markdown of a page -> HTML with facts, figures, items, lists and links in their places: steps of Python-Markdown.

Serves any generator that takes Python-Markdown's extensions; is told which page is converted and how links lead from it.
"""

import posixpath
import re
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import Processor

from handbook.content import flowcharts
from handbook.content.pieces import HEADINGS
from handbook.reading import markup
from handbook.rendering import Address, References
from handbook.site.pages import Pages
from handbook.site.sentences import mark
from handbook.site.tooltips import Tooltips

_WITHOUT_LINKS = {*HEADINGS, "a", "label", "summary"}


class Here(NamedTuple):
    """The page that is being converted: its path under the docs folder, and how a link leads from it to another path."""

    source: str
    url: Address


class PageExtension(Extension):
    """Fills in the pages of one book; `here` tells which page a converter is at."""

    def __init__(self, pages: Pages, here: Callable[[Markdown], Here]) -> None:
        super().__init__()
        self.pages = pages
        self.here = here
        self.reset()

    def reset(self) -> None:
        """Begin a page: its items are numbered from 1."""
        self.numbers = count(1)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Markdown's name
        """Add the steps; the comments say between which of Markdown's own."""
        md.registerExtension(self)
        md.preprocessors.register(_Markers(md, self), "handbook_markers", 28)  # fences 25, raw HTML 20
        md.inlinePatterns.register(
            References(md, self.pages.book.facts, partial(self.fact_address, md)), "handbook_references", 185
        )  # code 190, links 170
        md.treeprocessors.register(_Titles(md), "handbook_titles", 19)  # inline 20, attributes 8
        md.treeprocessors.register(_Chapters(md, self), "handbook_chapters", 7)  # attributes 8, contents 5

    def fact_address(self, md: Markdown, name: str) -> str:
        """Return the way to a fact from the page that is being converted, from file to file."""
        folder = posixpath.dirname(self.here(md).source) or "."
        return f"{posixpath.relpath(self.pages.book.settings.options.facts_page, folder)}#{name}"

    def address(self, md: Markdown, name: str) -> str:
        """Return the address of `claims.md#deadlines`, or of another path in the site, as seen from here."""
        here = self.here(md)
        path, _, anchor = name.partition("#")
        if path in self.pages.book.chapters:
            path = f"{self.pages.book.settings.options.chapters}/{path}"
        if path == here.source:
            return f"#{anchor}"

        return f"{here.url(path)}#{anchor}" if anchor else here.url(path)


class _Step(Processor):
    def __init__(self, md: Markdown, extension: PageExtension) -> None:
        super().__init__(md)
        self.extension = extension
        self.pages = extension.pages
        self.address = partial(extension.address, md)

    def aside(self, fragment: str) -> str:
        """Lay a fragment aside; return what stands for it, in a paragraph of its own, until everything else is done."""
        self.md.block_level_elements += re.findall(r"\A<([\w-]+)", fragment)  # our own elements stand in no paragraph
        return self.md.htmlStash.store(str(fragment).strip())


class _Markers(_Step, Preprocessor):
    """Flowcharts and what markers ask for."""

    def run(self, lines: list[str]) -> list[str]:
        asked = [
            (marker.line - 1, self.pages.marked(marker, self.address, self.extension.numbers))
            for marker in markup.markers("\n".join(lines))
        ]
        for line, fragment in reversed(asked):
            indent = lines[line].partition("<")[0]
            lines[line : line + 1] = ["", f"{indent}{self.aside(fragment)}", ""] if fragment else []
        charts = count(1)
        text = flowcharts.replaced("\n".join(lines), lambda chart: self.aside(self.pages.figure(chart, next(charts))))

        return text.split("\n")


class _Titles(Treeprocessor):
    """Facts as mere text in titles, and in links, which hold no other links."""

    def run(self, root: Element) -> None:
        for place in list(root.iter()):
            if place.tag in _WITHOUT_LINKS or place.get("class") == "admonition-title":
                for parent in list(place.iter()):
                    self._unlink(parent)

    def _unlink(self, parent: Element) -> None:
        for fact in parent.findall("a[@class='fact']"):
            index = list(parent).index(fact)
            text = f"{fact.text}{fact.tail or ''}"
            if index:
                parent[index - 1].tail = f"{parent[index - 1].tail or ''}{text}"
            else:
                parent.text = f"{parent.text or ''}{text}"
            parent.remove(fact)


class _Chapters(_Step, Treeprocessor):
    """What comes to the text of a chapter: tooltips, marks of what is quoted, head, ways from sections to items, the quiz."""

    def run(self, root: Element) -> None:
        book, chapter = self.pages.book, self.pages.chapter(self.extension.here(self.md).source)
        if not chapter:
            return
        Tooltips(self.md, {word: book.seen(term.means) for word, term in book.terms.items()}).run(root)
        mark(root, self.pages.quoted.get(chapter.page.name, {}), self.md.htmlStash.rawHtmlBlocks)
        for parent in list(root.iter()):
            self._with_ways(parent, chapter.page.name)
        title = root.find("h1")
        if title is not None:
            root.insert(list(root).index(title) + 1, self._block(self.pages.head(chapter, self.address)))
        if own := [entry.item.id for entry in book.quiz_of(chapter.page.name)]:
            SubElement(root, "h2", {"id": "quiz", "data-search-exclude": ""}).text = book.settings.options.quiz_title
            root.append(self._block(self.pages.quiz(own, self.address, self.extension.numbers, tally=True)))

    def _with_ways(self, parent: Element, chapter: str) -> None:
        """Put the ways at the ends of the sections, the last first."""
        end = len(parent)
        for index, child in reversed(list(enumerate(parent))):
            if child.tag in HEADINGS:
                if entries := self.pages.book.by_section.get(f"{chapter}#{child.get('id')}"):
                    url = self.address(self.pages.book.shown_at(entries[0].item))
                    way = self.pages.renderer.fragment("section-items", url=url, count=len(entries))
                    parent.insert(end, self._block(way))
                end = index

    def _block(self, fragment: str) -> Element:
        block = Element("p")
        block.text, block.tail = self.aside(fragment), "\n"
        return block
