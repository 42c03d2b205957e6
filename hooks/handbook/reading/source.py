"""A YAML file -> plain data in which every value knows its line, and problems in plain words.

The only module that reads YAML; knows nothing of items, facts or blueprints.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from handbook.problems import Problem, Unreadable
from handbook.reading import omissions, slips
from handbook.reading.merging import BY_HAND, merged

MAX_BYTES = 2_000_000
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Path = tuple[str | int, ...]
_FOREIGN = ("!", "tag:yaml.org,2002:python/")
"""How tags begin that are not YAML's own."""


@dataclass
class Document:
    """Parsed data beside the line and the literal text of each of its values."""

    path: str
    data: Any = None
    lines: dict[_Path, int] = field(default_factory=dict)
    literals: dict[_Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    base: "Document | None" = None
    """The file whose data this one's is laid over."""

    def line(self, where: _Path) -> int:
        """Return the line of the value at `where`, or of the nearest thing around it."""
        return self.lines[self._known(where)]

    def problem(self, where: _Path, what: str, mend: str) -> Problem:
        """Return a problem at the line of a value, in the file that it is written in."""
        return Problem(*self.place(where), what, mend)

    def note(self, where: _Path, what: str, mend: str) -> None:
        """Add a problem at the line of a value."""
        self.problems.append(self.problem(where, what, mend))

    def place(self, where: _Path) -> tuple[str, int]:
        """Return the file and the line that a value is written in."""
        if self.base and len(self.base._known(where)) > len(self._known(where)):  # noqa: SLF001 -- our own
            return self.base.place(where)
        return self.path, self.line(where)

    def over(self, base: "Document") -> "Document":
        """Return this document laid over another: mappings are merged, all else is replaced."""
        merged, literals = _merged(base.data, self.data), base.literals | self.literals
        return Document(self.path, merged, self.lines, literals, base.problems + self.problems, base)

    def _known(self, where: _Path) -> _Path:
        while where not in self.lines:
            where = where[:-1]
        return where


def shown(path: Path, root: Path) -> str:
    """Return how messages name a file: relative to `root`, or as given when it lies elsewhere."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def read_text(path: Path, shown: str) -> str:
    """Return the text of a UTF-8 file; raise Unreadable for anything else."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            what = f"文件有 {size / 1e6:.1f} MB，超过上限 {MAX_BYTES / 1e6:.0f} MB"
            raise Unreadable(Problem(shown, 1, what, "请拆成几个文件"))
        raw = path.read_bytes()
    except OSError as error:
        what = f"读不出这个文件（{error.strerror}）"
        raise Unreadable(Problem(shown, 1, what, "请检查文件是否存在、是否有权限")) from None
    if raw.startswith(b"\xef\xbb\xbf"):
        raise Unreadable(Problem(shown, 1, "文件开头有 BOM 标记", "请用编辑器另存为“UTF-8（无 BOM）”"))
    try:
        return raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(Problem(shown, line, "文件不是 UTF-8 编码", "请用编辑器另存为 UTF-8")) from None


def read_yaml(path: Path, shown: str, *, foreign_tags: bool = False) -> Document:
    """Return the parsed file; raise Unreadable when it is not YAML.

    `foreign_tags` takes `!ENV` from the environment, as MkDocs does, and other tags in mkdocs.yml as None.
    """
    return parsed(read_text(path, shown), shown, foreign_tags=foreign_tags)


def parsed(text: str, shown: str, *, foreign_tags: bool = False) -> Document:
    """Return parsed YAML that stands in the file `shown`; raise Unreadable when it is none."""
    if conflicts := merged(text).problems(shown, BY_HAND):
        raise Unreadable(*conflicts)
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
        mark = error.problem_mark or error.context_mark
        said = f"{error.context or ''} {error.problem or ''}"
        raise Unreadable(*slips.problems(shown, text, mark.line + 1 if mark else 1, said)) from None
    except yaml.YAMLError:
        raise Unreadable(Problem(shown, 1, "文件里有 YAML 不允许的字符", "请删除看不见的控制字符")) from None
    except RecursionError:
        raise Unreadable(Problem(shown, 1, "嵌套层次太深", "请检查方括号和花括号是否成对")) from None
    finally:
        loader.dispose()
    return document


def _merged(base: Any, over: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    return base | {key: _merged(base.get(key), value) for key, value in over.items()}


class _ForeignLoader(_Loader):  # type: ignore[misc]
    """Reads mkdocs.yml, whose tags only MkDocs understands."""


def _foreign(*_: object) -> None:
    """Stand in for a value that only MkDocs can make."""


for _prefix in _FOREIGN:
    _ForeignLoader.add_multi_constructor(_prefix, _foreign)
_ForeignLoader.add_constructor("!ENV", construct_env_tag)


def _construct(loader: Any, node: Any, where: _Path, document: Document, seen: set[int]) -> Any:
    """Build the value of `node`, noting line and literal of everything inside it."""
    document.lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        document.literals[where] = node.value
    if isinstance(node, yaml.ScalarNode) or node.tag.startswith(_FOREIGN):
        try:
            return loader.construct_object(node)
        except ValueError:  # a date such as 2026-02-30: leave it as text, which no date field accepts
            return node.value
    if id(node) in seen:
        document.note(where, "这里用 & 和 * 重复引用了另一段内容", "请把内容直接写出来")
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        children = [part for child in node.value for part in omissions.parts(child, document.path, document.problems)]
        return [_construct(loader, child, (*where, i), document, seen) for i, child in enumerate(children)]

    return dict(_pairs(loader, node, where, document, seen))


def _pairs(loader: Any, node: Any, where: _Path, document: Document, seen: set[int]) -> Iterator[tuple[Hashable, Any]]:
    keys: set[Hashable] = set()
    for key_node, value_node in omissions.first(node, document.path, document.problems):
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
