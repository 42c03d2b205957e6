"""A file that holds a table of the author's (`facts:`, `terms:`, `laws:`, `items:`) -> its entries, and where they are.

What is wrong with the file around them is noted; what an entry must be is said elsewhere.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from handbook.problems import Problem, Unreadable, did_you_mean
from handbook.reading.source import Document, read_yaml, shown
from handbook.reading.validation import M, Where, validated

_SHAPES: dict[type, str] = {dict: "若干行“编号: 内容”", list: "列表（每项另起一行，以短横线开头）"}
_Place = tuple[Document, Where]


class Table(dict[str, M]):
    """The sound entries of a table by name, or by number in a list; `places` also knows those that are not sound."""

    complete = True
    """Whether the file could be read."""

    def __init__(self, entries: Mapping[str, M] | None = None, places: Mapping[str, _Place] | None = None) -> None:
        super().__init__(entries or {})
        self.places = dict(places or {})

    def place(self, name: str, *inside: str | int) -> tuple[str, int]:
        """Return the file and the line of an entry, or of a part of it."""
        document, where = self.places[name]
        return document.place((*where, *inside))


def read_table(path: Path, shown: str, model: type[M], table: str, thing: str) -> tuple[Table[M], list[Problem]]:
    """Return the table of a file, which may be missing, and what is wrong with it.

    Entries that bear a `name` of their own are a list, others stand below their ids.
    """
    found, problems = Table[M](), list[Problem]()
    document = read_optional(path, shown, problems)
    if not document:
        found.complete = not problems
        return found, problems
    for where in entries(document, table, list if "name" in model.model_fields else dict, thing):
        key = str(where[-1])
        found.places[key] = document, where
        if entry := validated(model, document, where, _called(document, where, thing)):
            found[key] = entry

    return found, document.problems


def _called(document: Document, where: Where, thing: str) -> str:
    """Return how messages call an entry; one of a list may lack its name."""
    table, key = where
    if isinstance(key, str):
        return f"{thing} '{key}' "
    raw = document.data[table][key]
    name = raw.get("name") if isinstance(raw, dict) else None

    return f"{thing} '{name}' " if name else f"第 {key + 1} 部{thing}"


def entries(document: Document, table: str, shape: type, thing: str, *others: str) -> list[Where]:
    """Return the place of each entry of a table; note what is wrong with it and with the keys beside it.

    `thing` is what an entry is called; `others` are keys that may stand beside the table.
    """
    data = document.data if isinstance(document.data, dict) else {}
    mends = {name: did_you_mean(name, [table, *others], "请删掉它") for name in data if name not in (table, *others)}
    misspelt = [name for name, mend in mends.items() if f"'{table}'" in mend]
    if table not in data and not misspelt:
        mend = f"请以 `{table}:` 开头，{thing}{'写在它下面' if shape is dict else '以短横线列在下面'}"
        missing = f"文件里没有 `{table}:` {'这一组' if shape is dict else '列表'}"
        document.note((), missing, mend)
        return []
    for name, mend in mends.items():
        document.note((name,), f"有不认识的字段 '{name}'", mend)
    content = data.get(table)
    if isinstance(content, dict | list) and isinstance(content, shape):
        return [(table, key) for key in (content if isinstance(content, dict) else range(len(content)))]
    if content is None and not misspelt:
        mend = f"请写上{thing}，或者删掉这个文件"
        document.note((table,), f"`{table}:` 下面是空的", mend)
    elif content is not None:
        what = f"`{table}:` 下面应当是{_SHAPES[shape]}"
        document.note((table,), what, "请对照示例改写，注意缩进")
    return []


def read_optional(path: Path, shown: str, problems: list[Problem]) -> Document | None:
    """Return a file, or None when it is missing or cannot be read; the latter is noted."""
    try:
        return read_yaml(path, shown) if path.exists() else None
    except Unreadable as unreadable:
        problems += unreadable.problems
        return None


def read_folder(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Document]:
    """Yield every `*.yml` in a folder, which may be missing; note what is wrong with each, also what is found later."""
    for path in sorted(folder.glob("*.yml")):
        if document := read_optional(path, shown(path, root), problems):
            yield document
            problems += document.problems
