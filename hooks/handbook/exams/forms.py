"""What an exam form is: its parts, the items in their order, their options in theirs, and the points of each.

Knows nothing of how a form comes about or of how it is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from handbook.bank.blueprints import Blueprint, PartPlan
from handbook.items import Item
from handbook.items.parts import Criterion, Offered


@dataclass(frozen=True)
class Place:
    """An item as one form shows it: what it is worth there, and the names of what it offers in the order shown."""

    item: Item
    points: int
    order: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[Offered, ...]:
        """What the item offers, in the order shown."""
        return self.item.named(self.order)

    @property
    def criteria(self) -> tuple[tuple[Criterion, Fraction], ...]:
        """The rubric with each criterion's share of `points`, in halves of a point; the sum is exact."""
        rubric = self.item.criteria()
        return tuple(zip(rubric, _shares(rubric, self.points), strict=True))


@dataclass(frozen=True)
class Part:
    """The items of one type, with the plan they were chosen by."""

    plan: PartPlan
    places: tuple[Place, ...]

    @property
    def points(self) -> int:
        return sum(place.points for place in self.places)


@dataclass(frozen=True)
class ExamForm:
    """One form (A 卷, B 卷 …) of a blueprint; `letter` is its name among its parallel forms."""

    blueprint_id: str
    blueprint: Blueprint
    letter: str
    parts: tuple[Part, ...]

    @property
    def places(self) -> Iterator[Place]:
        """All items with their points, in the order of the form."""
        return (place for part in self.parts for place in part.places)

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts)


def _shares(rubric: Sequence[Criterion], points: int) -> list[Fraction]:
    """Divide `points` among the criteria as their own points say: largest remainders, in halves of a point."""
    own = sum(criterion.points for criterion in rubric)
    exact = [Fraction(2 * points * criterion.points, own) for criterion in rubric]
    halves = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (halves[index] - exact[index], index))
    for index in by_remainder[: 2 * points - sum(halves)]:
        halves[index] += 1

    return [Fraction(half, 2) for half in halves]
