"""Text that is no YAML, and what the parser says of it -> the slip of the keyboard that made it so, in plain words.

Knows nothing of items, facts or blueprints, nor of how YAML is parsed.
"""

import re
from collections.abc import Iterator, Sequence

from handbook.problems import Problem

_FIELD = re.compile(r"\s*(?:- +)*[a-z_]+:(?: |$)")
_SPECIAL_START = re.compile(r"(?::|^\s*-) +(\{\{?|[\[*&@%`!])")
_BRACKETED = re.compile(r"(?::|^\s*-)\s+[{\[](?!\{)(?P<inside>.*)")

_QUOTED = re.compile(r"\s*(?:- +)*(?:[^\s:'\"#][^:'\"]*: +)?(?P<quote>['\"])(?P<inside>.*)")
_CLOSED = {"'": re.compile(r"(?:[^']|'')*'(?!')"), '"': re.compile(r'(?:[^"\\]|\\.)*"')}
_ENTRY = re.compile(r"\s*(?:- +\S|[^\s:'\"#][^:'\"]*:(?: |$))")
_ITEM = re.compile(r"\s*id:")
_DASHLESS = ("这里少了短横线", "一道题的第一行写成 `- id: 编号`，短横线后面空一格")

_IN_FIELDS = (
    (re.compile(r"\s*(?:- *)?[a-z_]+：|\s*- *[a-z_]+:："), "字段名后面用了中文冒号", "请改成英文冒号加一个空格"),
    (re.compile(r"\s*(?:- +)?[a-z_]+:(?=[^\s:/])"), "英文冒号后面少了空格", "请补上一个空格"),
    (re.compile(r"\s*-[a-z_]+:"), "短横线后面少了空格", "请补上一个空格"),
    (re.compile(r"\s*[－—–]\s*[a-z_]+:"), "短横线写成了中文横线", "请改成英文短横线加一个空格"),
    (re.compile(r"[ ]*\u3000[ \u3000]*(?:- +)?[a-z_]+:"), "缩进用了全角空格", "请改用普通空格"),
)
"""Slips at the name of a field: sure enough to be reported wherever they stand."""

_SAID = (
    ("mapping values are not allowed", "这里多了一个冒号，或者缩进不对", "含有“: ”的文字请用单引号括起来，并检查缩进"),
    ("could not find expected ':'", "这一行附近缺少冒号", "字段名后面写英文冒号和一个空格"),
    ("did not find expected key", "缩进对不齐，或者引号没有成对", "让同一层的字段左边对齐，并检查引号"),
    ("did not find expected '-' indicator", "缩进对不齐", "让同一层的字段、同一列表的短横线各自左边对齐"),
    ("unexpected end of stream", "引号没有成对", "补上缺少的引号"),
    ("could not determine a constructor", "不认识以 ! 开头的标记", "删掉它，或者用单引号把整段文字括起来"),
    ("unhashable", "字段名写成了一组数据", "请把字段名写成一个词"),
)


def problems(shown: str, text: str, line: int, said: str) -> list[Problem]:
    """Return every slip of a file that the parser gave up at `line`, or what it `said` when none explains it."""
    lines = [*text.splitlines(), ""]  # the parser may stop behind the last line
    found = {n: slip for n, content in enumerate(lines, 1) if (slip := _in_field(content))}
    if between := _between_lines(lines, line):
        return [Problem(shown, n, *slip) for n, slip in sorted({**found, **between}.items())]
    suspects = list(_suspects(lines, line))
    if not found.keys() & set(suspects):
        found |= next(({n: slip} for n in suspects if (slip := _in_brackets(lines[n - 1]))), {})
    if not found.keys() & set(suspects):
        found[line] = _in_words(lines[line - 1], said)

    return [Problem(shown, n, *slip) for n, slip in sorted(found.items())]


def _suspects(lines: Sequence[str], line: int) -> Iterator[int]:
    """Yield the lines at which the fault may lie: from where the parser stopped up to the last sound field above."""
    yield line
    for n in range(line - 1, 0, -1):
        yield n
        if _FIELD.match(lines[n - 1]):
            return


def _between_lines(lines: Sequence[str], line: int) -> dict[int, tuple[str, str]]:
    """Return the slips that show only in how a line and the next go together; the first one explains the rest."""
    for n in range(1, line + 1):
        below = next((content for content in lines[n:] if content.strip()), "")
        quoted = _QUOTED.match(lines[n - 1]) if not below or _ENTRY.match(below) else None
        if quoted and not _CLOSED[quoted["quote"]].match(quoted["inside"]):
            return {n: ("引号没有成对", f"请在这段文字的末尾补上同样的英文引号 {quoted['quote']}")}
        if _ITEM.match(below) and lines[n - 1].rstrip() == "items:":
            return {lines.index(below, n) + 1: _DASHLESS}

    return {line: _DASHLESS} if _ITEM.match(lines[line - 1]) else {}


def _in_field(content: str) -> tuple[str, str] | None:
    return next(((what, mend) for slip, what, mend in _IN_FIELDS if slip.match(content)), None)


def _in_brackets(content: str) -> tuple[str, str] | None:
    bracketed = _BRACKETED.search(content)
    if bracketed and re.search("[：，｛｝［］【】]", bracketed["inside"]):
        return "括号里用了中文标点", "请改成英文的逗号、冒号和括号，逗号和冒号后面各加一个空格"
    if bracketed and any(content.count(left) != content.count(right) for left, right in ("{}", "[]")):
        return "括号没有成对", "请补上缺少的括号；文字以括号开头的，用单引号把整段括起来"
    return None


def _in_words(content: str, said: str) -> tuple[str, str]:
    if special := _SPECIAL_START.search(content):
        return f"文字以 `{special[1]}` 开头，在 YAML 里有特别的意思", "请用单引号把整段文字括起来"
    otherwise = "这里不符合 YAML 的写法", "请检查这一行和上一行的缩进、冒号和引号"

    return next(((what, mend) for sign, what, mend in _SAID if sign in said), otherwise)
