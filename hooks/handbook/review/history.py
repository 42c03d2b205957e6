"""A git revision -> the handbook as it was, and the text of a section as it was reviewed.

The only module that runs git; without git or a history it returns nothing.
"""

import io
import subprocess
import tarfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.bank.lock import Stamp
from handbook.book import Book, read_book
from handbook.content.facts import Facts, filled, read_facts
from handbook.content.sections import read_page
from handbook.content.settings import Settings
from handbook.reading.digests import digest


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


def reviewed_text(settings: Settings, stamp: Stamp) -> str | None:
    """Return the section's text as the reviewer saw it, or None when the history does not hold it."""
    page, _, anchor = stamp.section.partition("#")
    root, path, facts = settings.root, settings.chapter_path(page), settings.shown(settings.facts)
    past = (_sections_at(root, revision, path, facts).get(anchor) for revision in _revisions(root, path, facts))

    return next((text for text in past if text is not None and digest(text) == stamp.section_digest), None)


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


@cache
def _revisions(root: Path, page: str, facts: str) -> tuple[str, ...]:
    """Return those that touched the page or the facts, newest first."""
    listed = _git(root, "log", "--format=%H", "--", page, facts)
    return tuple((listed or b"").decode().split())


@cache
def _sections_at(root: Path, revision: str, page: str, facts: str) -> dict[str, str]:
    """Return the sections of a page with their facts filled in."""
    text = _git(root, "show", f"{revision}:./{page}")
    if text is None:
        return {}
    known = _facts_at(root, revision, facts)
    parsed, _ = read_page(text.decode(errors="replace"), page, page)

    return {section.anchor: filled(section.text, known) for section in parsed.sections}


@cache
def _facts_at(root: Path, revision: str, facts: str) -> Facts:
    text = _git(root, "show", f"{revision}:./{facts}")
    if text is None:
        return Facts()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.yml"
        path.write_bytes(text)
        return read_facts(path, facts)[0]


def _git(root: Path, *arguments: str) -> bytes | None:
    """Return what git prints, or None when it fails or is not there; `REVISION:./path` is as seen from `root`."""
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- git, with our own arguments
    except OSError:
        return None

    return done.stdout if done.returncode == 0 else None
