"""A page's Markdown -> its sections: the headed parts that answer items.

A section is a heading with the text up to the next heading of any level, so every paragraph belongs to exactly one.
Knows nothing of items.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handbook.problems import Problem, Unreadable
from handbook.reading import markup
from handbook.reading.markup import Marker
from handbook.reading.source import parsed
from handbook.reading.tokens import front_matter

_HAN = re.compile(r"[\u4e00-\u9fff]")
_HEADING = re.compile(r"(#{1,6})\s*(.*?)\s*#*\s*(\{[^{}]*\})?\s*$")
_ANCHOR = re.compile(r"#([^\s}]+)")
_ANCHORED = re.compile(r"""\{:?[^{}#]*#([^\s{}]+)[^{}]*\}|<[^<>]*\bid=["']?([^\s"'<>]+)""")
_ASCII_ANCHOR = re.compile(r"[a-z][a-z0-9-]*\Z")


@dataclass
class Section:
    """One headed part of a page; `line` is the heading's, `text` the Markdown below it."""

    page: str
    anchor: str
    title: str
    level: int
    line: int
    text: str = ""

    @property
    def name(self) -> str:
        """How items name it: `claims.md#deadlines`."""
        return f"{self.page}#{self.anchor}"


@dataclass
class Page:
    """One Markdown file; `name` is how items name it, `path` how messages do."""

    name: str
    path: str
    text: str
    description: str = ""
    """From its front matter, of which MkDocs reads the rest."""
    sections: list[Section] = field(default_factory=list)
    markers: tuple[Marker, ...] = ()
    anchors: list[tuple[str, int]] = field(default_factory=list)
    """The anchors that its author wrote, on headings and elsewhere, with their lines."""

    @property
    def title(self) -> str:
        return next((section.title for section in self.sections if section.level == 1), self.name)

    @property
    def placed(self) -> list[tuple[str, int]]:
        """The items that its markers place, with their lines."""
        return [(item, marker.line) for marker in self.markers if marker.name == "quiz" for item in marker.ids]

    @property
    def minutes(self) -> int:
        """Minutes to read, at 400 Chinese characters a minute, rounded up."""
        return -(-len(_HAN.findall(self.text)) // 400)


def read_page(text: str, name: str, path: str) -> tuple[Page, list[Problem]]:
    """Return the page, every heading that cannot be linked to, and what is wrong with its front matter."""
    description, problems = _description(text, path)
    page = Page(name, path, text, description, markers=tuple(markup.markers(text)))
    marked = {marker.line for marker in page.markers}
    for line in markup.lines(text):
        page.anchors += [(found[1] or found[2], line.number) for found in _ANCHORED.finditer(line.prose)]
        if not line.code and (heading := _HEADING.match(line.text)):
            section = _section(heading, name, line.number)
            problems += _anchor_problems(section, page)
            page.sections.append(section)
        elif page.sections and line.number not in marked:
            page.sections[-1].text += line.text + "\n"

    return page, problems


def _description(text: str, path: str) -> tuple[str, list[Problem]]:
    """Return what a page says of itself, and what is wrong with its front matter."""
    fields = front_matter(text)
    if fields is None:
        return "", []
    if not fields.strip():
        return "", [Problem(path, 2, "页首的信息是空的", "请写上 `description: 一句话`，或删掉上下两行 `---`")]
    try:
        document = parsed(f"\n{fields}", path)
    except Unreadable as unreadable:
        return "", list(unreadable.problems)
    if not isinstance(document.data, dict):
        document.note((), "页首的信息应当由“字段: 内容”组成", "请照此改写，或删掉上下两行 `---`")
        return "", document.problems

    return str(document.data.get("description") or ""), document.problems


def _section(heading: re.Match[str], page: str, line: int) -> Section:
    anchor = _ANCHOR.search(heading[3] or "")
    return Section(page, anchor[1] if anchor else "", heading[2], len(heading[1]), line)


def _anchor_problems(section: Section, page: Page) -> Iterator[Problem]:
    if not section.anchor:
        yield Problem(page.path, section.line, f"标题“{section.title}”没有锚点", "请在行尾加上 { #英文名 }")
    elif not _ASCII_ANCHOR.match(section.anchor):
        mend = "只用小写英文字母、数字和短横线，以字母开头"
        yield Problem(page.path, section.line, f"锚点 '{section.anchor}' 不合格式", mend)
    first = next((other.line for other in page.sections if other.anchor == section.anchor != ""), None)
    if first:
        what = f"锚点 '{section.anchor}' 与第 {first} 行的标题重复"
        yield Problem(page.path, section.line, what, "请换一个锚点，同页内不能重复")
