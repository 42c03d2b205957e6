"""The Markdown of a page -> its headed parts, and the blocks, lines, cells and sentences in them, as places in the text.

Reads for itself, and only what the handbook really writes: what tries the engine does not ask it where things are.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]
_HEADING = re.compile(r"^(?P<signs>#{1,6}) (?P<title>.+?) \{ #(?P<anchor>[a-z0-9-]+) \}$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^.+$", re.MULTILINE)
_LINK = re.compile(r"\]\((?P<target>[^)\s]+\.md(?:#[a-z0-9-]+)?)\)")
_CELL = re.compile(r"(?<=\| )[^|\n]+?(?= \|)")
SENTENCE = re.compile(r"[^。！？\n|]{6,}[。！？]")


@dataclass(frozen=True)
class Part:
    """A heading and what stands below it up to the next; `reach` is where the last part under it ends."""

    path: str
    page: str
    anchor: str
    title: str
    level: int
    start: int
    body: int
    end: int
    reach: int

    @property
    def name(self) -> str:
        return f"{self.page}#{self.anchor}"


def parts(text: str, path: str, page: str) -> list[Part]:
    """Return the parts of a page."""
    found = list(_HEADING.finditer(text))
    starts = [(heading.start(), len(heading["signs"])) for heading in found] + [(len(text), 0)]
    made = []
    for number, heading in enumerate(found):
        level = len(heading["signs"])
        reach = next(start for start, other in starts[number + 1 :] if other <= level)
        end = starts[number + 1][0]
        ends = (heading.start(), heading.end() + 1, end, reach)
        made.append(Part(path, page, heading["anchor"], heading["title"], level, *ends))

    return made


def charts(text: str, part: Part) -> Iterator[Span]:
    """Yield the fenced blocks of a part."""
    return (found.span() for found in _FENCE.finditer(text, part.body, part.end))


def lines(text: str, part: Part) -> Iterator[Span]:
    """Yield the lines of prose of a part: no chart, no rule of a table, no head of a box."""
    hidden = list(charts(text, part))
    for found in _LINE.finditer(text, part.body, part.end):
        if not any(start <= found.start() < end for start, end in hidden) and not re.match(r"\|[ :|-]+$|!!!", found[0]):
            yield found.span()


def runs(text: str, part: Part, pattern: str) -> Iterator[list[Span]]:
    """Yield the groups of neighbouring lines that match a pattern."""
    run: list[Span] = []
    for span in lines(text, part):
        if not re.match(pattern, text[slice(*span)]):
            continue
        if run and span[0] != run[-1][1] + 1:
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def rows(text: str, part: Part) -> Iterator[list[list[Span]]]:
    """Yield heads and bodies of tables: for each row the places of its cells, without the space around them."""
    for run in runs(text, part, r"\|"):
        yield [[found.span() for found in _CELL.finditer(text, start, end)] for start, end in run]


def sentences(text: str, part: Part) -> Iterator[Span]:
    """Yield the sentences of a part that stand in paragraphs and items of lists."""
    for start, end in lines(text, part):
        if text[start] != "|":
            head = re.match(r"(?:\d+\.|-)? *", text[start:end])
            begin = start + (head.end() if head else 0)
            yield from (found.span() for found in SENTENCE.finditer(text, begin, end))


def paragraphs(text: str, part: Part) -> Iterator[Span]:
    """Yield the lines that are a paragraph of their own, neither in a box nor in a list or table."""
    for start, end in lines(text, part):
        if (
            re.match(r"[^\s|\-#>!<\d]", text[start:end])
            and text[start - 2 : start] == "\n\n"
            and text[end : end + 2] == "\n\n"
        ):
            yield start, end


def targets(text: str, part: Part) -> set[str]:
    """Return the pages and parts that a part points to."""
    found = (link["target"] for link in _LINK.finditer(text, part.body, part.end))
    return {posixpath.normpath(target) for target in found}
