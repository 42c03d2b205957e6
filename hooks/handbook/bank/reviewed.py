"""What was read, kept beside the lock: texts by their digest, and the log of who said what of which item.

Both are files of lines that branches merge; texts so that a change can be shown without a history.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from handbook.problems import Problem, Unreadable
from handbook.reading.merging import RESOLVE, merged
from handbook.reading.source import read_text

VERDICTS = {"holds": "仍然成立", "change": "要改", "unsure": "不确定"}
_MEND = "请恢复上一版；它只由 `handbook sync` 写入"


@dataclass(frozen=True)
class Review:
    """What one person said of one item, having read the things in `saw`, by their digests."""

    item: str
    verdict: str
    date: date
    reviewer: str
    comment: str = ""
    saw: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return json.dumps({**asdict(self), "date": self.date.isoformat()}, ensure_ascii=False)


@dataclass(frozen=True)
class Reviewed:
    """The texts by digest, and the reviews in the order in which they were added."""

    texts: Mapping[str, str] = field(default_factory=dict)
    log: tuple[Review, ...] = ()

    def verdict(self, item: str) -> Review | None:
        """Return the last review of an item; merged branches leave theirs one after the other."""
        return max(
            (review for review in reversed(self.log) if review.item == item), key=lambda one: one.date, default=None
        )


def read_reviewed(texts: Path, log: Path, shown: Callable[[Path], str]) -> tuple[Reviewed, list[Problem]]:
    """Return what two files hold, either of which may be missing, and their damaged lines."""
    problems: list[Problem] = []
    known = dict(_lines(texts, shown(texts), problems, _text))
    reviews = tuple(_lines(log, shown(log), problems, _review))

    return Reviewed(known, reviews), problems


def texts_file(texts: Mapping[str, str]) -> bytes:
    """Return the file of texts by digest, sorted."""
    return "".join(f"{json.dumps(pair, ensure_ascii=False)}\n" for pair in sorted(texts.items())).encode()


def log_file(log: Iterable[Review]) -> bytes:
    """Return the file of reviews in the order given."""
    return "".join(f"{review}\n" for review in log).encode()


def _lines(path: Path, shown: str, problems: list[Problem], read: Any) -> Iterable[Any]:
    """Yield what each line of a file holds; note the damaged ones."""
    try:
        text = merged(read_text(path, shown) if path.exists() else "")
    except Unreadable as unreadable:
        problems += unreadable.problems
        return
    problems += text.problems(shown, RESOLVE)
    for number, line in text.lines:
        try:
            if line.strip():
                yield read(json.loads(line))
        except (ValueError, TypeError, KeyError):
            problems.append(Problem(shown, number, "这一行损坏了，读不出来", _MEND, warning=True))


def _text(pair: Any) -> tuple[str, str]:
    digest, text = pair
    return str(digest), str(text)


def _review(written: Any) -> Review:
    review = Review(**{**written, "date": date.fromisoformat(written["date"])})
    if review.verdict not in VERDICTS:
        raise ValueError(review.verdict)

    return review
