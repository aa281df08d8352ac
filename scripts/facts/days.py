"""What does a date in the facts look like, and how is it said aloud?

Sources do not always name a day: "September 2025" is all that some of them give. A `Day` keeps exactly as much as is
known, sorts by its first possible day, and is written out in plain English ("3 November 2025").
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering

_MONTHS = tuple(calendar.month_name)  # looked up once: the calendar module formats a date for each look
_PATTERN = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


@total_ordering
@dataclass(frozen=True)
class Day:
    """A calendar day, a month or a year, as far as it is known (proleptic Gregorian calendar)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Day:
        """Read `2025-11-03`, `2025-11` or `2025`.

        Raises:
            ValueError: if the text is none of these, or names a day that does not exist.
        """
        match = _PATTERN.match(text.strip())
        if not match:
            raise ValueError(f'"{text}" is not a date; write 2025-11-03, or 2025-11 if only the month is known')
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        dt.date(year, month or 1, day or 1)  # raises ValueError for 2025-02-30
        return cls(year, month, day)

    @property
    def first(self) -> dt.date:
        """The first day that it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day that it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def iso(self) -> str:
        """The date as written in the data files, which HTML's `datetime` accepts as well."""
        return "-".join(f"{part:0{width}}" for part, width in ((self.year, 4), (self.month, 2), (self.day, 2)) if part)

    def __str__(self) -> str:
        """Plain English: 3 November 2025, November 2025, or 2025."""
        parts = [str(self.day)] if self.day else []
        if self.month:
            parts.append(_MONTHS[self.month])
        return " ".join([*parts, str(self.year)])

    def __lt__(self, other: object) -> bool:
        """Earlier first; of two that begin on one day, the more exact first."""
        if not isinstance(other, Day):
            return NotImplemented
        return (self.first, self.last) < (other.first, other.last)


def in_words(date: dt.date) -> str:
    """A full calendar date in plain English, such as 3 November 2025."""
    return str(Day(date.year, date.month, date.day))
