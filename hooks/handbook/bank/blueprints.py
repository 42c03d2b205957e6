"""`docs/bank/blueprints/*.yml` -> what a form of an exam is made of.

Knows nothing of items beyond the names of their types and levels, nor whether a bank can meet it.
"""

from pathlib import Path, PurePath
from typing import Annotated

from pydantic import Field

from handbook.items import Level, TypeName
from handbook.items.model import Credit
from handbook.problems import Problem
from handbook.reading.tables import Table, read_folder
from handbook.reading.validation import Identifier, Model, Text, validated

Group = Annotated[tuple[Identifier, ...], Field(strict=False)]
Count = Annotated[int, Field(ge=0)]


class Limits(Model):
    """The least and the greatest number of items; no greatest number means any."""

    min: Count = 0
    max: Count | None = None


class Band(Model):
    """Between what two values the mean difficulty of a form lies, both included; 1 easy … 5 hard."""

    min: Annotated[float, Field(ge=1, le=5)] = 1
    max: Annotated[float, Field(ge=1, le=5)] = 5


class PartPlan(Model):
    """How many items of a type, what each is worth, and whether a response that is right in part earns its part."""

    type: TypeName
    count: Annotated[int, Field(ge=1)]
    points: Annotated[int, Field(ge=1)]
    scoring: Credit = "all_or_nothing"


class Cell(Limits):
    """How many items of a chapter (`claims`) a form holds, counting one type or level only where they are named."""

    chapter: Identifier | None = None
    type: TypeName | None = None
    level: Level | None = None


class Blueprint(Model):
    """What every form of an exam has in common; the id is the name of the file."""

    title: Text
    instructions: Text
    minutes: Annotated[int, Field(ge=1)]
    pass_percent: Annotated[int, Field(ge=1, le=100)]
    parts: Annotated[tuple[PartPlan, ...], Field(strict=False, min_length=1)]
    each_chapter: Limits = Limits()
    """Limits for every chapter that `chapters` does not name."""
    chapters: dict[Identifier, Limits] = Field(default_factory=dict)
    levels: dict[Level, Limits] = Field(default_factory=dict)
    cells: Annotated[tuple[Cell, ...], Field(strict=False)] = ()
    difficulty: Band = Band()
    exclude: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    enemies: Annotated[tuple[Group, ...], Field(strict=False)] = ()
    """Groups of items of which a form holds one at most, beside the enemies that items name themselves."""
    overlap: Count = 0
    """The most items that two forms assembled together may share."""
    mock_forms: Count = 20
    """How many forms the mock exam in the browser picks from; they may share items."""

    @property
    def points(self) -> int:
        return sum(part.count * part.points for part in self.parts)

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)


class Blueprints(Table[Blueprint]):
    """All blueprints by id."""

    def problem(self, blueprint_id: str, where: tuple[str | int, ...], what: str, mend: str) -> Problem:
        """Return a problem at the line of a part of a blueprint, or of what is nearest around it."""
        return Problem(*self.place(blueprint_id, *where), f"细目表 '{blueprint_id}' {what}", mend)


def read_blueprints(folder: Path, root: Path) -> tuple[Blueprints, list[Problem]]:
    """Return the blueprint of every `*.yml` in `folder`, which may be missing, and all problems."""
    found = Blueprints()
    problems: list[Problem] = []
    for document in read_folder(folder, root, problems):
        name = PurePath(document.path).stem
        found.places[name] = document, ()
        if blueprint := validated(Blueprint, document, (), f"细目表 '{name}' "):
            found[name] = blueprint

    return found, problems
