"""Why something could not be published, in one line for the person who can mend it. Knows nothing of what is published."""

from pathlib import Path


class Unpublishable(Exception):
    """The message says what is wrong and how to mend it, in Chinese; what was there before has not been touched."""


def unwritable(path: Path, error: OSError) -> Unpublishable:
    """Return the failure of writing `path`."""
    reason = error.strerror or str(error)
    return Unpublishable(f"{path}: 写不进去（{reason}）；请检查文件夹、权限和磁盘空间，原来的文件没有动。")
