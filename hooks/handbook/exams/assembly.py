"""Book + blueprint + seed -> parallel forms, or the forms of the mock exam, or why there are none.

The same input gives the same forms on every machine; knows nothing of how they are shown or printed.
"""

from collections import Counter
from collections.abc import Sequence

from handbook.book import Book
from handbook.exams.arranging import arranged
from handbook.exams.forms import ExamForm
from handbook.exams.pool import Pool, pool
from handbook.exams.selection import MOST_SHARING, select
from handbook.exams.shortage import reasons
from handbook.problems import Refusal


class Unmet(Refusal):
    """The bank cannot meet a blueprint."""


def parallel_forms(book: Book, blueprint_id: str, letters: Sequence[str], seed: int) -> list[ExamForm]:
    """Return one form for each letter, as alike as the bank allows; raise Unmet, NoSolver or GaveUp.

    Forms share items only when there is no choice without and the blueprint's `overlap` allows it.
    """
    blueprint, chapters, forms = book.blueprints[blueprint_id], book.chapter_stems, len(letters)
    candidates = pool(book.bank.items, blueprint, forms, seed)
    chosen = select(candidates, blueprint, chapters, forms)
    if chosen is None and blueprint.overlap and 1 < forms <= MOST_SHARING:
        chosen = select(candidates, blueprint, chapters, forms, blueprint.overlap)
    if chosen is None:
        raise _unmet(book, blueprint_id, candidates, forms)

    return [
        ExamForm(blueprint_id, blueprint, letter, arranged(units, blueprint, f"{seed}:{letter}"))
        for letter, units in zip(letters, chosen, strict=True)
    ]


def mock_forms(book: Book, blueprint_id: str) -> list[ExamForm]:
    """Return the blueprint's `mock_forms` forms, named 1, 2, 3 …; raise Unmet, NoSolver or GaveUp.

    Each meets the blueprint by itself and prefers the items used least so far, so that all are used about equally.
    """
    blueprint = book.blueprints[blueprint_id]
    used: Counter[str] = Counter()
    forms = []
    for number in range(1, blueprint.mock_forms + 1):
        seed = f"mock:{blueprint_id}:{number}"
        candidates = pool(book.bank.items, blueprint, 1, seed, used)
        chosen = select(candidates, blueprint, book.chapter_stems, 1)
        if chosen is None:
            raise _unmet(book, blueprint_id, candidates, 1)
        used.update(item.id for unit in chosen[0] for item in unit.items)
        forms.append(ExamForm(blueprint_id, blueprint, str(number), arranged(chosen[0], blueprint, seed)))

    return forms


def _unmet(book: Book, blueprint_id: str, candidates: Pool, forms: int) -> Unmet:
    found = reasons(candidates, list(book.bank.items), book.blueprints[blueprint_id], book.chapter_stems, forms)

    return Unmet(*(book.blueprints.problem(blueprint_id, *reason) for reason in found))
