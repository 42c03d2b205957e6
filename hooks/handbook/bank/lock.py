"""`sync.lock` <-> stamps: which text of which section an item was last reviewed against.

One line an item, sorted, a blank line between, so that branches that review different items merge line by line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from handbook.files import write_whole
from handbook.problems import Problem, Unreadable
from handbook.reading.source import read_text

_HEAD = """\
# 题目复核记录：每行一道题，由 `handbook sync --update` 写入，请不要手改。
# 题目 题目摘要 小节 小节摘要 事实=摘要,… 日期 复核人
"""


@dataclass(frozen=True)
class Stamp:
    """What one review saw: digests of the item, of its section and of the facts both use."""

    item: str
    item_digest: str
    section: str
    section_digest: str
    facts: Mapping[str, str]
    date: date
    reviewer: str

    def __str__(self) -> str:
        facts = ",".join(f"{name}={digest}" for name, digest in sorted(self.facts.items())) or "-"
        stamped = (self.item, self.item_digest, self.section, self.section_digest, facts, self.date.isoformat())

        return " ".join((*stamped, self.reviewer))


@dataclass(frozen=True)
class Lock:
    """All stamps by item id, and the line each stands on."""

    path: str = ""
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def read_lock(path: Path, shown: str) -> tuple[Lock, list[Problem]]:
    """Return the stamps of a lock file, which may be missing, and its damaged lines."""
    try:
        text = read_text(path, shown) if path.exists() else ""
    except Unreadable as unreadable:
        return Lock(shown), list(unreadable.problems)
    stamps: dict[str, Stamp] = {}
    lines: dict[str, int] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name = line.split()[0]
        try:
            stamp = _stamp(line)
        except ValueError:
            mend = f"请删掉这一行，对照阅读后运行 `handbook sync --update {name} --reviewer 姓名`"
            problems.append(Problem(shown, number, f"题目 '{name}' 的复核记录损坏", mend, warning=True))
            continue
        if name in stamps:
            what = f"题目 '{name}' 的复核记录有两行（另一行在第 {lines[name]} 行）"
            mend = f"请删掉其中一行，或重新复核：`handbook sync --update {name} --reviewer 姓名`"
            problems.append(Problem(shown, number, what, mend, warning=True))
        if name not in stamps or stamp.date > stamps[name].date:
            stamps[name], lines[name] = stamp, number

    return Lock(shown, stamps, lines), problems


def write_lock(path: Path, stamps: Iterable[Stamp]) -> None:
    """Write the stamps, sorted; raise Unwritable, with the file as it was, when that fails."""
    text = _HEAD + "".join(f"\n{stamp}\n" for stamp in sorted(stamps, key=lambda stamp: stamp.item))
    write_whole(path, text.encode())


def _stamp(line: str) -> Stamp:
    """Return the stamp on a line; raise ValueError when the line is damaged."""
    item, item_digest, section, section_digest, facts, day, reviewer = line.split(maxsplit=6)
    for digest in (item_digest, section_digest):
        if len(digest) != 12:
            raise ValueError(line)
        int(digest, 16)
    used: dict[str, str] = {} if facts == "-" else dict(pair.split("=") for pair in facts.split(","))

    return Stamp(item, item_digest, section, section_digest, used, date.fromisoformat(day), reviewer.strip())
