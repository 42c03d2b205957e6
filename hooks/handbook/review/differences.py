"""Two versions of a text -> their differences word by word, for a person to read."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby
from typing import NamedTuple

_WORD = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
_AROUND = 24


class Kind(Enum):
    """Where a piece of text stands: in both versions, in the earlier only, in the later only."""

    SAME = "same"
    GONE = "gone"
    COME = "come"


class Segment(NamedTuple):
    """A piece of two versions laid into one; those that are not `COME` make up the earlier, those not `GONE` the later."""

    kind: Kind
    text: str


def segments(before: str, after: str) -> list[Segment]:
    """Return both versions whole, in pieces; numbers and Latin words count as one word, a Chinese character as one."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Segment] = []
    for kind, i, j, k, m in _opcodes(old, new):
        if kind is Kind.SAME:
            found.append(Segment(kind, "".join(old[i:j])))
        else:
            changed = Segment(Kind.GONE, "".join(old[i:j])), Segment(Kind.COME, "".join(new[k:m]))
            found += [one for one in changed if one.text]

    return found


def differences(before: str, after: str) -> str:
    """Return the changed places with a few characters around them, `在【删：15】【增：10】日内`; nothing when there are none."""
    return _trimmed("".join(_shortened(one) for one in segments(_flat(before), _flat(after))))


_Span = tuple[Kind, int, int, int, int]


def _opcodes(old: list[str], new: list[str]) -> Iterator[_Span]:
    """Yield what became of which words; a single word that stayed between two changes is read as one change with them."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    last = len(codes) - 1

    def stayed(numbered: tuple[int, tuple[str, int, int, int, int]]) -> bool:
        number, (kind, i, j, _, _) = numbered
        return kind == "equal" and not (j - i == 1 and 0 < number < last and "\n" not in old[i])

    for same, run in groupby(enumerate(codes), key=stayed):
        spans = [code for _, code in run]
        yield Kind.SAME if same else Kind.GONE, spans[0][1], spans[-1][2], spans[0][3], spans[-1][4]


def _shortened(segment: Segment) -> str:
    if segment.kind is Kind.SAME:
        text = segment.text
        return text if len(text) <= 2 * _AROUND else f"{text[:_AROUND]} …… {text[-_AROUND:]}"

    return f"【{'删' if segment.kind is Kind.GONE else '增'}：{segment.text}】" * bool(segment.text.strip())


def _flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", text.strip())


def _trimmed(text: str) -> str:
    """Leave out what stands far before the first change and after the last."""
    first, last = text.find("【"), text.rfind("】")
    if first < 0:
        return ""
    start = max(0, first - _AROUND) if first > 0 else 0
    before = "…" if start else ""
    after = "…" if len(text) - last > _AROUND + 1 else ""

    return f"{before}{text[start : last + 1 + _AROUND]}{after}".replace("\n", " ")
