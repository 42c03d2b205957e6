"""Bytes -> a file that is written as a whole or not at all."""

import tempfile
from pathlib import Path

from handbook.problems import Failure


class Unwritable(Failure):
    """A file or folder that cannot be written; what was there before has not been touched."""

    def __init__(self, path: Path, error: OSError) -> None:
        reason = error.strerror or str(error)
        super().__init__(f"{path}: 写不进去（{reason}）；请检查文件夹、权限和磁盘空间，原来的文件没有动。")


def write_whole(target: Path, content: bytes) -> None:
    """Put `content` into `target`, which stays as it was unless all went well; raise Unwritable otherwise."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as beside:
            path = Path(beside.name)
            try:
                beside.write(content)
                beside.close()
                path.chmod(0o644)
                path.replace(target)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise Unwritable(target, error) from None
