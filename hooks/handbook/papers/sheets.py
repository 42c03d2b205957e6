"""An exam form -> its answer sheet: marks to fill in, in a grid of millimetres, all of them on one page.

Lengths are in millimetres, on A4 within the margins of its template.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from handbook.papers.heads import LOGO, Masthead, Part, answered, marking
from handbook.press.tree import Beside, Block, Document, Gap, Mark, Marks, Paragraph, Picture, Run

KIND = "答题卡"
_WIDTH, _HEIGHT = 174.0, 262.0
_HEAD, _TABLE, _TITLE, _GAP = 107.0, 33.0, 5.5, 2.0
"""Of what stands above the boxes, of a table with its line, of a line of titles, and below each band."""
_CHARACTERS, _LINE = 19, 9.0
"""How many characters the first line of a title has, and what another line needs."""
_ACROSS, _APART, _CHARACTER = 5.5, 1.4, 4.0
"""From one mark to the next, between blocks at least, and of a character in a title."""
LOOSEST, DENSEST = 9.0, 4.0
"""From one row to the next."""
_BLOCK = 5
"""Items below each other."""
_ESSAYS_ABREAST = 10
_DIGITS = 8
"""Of a personnel number."""
_ADVICE = (
    "用黑色笔填满方框，不要超出；修改时用橡皮擦干净，再填新的。多选题填满每一个所选的方框。",
    "先把工号写在方格里，再在每一格下面填涂同一个数字；工号不足 8 位的，在前面补 0。",
)


class TooManyBoxes(Exception):
    """The boxes do not fit on one page, however small."""


class Cluster(NamedTuple):
    """Up to five items below each other: number and marks of each; the first of a part bears its title."""

    title: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def width(self) -> float:
        """Of the number and a mark for each option, or of the title."""
        boxes = 1 + max(len(boxes) for _, boxes in self.rows)
        return max(_ACROSS * boxes, _CHARACTER * len(self.title)) + _APART


def answer_sheet(masthead: Masthead) -> Document:
    """Return the sheet; raise TooManyBoxes."""
    parts = masthead.parts
    written = [(str(number), str(place.points)) for part in parts if not part.boxed for number, place in part.places]
    tables = [written[start : start + _ESSAYS_ABREAST] for start in range(0, len(written), _ESSAYS_ABREAST)]
    bands = list(banded([cluster for part in parts if part.boxed for cluster in _clusters(part)]))
    more = len(masthead.title) // _CHARACTERS * _LINE
    down = _down(bands, _HEIGHT - _HEAD - more - _TABLE * len(tables))
    spare = min((_left(band) / len(band) for band in bands), default=0)
    blocks: list[Block] = [*_head(masthead), *(_band(band, down, spare) for band in bands)]
    if tables:
        blocks.append(Paragraph((Run("写在试卷上的各题，由阅卷人填写：", strong=True),)))
    blocks += [marking(points, "阅卷人") for points in tables]

    return masthead.document(KIND, blocks)


def banded(clusters: Sequence[Cluster]) -> Iterator[list[Cluster]]:
    """Yield as many clusters as stand beside each other."""
    band: list[Cluster] = []
    for cluster in clusters:
        if sum(one.width for one in (*band, cluster)) > _WIDTH:
            yield band
            band = []
        band.append(cluster)
    if band:
        yield band


def _left(band: Sequence[Cluster]) -> float:
    return _WIDTH - sum(cluster.width for cluster in band)


def _down(bands: Sequence[Sequence[Cluster]], room: float) -> float:
    """Return the greatest distance of rows at which all bands fit."""
    rows = sum(max(len(cluster.rows) for cluster in band) for band in bands)
    titles = sum(1 for band in bands if _titled(band))
    down = (room - len(bands) * _GAP - titles * _TITLE) / max(rows, 1)
    if down < DENSEST:
        raise TooManyBoxes

    return min(LOOSEST, int(down * 10) / 10)


def _titled(band: Sequence[Cluster]) -> bool:
    return any(cluster.title for cluster in band)


def _clusters(part: Part) -> Iterator[Cluster]:
    rows = [(number, place.item.boxes(place.order)) for number, place in part.places]
    for start in range(0, len(rows), _BLOCK):
        yield Cluster("" if start else part.title, tuple(rows[start : start + _BLOCK]))


def _band(band: Sequence[Cluster], down: float, spare: float) -> Beside:
    """Return clusters beside each other, parted by spare room, and what room is left behind them."""
    stacks: list[tuple[Block, ...]] = [(_marks(one, down),) for one in band]
    if _titled(band):
        stacks = [(_title(one.title or " "), *marks) for one, marks in zip(band, stacks, strict=True)]
    widths = [one.width + spare for one in band]

    return Beside((*stacks, ()), (*widths, max(0.1, _WIDTH - sum(widths))))


def _marks(cluster: Cluster, down: float) -> Marks:
    rows = ((Mark("label", str(number)), *(Mark("bubble", box) for box in boxes)) for number, boxes in cluster.rows)
    return _grid(rows, _ACROSS, down)


def _grid(rows: Iterable[Sequence[Mark | None]], across: float, down: float) -> Marks:
    """Return marks in rows alike in length."""
    listed = list(rows)
    longest = max(map(len, listed))

    return Marks(tuple((*row, *[None] * (longest - len(row))) for row in listed), across, down)


def _head(masthead: Masthead) -> tuple[Block, ...]:
    """Return who answers, the code of the form, the personnel number and how marks are filled in."""
    name = Paragraph((Run("姓名 "), Gap(8, bracketed=False), Run("　部门 "), Gap(8, bracketed=False)), "fields")
    code = f"{masthead.code}-1"
    advice = tuple(Paragraph((Run(text),), "advice") for text in (answered(masthead.parts), *_ADVICE))
    filled = (Mark("label", "正确"), Mark("bubble", "B", filled=True))
    wrong = (Mark("label", "错误"), *(Mark("bubble", sign) for sign in "／—●○"))
    absent = (Mark("label", "缺考"), Mark("bubble"))
    only = Paragraph((Run("缺考由监考人填涂，考生不要填："),), "advice")
    explained: tuple[Block, ...] = (
        _title("填涂说明"),
        *advice,
        _grid((filled, wrong), 8, 7),
        only,
        _grid((absent,), 8, 7),
    )

    return (
        *masthead.head(KIND, (_picture(code), Paragraph((Run(code),), "code"))),
        name,
        Beside(((_title("工号"), _personnel()), explained), (3, 5)),
    )


def _title(text: str) -> Paragraph:
    return Paragraph((Run(text),), "cluster")


def _personnel() -> Marks:
    """Return squares to write the personnel number in, and its digits below each."""
    digits = ((None, *(Mark("bubble", str(digit)) for _ in range(_DIGITS))) for digit in range(10))
    return _grid(((None, *(Mark("square") for _ in range(_DIGITS))), *digits), _ACROSS, 5.2)


def _picture(text: str) -> Picture:
    """Return a QR code."""
    import segno  # noqa: PLC0415 -- may be missing

    written = io.BytesIO()
    segno.make(text, error="m", micro=False).save(written, kind="png", scale=8, border=2)

    return Picture(written.getvalue(), "png", f"二维码：{text}", width=LOGO)
