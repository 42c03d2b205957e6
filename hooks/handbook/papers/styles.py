"""The named styles of the Word papers; a trainer changes one there and every paragraph of its kind follows.

Plain values: knows nothing of docx. Lengths are in millimetres, sizes in points.
"""

from typing import NamedTuple

TEXT_WIDTH = 174
BODY, HEADING = ("Times New Roman", "宋体"), ("Arial", "黑体")
"""Fonts for Latin and for Chinese characters."""


class Style(NamedTuple):
    """How the paragraphs of one style look.

    LibreOffice gives a line that holds nothing but a tab the height of its font: `before` must make up for the rest.
    """

    size: float = 10.5
    fonts: tuple[str, str] = BODY
    bold: bool = False
    centred: bool = False
    before: float = 0
    after: float = 0
    left: float = 0
    hanging: float = 0
    """How far the first line begins before the others."""
    tabs: tuple[float, ...] = ()
    height: float | None = None
    """Of a line; without it, what the font needs."""
    ruled: bool = False
    """The way to the tab stop is drawn as a line to write on."""
    boxed: bool = False
    to_the_right: bool = False
    """Text stands before the tab stop, not behind it."""


STYLES = {
    "Normal": Style(),
    "Title": Style(17, HEADING, bold=True, centred=True, after=1),
    "Subtitle": Style(13, HEADING, bold=True, centred=True, after=1),
    "Heading 1": Style(12, HEADING, before=4, after=2),
    "Footer": Style(8, tabs=(TEXT_WIDTH,), to_the_right=True),
    "考试信息": Style(centred=True, after=2),
    "考试说明": Style(),
    "说明列表": Style(left=6, hanging=6),
    "间隔": Style(5, height=2.5),
    "材料": Style(left=2, boxed=True),
    "题干": Style(before=2, left=8, hanging=8),
    "题干续段": Style(left=8),
    "选项": Style(left=14, hanging=6),
    "选项两栏": Style(left=14, hanging=6, tabs=(91, 97)),
    "选项四栏": Style(left=14, hanging=6, tabs=(49.5, 55.5, 91, 97, 132.5, 138.5)),
    "答题行": Style(left=8, before=4.8, tabs=(TEXT_WIDTH,), height=4.2, ruled=True),
    "答案": Style(fonts=HEADING, bold=True, left=8),
    "解析": Style(left=14),
    "参考答案": Style(left=8),
    "列表": Style(left=14, hanging=6),
    "依据": Style(9, left=8, after=2),
    "表格文字": Style(centred=True),
    "表格正文": Style(),
    "答题卡标题": Style(fonts=HEADING, bold=True, before=1, after=0.5),
    "答题卡行": Style(),
}
