"""What authors write into Markdown beside Markdown itself: fences of code, comments, markers, references to facts.

The one grammar of these; everybody else asks here. Knows nothing of items, facts or pages.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handbook.reading.tokens import HIDDEN, TOKEN, beginning, line_at, tokens
from handbook.reading.tokens import REFERENCE as REFERENCE  # noqa: PLC0414 -- exported for the site, which works on a tree

_ANY = 1_000
_LISTS = "chapters trace differences coverage glossary laws mistakes progress archive exams pdf types"
MARKERS = {"quiz": ("题目编号", 1, _ANY), "exam": ("细目表名字", 1, 1), "literal": ("数字", 1, _ANY)}
MARKERS |= dict.fromkeys(_LISTS.split(), ("", 0, 0))
"""Every marker by its name: what follows the colon, and the least and the greatest number of it."""

_TARGET = re.compile(
    r"\]\([ ]*<?(?P<inline>[^\s()<>]*)[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|^ {0,3}\[(?!\^)[^\]\n]+\]:[ ]*<?(?P<below>[^\s<>]+)",
    re.MULTILINE,
)
UNWRITTEN = "（待写）"
"""Stands in a text that its author has still to write."""
_SEPARATORS = re.compile(r"[\s,，、]+")
_MARKER = re.compile(r"\s*(?P<name>[a-z]+)\s*(?::(?P<argument>[^\n]*?))?\s*")


@dataclass(frozen=True)
class Line:
    """A line of a page, counted from 1 in the whole file; `code` tells whether it belongs to a fence or a comment.

    `prose` is its text with all code and comments hidden; every character keeps its place.
    """

    number: int
    text: str
    code: bool
    prose: str


@dataclass(frozen=True)
class Fence:
    """A fenced block: what stands behind its first ticks, what is inside, and the line of the ticks."""

    info: str
    body: str
    line: int
    ticks: str
    closed: bool


@dataclass(frozen=True)
class Marker:
    """A comment that asks for something to stand in its place: `<!-- quiz: id, id -->`, `<!-- glossary -->`."""

    line: int
    name: str
    argument: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in its argument."""
        return tuple(filter(None, _SEPARATORS.split(self.argument)))


@dataclass(frozen=True)
class Comment:
    """An HTML comment, its line, and whether it is all there is on that one line; `closed` whether it ends at all."""

    text: str
    line: int
    alone: bool
    closed: bool

    @property
    def marker(self) -> Marker | None:
        """The marker that it is, wherever it stands; None without a known name and the argument that it takes."""
        found = _MARKER.fullmatch(self.text)
        marker = Marker(self.line, found["name"], (found["argument"] or "").strip()) if found else None
        if marker and marker.name in MARKERS:
            _, least, most = MARKERS[marker.name]
            return marker if least <= len(marker.ids) <= most else None
        return None


def lines(text: str) -> Iterator[Line]:
    """Yield every line after the front matter."""
    code: set[int] = set()
    for token in tokens(text):
        first, last = line_at(text, token.start()), line_at(text, token.end())
        if token["ticks"] or (token["comment"] and first < last):
            code.update(range(first, last + 1))
    first = line_at(text, beginning(text))
    both = zip(text.split("\n"), prose(text).split("\n"), strict=True)
    for number, (line, plain) in enumerate(both, 1):
        if number >= first:
            yield Line(number, line, number in code, plain)


def prose(text: str) -> str:
    """Return the text with all code and comments hidden; every character keeps its place."""
    start = beginning(text)
    hidden = TOKEN.sub(lambda token: token[0] if token["id"] else re.sub(r"[^\n]", HIDDEN, token[0]), text[start:])

    return text[:start] + hidden


def fences(text: str) -> Iterator[Fence]:
    """Yield every fenced block; those inside another are none."""
    for token in tokens(text):
        if token["ticks"]:
            yield _fence(text, token)


def with_fences(text: str, replacement: Callable[[Fence], str | None]) -> str:
    """Return the text with each fenced block that has a replacement replaced by it."""

    def replaced(token: re.Match[str]) -> str:
        new = replacement(_fence(text, token)) if token["ticks"] else None
        return token[0] if new is None else f"{token['indent']}{new}"

    return TOKEN.sub(replaced, text)


def references(text: str) -> Iterator[tuple[str, int]]:
    """Yield each fact id referred to in `text` and how many line breaks stand before it."""
    for token in tokens(text):
        if token["id"]:
            yield token["id"], text.count("\n", 0, token.start())


def filled(text: str, value_of: Callable[[str], str | None]) -> str:
    """Return `text` with each reference replaced by its value; those without a value stay.

    A space between a reference and Chinese text goes: only keys would show it, since distractors hold plain numbers.
    """

    def value(token: re.Match[str]) -> str:
        found = value_of(token["id"]) if token["id"] else None
        return token[0] if found is None else found

    return TOKEN.sub(value, text) if "{{" in text else text


def links(prose: str) -> Iterator[tuple[int, str]]:
    """Yield where the target of each link and picture in a text without code begins, and the target."""
    for found in _TARGET.finditer(prose):
        group = "below" if found["below"] else "inline"
        yield found.start(group), found[group]


def words(text: str) -> str:
    """Return the text without comments and without the lines that open and close code."""

    def kept(token: re.Match[str]) -> str:
        return token["body"] if token["ticks"] else "" if token["comment"] is not None else token[0]

    return TOKEN.sub(kept, text) if any(sign in text for sign in ("<!--", "```", "~~~")) else text


def comments(text: str) -> Iterator[Comment]:
    """Yield every comment outside code."""
    for token in tokens(text):
        if token["comment"] is not None or token["unclosed"]:
            before = text[text.rfind("\n", 0, token.start()) + 1 : token.start()]
            after = text[token.end() :].partition("\n")[0]
            alone = not (before + after).strip() and "\n" not in token[0]
            yield Comment(token["comment"] or "", line_at(text, token.start()), alone, not token["unclosed"])


def markers(text: str) -> Iterator[Marker]:
    """Yield every well-formed marker that is alone on its line."""
    return (comment.marker for comment in comments(text) if comment.alone and comment.marker)


def _fence(text: str, token: re.Match[str]) -> Fence:
    body = re.sub(rf"^{re.escape(token['indent'])}", "", token["body"], flags=re.MULTILINE)
    return Fence(token["info"].strip(), body, line_at(text, token.start()), token["ticks"], token["closed"] is not None)
