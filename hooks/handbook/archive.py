"""Files by name -> a zip that is the same, byte for byte, whenever and wherever it is made.

Knows nothing of what is in them.
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from handbook.moment import fixed_moment

_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""Before it a zip has no dates."""
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the zip; its dates are SOURCE_DATE_EPOCH, or the first that a zip can hold."""
    moment = max(_EARLIEST, fixed_moment() or _EARLIEST).timetuple()[:6]
    archive = io.BytesIO()
    with ZipFile(archive, "w") as into:
        for name in sorted(files):
            entry = ZipInfo(name, moment)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            into.writestr(entry, files[name], ZIP_DEFLATED, 9)

    return archive.getvalue()
