"""A built site and the book -> what a reader of the site would miss, see by mistake or not get to.

Every section, item and fact stands in its page once and in view, nothing shows of what authors write to the machine, and
every link leads somewhere. Knows nothing of how the site was built.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lxml.html import HtmlElement

from handbook.book import Book
from handbook.content.pieces import HEADINGS
from handbook.pdf.names import pdf_address
from handbook.problems import Problem
from handbook.site.built import hidden_by, read_site
from handbook.site.origins import Origins
from handbook.site.pairing import unpaired

_LOST = "请看前面有没有没写完的注释 `<!--`、没有关上的标签，或多余的缩进"
_PRINTED_LATER = pdf_address().partition("/")[0] + "/"


def faults(book: Book, folder: Path, sources: Mapping[str, str], url: str) -> list[Problem]:
    """Return everything that is wrong with the site in a folder; what is the same on many pages once.

    `sources` names the file under the folder that each Markdown file became; `url` is where the folder will be served.
    """
    origins = Origins(book, folder, read_site(folder, url), dict(sources))
    found = sorted({problem for check in _CHECKS for problem in check(origins)})
    by_authors = [problem for problem in found if not origins.is_built(problem)]
    said = {problem.what for problem in by_authors}
    frames = {p.what: p for p in reversed(found) if origins.is_built(p) and p.what not in said}

    return [*by_authors, *sorted(frames.values())]


def _pages(origins: Origins) -> Iterator[Problem]:
    """Has every chapter been built, every page with items, the page of facts, and every other page of the site?"""
    settings = origins.book.settings
    chapters = (origins.source(name) for name in origins.book.chapters)
    facts = [settings.options.facts_page] if origins.book.facts else []
    for source in dict.fromkeys([*chapters, *origins.items, *facts, *origins.sources]):
        if source not in origins.pages:
            path = settings.shown(settings.docs / source)
            yield Problem(path, 1, "网站里没有这一页", "请检查 mkdocs.yml 的 exclude_docs 和插件")


def _sections(origins: Origins) -> Iterator[Problem]:
    """Does every section stand in its page, in view?"""
    for source, page in origins.pages.items():
        for anchor, section in origins.sections(source).items():
            headings = [found for found in page.ids.get(anchor, []) if found.tag in HEADINGS]
            text = [found for found in headings if next(found.iterancestors("article"), None) is not None]
            for what, mend in _unseen(text):
                yield Problem(origins.book.pages[source].path, section.line, f"小节 '{anchor}' {what}", mend)


def _items(origins: Origins) -> Iterator[Problem]:
    """Does every item stand in its page once and in view, and nowhere else?"""
    for source, page in origins.pages.items():
        own = origins.items.get(source, {})
        for name, entry in own.items():
            elements = page.items.get(name, [])
            if len(elements) > 1:
                yield entry.problem(f"在网页里出现了 {len(elements)} 次", "请只留一处")
            for what, mend in _unseen(elements):
                yield entry.problem(what, mend)
        for name in page.items.keys() - own.keys():
            what = f"题目 '{name}' 出现在 {page.address} 里，它不属于那一页"
            yield Problem(*origins.place(page, page.items[name][0]), what, "请删掉那里多出来的题目")


def _facts(origins: Origins) -> Iterator[Problem]:
    """Does the row of every fact stand on the page of facts, in view?"""
    if page := origins.pages.get(origins.book.settings.options.facts_page):
        for name in origins.book.facts:
            rows = [found for found in page.ids.get(name, []) if "facts__row" in found.classes]
            for what, mend in _unseen(rows):
                yield Problem(*origins.book.facts.place(name), f"事实 '{name}' 的一行{what}", mend)


def _unseen(elements: list[HtmlElement]) -> Iterator[tuple[str, str]]:
    """Yield what keeps a reader from seeing what should stand in view, and how to mend it."""
    if not elements:
        yield "在网页里没有出现", _LOST
    for around in filter(None, map(hidden_by, elements)):
        yield f"在网页里看不见，它在 `{around}` 里", "请去掉这个标签，或把内容移到外面"


def _ids(origins: Origins) -> Iterator[Problem]:
    """Is every id given once on its page?"""
    for page in origins.site.pages.values():
        for name, elements in page.ids.items():
            if len(elements) > 1 and not _of_repeated_item(elements):
                mend = "请改掉其中一个，链接才知道去哪里"
                yield Problem(*origins.place(page, elements[1]), f"锚点 '{name}' 在网页里有 {len(elements)} 处", mend)


def _of_repeated_item(elements: list[HtmlElement]) -> bool:
    """Tell whether elements have the same id because each is a part of the same item, which is said already."""
    items = {item for one in elements for item in one.xpath("ancestor-or-self::handbook-item[1]")}
    return len(items) == len(elements) and len({item.get("data-item") for item in items}) == 1


def _residues(origins: Origins) -> Iterator[Problem]:
    """Does nothing show of references, comments and markers, or of what Markdown puts in their places for a while?"""
    for page in origins.site.pages.values():
        for element, text in page.residues:
            mend = "请改正引用、注释或标记的写法；要原样显示，请放进反引号"
            yield Problem(*origins.place(page, element), f"网页里露出了“{text}”", mend)


def _links(origins: Origins) -> Iterator[Problem]:
    """Does every link lead to a file of the site and, where it names one, to an anchor there?"""
    for page in origins.site.pages.values():
        for element, link in page.links:
            target = origins.site.target(page, link)
            if target and not target.address.startswith(_PRINTED_LATER) and (lacking := origins.lacking(target)):
                what = f"链接通向的{lacking} '{target}' 网站里没有"
                yield Problem(*origins.place(page, element), what, "请改正地址，或删掉链接")


def _tags(origins: Origins) -> Iterator[Problem]:
    """Is every tag paired, so that a browser sees what is looked at here?"""
    for page in origins.site.pages.values():
        for offset, tag in unpaired(page.text):
            what, mend = f"标签 `{tag}` 没有成对", "请在同一段里写全开头和结尾的标签，或删掉它"
            yield Problem(*origins.place_in_text(page, offset), what, mend)


_CHECKS: tuple[Callable[[Origins], Iterator[Problem]], ...] = (
    _pages,
    _sections,
    _items,
    _facts,
    _residues,
    _ids,
    _links,
    _tags,
)
