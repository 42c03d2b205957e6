"""The files of a built site -> its pages as trees: their ids, what hides a part of them, what shows by mistake, where links lead.

Knows nothing of the book.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from handbook.content.pieces import hides

_SWALLOWING = {
    *("audio", "canvas", "datalist", "handbook-item", "head", "iframe", "math", "noscript", "object", "script"),
    *("select", "style", "svg", "template", "textarea", "title", "video"),
}
"""Elements in which nothing of the text stands in view, or not as a part of the text."""
_RAW = re.compile(r"\{\{|\}\}|｛｛|｝｝|<!--|-->|[\x02\x03]")
_CODE = ("code", "pre", "script", "style")
_TEXTS = etree.XPath("//text()")
_SAID = etree.XPath("//@title | //@alt | //@aria-label | //@placeholder | //meta/@content")
_AWAKE = etree.XPath("//*[@id or self::handbook-item or self::a[@name]][not(ancestor::template)]")
_LINKS = etree.XPath("//@href | //@src")


class Target(NamedTuple):
    """Where a link leads: a file under the site, and an anchor in it or nothing."""

    address: str
    anchor: str

    def __str__(self) -> str:
        return f"{self.address}#{self.anchor}" if self.anchor else self.address


@dataclass(frozen=True)
class BuiltPage:
    """One page; `address` is its file under the site."""

    address: str
    text: str
    tree: HtmlElement

    @cached_property
    def ids(self) -> dict[str, list[HtmlElement]]:
        """Elements by id, without those that lie in templates."""
        found: dict[str, list[HtmlElement]] = {}
        for element in self._awake:
            if name := element.get("id"):
                found.setdefault(name, []).append(element)
        return found

    @cached_property
    def items(self) -> dict[str, list[HtmlElement]]:
        """Items by their ids in the bank, without those that lie in templates."""
        found: dict[str, list[HtmlElement]] = {}
        for element in self._awake:
            if element.tag == "handbook-item":
                found.setdefault(element.get("data-item", ""), []).append(element)
        return found

    @cached_property
    def anchors(self) -> set[str]:
        """What a link may name behind `#`."""
        return {"top", *self.ids, *(element.get("name") for element in self._awake if element.tag == "a")}

    @property
    def residues(self) -> Iterator[tuple[HtmlElement, str]]:
        """Yield each text outside code that shows braces, a comment or a placeholder, and the element that it stands in or behind."""
        for text in (*_TEXTS(self.tree), *_SAID(self.tree)):
            if (found := _RAW.search(text)) and not _is_code(text):
                around = text[max(0, found.start() - 12) : found.end() + 24]
                shown = re.sub(r"[\x02\x03]", "\N{REPLACEMENT CHARACTER}", around)
                yield text.getparent(), " ".join(shown.split())

    @property
    def links(self) -> Iterator[tuple[HtmlElement, str]]:
        """Yield each address and the element that names it."""
        return ((link.getparent(), str(link)) for link in _LINKS(self.tree))

    @cached_property
    def _awake(self) -> list[HtmlElement]:
        found: list[HtmlElement] = _AWAKE(self.tree)
        return found


@dataclass(frozen=True)
class BuiltSite:
    """All files under a folder, and the pages among them by their addresses; `url` is where the folder will be served."""

    url: str
    files: frozenset[str]
    pages: dict[str, BuiltPage]

    def target(self, page: BuiltPage, link: str) -> Target | None:
        """Return where a link leads, or None when it leaves the site."""
        url = urljoin(self.url + page.address, link.strip())
        if not url.startswith(self.url):
            return None
        parts = urlsplit(url.removeprefix(self.url))
        path = unquote(parts.path)
        address = f"{path}index.html" if path.endswith("/") or not path else path

        return Target(address, unquote(parts.fragment.partition(":~:")[0]))

    def lacks(self, target: Target) -> str:
        """Return what of a target is not there, 文件 or 锚点, or nothing; only pages have anchors."""
        page = self.pages.get(target.address)
        if target.address not in self.files:
            return "文件"
        return "锚点" if page and target.anchor and target.anchor not in page.anchors else ""


def read_site(folder: Path, url: str) -> BuiltSite:
    """Return the site in a folder."""
    files = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = {address: _read_page(folder, address) for address in sorted(files) if address.endswith(".html")}

    return BuiltSite(url, files, pages)


def hidden_by(element: HtmlElement) -> str:
    """Return the opening tag of what keeps an element out of view; empty when it is in view. Closed `<details>` can be opened."""
    for around in (element, *element.iterancestors()):
        swallows = around is not element and around.tag in _SWALLOWING
        closed = around.tag == "dialog" and around.get("open") is None
        if swallows or closed or hides(around):
            return _opening(around)

    return ""


def _is_code(text: etree._ElementUnicodeResult) -> bool:
    beside = text.getparent()
    around = beside.iterancestors() if text.is_tail else (beside, *beside.iterancestors())
    return any(element.tag in _CODE for element in around)


def _read_page(folder: Path, address: str) -> BuiltPage:
    text = (folder / address).read_text(encoding="utf-8")
    return BuiltPage(address, text, html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True)))


def _opening(element: HtmlElement) -> str:
    telling = [name for name in ("hidden", "style") if element.get(name) is not None]
    said = [f'{name}="{element.get(name)}"' if element.get(name) else name for name in telling]
    return f"<{' '.join([element.tag, *said])}>"
