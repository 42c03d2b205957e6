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
from handbook.reading.tables import entries, read_optional
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
    """Words that show a sentence speaks of this fact, so that a quantity beside them must be a reference."""

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
    """Whether the file could be read."""

    def __getitem__(self, fact_id: str) -> Fact:
        return self.by_id[fact_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)


def read_facts(path: Path, shown: str) -> tuple[Facts, list[Problem]]:
    """Return the facts of a file, which may be missing, and what is wrong with it."""
    problems: list[Problem] = []
    document = read_optional(path, shown, problems)
    if not document:
        return Facts(path=shown, complete=not problems), problems
    facts, lines = {}, {}
    for where in entries(document, "facts", dict, "事实"):
        name = str(where[-1])
        lines[name] = document.line(where)
        if not re.match(IDENTIFIER, name):
            mend = "只用小写英文字母、数字和短横线"
            document.problems.append(document.problem(where, f"事实编号 '{name}' 不合格式", mend))
        if fact := validated(Fact, document, where, f"事实 '{name}' "):
            facts[name] = fact

    return Facts(facts, shown, lines), document.problems


def filled(text: str, facts: Facts, shown_as: Callable[[str, Fact], str] = lambda _, fact: fact.value) -> str:
    """Return `text` with each known reference replaced by what `shown_as(id, fact)` makes of it."""

    def value(fact_id: str) -> str | None:
        return shown_as(fact_id, facts[fact_id]) if fact_id in facts else None

    return markup.filled(text, value)
