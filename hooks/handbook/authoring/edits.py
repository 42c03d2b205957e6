"""A text and edits of single lines -> the text with these, every other byte as it was.

Knows nothing of what is changed, nor why.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

_LINE_END = re.compile(r"(\r\n|\r|\n)")


class Edit(NamedTuple):
    """What stands between two columns of a line, counted from 1, becomes something else; it may hold line ends."""

    line: int
    start: int
    end: int
    new: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made; they may not overlap. New lines end as the line that they are put into."""
    pieces = [*_LINE_END.split(text), ""]  # lines and what ends them, in turn
    by_line: dict[int, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_line[edit.line].append(edit)
    usual = pieces[1] or "\n"
    for number, changes in by_line.items():
        at = 2 * (number - 1)
        end = pieces[at + 1] or usual
        for edit in sorted(set(changes), reverse=True):
            new = edit.new.replace("\n", end)
            pieces[at] = pieces[at][: edit.start] + new + pieces[at][edit.end :]

    return "".join(pieces)
