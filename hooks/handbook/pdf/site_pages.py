"""The built site -> the articles of the pages that are printed, in the order of the navigation.

Knows nothing of paper. What a reader of the site reads is in these articles, and nothing else is.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement

from handbook.book import Book
from handbook.problems import Unpublishable

_ITEM = "handbook-item"
_FOR_THE_SCREEN = (
    ".//script | .//style | .//template | .//button | .//input | .//select | .//handbook-tally | .//*[@hidden]"
    " | .//*[contains(concat(' ', @class, ' '), ' headerlink ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' chapter-head ')]"
)


@dataclass(frozen=True)
class SitePage:
    """One built page; `name` goes before its ids when pages become one document."""

    source: str
    """Its Markdown file under the docs folder."""
    address: str
    """Its file under the site."""
    name: str
    label: str
    """`第 8 章` for a chapter, or empty."""
    built: HtmlElement
    site: Path = Path()
    """The folder of the site."""

    @property
    def article(self) -> HtmlElement:
        """A copy that may be changed."""
        return deepcopy(self.built)

    @cached_property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """Level and text of each heading outside items."""
        found = (
            (int(heading.tag[1]), _line(heading))
            for heading in self.built.iter("h1", "h2", "h3", "h4", "h5", "h6")
            if next(heading.iterancestors(_ITEM), None) is None
        )
        return tuple((level, f"{self.label} {text}".strip() if level == 1 else text) for level, text in found)

    @cached_property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """Anchor and title of each section that the contents list."""
        return tuple((heading.get("id"), _line(heading)) for heading in self.built.iter("h2"))

    @property
    def title(self) -> str:
        return self.headings[0][1]

    @cached_property
    def top(self) -> str:
        """Anchor of the first heading."""
        return next(iter(self.built.xpath(".//h1/@id")), "")

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Ids of the items on the page, in order."""
        return tuple(item.get("data-item") for item in self.built.iter(_ITEM))

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts whose rows stand on the page."""
        return tuple(row.get("id") for row in self.built.find_class("facts__row"))


def read_pages(book: Book, site: Path) -> list[SitePage]:
    """Return the chapters and then the pages of the printed groups; raise Unpublishable when one was not built."""
    return [_read_page(book, site, source) for source in _printed(book)]


def used_facts(page: SitePage) -> set[str]:
    """Return the ids of the facts that a page, its items included, refers to."""
    return {urlsplit(link.get("href", "")).fragment for link in page.built.find_class("fact")}


def with_facts(page: SitePage, ids: set[str]) -> SitePage:
    """Return a page of facts with these rows only, and without the headings and tables that are empty then."""
    article = page.article
    for row in article.find_class("facts__row"):
        if row.get("id") not in ids:
            row.drop_tree()
    for table in article.xpath(".//table[not(.//*[contains(@class, 'facts__row')])]"):
        heading = table.getprevious()
        if heading is not None and heading.tag == "h2":
            heading.drop_tree()
        table.drop_tree()

    return replace(page, built=article)


def target(page: SitePage, link: str) -> tuple[str, str] | None:
    """Return the file under the site and the anchor that a link leads to, or None when it leaves the site."""
    parts = urlsplit(urljoin(page.address, link))
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)

    return f"{path}index.html" if path.endswith("/") or not path else path, unquote(parts.fragment)


def _printed(book: Book) -> Iterator[str]:
    folder, groups = book.settings.options.chapters, book.settings.groups
    chapters = [f"{folder}/{name}" for name in book.chapters]
    yield from chapters
    for group in book.settings.options.print.groups if book.settings.options.print else ():
        if group not in groups:
            known = "、".join(groups)
            raise Unpublishable(
                f"mkdocs.yml 的导航里没有“{group}”这一组；请改正 extra.handbook.print.groups（有：{known}）。"
            )
        yield from (source for source in groups[group] if source not in chapters)


def _read_page(book: Book, site: Path, source: str) -> SitePage:
    stem = source.removesuffix(".md")
    address = next((name for name in (f"{stem}/index.html", f"{stem}.html") if (site / name).is_file()), None)
    if not address:
        raise Unpublishable(f"{site}: 网站里没有 {source} 这一页；请先运行 `make site`。")
    articles = list(html.fromstring((site / address).read_bytes()).iter("article"))
    if not articles:
        raise Unpublishable(f"{site / address}: 这一页没有正文；请先运行 `make site`。")
    article = deepcopy(articles[0])
    for part in article.xpath(_FOR_THE_SCREEN):
        part.drop_tree()
    name = source.removeprefix(f"{book.settings.options.chapters}/")
    chapter = book.chapters.get(name)

    label = chapter.label if chapter else ""

    return SitePage(source, address, name.removesuffix(".md").replace("/", "-"), label, article, site)


def _line(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
