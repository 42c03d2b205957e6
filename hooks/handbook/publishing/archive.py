"""Files by name -> a zip that is the same, byte for byte, whenever and wherever it is made.

Knows nothing of what is in them.
"""

import io
import os
import time
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from handbook.publishing.failures import Unpublishable

_EARLIEST = 315532800  # 1980-01-01, before which a zip has no dates
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the zip; raise Unpublishable when SOURCE_DATE_EPOCH is none."""
    moment = time.gmtime(_epoch())[:6]
    archive = io.BytesIO()
    with ZipFile(archive, "w") as into:
        for name in sorted(files):
            entry = ZipInfo(name, moment)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            into.writestr(entry, files[name], ZIP_DEFLATED, 9)

    return archive.getvalue()


def _epoch() -> int:
    """Return the seconds of all dates in the zip: SOURCE_DATE_EPOCH, or the first that a zip can hold."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if said and not (said.isascii() and said.isdecimal()):
        raise Unpublishable(f"环境变量 SOURCE_DATE_EPOCH 应当是整数秒，现在是“{said}”；请改正，或者不设置它。")

    return max(_EARLIEST, int(said or 0))
