"""A place in one file of the handbook -> what stood there when it was reviewed, and what stands there now.

Knows nothing of how plantings are found, nor of what looks at them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
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


def chosen(plantings: list[Planting], wanted: int, seed: int) -> list[Planting]:
    """Return so many of one kind, spread over the files: none is chosen twice from before every other was chosen once."""
    random = Random(f"{seed} {plantings[0].kind}")  # noqa: S311 -- a sample that can be drawn again
    files: dict[str, list[Planting]] = {}
    for planting in plantings:
        files.setdefault(planting.path, []).append(planting)
    for listed in files.values():
        random.shuffle(listed)
    order = sorted(files, key=lambda _: random.random())
    turns = (files[path][turn] for turn in range(len(plantings)) for path in order if turn < len(files[path]))

    return [planting for planting, _ in zip(turns, range(wanted), strict=False)]


def once(plantings: Iterable[Planting], key: Callable[[Planting], object]) -> Iterator[Planting]:
    """Yield the first planting of each key."""
    seen: set[object] = set()
    for planting in plantings:
        if key(planting) not in seen:
            seen.add(key(planting))
            yield planting
