"""A place in one file of the handbook -> what stood there when it was reviewed, and what stands there now.

Knows nothing of how plantings are found, nor of what looks at them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from random import Random


@dataclass(frozen=True)
class Planting:
    """One change: `before` and `after` stand in the place of `text[start:end]` of the file as it is.

    `before` differs from what is there only where the handbook has no example of its own: it is planted, too.
    """

    kind: str
    path: str
    start: int
    end: int
    before: str
    after: str
    items: frozenset[str] = frozenset()
    """Those that have to be read again."""
    may: frozenset[str] = frozenset()
    """Those that may be: what changed stands around what they rest on."""

    def texts(self, text: str) -> tuple[str, str]:
        """Return the file as it was reviewed, and as it is now."""
        head, tail = text[: self.start], text[self.end :]
        return f"{head}{self.before}{tail}", f"{head}{self.after}{tail}"

    def backwards(self, kind: str) -> "Planting":
        """Return the change the other way round: what was planted has been reviewed, and now it is as in the file."""
        return replace(self, kind=kind, before=self.after, after=self.before)


def by_kind(plantings: Iterable[Planting]) -> dict[str, list[Planting]]:
    """Return the plantings by their kind, kinds in the order in which they first come."""
    found: dict[str, list[Planting]] = {}
    for planting in plantings:
        found.setdefault(planting.kind, []).append(planting)

    return found


def chosen(plantings: list[Planting], wanted: int, seed: int, spread: Callable[[Planting], object]) -> list[Planting]:
    """Return so many of one kind: none is chosen again from where `spread` says before every other place had its turn."""
    random = Random(f"{seed} {plantings[0].kind}")  # noqa: S311 -- a sample that can be drawn again
    places: dict[object, list[Planting]] = {}
    for planting in random.sample(plantings, len(plantings)):
        places.setdefault(spread(planting), []).append(planting)
    turns = (there[turn] for turn in range(len(plantings)) for there in places.values() if turn < len(there))

    return list(islice(turns, wanted))
