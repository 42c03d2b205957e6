"""Outcomes -> the lines of a table."""

from collections.abc import Iterator, Sequence

from tests.drift.trial import Outcome


def change_rows(outcomes: dict[str, list[Outcome]]) -> Iterator[str]:
    """Yield for each class of changes how many were planted, how many flagged for all their items, and the items missed."""
    yield _row("changes of meaning", "n", "flagged", "share", "items", "missed", "beyond")
    for kind, found in outcomes.items():
        yield _changes(kind, found)
    yield _changes("total", [outcome for found in outcomes.values() for outcome in found])


def neutral_rows(outcomes: dict[str, list[Outcome]]) -> Iterator[str]:
    """Yield for each class of neutral edits how many were planted and how many flagged."""
    yield _row("neutral edits", "n", "flagged", "share")
    for kind, found in outcomes.items():
        yield _counted(kind, [bool(outcome.flagged) for outcome in found])
    yield _counted("total", [bool(outcome.flagged) for found in outcomes.values() for outcome in found])


def contradiction_rows(noticed: dict[str, list[bool]]) -> Iterator[str]:
    """Yield for each class of contradictions how many were planted and how many noticed."""
    yield _row("contradictions, stamped", "n", "noticed", "share")
    for kind, found in noticed.items():
        yield _counted(kind, found)
    yield _counted("total", [one for found in noticed.values() for one in found])


def _changes(kind: str, found: Sequence[Outcome]) -> str:
    items, missed = sum(len(one.planting.items) for one in found), sum(len(one.missed) for one in found)
    whole = sum(not one.missed for one in found)

    return _row(
        kind, len(found), whole, _share(whole, len(found)), items, missed, sum(len(one.beyond) for one in found)
    )


def _counted(kind: str, found: Sequence[bool]) -> str:
    return _row(kind, len(found), sum(found), _share(sum(found), len(found)))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _row(*cells: object) -> str:
    first, *others = cells
    return f"{first!s:<52}" + "".join(f"{cell!s:>9}" for cell in others)
