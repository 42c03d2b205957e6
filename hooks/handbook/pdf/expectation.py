"""The pages of the site -> all that must be found in their PDF, in its order: contents, pages, answers.

Knows the site's markup, and how items are numbered on paper; nothing of how a PDF is made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from handbook.pdf.site_pages import SitePage, target
from handbook.pdf.wanted import Chart, Expected, Wanted, Way, plain
from handbook.pdf.wording import JUDGEMENTS, on_paper

_ITEM = "handbook-item"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS.union(
    ("article", "blockquote", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "label"),
    ("legend", "li", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul", _ITEM),
)
_PARTS = _BLOCKS | {"span", "strong"}
"""Of an item: paper has the same words, but other punctuation between them."""
_ONLY_FOR_SCREENS = {
    f"handbook-{name}" for name in ("item__heading", "item__hint", "item__legend", "item__summary", "ordering__place")
}
_ANSWERS = "参考答案与解析"
_SHOWN = 24


def expected(pages: Sequence[SitePage], numbers: Mapping[str, str], *, answers: bool) -> Expected:
    """Return what readers of these pages of the site find there, and must find on paper, too.

    `numbers` are those of the items on paper, by their ids.
    """
    printed = {page.address for page in pages}
    answered = [page for page in pages if page.items] if answers else []
    texts = [Wanted("目录", "目录", "标题", 1), *(entry for page in pages for entry in _contents(page))]
    texts += [Wanted(_ANSWERS, "目录", f"“{_ANSWERS}”", ways=(Way(_ANSWERS, _ANSWERS),))] if answered else []
    texts += [text for page in pages for text in _Reader(page, printed, numbers).page(answers=answers)]
    texts += [Wanted(_ANSWERS, _ANSWERS, "标题", 1, places=((_ANSWERS, 0),))] if answered else []
    texts += [text for page in answered for text in _Reader(page, printed, numbers).answers()]
    outline = [(1, "目录"), *((level, title) for page in pages for level, title in page.headings if level <= 3)]
    outline += [(1, _ANSWERS), *((2, page.title) for page in answered)] if answered else []

    charts = tuple(chart for page in pages for chart in _charts(page))

    return Expected(tuple(texts), charts, tuple(outline), sum(1 for page in pages for _ in page.built.iter("img")))


def _contents(page: SitePage) -> Iterator[Wanted]:
    for anchor, title in (("", page.title), *page.sections):
        words = plain(title)
        yield Wanted(words, "目录", f"“{title}”", ways=(Way(words, f"{page.address}#{anchor}"),))


def _charts(page: SitePage) -> Iterator[Chart]:
    for drawn in page.built.iter("svg"):
        said = [text for text in (drawn.findtext("title"), drawn.findtext("desc")) if text]
        words = [plain(piece) for text in drawn.iter("text") for piece in text.itertext()]
        yield Chart("：".join(said), tuple(filter(None, words)))


class _Reader:
    """Reads one page, text by text."""

    def __init__(self, page: SitePage, printed: set[str], numbers: Mapping[str, str]) -> None:
        self._page, self._printed, self._numbers = page, printed, numbers
        self._answers = f"answers of {page.address}"
        self._found: list[Wanted] = []
        self._text = ""
        self._ways: list[Way] = []
        self._places: list[tuple[str, int]] = []
        self._level = 0
        self._apart: frozenset[str] = _BLOCKS

    def page(self, *, answers: bool) -> list[Wanted]:
        """Return the texts of the page; items are asked and not answered."""
        article = self._page.article
        for answer in article.find_class("handbook-item__answer"):
            answer.drop_tree()
        asked = {item.get("data-item"): self._asked(item, answers=answers) for item in article.iter(_ITEM)}
        self._places.append((f"{self._page.address}#", 0))
        self._walk(article, asked)

        return self._found

    def answers(self) -> list[Wanted]:
        """Return the answers to the items of the page, below the title of the page."""
        what, places = f"标题“{self._page.title}”（第 2 级）", ((self._answers, 0),)
        found = [Wanted(plain(self._page.title), _ANSWERS, what, 2, places=places)]
        for item in self._page.article.iter(_ITEM):
            way = Way("题目", f"{self._page.address}#{item.get('id')}")
            found.append(self._item(item, item.find_class("handbook-item__answer")[0], "的答案", "answer ", (way,)))

        return found

    def _asked(self, item: Any, *, answers: bool) -> Wanted:
        ways = (Way("答案", f"answer {item.get('data-item')}"),) if answers else ()
        kinds = [Wanted(plain(part.text_content()), "", "") for part in item.find_class("handbook-item__type")]
        asked = self._item(item, item, "", f"{self._page.address}#item-", ways)

        return replace(asked, parts=(*kinds, *(part for part in asked.parts if part.text not in JUDGEMENTS.values())))

    def _item(self, item: Any, part: Any, what: str, place: str, ways: tuple[Way, ...]) -> Wanted:
        """Return an item, or its answer, by its number, which is followed by any of its words."""
        name = item.get("data-item")
        parts, number = self._parts(part, answer=part is not item), self._numbers[name]
        then = (
            *(way.words for way in ways),
            *(one.text for one in parts),
            *(plain(kind.text_content()) for kind in item.find_class("handbook-item__type")),
        )
        called = f"题目 {number} '{name}' {what}".rstrip()

        return Wanted(number, self._page.source, called, 0, ways, ((f"{place}{name}", 0),), parts, then)

    def _parts(self, element: Any, *, answer: bool = False) -> tuple[Wanted, ...]:
        """Return the words of an item in small parts."""
        reader = _Reader(self._page, self._printed, self._numbers)
        reader._apart = _PARTS
        reader._inside(element, {})
        reader._end()

        return on_paper(reader._found, answer=answer)

    def _walk(self, element: Any, asked: dict[str, Wanted]) -> None:
        if not isinstance(element.tag, str) or element.tag == "svg" or self._unprinted(element):
            return
        if element.tag == _ITEM and asked:
            self._end()
            item = asked[element.get("data-item")]
            if item.ways and self._found[-1].level:  # a heading of nothing but items
                self._found[-1] = replace(self._found[-1], ways=(Way("答案", self._answers),))
            self._found.append(item)
            return
        if "section-items" in element.get("class", "").split():
            self._beside_heading(element)
            return
        row = "facts__row" in element.get("class", "").split()
        apart = element.tag in self._apart
        if apart:
            self._end()
        before, self._apart = self._apart, frozenset() if row else self._apart
        self._inside(element, asked)
        self._apart = before
        if apart:
            self._end(f"事实 '{element.get('id')}'" if row else "")

    def _beside_heading(self, element: Any) -> None:
        """Keep what stands at the end of a section on screens and beside its heading on paper."""
        self._end()
        last = max(at for at, text in enumerate(self._found) if text.level)
        self._found[last] = replace(self._found[last], parts=self._parts(element))

    def _inside(self, element: Any, asked: dict[str, Wanted]) -> None:
        if name := element.get("id"):
            self._places.append((f"{self._page.address}#{name}", len(self._text)))
        if element.tag in _HEADINGS:
            self._level = int(element.tag[1])
            self._add(f"{self._page.label} " if self._level == 1 else "")
        start = len(self._text)
        if element.tag == "img" and next(element.iterancestors(*_BLOCKS)).text_content().strip():
            self._add(element.get("alt") or "［图］")  # amid words it is one of them
        self._add(element.text)
        for child in element:
            self._walk(child, asked)
            self._add(child.tail)
        if element.tag == "a" and (link := element.get("href")) and (words := self._text[start:]):
            self._way(words, link)

    def _add(self, text: str | None) -> None:
        self._text += plain(text or "")

    def _way(self, words: str, link: str) -> None:
        where = target(self._page, link)
        if where is None:
            self._ways.append(Way(words, link, inside=False))
        elif where[0] in self._printed:
            self._ways.append(Way(words, "#".join(where)))

    def _end(self, what: str = "") -> None:
        """A text ends here, if there is any; what links lead to waits for the next otherwise."""
        if not self._text:
            return
        shown = self._text[:_SHOWN]
        heading = f"标题“{shown}”（第 {self._level} 级）" if self._level else ""
        what = what or heading or f"正文“{shown}”"
        ways, places = tuple(self._ways), tuple(self._places)
        self._found.append(Wanted(self._text, self._page.source, what, self._level, ways, places))
        self._text, self._ways, self._places, self._level = "", [], [], 0

    @staticmethod
    def _unprinted(element: Any) -> bool:
        return not _ONLY_FOR_SCREENS.isdisjoint(element.get("class", "").split())
