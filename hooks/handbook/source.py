"""A YAML file -> plain data in which every value knows its line, and problems in plain words.

The only module that reads YAML; knows nothing of items, facts or blueprints.
"""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from handbook.problems import Problem, Unreadable

MAX_BYTES = 2_000_000
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Path = tuple[str | int, ...]
_SPECIAL_START = re.compile(r"(?::|^\s*-) +(\{\{?|[\[*&@%`!])")

_SYNTAX = (
    ("mapping values are not allowed", "这里多了一个冒号，或者缩进不对", "含有“: ”的文字请用单引号括起来，并检查缩进"),
    ("could not find expected ':'", "这一行附近缺少冒号", "字段名后面写英文冒号和一个空格"),
    ("did not find expected key", "缩进对不齐，或者引号没有成对", "让同一层的字段左边对齐，并检查引号"),
    ("did not find expected '-' indicator", "列表的缩进对不齐", "让同一列表的短横线左边对齐"),
    ("unexpected end of stream", "引号没有成对", "补上缺少的引号"),
    ("could not determine a constructor", "不认识以 ! 开头的标记", "删掉它，或者用单引号把整段文字括起来"),
    ("unhashable", "字段名写成了一组数据", "请把字段名写成一个词"),
)


@dataclass
class Document:
    """Parsed data beside the line and the literal text of each of its values."""

    path: str
    data: Any = None
    lines: dict[_Path, int] = field(default_factory=dict)
    literals: dict[_Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, where: _Path) -> int:
        """Return the line of the value at `where`, or of the nearest thing around it."""
        while where not in self.lines:
            where = where[:-1]
        return self.lines[where]

    def problem(self, where: _Path, what: str, mend: str) -> Problem:
        return Problem(self.path, self.line(where), what, mend)


def shown(path: Path, root: Path) -> str:
    """Return how messages name a file: relative to `root`, or as given when it lies elsewhere."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def read_text(path: Path, shown: str) -> str:
    """Return the text of a UTF-8 file; raise Unreadable for anything else."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            megabytes = f"{size / 1e6:.1f} MB"
            raise Unreadable(
                Problem(shown, 1, f"文件有 {megabytes}，超过上限 {MAX_BYTES / 1e6:.0f} MB", "请拆成几个文件")
            )
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(
            Problem(shown, 1, f"读不出这个文件（{error.strerror}）", "请检查文件是否存在、是否有权限")
        ) from None
    if raw.startswith(b"\xef\xbb\xbf"):
        raise Unreadable(Problem(shown, 1, "文件开头有 BOM 标记", "请用编辑器另存为“UTF-8（无 BOM）”"))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(Problem(shown, line, "文件不是 UTF-8 编码", "请用编辑器另存为 UTF-8")) from None


def read_yaml(path: Path, shown: str, *, foreign_tags: bool = False) -> Document:
    """Return the parsed file; raise Unreadable when it is not YAML.

    `foreign_tags` accepts tags such as `!ENV`, which mkdocs.yml may use, as None.
    """
    text = read_text(path, shown)
    for number, line in enumerate(text.splitlines(), 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise Unreadable(Problem(shown, number, "缩进用了制表符（Tab）", "请改用空格，每层两个"))
    loader = (_ForeignLoader if foreign_tags else _Loader)(text)
    try:
        document = Document(shown)
        node = loader.get_single_node()
        if node is None:
            raise Unreadable(Problem(shown, 1, "文件是空的", "请写入内容，或者删除这个文件"))
        document.data = _construct(loader, node, (), document, set())
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_syntax_problem(error, shown, text)) from None
    except yaml.YAMLError:
        raise Unreadable(Problem(shown, 1, "文件里有 YAML 不允许的字符", "请删除看不见的控制字符")) from None
    except RecursionError:
        raise Unreadable(Problem(shown, 1, "嵌套层次太深", "请检查方括号和花括号是否成对")) from None
    finally:
        loader.dispose()
    return document


class _ForeignLoader(_Loader):  # type: ignore[misc]
    """Reads mkdocs.yml, whose tags only MkDocs understands."""


def _foreign(*_: object) -> None:
    """Stand in for a value that only MkDocs can make."""


for _prefix in ("!", "tag:yaml.org,2002:python/"):
    _ForeignLoader.add_multi_constructor(_prefix, _foreign)


def _syntax_problem(error: yaml.MarkedYAMLError, shown: str, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    special = _SPECIAL_START.search("".join(text.splitlines(keepends=True)[line - 1 : line]))
    if special:
        return Problem(shown, line, f"文字以 `{special[1]}` 开头，在 YAML 里有特别的意思", "请用单引号把整段文字括起来")
    said = f"{error.context or ''} {error.problem or ''}"
    for sign, what, mend in _SYNTAX:
        if sign in said:
            return Problem(shown, line, what, mend)
    return Problem(shown, line, "这里不符合 YAML 的写法", "请检查这一行和上一行的缩进、冒号和引号")


def _construct(loader: Any, node: Any, where: _Path, document: Document, seen: set[int]) -> Any:
    """Build the value of `node`, noting line and literal of everything inside it."""
    document.lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        document.literals[where] = node.value
        try:
            return loader.construct_object(node)
        except ValueError:  # a date such as 2026-02-30: leave it as text, which no date field accepts
            return node.value
    if id(node) in seen:
        document.problems.append(document.problem(where, "这里用 & 和 * 重复引用了另一段内容", "请把内容直接写出来"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_construct(loader, child, (*where, i), document, seen) for i, child in enumerate(node.value)]

    return dict(_pairs(loader, node, where, document, seen))


def _pairs(loader: Any, node: Any, where: _Path, document: Document, seen: set[int]) -> Iterator[tuple[Hashable, Any]]:
    keys: set[Hashable] = set()
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "unhashable key", key_node.start_mark)
        key = key_node.value
        inside = (*where, key)
        if key in keys:
            again = Problem(document.path, key_node.start_mark.line + 1, f"字段 '{key}' 写了两次", "请删掉多余的一处")
            document.problems.append(again)
            continue
        keys.add(key)
        document.lines[inside] = key_node.start_mark.line + 1
        yield key, _construct(loader, value_node, inside, document, seen)
