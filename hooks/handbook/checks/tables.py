"""Tables in Markdown, as the site will convert them: rows that are not as wide as their head, and what is no table at all."""

import re
from collections.abc import Iterator

from handbook.book import Book
from handbook.problems import Problem
from handbook.reading import markup
from handbook.reading.markup import Line
from handbook.reading.tokens import HIDDEN

_ROW = re.compile(r"\s*\|")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_OPENER = re.compile(r"\s*(?:!!!|\?\?\?|===|#)")


def problems(book: Book) -> Iterator[Problem]:
    """Does every table show as one, each row as wide as its head?"""
    for page in book.pages.values():
        for above, block in _blocks(page.text):
            for line, what, mend in _faults(above, block):
                yield Problem(page.path, line, what, mend, warning=True)


def _blocks(text: str) -> Iterator[tuple[Line | None, list[Line]]]:
    """Yield the rows that follow one another, and the line above them."""
    above: Line | None = None
    block: list[Line] = []
    for line in [*markup.lines(text), None]:
        if line and not line.code and line.text.strip() and (block or _ROW.match(line.prose)):
            block.append(line)
            continue
        if block:
            yield above, block
        above, block = line, []


def _faults(above: Line | None, block: list[Line]) -> Iterator[tuple[int, str, str]]:
    head = block[0]
    if len(block) < 2 or not _RULE.fullmatch(block[1].prose):
        rule = f"|{' --- |' * _cells(head)}"
        yield head.number, "表格的第二行不是分隔行，网页上会显示成一串竖线", f"请在表头下面加一行 `{rule}`"
    elif above and above.prose.replace(HIDDEN, "").strip() and not _OPENER.match(above.prose):
        yield head.number, "表格上面没有空行，网页上会显示成一串竖线", "请在表格上面空一行"
    else:
        for row in block[1:]:
            if _cells(row) != _cells(head):
                what = f"表格这一行有 {_cells(row)} 格，表头有 {_cells(head)} 格"
                yield row.number, what, "请补上少的格子或竖线；格子里的竖线写成 \\|"


def _cells(line: Line) -> int:
    inside = line.prose.strip().removeprefix("|")
    return len(_CELL_END.split(re.sub(r"(?<!\\)\|$", "", inside)))
