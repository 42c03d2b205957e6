"""Book + blueprint + seed -> parallel forms, or the forms of the mock exam, or why there are none.

The same input gives the same forms on every machine; knows nothing of how they are shown or printed.
"""

from collections import Counter
from collections.abc import Sequence

from handbook.book import Book
from handbook.exams.arranging import arranged
from handbook.exams.forms import ExamForm
from handbook.exams.pool import Unit, pool
from handbook.exams.selection import MOST_SHARING, select
from handbook.exams.shortage import reasons
from handbook.problems import Refusal


class Unmet(Refusal):
    """The bank cannot meet a blueprint."""


def parallel_forms(book: Book, blueprint_id: str, letters: Sequence[str], seed: int) -> list[ExamForm]:
    """Return one form for each letter, as alike as the bank allows; raise Unmet or Failure.

    Forms share items only when there is no choice without and the blueprint's `overlap` allows it.
    """
    blueprint = book.blueprints[blueprint_id]
    chosen = _chosen(book, blueprint_id, len(letters), seed, Counter())

    return [
        ExamForm(blueprint_id, blueprint, letter, arranged(units, blueprint, f"{seed}:{letter}"))
        for letter, units in zip(letters, chosen, strict=True)
    ]


def mock_forms(book: Book, blueprint_id: str) -> list[ExamForm]:
    """Return the blueprint's `mock_forms` forms, named 1, 2, 3 …; raise Unmet or Failure.

    Each meets the blueprint by itself and prefers the items used least so far, so that all are used about equally.
    """
    blueprint = book.blueprints[blueprint_id]
    used: Counter[str] = Counter()
    forms = []
    for number in range(1, blueprint.mock_forms + 1):
        seed = f"mock:{blueprint_id}:{number}"
        [units] = _chosen(book, blueprint_id, 1, seed, used)
        used.update(item.id for unit in units for item in unit.items)
        forms.append(ExamForm(blueprint_id, blueprint, str(number), arranged(units, blueprint, seed)))

    return forms


def _chosen(book: Book, blueprint_id: str, forms: int, seed: object, used: Counter[str]) -> list[list[Unit]]:
    """Return the units of each form, without shared items if that is possible."""
    blueprint = book.blueprints[blueprint_id]
    candidates = pool(book, blueprint, forms, seed, used)
    chosen = select(candidates, forms, 0)
    if chosen is None and blueprint.overlap and 1 < forms <= MOST_SHARING:
        chosen = select(candidates, forms, blueprint.overlap)
    if chosen is None:
        found = reasons(candidates, list(book.bank.items), forms)
        raise Unmet(*(book.blueprints.problem(blueprint_id, *reason) for reason in found))

    return chosen
