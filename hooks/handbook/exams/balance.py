"""Parallel forms -> the figures by which to judge how alike they are.

Knows nothing of how they are printed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from handbook.exams.forms import ExamForm
from handbook.exams.pool import chapter


@dataclass(frozen=True)
class Balance:
    """One form in figures: its items, their mean difficulty, those of each chapter, and key places (0 is A) by type."""

    count: int
    difficulty: Fraction
    chapters: Counter[str]
    keys: dict[str, Counter[int]]


def balance(exam_form: ExamForm) -> Balance:
    """Return the figures of one form."""
    places = list(exam_form.places)
    keys: dict[str, Counter[int]] = {}
    for place in places:
        if own := place.item.keyed():
            held = keys.setdefault(place.item.type, Counter())
            held.update(index for index, one in enumerate(place.offered) if one in own)
    mean = Fraction(sum(place.item.difficulty for place in places), len(places))

    return Balance(len(places), mean, Counter(chapter(place.item) for place in places), keys)


def shared(forms: Sequence[ExamForm]) -> list[tuple[str, str, int]]:
    """Return how many items each two forms have in common."""
    ids = {exam_form.letter: {place.item.id for place in exam_form.places} for exam_form in forms}

    return [(one, other, len(ids[one] & ids[other])) for one, other in combinations(ids, 2)]
