"""The words of an item on a screen -> the same on paper, where marks have a full stop and judgements are signs.

Knows nothing of pages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from handbook.pdf.wanted import Wanted

JUDGEMENTS = {"正确": "√", "错误": "×"}
_JUDGED = re.compile(r"(?:(?<=^答案：)|^)(?:正确|错误)(?=$|（答案）$)")
_POINTS = re.compile(r"（([\d.]+)分）$")
_LETTERS = re.compile(r"答案：[A-Z](、[A-Z])+")
_NUMBER = re.compile(r"^（(\d+)）")
_MARK = re.compile(r"([A-Z])(（答案）)?")
_ALSO = "（也可以写："


def on_paper(parts: Iterable[Wanted], *, answer: bool) -> tuple[Wanted, ...]:
    """Return the parts of an item, or of an answer, as paper has them."""
    found: list[Wanted] = []
    for part in (piece for screen in parts for piece in _pieces(screen)):
        text = _NUMBER.sub(r"\1.", part.text) if answer else part.text
        if found and (mark := _MARK.fullmatch(found[-1].text)):
            found[-1] = replace(part, text=f"{mark[1]}.{mark[2] or ''}{text}")
        elif text:
            found.append(replace(part, text=text))

    return tuple(found)


def _pieces(part: Wanted) -> Iterator[Wanted]:
    text = _JUDGED.sub(lambda found: JUDGEMENTS[found[0]], _POINTS.sub(r"\1", part.text).removeprefix("："))
    text = text.replace("、", "") if _LETTERS.fullmatch(text) else text
    yield from (replace(part, text=piece) for piece in (text.split("）：", 1) if text.startswith(_ALSO) else [text]))
