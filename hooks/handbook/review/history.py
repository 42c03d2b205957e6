"""A git revision -> the handbook as it was; the lines of a file -> who wrote them.

The only module that runs git; without git or a history it returns nothing.
"""

import io
import subprocess
import tarfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.book import Book, read_book
from handbook.content.settings import Settings


@dataclass(frozen=True)
class Commit:
    """What was checked out: its short hash, its day, and whether the files still are as they were committed."""

    hash: str
    day: date
    changed: bool

    @property
    def name(self) -> str:
        """The hash, with `+` behind it when the files are not quite those of the commit."""
        return f"{self.hash}{'+' * self.changed}"


class NoRevision(Exception):
    """The revision is not in the history, or there is no history."""


def book_at(settings: Settings, revision: str, config_name: str) -> Book:
    """Return the whole book as of a git revision; raise NoRevision when git does not know it."""
    sources = [settings.shown(path) for path in (*settings.files, settings.docs)]
    found = _git(settings.root, "archive", "--format=tar", revision, *sources)
    if found is None:
        raise NoRevision(revision)
    with TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(found)) as archive:
        for member in archive:
            if contents := archive.extractfile(member):
                path = Path(folder) / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(contents.read())
        return read_book(Path(folder) / config_name)


def checked_out(root: Path) -> Commit | None:
    """Return the commit that the files under `root` are of, or None without a history."""
    found = _git(root, "log", "-1", "--format=%h %cs", "--abbrev=12")
    if not found:
        return None
    name, day = found.decode().split()
    changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", ".")

    return Commit(name, date.fromisoformat(day), bool(changed))


def authors(root: Path, path: str, first: int, last: int | None) -> set[str]:
    """Return who wrote some lines of a file, or all from the first; none of whom may be known; lines not yet committed have no author."""
    blamed = _git(root, "blame", "--line-porcelain", "-L", f"{first},{last or ''}", "--", path) or b""
    lines = blamed.decode(errors="replace").splitlines()

    return {line.removeprefix("author ") for line in lines if line.startswith("author ")} - {"Not Committed Yet"}


def _git(root: Path, *arguments: str) -> bytes | None:
    """Return what git prints, or None when it fails or is not there; `REVISION:./path` is as seen from `root`."""
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- git, with our own arguments
    except OSError:
        return None

    return done.stdout if done.returncode == 0 else None
