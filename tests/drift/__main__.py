"""`python -m tests.drift`: plant changes in the real handbook, one at a time, and count what it says to them."""

import argparse
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tests.drift import classes
from tests.drift.contradictions import WANTED
from tests.drift.pairs import pairs, sample
from tests.drift.planting import Planting, chosen
from tests.drift.table import change_rows, contradiction_rows, neutral_rows
from tests.drift.trial import Outcome, noticed, outcomes, trial

EACH, EACH_NEUTRAL, PAIRS = 32, 16, 50


def main() -> None:
    """Print the table."""
    options = _options()
    book = trial().handbook
    changed = _outcomes(classes.changes(book), options.sample or EACH, options)
    _print(change_rows(changed), changed)
    direct = list(pairs(book, (one for found in changed.values() for one in found)))
    if direct:
        dependent = sum(pair.dependent for pair in direct)
        share = f"{100 * dependent / len(direct):.0f} %"
        _print(
            iter([f"direct alarms: {len(direct)}, of items that depend on the change (by machine): {share}"]), direct
        )
    if options.pairs:
        Path(options.pairs).write_text("\n\n".join(map(str, sample(direct, PAIRS, options.seed))), encoding="utf-8")
    edited = _outcomes(classes.neutral(book), options.sample or EACH_NEUTRAL, options)
    _print(neutral_rows(edited), edited)
    contrary = _chosen(classes.contradictions(book), options.sample, options)
    told = {kind: list(noticed(found)) for kind, found in contrary.items()}
    _print(contradiction_rows(told), told)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.drift", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--classes", nargs="+", metavar="CLASS", help="only these, with * for any letters")
    parser.add_argument("--sample", type=int, metavar="K", help="so many of each class")
    parser.add_argument("--pairs", metavar="FILE", help=f"write {PAIRS} direct alarms for a person to read")

    return parser.parse_args()


def _chosen(found: classes.Classes, each: int | None, options: argparse.Namespace) -> classes.Classes:
    """Return so many of each class that was asked for; contradictions have numbers of their own, one to an item."""
    return {
        kind: chosen(plantings, each or WANTED[kind], options.seed, _item if kind in WANTED else _file)
        for kind, plantings in found.items()
        if not options.classes or any(fnmatch(kind, wanted) for wanted in options.classes)
    }


def _file(planting: Planting) -> object:
    return planting.path


def _item(planting: Planting) -> object:
    return planting.items


def _outcomes(found: classes.Classes, each: int, options: argparse.Namespace) -> dict[str, list[Outcome]]:
    listed = _chosen(found, each, options)
    results = outcomes(planting for plantings in listed.values() for planting in plantings)

    return {kind: [next(results) for _ in plantings] for kind, plantings in listed.items()}


def _print(rows: Iterator[str], found: object) -> None:
    if found:
        sys.stdout.write("\n".join(("", *rows, "")))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
