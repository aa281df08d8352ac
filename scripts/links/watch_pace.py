"""When may the next request go to a host?

At most one request a second goes to a host, fewer if it asks for that, none before the time that it named. Everything
that waits asks a `Clock`, so that tests need not wait.
"""

from __future__ import annotations

import datetime as dt
import time
from email.utils import parsedate_to_datetime
from typing import Protocol

GAP = 1.0  # seconds between two requests to one host
LONGEST_GAP = 30.0  # a site that asks for more than that gets that
LADDER = (60.0, 300.0, 1500.0)  # seconds before the second, third and fourth try
PATIENCE = 1800.0  # a server that wants us to wait longer than this is asked again in the next run


class Clock(Protocol):
    """What time it is, and a way to wait."""

    def now(self) -> dt.datetime:
        """The time in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class RealClock:
    """The clock of this machine."""

    def now(self) -> dt.datetime:
        """The time in UTC."""
        return dt.datetime.now(dt.UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class Pace:
    """Knows when each host was asked last, and holds back whoever comes too early."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next: dict[str, dt.datetime] = {}
        self._gaps: dict[str, float] = {}

    def slow(self, host: str, seconds: float) -> None:
        """Leave more time between two requests to a host."""
        self._gaps[host] = min(max(seconds, GAP), LONGEST_GAP)

    def hold(self, host: str, until: dt.datetime) -> None:
        """Ask a host nothing before a certain time."""
        self._next[host] = max(until, self._next.get(host, until))

    def free(self, host: str) -> dt.datetime:
        """When a host may be asked again; long ago, if it was never asked."""
        return self._next.get(host, dt.datetime.min.replace(tzinfo=dt.UTC))

    def wait(self, host: str) -> None:
        """Wait for a host's turn, and take it."""
        early = (self.free(host) - self._clock.now()).total_seconds()
        if early > 0:
            self._clock.sleep(early)
        self._next[host] = self._clock.now() + dt.timedelta(seconds=self._gaps.get(host, GAP))


def retry_after(value: str | None, now: dt.datetime) -> float | None:
    """How many seconds a `Retry-After` header asks us to wait; None if it says nothing that we understand."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    return max(0.0, (when - now).total_seconds())
