"""Files by name -> a zip that is the same, byte for byte, whenever and wherever it is written.

Knows nothing of what is in them.
"""

import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from handbook.publishing.failures import Unpublishable, unwritable

_EARLIEST = 315532800  # 1980-01-01, before which a zip has no dates
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


def write_zip(target: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` to `target`, which stays as it was unless all went well; raise Unpublishable when it cannot be."""
    moment = time.gmtime(_epoch())[:6]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as beside:
            archive = Path(beside, target.name)
            with ZipFile(archive, "w") as into:
                for name in sorted(files):
                    entry = ZipInfo(name, moment)
                    entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
                    into.writestr(entry, files[name], ZIP_DEFLATED, 9)
            archive.replace(target)
    except OSError as error:
        raise unwritable(target, error) from None


def _epoch() -> int:
    """Return the seconds of all dates in the zip: SOURCE_DATE_EPOCH, or the first that a zip can hold."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if said and not said.isdecimal():
        raise Unpublishable(f"环境变量 SOURCE_DATE_EPOCH 应当是整数秒，现在是“{said}”；请改正，或者不设置它。")

    return max(_EARLIEST, int(said or 0))
