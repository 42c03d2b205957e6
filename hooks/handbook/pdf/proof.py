"""What is in a PDF and what must be found in it -> what it lacks, in Chinese. Knows nothing of how the PDF was made."""

import re
from collections.abc import Iterator

from handbook.pdf.reading import Reading
from handbook.pdf.texts import text_gaps
from handbook.pdf.wanted import Chart, Expected, plain

_FAMILY = "NotoSansSC"
_CUT_DOWN = re.compile(r"/[A-Z]{6}\+")
_MARGIN = 40
"""Points from the upper and the lower edge of a page, within which nothing but running heads and feet stands."""


def gaps(found: Reading, expected: Expected) -> list[str]:
    """Return everything that is not in a PDF as it should be; empty when all is well."""
    form = [*_font_gaps(found), *_tag_gaps(found)]
    if not expected.texts:
        return form
    content = [
        *text_gaps(found, expected.texts),
        *_chart_gaps(found, expected.charts),
        *_dot_gaps(found, expected.pictures),
    ]

    return [*content, *_outline_gaps(found, expected.bookmarks), *_margin_gaps(found), *form]


def _chart_gaps(found: Reading, charts: tuple[Chart, ...]) -> Iterator[str]:
    """Yield charts that are not there, have no description, or are no longer vectors and text."""
    figures = {plain(figure.alt): plain(figure.text) for figure in found.figures}
    for chart in charts:
        drawn = figures.get(plain(chart.alt))
        if drawn is None:
            yield f"流程图“{chart.alt.partition('：')[0]}”没有印出来，或者没有给读屏软件的说明"
            continue
        yield from (f"流程图“{chart.alt.partition('：')[0]}”里缺“{word}”" for word in chart.words if word not in drawn)


def _dot_gaps(found: Reading, pictures: int) -> Iterator[str]:
    """Yield pages with pictures of dots, when there are more than the site has; the cover has a logo."""
    dots = [page for page in found.rasters if page]
    if len(dots) > pictures:
        yield from (f"第 {page + 1} 页有一张点阵图片" for page in dict.fromkeys(dots))


def _outline_gaps(found: Reading, wanted: tuple[tuple[int, str], ...]) -> Iterator[str]:
    shown = [(mark.level, mark.title) for mark in found.bookmarks]
    for number, (want, have) in enumerate(zip(wanted, shown, strict=False), 1):
        if (want[0], plain(want[1])) != (have[0], plain(have[1])):
            yield f"书签第 {number} 条应当是“{want[1]}”（第 {want[0]} 级），却是“{have[1]}”（第 {have[0]} 级）"
            return
    if len(wanted) != len(shown):
        yield f"书签应当有 {len(wanted)} 条，却有 {len(shown)} 条"
    yield from (f"书签“{mark.title}”没有落点" for mark in found.bookmarks if not mark.spot)


def _margin_gaps(found: Reading) -> Iterator[str]:
    """Yield pages on which a running head or a page number would be read aloud."""
    loud = {
        piece.spot.page: piece.text
        for piece in found.pieces
        if not _MARGIN < piece.spot.y < found.heights[piece.spot.page] - _MARGIN
    }
    yield from (f"第 {page + 1} 页的页眉或页脚“{text}”没有标成装饰，会被读出来" for page, text in loud.items())


def _font_gaps(found: Reading) -> Iterator[str]:
    """Yield fonts that are not ours, not embedded or not cut down to the characters used."""
    for name, embedded in found.fonts.items():
        if not _CUT_DOWN.match(name):
            yield f"字体 {name} 没有只取用到的字"
        if not embedded:
            yield f"字体 {name} 没有嵌入"
        if not _CUT_DOWN.sub("", name).removeprefix("/").startswith(_FAMILY):
            yield f"有文字用了别的字体 {name}"
    if not found.fonts:
        yield "没有一种字体"


def _tag_gaps(found: Reading) -> Iterator[str]:
    if not found.tagged:
        yield "没有供读屏软件用的标签"
    for page, text in found.loose:
        if plain(text):
            yield f"第 {page + 1} 页的“{text}”没有标签"
    if found.language != "zh-CN":
        yield "没有写明语言是 zh-CN"
    if not found.title:
        yield "没有标题"
