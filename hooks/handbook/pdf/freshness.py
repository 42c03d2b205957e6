"""The sources of the site -> a digest that the build leaves in the site, so that a stale site is noticed.

And all that may decide how a site prints -> a stamp that changes with any of it.
"""

import hashlib
from pathlib import Path

import handbook
from handbook.content.settings import Settings
from handbook.problems import Unpublishable

FILE = "sources.sha256"
_KINDS = {".md", ".yml", ".txt", ".html", ".py"}


def sources_digest(settings: Settings) -> str:
    """Return the digest of everything that decides what the pages say."""
    found = hashlib.sha256()
    for path in settings.files:
        found.update(path.read_bytes())
    for number, folder in enumerate((settings.docs, settings.templates, Path(handbook.__file__).parent)):
        for path in _texts(folder):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{number} {path.relative_to(folder).as_posix()} {content}\n".encode())

    return found.hexdigest()


def refuse_stale(settings: Settings, site: Path) -> None:
    """Raise Unpublishable unless the site was built from the sources as they are now."""
    built = site / FILE
    if not built.is_file():
        raise Unpublishable(f"{site}: 这里没有生成好的网站；请先运行 `make site`。")
    if built.read_text(encoding="utf-8").strip() != sources_digest(settings):
        raise Unpublishable(f"{site}: 网站比现在的手册旧，印出来会对不上；请先运行 `make site`。")


def stamp(settings: Settings, site: Path, made: str) -> str:
    """Return what changes with the built site, its sources, the templates or this package; `made` tells when and by what.

    What has the same stamp would be printed the same; that this costs little time is its only use.
    """
    found = hashlib.sha256(made.encode())
    for path in settings.files:
        found.update(path.read_bytes())
    for folder in (settings.docs, settings.templates, Path(handbook.__file__).parent, site):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and "__pycache__" not in name.parts and (folder != site or name.parts[0] != "pdf"):
                content = path.read_bytes()
                found.update(f"{name.as_posix()} {len(content)}\0".encode())
                found.update(content)

    return found.hexdigest()


def _texts(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix in _KINDS and path.is_file()]
