"""Which day is it, for everything that depends on the day?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping


def which_day(as_of: dt.date | None, environ: Mapping[str, str]) -> dt.date:
    """The day that counts as today: the one asked for, else that of SOURCE_DATE_EPOCH (UTC), else the calendar's.

    Raises:
        ValueError: if SOURCE_DATE_EPOCH is not a number of seconds.
    """
    if as_of is not None:
        return as_of
    epoch = environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date() if epoch else dt.date.today()
