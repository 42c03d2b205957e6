"""The files of the question bank -> one `Bank`, with every problem in them, not just the first.

Knows nothing of the handbook's text; `book` checks the two against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import Field

from handbook.items import MODELS, TYPES, AnyItem, Item
from handbook.problems import Problem, did_you_mean
from handbook.reading.source import Document
from handbook.reading.tables import entries, read_folder
from handbook.reading.validation import Model, validated


class BankFile(Model):
    """What one file of the bank holds."""

    accept: list[str] = Field(default_factory=list)
    items: list[AnyItem]


@dataclass(frozen=True)
class Entry:
    """An item and where it is written."""

    item: Item
    document: Document
    index: int

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def accept(self) -> list[str]:
        """Codes of item-writing findings that are accepted for the whole file."""
        return list(self.document.data.get("accept") or [])

    def line(self, *inside: str | int) -> int:
        """Return the line of a part of the item, of its id when no part is named."""
        return self.document.line(("items", self.index, *(inside or ("id",))))

    def problem(self, what: str, mend: str, *inside: str | int, warning: bool = False) -> Problem:
        return Problem(self.path, self.line(*inside), f"题目 '{self.item.id}' {what}", mend, warning)


@dataclass(frozen=True)
class Bank:
    """All items, in the order of the files and of the lines in them."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        return {entry.item.id: entry for entry in self.entries}

    @cached_property
    def former(self) -> dict[str, Entry]:
        """The items by the ids that they had before."""
        return {name: entry for entry in self.entries for name in entry.item.formerly}

    def named(self, name: str) -> Entry | None:
        """Return the item that has an id, or had it."""
        return self.by_id.get(name) or self.former.get(name)

    @property
    def items(self) -> Iterator[Item]:
        return (entry.item for entry in self.entries)


def read_bank(folder: Path, root: Path) -> tuple[Bank, list[Problem]]:
    """Return the items of every `*.yml` in `folder` and all problems; paths in them are relative to `root`."""
    problems: list[Problem] = []
    found = [entry for document in read_folder(folder, root, problems) for entry in _entries(document)]
    first: dict[str, Entry] = {}
    for entry in found:
        earlier = first.setdefault(entry.item.id, entry)
        if earlier is not entry:
            where = f"{earlier.path}:{earlier.line()}"
            problems.append(entry.problem(f"的编号已经在 {where} 用过", "请换一个编号，用过的编号不再使用", "id"))

    return Bank(tuple(first.values())), problems


def _entries(document: Document) -> Iterator[Entry]:
    """Yield the sound items of one file; note the problems of the others in the document."""
    listed = entries(document, "items", list, "题目", "accept")
    accept = (document.data.get("accept") if isinstance(document.data, dict) else None) or []
    if not isinstance(accept, list) or not all(isinstance(code, str) for code in accept):
        document.note(("accept",), "'accept' 应当是代号的列表", "请写成 `accept: [代号]`")
    for index, raw in enumerate(document.data["items"] if listed else ()):
        where = ("items", index)
        model = _model(raw, document, where)
        item = validated(model, document, where, _called(raw, index)) if model else None
        if item is None:
            continue
        for inside, what, mend in item.faults():
            document.note((*where, *inside), f"题目 '{item.id}' {what}", mend)
        yield Entry(item, document, index)


def _model(raw: object, document: Document, where: tuple[str, int]) -> type[Item] | None:
    """Return the class that the item's `type` names."""
    called = _called(raw, where[1])
    known = "、".join(f"{name}（{label}）" for name, label in TYPES.items())
    if not isinstance(raw, dict):
        document.note(where, f"{called}应当由“字段: 内容”组成", "请对照示例改写，注意短横线后的缩进")
    elif "type" not in raw:
        document.note(where, f"{called}缺少字段 'type'", f"请写上题型：{known}")
    elif raw["type"] not in MODELS:
        mend = did_you_mean(str(raw["type"]), MODELS, f"题型只有：{known}")
        document.note((*where, "type"), f"{called}的题型 `{raw['type']}` 不认识", mend)
    else:
        return MODELS[raw["type"]]
    return None


def _called(raw: object, index: int) -> str:
    name = raw.get("id") if isinstance(raw, dict) else None
    return f"题目 '{name}' " if name else f"第 {index + 1} 道题"
