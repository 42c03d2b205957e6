"""SOURCE_DATE_EPOCH -> the moment that publications carry instead of the time of day. The only reader of that variable."""

import os
from datetime import UTC, datetime

from handbook.failures import Unpublishable

_LAST = 4354819199
"""2107-12-31, after which a zip has no dates."""


def fixed_moment() -> datetime | None:
    """Return the moment, or None when it is not set; raise Unpublishable when it cannot be understood."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) <= 10 and int(said) <= _LAST):
        raise Unpublishable(f"环境变量 SOURCE_DATE_EPOCH 应当是整数秒，现在是“{said}”；请改正，或者不设置它。")

    return datetime.fromtimestamp(int(said), UTC)
