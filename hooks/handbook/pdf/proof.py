"""A finished PDF, read back, and the pages of the site -> what the PDF lacks. Knows nothing of how the PDF was made."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from handbook.pdf.fonts import FAMILY
from handbook.pdf.site_pages import SitePage

_PAGE_REFERENCE = re.compile(r"（第\d+页）|在第\d+页")
_SPACE = re.compile(r"[\s\ufffe\x02]+")
_MARKERS = re.compile(r"(?:[•◦▪]|\d+\.)+\Z")
"""The bullets and numbers of lists, which come after all other text of a page."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("p", "li", "td", "th", "dt", "dd", *_HEADINGS, "figcaption", "summary", "tspan", "div")
_NOT_PRINTED = (
    ".//svg//title | .//svg//desc"
    " | .//*[contains(@class, 'handbook-item__hint')] | .//*[contains(@class, 'handbook-item__legend')]"
    " | .//*[contains(@class, 'handbook-item__summary')]"
    " | .//*[contains(@class, 'handbook-item__model-answer')]/p[strong='参考答案'][1]"
)
_MARGINS = {"left": 40, "right": 560, "bottom": 58, "top": 778}
"""The part of an A4 page, in points, between running head and foot."""
_SHOWN = 24


def gaps(pdf: bytes, pages: Sequence[SitePage], *, answers: bool) -> list[str]:
    """Return, in Chinese, everything of the site that is not in the PDF as it should be; empty when all is well."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [*_outline_gaps(opened, pages, answers=answers), *_link_gaps(opened), *_font_gaps(opened)]
        found += _tag_gaps(opened)

    return [*_text_gaps(_text(pdf), pages, answers=answers), *found]


def page_count(pdf: bytes) -> int:
    """Return the number of pages."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _text(pdf: bytes) -> str:
    """Return the text of all pages without running heads, white space and page references."""
    import pypdfium2

    texts = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            shown = page.get_textpage()
            texts.append(_MARKERS.sub("", _plain(shown.get_text_bounded(**_MARGINS))))
            shown.close()
            page.close()

    return "".join(texts)


def _plain(text: str) -> str:
    return _PAGE_REFERENCE.sub("", _SPACE.sub("", text))


def _text_gaps(text: str, pages: Sequence[SitePage], *, answers: bool) -> Iterator[str]:
    seeker = _Seeker(text)
    for page in pages:
        for level, heading in page.headings:
            if not seeker.finds(heading):
                yield f"{page.source}：缺标题“{heading}”（第 {level} 级）"
        for kind, ids in (("题目", page.items), ("事实", page.facts)):
            yield from (
                f"{page.source}：缺{kind} '{name}'" for name in ids if not seeker.finds(_shown(page, kind, name))
            )
        for block in _blocks(page, answers=answers):
            if not seeker.finds(block):
                yield f"{page.source}：缺正文“{block[:_SHOWN]}”"


def _shown(page: SitePage, kind: str, name: str) -> str:
    """Return how an item or a fact appears: by its id, or as the text of its row."""
    if kind == "题目":
        return name
    row = next(row for row in page.built.find_class("facts__row") if row.get("id") == name)
    return "".join(str(cell.text_content()) for cell in row)


def _blocks(page: SitePage, *, answers: bool) -> list[str]:
    """Return every smallest block of text on a page that belongs on paper, in order; answers come last."""
    article = page.article
    for part in article.xpath(_NOT_PRINTED):
        part.drop_tree()
    behind: list[str] = []
    for answer in article.find_class("handbook-item__answer"):
        if answers:
            behind += _smallest(answer)
        answer.drop_tree()

    return [*_smallest(article), *behind]


def _smallest(element: HtmlElement) -> Iterator[str]:
    for block in element.iter(*_BLOCKS, "legend", "label"):
        if next(block.iterdescendants(*_BLOCKS), None) is None and (text := block.text_content().strip()):
            yield " ".join(text.split())


class _Seeker:
    """Finds texts in a long one, first after the place of the last find: they come nearly in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._here = 0

    def finds(self, wanted: str) -> bool:
        plain = _plain(wanted)
        at = self._text.find(plain, self._here, self._here + 20_000)
        if at < 0:
            at = self._text.find(plain)
        if at >= 0:
            self._here = at

        return at >= 0


def _expected_outline(pages: Iterable[SitePage], *, answers: bool) -> list[tuple[int, str]]:
    """Return level and title of every bookmark: the headings of the pages in the order of the navigation."""
    shown = list(pages)
    outline = [(1, "目录")]
    outline += [(level, title) for page in shown for level, title in page.headings if level <= 3]
    answered = [page for page in shown if page.items] if answers else []
    if answered:
        outline += [(1, "参考答案与解析"), *((2, page.title) for page in answered)]

    return outline


def _outline_gaps(pdf: Any, pages: Sequence[SitePage], *, answers: bool) -> Iterator[str]:
    with pdf.open_outline() as outline:
        found = list(_bookmarks(outline.root, 1))
    wanted = _expected_outline(pages, answers=answers)
    for number, (want, have) in enumerate(zip(wanted, found, strict=False), 1):
        if want != have:
            yield f"书签第 {number} 条应当是“{want[1]}”（第 {want[0]} 级），却是“{have[1]}”（第 {have[0]} 级）"
            return
    if len(wanted) != len(found):
        yield f"书签应当有 {len(wanted)} 条，却有 {len(found)} 条"


def _bookmarks(entries: Iterable[Any], level: int) -> Iterator[tuple[int, str]]:
    for entry in entries:
        yield level, " ".join(str(entry.title).split())
        yield from _bookmarks(entry.children, level + 1)


def _link_gaps(pdf: Any) -> Iterator[str]:
    """Internal links whose destination is not on a page."""
    names = pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    there = {str(name) for name, place in zip(list(names)[::2], list(names)[1::2], strict=True) if len(place)}
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.get("/Annots", []):
            action = annotation.get("/A", {})
            name = action.get("/D") if action.get("/S") == "/GoTo" else annotation.get("/Dest")
            if name is not None and str(name) not in there:
                yield f"第 {number} 页的链接“{name}”没有落点"


def _font_gaps(pdf: Any) -> Iterator[str]:
    """Fonts that are not ours, not embedded or not cut down to the characters used."""
    fonts = {}
    for page in pdf.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            fonts[str(font.get("/BaseFont"))] = font
    for name, font in fonts.items():
        descriptor = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", {})
        if not re.match(r"/[A-Z]{6}\+", name):
            yield f"字体 {name} 没有只取用到的字"
        if "/FontFile2" not in descriptor:
            yield f"字体 {name} 没有嵌入"
        if FAMILY.replace(" ", "-") not in name:
            yield f"有文字用了别的字体 {name}"
    if not fonts:
        yield "没有一种字体"


def _tag_gaps(pdf: Any) -> Iterator[str]:
    if not pdf.Root.get("/MarkInfo", {}).get("/Marked") or "/StructTreeRoot" not in pdf.Root:
        yield "没有供读屏软件用的标签"
    if str(pdf.Root.get("/Lang", "")) != "zh-CN":
        yield "没有写明语言是 zh-CN"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "没有标题"
