"""Bytes -> files that are written as a whole or not at all, and zips that are the same whenever they are made.

Knows nothing of what is in them.
"""

import io
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from handbook.problems import Failure, Unpublishable

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""Before it a zip has no dates."""
_LATEST = 4354819199
"""2107-12-31, in seconds, after which a zip has no dates."""
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


class Unwritable(Failure):
    """A file or folder that cannot be written; what was there before has not been touched."""

    def __init__(self, path: Path, error: OSError) -> None:
        reason = error.strerror or str(error)
        super().__init__(f"{path}: 写不进去（{reason}）；请检查文件夹、权限和磁盘空间，原来的文件没有动。")


def write_whole(target: Path, content: bytes) -> None:
    """Put `content` into `target`, which stays as it was unless all went well; raise Unwritable otherwise."""
    write_together(target.parent, {target.name: content})


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put all files into `folder`, which stays as it was unless all went well; raise Unwritable otherwise."""
    write_all({folder / name: content for name, content in files.items()})


def write_all(files: Mapping[Path, bytes | None]) -> None:
    """Write all files, and remove those without content; all stay as they were unless all went well, as above."""
    target = Path()
    try:
        for target in dict.fromkeys(path.parent for path in files):
            target.mkdir(parents=True, exist_ok=True)
        with ExitStack() as temporary, ExitStack() as undo:
            beside = {folder: _beside(folder, temporary) for folder in {path.parent for path in files}}
            for target, content in files.items():
                new, old = beside[target.parent]
                (new / target.name).write_bytes(content or b"")
                if target.exists():
                    shutil.copy2(target, old / target.name)
            for target, content in files.items():
                new, old = beside[target.parent]
                undo.callback(_put_back, old / target.name, target)
                (new / target.name).replace(target)
                if content is None:
                    target.unlink()
            undo.pop_all()
    except OSError as error:
        raise Unwritable(target, error) from None


def _beside(folder: Path, temporary: ExitStack) -> tuple[Path, Path]:
    """Return two folders in a folder, for what is new and for what was there before."""
    inside = Path(temporary.enter_context(tempfile.TemporaryDirectory(dir=folder, prefix=".new-")))
    new, old = inside / "new", inside / "old"
    new.mkdir()
    old.mkdir()

    return new, old


def _put_back(old: Path, target: Path) -> None:
    if old.exists():
        old.replace(target)
    else:
        target.unlink(missing_ok=True)


def fixed_moment() -> datetime | None:
    """Return SOURCE_DATE_EPOCH, the moment that publications carry instead of the time of day, or None when it is not set.

    The only reader of that variable; raises Unpublishable when it cannot be understood.
    """
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) <= 10 and int(said) <= _LATEST):
        raise Unpublishable(f"环境变量 SOURCE_DATE_EPOCH 应当是整数秒，现在是“{said}”；请改正，或者不设置它。")

    return datetime.fromtimestamp(int(said), UTC)


def zipped(files: Mapping[str, bytes], moment: datetime | None = None) -> bytes:
    """Return a zip of files by name; its dates are `moment`, or the first that a zip can hold."""
    stamp = max(EARLIEST, moment or EARLIEST).timetuple()[:6]
    archive = io.BytesIO()
    with ZipFile(archive, "w") as into:
        for name in sorted(files):
            entry = ZipInfo(name, stamp)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            into.writestr(entry, files[name], ZIP_DEFLATED, 9)

    return archive.getvalue()
