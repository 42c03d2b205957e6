"""A planting -> what the handbook says to it: which items are to be read again, and what the checks find.

One trial is independent of every other, so that several processes can share them.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from tests.drift.engine import Nearness, flagged, reviewed, warnings
from tests.drift.handbook import Handbook, read_handbook
from tests.drift.planting import Planting

from handbook.book import Book

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """What was planted, and the items flagged for it."""

    planting: Planting
    flagged: dict[str, Nearness]

    @property
    def missed(self) -> frozenset[str]:
        """The items that had to be flagged, and are not."""
        return self.planting.items - self.flagged.keys()

    @property
    def beyond(self) -> set[str]:
        """The items that are flagged though nothing about them changed."""
        return self.flagged.keys() - self.planting.items - self.planting.may

    @property
    def direct(self) -> list[str]:
        """The items that are flagged as near to the change."""
        return sorted(name for name, nearness in self.flagged.items() if nearness == "direct")


@dataclass(frozen=True)
class Trial:
    """The handbook, as one process has read it."""

    handbook: Handbook

    @cached_property
    def reviewed(self) -> Book:
        """The handbook as it is, all of it reviewed."""
        return reviewed(self.handbook.book)

    @cached_property
    def known(self) -> set[str]:
        """What the checks say of it."""
        return warnings(self.reviewed)

    def outcome(self, planting: Planting) -> Outcome:
        """Return what is flagged after a change of what was reviewed."""
        text = self.handbook.texts[planting.path]
        before, after = planting.texts(text)
        seen = self.reviewed if before == text else reviewed(self.handbook.changed(planting.path, before))

        return Outcome(planting, flagged(seen, self.handbook.changed(planting.path, after)))

    def noticed(self, planting: Planting) -> bool:
        """Tell whether the checks say something new of the item, all being stamped after the change."""
        _, after = planting.texts(self.handbook.texts[planting.path])
        new = warnings(reviewed(self.handbook.changed(planting.path, after))) - self.known

        return any(f"'{item}'" in what for what in new for item in planting.items)


@cache
def trial() -> Trial:
    """Return the trial of this process."""
    return Trial(read_handbook(ROOT))


T = TypeVar("T")


def outcomes(plantings: Iterable[Planting]) -> Iterator[Outcome]:
    """Yield the outcome of each planting, in order."""
    return _shared(_outcome, list(plantings))


def noticed(plantings: Iterable[Planting]) -> Iterator[bool]:
    """Yield for each planting whether the checks notice it, in order."""
    return _shared(_noticed, list(plantings))


def _shared(ask: Callable[[Planting], T], plantings: list[Planting]) -> Iterator[T]:
    with ProcessPoolExecutor() as pool:
        yield from pool.map(ask, plantings, chunksize=4)


def _outcome(planting: Planting) -> Outcome:
    return trial().outcome(planting)


def _noticed(planting: Planting) -> bool:
    return trial().noticed(planting)
