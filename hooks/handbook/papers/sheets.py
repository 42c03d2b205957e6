"""An exam form -> its answer sheet: boxes to fill in, sized so that all of them stand on one page.

Knows nothing of PDF. Lengths are in millimetres, on A4 within the margins of the paper's style sheet.
"""

from dataclasses import dataclass
from math import ceil

from handbook.exams.forms import ExamForm
from handbook.papers.paper import Masthead, masthead, numbered

BLOCK = 5
"""Items stand below each other in blocks of five."""
ROWS = (7.0, 6.0, 5.0, 4.0, 3.2)
"""Heights of a row, roomy to dense, as in the style sheet."""
_WIDTH, _HEIGHT = 174, 259
_HEAD, _PART, _TABLE = 62, 9, 27
GAP = 3
"""Between blocks above each other."""
NUMBER, _BOX, _APART = 7, 6, 3.5
_ESSAYS_ABREAST = 10

Row = tuple[int, tuple[str, ...]]
"""The number of an item and what its boxes say."""


class TooManyBoxes(Exception):
    """The boxes do not fit on one page, however small."""


@dataclass(frozen=True)
class SheetPart:
    """The boxes of one part, in blocks."""

    title: str
    blocks: tuple[tuple[Row, ...], ...]

    @property
    def width(self) -> float:
        """Of a block, with the space that follows it."""
        return NUMBER + _APART + _BOX * max(len(boxes) for block in self.blocks for _, boxes in block)

    @property
    def abreast(self) -> int:
        """How many blocks stand beside each other."""
        return max(1, int(_WIDTH // self.width))


@dataclass(frozen=True)
class AnswerSheet:
    """Boxes of the items answered by choosing, and number and points of the others."""

    masthead: Masthead
    parts: tuple[SheetPart, ...]
    written: tuple[tuple[int, int], ...]

    @property
    def instructions(self) -> str:
        others = "其余各题写在试卷上，下表由阅卷人填写。" if self.written else ""
        return f"请用黑色笔涂满所选的方框，改动时把原来的划去；多选题涂满每一个所选的方框。{others}"

    @property
    def density(self) -> int:
        """The index in ROWS of the roomiest rows that fit; raises TooManyBoxes."""
        left = _HEIGHT - _HEAD - _TABLE * ceil(len(self.written) / _ESSAYS_ABREAST)
        for index, row in enumerate(ROWS):
            if sum(_height(part, row) for part in self.parts) <= left:
                return index
        raise TooManyBoxes


def answer_sheet(form: ExamForm, record: str) -> AnswerSheet:
    """Return the boxes of a form, numbered as in its paper."""
    parts: list[SheetPart] = []
    written: list[tuple[int, int]] = []
    for heading, places in numbered(form):
        answered = [(number, place, place.item.boxes(place.order)) for number, place in places]
        rows = [(number, boxes) for number, _, boxes in answered if boxes]
        written += [(number, place.points) for number, place, boxes in answered if not boxes]
        if rows:
            blocks = tuple(tuple(rows[start : start + BLOCK]) for start in range(0, len(rows), BLOCK))
            parts.append(SheetPart(heading.title, blocks))

    return AnswerSheet(masthead(form, record), tuple(parts), tuple(written))


def _height(part: SheetPart, row: float) -> float:
    bands = ceil(len(part.blocks) / part.abreast)
    return _PART + bands * (min(BLOCK, len(part.blocks[0])) * row + GAP)
