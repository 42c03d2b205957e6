"""What is to be printed -> proven PDFs in their places, all or none; what has not changed is not made again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handbook.book import Book
from handbook.files import fixed_moment, write_all
from handbook.pdf.freshness import refuse_stale, stamp
from handbook.pdf.parts import Part, Parts
from handbook.pdf.setting import Job, proven
from handbook.pdf.shelf import Proven, Shelf
from handbook.pdf.workers import cores, in_parallel
from handbook.press import typst
from handbook.review.history import checked_out


@dataclass(frozen=True)
class Printed:
    """One finished PDF."""

    path: Path
    pages: int
    anew: bool
    """Whether it was made, and not found unchanged."""


class Press:
    """Prints from one built site; raises Unpublishable, and then leaves all PDFs as they were."""

    def __init__(self, book: Book, site: Path, progress: Callable[[str], None] = lambda _: None) -> None:
        refuse_stale(book.settings, site)
        self._progress, self._templates = progress, book.settings.templates / "print"
        self._shelf = Shelf(book.settings.root / ".cache/pdf")
        day, changed = _edition(book.settings.root)
        self.parts = Parts(book, site, day, changed=changed)
        self._stamp = stamp(book.settings, site, f"{day} {changed} {typst.makers()}")

    def print(self, targets: Mapping[Path, Part]) -> list[Printed]:
        """Write each part to its file."""
        known = {part.name: self._shelf.find(part.name, stamp=self._stamp) for part in targets.values()}
        there = {name: found for name, found in known.items() if found}
        same, anew = self._made([part for part in targets.values() if part.name not in there])
        finished = there | same | anew
        files: dict[Path, bytes | None] = {}
        for name, found in (same | anew).items():
            files |= self._shelf.files(name, found, self._stamp)
        for path, part in targets.items():
            if not _holds(path, pdf := finished[part.name].pdf):
                files[path] = pdf
        write_all(files)

        return [Printed(path, finished[part.name].pages, part.name in anew) for path, part in targets.items()]

    def tidy(self) -> None:
        """Forget PDFs of what is no longer printed."""
        self._shelf.keep(part.name for answers in (True, False) for part in self.parts.all(answers=answers))

    def _made(self, parts: list[Part]) -> tuple[dict[str, Proven], dict[str, Proven]]:
        """Return, by their names, the parts that are made of the same as before, and those that had to be made."""
        same: dict[str, Proven] = {}
        digests: dict[str, str] = {}

        def jobs() -> Iterator[Job]:
            for part in parts:
                sources = typst.sources(part.document(), self._templates)
                digest = typst.digest(sources)
                if found := self._shelf.find(part.name, sources=digest):
                    same[part.name] = found
                else:
                    digests[part.name] = digest
                    yield Job(sources, part.expected())

        def told(done: int) -> None:
            self._progress(f"排版并核对：{done + len(same)} / {len(parts)}")

        made = in_parallel(proven, jobs(), cores(), told)

        return same, {name: Proven(*one, digest) for (name, digest), one in zip(digests.items(), made, strict=True)}


def _edition(root: Path) -> tuple[date | None, bool]:
    """Return the day for the cover, and whether there are changes yet to be committed; SOURCE_DATE_EPOCH goes before."""
    commit, moment = checked_out(root), fixed_moment()
    day = moment.date() if moment else commit.day if commit else None

    return day, bool(commit and commit.changed)


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether a file says just that already."""
    return path.is_file() and path.read_bytes() == content
