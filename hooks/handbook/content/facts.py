"""`facts.yml` -> facts, and a text with references -> the text with their values."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from handbook.problems import Problem
from handbook.reading import markup
from handbook.reading.digests import digest
from handbook.reading.source import read_yaml
from handbook.reading.validation import IDENTIFIER, Model, Text, validated

STATUSES = {"law": "已核对原文", "secondary": "待合规复核", "company": "公司承诺"}


class Fact(Model):
    """A time limit, an amount, a phone number or a promise, with what it rests on."""

    topic: Text
    title: Text
    value: Text
    days: Literal["calendar", "working"] | None = None
    basis: Text
    status: Literal["law", "secondary", "company"]
    checked: date
    note: Text | None = None
    words: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    """Words that show a sentence speaks of this fact, so that a figure beside them must be a reference."""

    @property
    def digest(self) -> str:
        """Changes when the value, the kind of days, the legal basis or its standing does."""
        return digest(self.value, self.days or "", self.basis, self.status)


@dataclass(frozen=True)
class Facts(Mapping[str, Fact]):
    """All facts by id, in the order of the file."""

    by_id: dict[str, Fact] = field(default_factory=dict)
    path: str = ""
    lines: dict[str, int] = field(default_factory=dict)
    complete: bool = True
    """Whether the file, and what else refers to facts, could be read."""

    def __getitem__(self, fact_id: str) -> Fact:
        return self.by_id[fact_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)


def read_facts(path: Path, shown: str) -> tuple[Facts, list[Problem]]:
    """Return the facts of a file and what is wrong with it; raise Unreadable when it is not YAML."""
    document = read_yaml(path, shown)
    table = document.data.get("facts") if isinstance(document.data, dict) else None
    if not isinstance(table, dict):
        document.problems.append(
            document.problem((), "文件里没有 `facts:` 这一组", "请以 `facts:` 开头，事实写在它下面")
        )
        table = {}
    facts, lines = {}, {}
    for fact_id in table:
        if not re.match(IDENTIFIER, fact_id):
            mend = "只用小写英文字母、数字和短横线"
            document.problems.append(document.problem(("facts", fact_id), f"事实编号 '{fact_id}' 不合格式", mend))
        fact = validated(Fact, document, ("facts", fact_id), f"事实 '{fact_id}' ")
        lines[fact_id] = document.line(("facts", fact_id))
        if fact:
            facts[fact_id] = fact

    return Facts(facts, shown, lines), document.problems


def filled(text: str, facts: Facts, shown_as: Callable[[str, Fact], str] = lambda _, fact: fact.value) -> str:
    """Return `text` with each known reference replaced by what `shown_as(id, fact)` makes of it."""

    def value(fact_id: str) -> str | None:
        return shown_as(fact_id, facts[fact_id]) if fact_id in facts else None

    return markup.filled(text, value)
