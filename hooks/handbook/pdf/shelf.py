"""Proven PDFs -> a folder that keeps them beside what they were made from, so that none is made twice.

A PDF is found by its `stamp`, which changes with anything that may decide how it comes out and is quick to reckon, or by
its `sources`, which change only with what it is made of. Knows nothing of how it is made.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Proven:
    """A PDF from which nothing is missing, and how many pages it has."""

    pdf: bytes
    pages: int
    sources: str


class Shelf:
    """One folder; of each name it keeps the last PDF."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str, **wanted: str) -> Proven | None:
        """Return what is kept if its `stamp` or its `sources` are as wanted, and it is still whole."""
        try:
            record = json.loads((self._folder / f"{name}.json").read_bytes())
            pdf = (self._folder / f"{name}.pdf").read_bytes()
            proven = Proven(pdf, record["pages"], record["sources"])
            same = wanted.items() <= record.items() and record["pdf"] == _digest(pdf)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):  # nothing is there, or not what we wrote
            return None

        return proven if same else None

    def files(self, name: str, proven: Proven, stamp: str) -> dict[Path, bytes | None]:
        """Return the files that keep a PDF."""
        record = {"stamp": stamp, "sources": proven.sources, "pages": proven.pages, "pdf": _digest(proven.pdf)}
        written = json.dumps(record).encode()

        return {self._folder / f"{name}.pdf": proven.pdf, self._folder / f"{name}.json": written}

    def keep(self, names: Iterable[str]) -> None:
        """Drop what is kept under other names than these."""
        known = set(names)
        for path in self._folder.glob("*.*"):
            if path.stem not in known:
                path.unlink(missing_ok=True)  # another run may have been faster


def _digest(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()
