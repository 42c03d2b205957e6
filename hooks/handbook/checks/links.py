"""Navigation and links, held against the pages, files and anchors of the site, as MkDocs will make it."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from pathspec import GitIgnoreSpec

from handbook.book import Book
from handbook.checks.markup import OURS
from handbook.problems import Problem, did_you_mean
from handbook.reading import markup

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def navigation(book: Book) -> Iterator[Problem]:
    """Does the navigation name pages that are there, and every page?"""
    settings, pages = book.settings, {*_pages(book)}
    for page in book.pages.keys() & _generated(book):
        what, mend = "这一页会自动生成，写在这里的内容不会出现", "请换一个文件名"
        yield Problem(book.pages[page].path, 1, what, mend)
    for page, place in settings.places.items():
        if not (page in pages or (settings.docs / page).is_file() or _ELSEWHERE.match(page)):
            mend = did_you_mean(page, pages, "请改正文件名，或删掉它")
            mend = "标题后面要用英文冒号加一个空格" if "：" in page else mend
            yield Problem(*place, f"导航里的页面 '{page}' 不存在", mend, warning=True)
    unlisted = GitIgnoreSpec.from_lines([*settings.unlisted.splitlines(), *settings.unpublished.splitlines()])
    for page in book.pages.keys() - settings.places if settings.places else ():
        if not unlisted.match_file(page):
            mend = "请写进 mkdocs.yml 的 nav；确实不列的，写进 not_in_nav"
            yield Problem(book.pages[page].path, 1, "导航里没有这一页", mend, warning=True)


def targets(book: Book) -> Iterator[Problem]:
    """Do links and pictures lead to pages, files and anchors that are there?"""
    for source, page in book.pages.items():
        for line in markup.lines(page.text):
            for what, mend in [] if line.code else _broken(book, source, line.prose):
                yield Problem(page.path, line.number, what, mend, warning=True)
    for entry in book.bank.entries:
        source = f"{book.settings.options.chapters}/{entry.item.section.partition('#')[0]}"
        for inside, text in entry.item.texts():
            for what, mend in _broken(book, source, markup.prose(text)) if "](" in text else ():
                yield entry.problem(f"里的{what}", mend, *inside, warning=True)


def _broken(book: Book, source: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with each link in a text that stands on the page `source`, and how to mend it."""
    for _, target in markup.links(text):
        if _ELSEWHERE.match(target):
            continue
        path, _, anchor = unquote(target).partition("#")
        page = posixpath.normpath(posixpath.join(posixpath.dirname(source), path.partition("?")[0])) if path else source
        if not target:
            yield "链接没有写地址", "请在圆括号里写上地址"
        elif path.startswith("/"):
            yield f"链接 '{target}' 以 / 开头，网站换个地方就打不开", "请写成从这一页出发的相对地址"
        elif not _is_published(book, page):
            near = [posixpath.relpath(known, posixpath.dirname(source) or ".") for known in _pages(book)]
            yield f"链接 '{target}' 指向的文件网站里没有", did_you_mean(path, near, "请改正地址，或删掉链接")
        elif anchor and page in _pages(book) and not _has_anchor(book, page, anchor):
            near = [name for name, _ in book.pages[page].anchors] if page in book.pages else list(book.facts)
            mend = did_you_mean(anchor, near, "请对照那一页标题行尾的 { #… }")
            yield f"链接 '{target}' 指向的锚点不存在", mend


def _generated(book: Book) -> dict[str, str]:
    """Return the pages that no author writes, and the anchors on each."""
    options = book.settings.options
    exams = book.blueprints if options.exams_page in book.pages else ()
    facts = "|".join(["time-limits", r"topic-\d+", *map(re.escape, book.facts)])

    return {book.exam_page(name): f"{re.escape(name)}|{OURS['exam']}" for name in exams} | (
        {options.facts_page: facts} if book.facts else {}
    )


def _pages(book: Book) -> list[str]:
    return [*book.pages, *_generated(book)]


def _is_published(book: Book, path: str) -> bool:
    options = book.settings.options
    if path.startswith(f"{options.bank}/") or path in options.tables:
        return False
    unpublished = GitIgnoreSpec.from_lines(book.settings.unpublished.splitlines()).match_file(path)
    written = not path.startswith("..") and (book.settings.docs / path).is_file()

    return path in _generated(book) or path == "trainers/coverage.csv" or (written and not unpublished)


def _has_anchor(book: Book, page: str, anchor: str) -> bool:
    """Tell whether a page has an anchor, its author's or ours."""
    if page in _generated(book):
        return bool(re.fullmatch(_generated(book)[page], anchor))
    known = {name for name, _ in book.pages[page].anchors}
    name = page.removeprefix(f"{book.settings.options.chapters}/")
    at_end = book.quiz_of(name) if name in book.chapters else []
    items = [entry.item for entry in at_end] + [e.item for e in book.bank.entries if book.placed.get(e.item.id) == name]
    known |= {f"item-{item.id}" for item in items} | ({"quiz"} if at_end else set())
    ours = "|".join(OURS[marker.name] for marker in book.pages[page].markers if marker.name in OURS.keys() - {"quiz"})

    return anchor in known or bool(ours and re.fullmatch(ours, anchor))
