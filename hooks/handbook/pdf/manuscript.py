"""The pages of the built site and the bank -> one HTML document for paper.

The text is the site's own, so the two cannot differ; only items are rendered anew, as exercises with the answers at the
back. Knows nothing of PDF.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree, html
from lxml.html import HtmlElement
from markupsafe import Markup, escape

from handbook.book import Book
from handbook.pdf.site_pages import SitePage, target
from handbook.rendering import Renderer

_FOR_THE_SCREEN = ("title", "tabindex", "role", "aria-label", "aria-labelledby", "aria-describedby")
_CASE_OF_SVG = {
    name.lower(): name for name in ("viewBox", "refX", "refY", "markerUnits", "markerWidth", "markerHeight")
}
"""Attributes that a parser of HTML puts in lower case."""
_NOWHERE = "nowhere"
"""Stands for the address of a page that is not printed, until the link is taken away."""


@dataclass(frozen=True)
class Edition:
    """What the cover says beside the title, and whether the answers are at the back."""

    day: date | None
    commit: str
    part: str = ""
    answers: bool = True


class Manuscript:
    """The document of some pages; they are all that goes into it."""

    def __init__(self, book: Book, renderer: Renderer, pages: Sequence[SitePage], edition: Edition) -> None:
        self._book, self._renderer, self._pages, self._edition = book, renderer, pages, edition
        self._by_address = {page.address: page for page in pages}
        self._by_source = {page.source: page for page in pages}

    def html(self) -> str:
        settings = self._book.settings
        document = self._renderer.fragment(
            "pdf/handbook",
            title=settings.title,
            company=self._book.seen(settings.options.print.company) if settings.options.print else "",
            notice=settings.notice,
            edition=self._edition,
            pages=[(page, self._laid_out(page)) for page in self._pages],
            facts_page=next((page for page in self._pages if page.facts), None),
            answered=[page for page in self._pages if page.items] if self._edition.answers else [],
            answer=lambda name, number: self._item("answer", name, number),
        )
        return str(document).replace(f' href="{_NOWHERE}"', "")

    def _laid_out(self, page: SitePage) -> Markup:
        """Return the inside of a page's article as it is printed."""
        article = page.article
        for item in article.iter("handbook-item"):
            name = item.get("data-item")
            item.clear(keep_tail=True)
            item.set("data-item", name)
        _unfold(article)
        for element in article.xpath(".//*[not(ancestor-or-self::svg)]"):
            self._fit(element, page)
        self._set_charts(article, page)
        if page.label and (heading := article.find(".//h1")) is not None:
            heading.text = f"{page.label} {heading.text or ''}"
        for number, item in enumerate(list(article.iter("handbook-item")), 1):
            exercise = html.fragment_fromstring(self._item("exercise", item.get("data-item"), number))
            exercise.tail = item.tail
            item.getparent().replace(item, exercise)
        if not self._edition.answers:
            for way in article.find_class("exercise__way"):
                way.drop_tree()
        inside = [escape(article.text or ""), *(html.tostring(child, encoding="unicode") for child in article)]

        return Markup("".join(inside))  # noqa: S704 -- the site's own markup

    def _set_charts(self, article: HtmlElement, page: SitePage) -> None:
        """Give each flowchart a page of its own before the quiz, so that it is large and leaves no hole in the text."""
        quiz = next(iter(article.xpath(".//h2[@id=$name]", name=f"{page.name}--quiz")), None)
        for number, figure in enumerate(list(article.iter("figure")), 1):
            chart = figure.find("svg")
            if chart is None:
                continue
            name, title = f"{page.name}--chart-{number}", figure.findtext("figcaption") or ""
            picture = self._renderer.fragment(
                "pdf/chart", anchor=name, title=title, address=self._picture(chart), alt=_description(chart)
            )
            drawn = html.fragment_fromstring(picture)
            if quiz is None:
                drawn.tail = figure.tail
                figure.getparent().replace(figure, drawn)
                continue
            way = html.fragment_fromstring(self._renderer.fragment("pdf/chart-way", anchor=name, title=title))
            way.tail = figure.tail
            figure.getparent().replace(figure, way)
            quiz.addprevious(drawn)

    def _picture(self, chart: HtmlElement) -> str:
        """Return a flowchart as the address of a picture; inside the page each of its parts would cost time."""
        style = etree.SubElement(chart, "style")
        style.text = (self._book.settings.templates / "fragments/pdf/flowchart.css").read_text(encoding="utf-8")
        for element in chart.iter(etree.Element):
            for name, proper in _CASE_OF_SVG.items():
                if name in element.attrib:
                    element.set(proper, element.attrib.pop(name))
        drawn = etree.tostring(chart)

        return f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"

    def _item(self, template: str, name: str, number: int) -> Markup:
        return self._renderer.item(self._book.bank.by_id[name].item, number, self._address, f"pdf/{template}")

    def _fit(self, element: HtmlElement, page: SitePage) -> None:
        """Make ids unique in the document, lead links to where their page is now, drop what only screens need."""
        for attribute in _FOR_THE_SCREEN:
            element.attrib.pop(attribute, None)
        if name := element.get("id"):
            element.set("id", f"{page.name}--{name}")
        if element.tag == "a" and (link := element.get("href")) is not None:
            moved = self._moved(link, page)
            element.set("href", moved)
            if not element.get("class") and moved != _NOWHERE:
                element.set("class", "reference" if moved.startswith("#") else "external")

    def _moved(self, link: str, page: SitePage) -> str:
        """Return where a link of the site leads in the document."""
        where = target(page, link)
        return _in_document(self._by_address.get(where[0]), where[1]) if where else link

    def _address(self, name: str) -> str:
        """Return the address in the document of what templates name `claims.md#deadlines`."""
        source, _, anchor = name.partition("#")
        if source in self._book.chapters:
            source = f"{self._book.settings.options.chapters}/{source}"

        return _in_document(self._by_source.get(source), anchor)


def _in_document(page: SitePage | None, anchor: str) -> str:
    if not page:
        return _NOWHERE
    return f"#{page.name}--{anchor}" if anchor else f"#{page.name}"


def _unfold(article: HtmlElement) -> None:
    """Open what a reader of the site may fold, and take away the tooltips: the glossary is at the back."""
    for details in list(article.iter("details")):
        details.tag = "div"
        details.set("class", f"admonition {details.get('class', '')}".strip())
        for summary in details.findall("summary"):
            summary.tag = "p"
            summary.set("class", "admonition-title")
    for passing in [*article.iter("abbr"), *article.find_class("wide-table")]:
        passing.drop_tag()


def _description(chart: HtmlElement) -> str:
    """Return a flowchart in words, for those who cannot see it."""
    return "：".join(text for text in (chart.findtext("title"), chart.findtext("desc")) if text)
