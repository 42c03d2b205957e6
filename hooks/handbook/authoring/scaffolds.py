"""A book + what somebody wants to write -> the file with its beginning, in which all is marked that has still to be written."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from handbook.authoring.asking import Unfit, known, refuse_unsettled, used_ids, well_formed
from handbook.authoring.edits import Edit, edited
from handbook.book import Book
from handbook.checks import structural_problems, unwritten
from handbook.checks.markup import is_ours
from handbook.content.sections import Page
from handbook.items import FOLDER
from handbook.problems import Problem, Refusal
from handbook.reading.markup import UNWRITTEN
from handbook.reading.scalars import Scalar, scalars
from handbook.reading.source import read_text

_HEAD = "# yaml-language-server: $schema=schema.json\nitems:\n"


class Begun(NamedTuple):
    """A file with what was begun in it, its line, and how items or links name it."""

    path: Path
    text: str
    line: int
    name: str


def begun_item(book: Book, section: str, type_: str, wanted: str = "") -> Begun:
    """Return the file of a chapter's items with a new one at its end; raise Unfit or Refusal when that cannot be."""
    _refuse_faulty(book)
    known(section, book.sections, "小节")
    if not book.sections[section].text.strip():
        raise Unfit(f"小节 '{section}' 下面没有正文，答不了题；请换成写着答案的下级小节。")
    well_formed(wanted or "x")
    if wanted in used_ids(book):
        raise Unfit(f"编号 '{wanted}' 用过了，用过的编号不再使用；请换一个。")
    name = wanted or next(free for free in _ids(section) if free not in used_ids(book))
    path = book.settings.bank / f"{Path(section.partition('#')[0]).stem}.yml"
    text = read_text(path, book.settings.shown(path)) if path.exists() else _HEAD
    raw = path.read_bytes().decode() if path.exists() else _HEAD
    lines = (FOLDER / type_ / "scaffold.yml").read_text(encoding="utf-8")
    lines = lines.replace("new-item", name, 1).replace("chapter.md#section", section, 1)

    return _begun(path, raw, _of_item(text, lines, book.settings.shown(path)), f"id: {name}", name)


def _ids(section: str) -> Iterator[str]:
    """Yield ids for an item that a section answers."""
    plain = re.sub("[^a-z0-9]+", "-", section.replace(".md#", "-")).strip("-")
    yield plain
    yield from (f"{plain}-{number}" for number in range(2, 10_000))


def _of_item(text: str, scaffold: str, shown: str) -> Edit:
    """Return the edit that puts an item behind the others, indented as they are."""
    found = list(scalars(text))
    (items,) = (scalar for scalar in found if scalar.where == ("items",) and scalar.is_key)
    later = next((scalar for scalar in found if len(scalar.where) == 1 and scalar.line > items.line), None)
    indent = _indent(text, next((one for one in found if one.where[:2] == ("items", 0)), None), shown)
    own = re.sub("(?m)^  ", indent, scaffold)

    return Edit(later.line, 0, 0, f"{own}\n") if later else _at_the_end(text, own)


def _indent(text: str, first: Scalar | None, shown: str) -> str:
    if not first:
        return "  "
    dash = re.fullmatch("( *)- +", text.split("\n")[first.line - 1][: first.column])
    if not dash:
        what = "这里的题目没有一行写一个字段，程序接不下去"
        raise Refusal(Problem(shown, first.line, what, "请照指南的示例，改成以短横线开头、一行一个字段"))
    return dash[1]


def begun_section(book: Book, chapter: str, title: str, anchor: str, after: str = "") -> Begun:
    """Return the page of a chapter with a new section behind another and all below it, or at the end."""
    _refuse_faulty(book)
    name = f"{chapter.removesuffix('.md')}.md"
    known(name, book.chapters, "章节")
    well_formed(anchor)
    page, source = book.chapters[name].page, f"{book.settings.options.chapters}/{name}"
    if anchor in dict(page.anchors) or is_ours(book, source, anchor):
        raise Unfit(f"{name} 里已经有锚点 '{anchor}'，或者网站自己要用它；请换一个。")
    if not title.strip() or re.search(r"[\n\r{}]", title):
        raise Unfit("标题要写一行字，不带花括号。")
    if after:
        known(f"{name}#{after.rpartition('#')[2]}", book.sections, "小节")
    path = book.settings.docs / source
    edit = _of_section(page, title.strip(), anchor, after.rpartition("#")[2])

    return _begun(path, path.read_bytes().decode(), edit, f"{{ #{anchor} }}", f"{name}#{anchor}")


def _of_section(page: Page, title: str, anchor: str, after: str) -> Edit:
    """Return the edit that puts a section where no other changes the one it belongs to."""
    at = next((number for number, section in enumerate(page.sections) if section.anchor == after), None)
    level = max(2, page.sections[at].level) if at is not None else 2
    own = f"{'#' * level} {title} {{ #{anchor} }}\n\n{UNWRITTEN}正文\n"
    below = page.sections[at + 1 :] if at is not None else []
    follower = next((section for section in below if section.level <= level or page.sections[at or 0].level == 1), None)
    if not follower:
        return _at_the_end(page.text, own)
    blank = not page.text.split("\n")[follower.line - 2].strip()

    return Edit(follower.line, 0, 0, f"{'' if blank else chr(10)}{own}\n")


def _at_the_end(text: str, own: str) -> Edit:
    """Return the edit that puts lines at the end of a text, with one empty line above them."""
    lines = text.split("\n")
    if lines[-1]:
        return Edit(len(lines), len(lines[-1]), len(lines[-1]), f"\n\n{own}")
    follows_list = len(lines) > 1 and (not lines[-2].strip() or lines[-2] == "items:")

    return Edit(len(lines), 0, 0, own if follows_list else f"\n{own}")


def _begun(path: Path, raw: str, edit: Edit, sign: str, name: str) -> Begun:
    text = edited(raw, [edit])
    line = next(n for n, content in enumerate(text.splitlines(), 1) if content.rstrip().endswith(sign))

    return Begun(path, text, line, name)


def _refuse_faulty(book: Book) -> None:
    """Raise Refusal when the book is faulty, other than by what was begun before."""
    begun = set(unwritten.problems(book))
    if faults := [one for one in structural_problems(book) if not one.warning and one not in begun]:
        raise Refusal(*faults)
    refuse_unsettled(book)
