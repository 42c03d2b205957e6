"""A text that git has merged -> its lines, those of both sides of a conflict, and where git left its marks.

Knows nothing of what the lines say.
"""

import re
from dataclasses import dataclass

from handbook.problems import Problem

CONFLICT = "这里是 git 合并时留下的冲突标记"
BY_HAND = "请留下要的内容，再删掉以 <<<<<<<、=======、>>>>>>> 开头的行"
RESOLVE = "请运行 `handbook sync --resolve`，两边的记录都会留下"
"""How to mend what a merge has left in files that only `handbook sync` writes."""
_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?\Z")


@dataclass(frozen=True)
class Merged:
    """Lines by their number, without git's marks and without what both sides had before, and the line of each conflict."""

    lines: tuple[tuple[int, str], ...]
    conflicts: tuple[int, ...]

    def problems(self, shown: str, mend: str) -> list[Problem]:
        """Return a fault for each conflict; where `handbook sync` settles all at once, a warning for the first."""
        if mend == RESOLVE:
            return [Problem(shown, line, CONFLICT, mend, warning=True) for line in self.conflicts[:1]]
        return [Problem(shown, line, CONFLICT, mend) for line in self.conflicts]


def merged(text: str) -> Merged:
    """Return both sides of a text; a row of `=` outside a conflict is a line like others."""
    lines, conflicts, side = list[tuple[int, str]](), list[int](), ""
    for number, line in enumerate(text.split("\n"), 1):
        mark = _MARK.match(line)
        if mark and mark[1][0] in ("<" if not side else "|=>"):
            conflicts += [number] if not side else []
            side = "" if mark[1][0] == ">" else mark[1][0]
        elif side != "|":
            lines.append((number, line))

    return Merged(tuple(lines), tuple(conflicts))
