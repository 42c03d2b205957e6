"""`facts.yml` -> facts, and a text with references -> the text with their values."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from handbook.problems import Problem
from handbook.reading import markup
from handbook.reading.tables import Table, read_table
from handbook.reading.validation import IDENTIFIER, Model, Text

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


Facts = Table[Fact]


def read_facts(path: Path, shown: str) -> tuple[Facts, list[Problem]]:
    """Return the facts of a file, which may be missing, and what is wrong with it."""
    facts, problems = read_table(path, shown, Fact, "facts", "事实")
    for name in facts.places:
        if not re.match(IDENTIFIER, name):
            mend = "只用小写英文字母、数字和短横线"
            problems.append(Problem(*facts.place(name), f"事实编号 '{name}' 不合格式", mend))

    return facts, problems


def filled(text: str, facts: Facts) -> str:
    """Return `text` with each known reference replaced by the value of its fact."""
    return markup.filled(text, lambda name: facts[name].value if name in facts else None)
