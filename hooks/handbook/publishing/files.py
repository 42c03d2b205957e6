"""Bytes -> a file that is written as a whole or not at all."""

import tempfile
from pathlib import Path

from handbook.publishing.failures import unwritable


def write_whole(target: Path, content: bytes) -> None:
    """Put `content` into `target`, which stays as it was unless all went well; raise Unpublishable otherwise."""
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
        raise unwritable(target, error) from None
