"""Do the links to other sites still work?

Asks each address that is due, one after the other; while one host has to be left alone, others are asked. An address is
asked once a day at most; only if its server says that it is busy (429 or 5xx) is it asked again in the same run, at
most three times, not before the time that the server names.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from scripts.facts.link_health import Checked, LinkHealth
from scripts.facts.outward import Outward
from scripts.links.watch_fetch import Fetcher
from scripts.links.watch_pace import LADDER, PATIENCE, Clock
from scripts.links.watch_results import entered
from scripts.links.watch_verdict import Finding, judge

DAY = dt.timedelta(days=1)

Say = Callable[[str], None]


@dataclass
class Run:
    """What a run knew before, what it found, and which addresses it left alone because it was too early."""

    health: LinkHealth
    found: dict[str, Checked] = field(default_factory=dict)
    early: list[str] = field(default_factory=list)

    def results(self, links: Mapping[str, Outward]) -> dict[str, Checked]:
        """The result of each address that is still linked to, new or old."""
        both = {**self.health.results, **self.found}
        return {address: both[address] for address in links if address in both}


def run(
    links: Mapping[str, Outward],
    fetcher: Fetcher,
    clock: Clock,
    result: Run,
    *,
    read: Mapping[str, dt.date] | None = None,
    say: Say = lambda line: None,
) -> None:
    """Ask every address that is due.

    Args:
        links: the addresses, with what each is for.
        fetcher: asks.
        clock: what time it is, and a way to wait.
        result: what is known so far. It is filled as the run goes on.
        read: the day of the copy that we last read of a source, by address.
        say: is told each verdict.
    """
    health = result.health
    order = itertools.count()
    queue: list[tuple[dt.datetime, int, str, int]] = []
    begun = clock.now()
    for address in links:
        if _due(health.results.get(address), begun):
            heapq.heappush(queue, (begun, next(order), address, 0))
        else:
            result.early.append(address)
    while queue:
        due, _, address, tries = heapq.heappop(queue)
        host = urlsplit(address).netloc
        free = fetcher.pace.free(host)
        if free > max(due, clock.now()) and queue and queue[0][0] < free:
            heapq.heappush(queue, (free, next(order), address, tries))  # somebody else can go first
            continue
        wait = (due - clock.now()).total_seconds()
        if wait > 0:
            clock.sleep(wait)
        finding = judge(fetcher.fetch(address, again=tries > 0), clock.now())
        seconds = _next_try(finding, tries)
        if finding.again and seconds is not None:
            then = clock.now() + dt.timedelta(seconds=seconds)
            fetcher.pace.hold(host, then)
            heapq.heappush(queue, (then, next(order), address, tries + 1))
            continue
        if (finding.retry or 0) <= PATIENCE:
            finding = replace(finding, retry=None)
        entry = entered(health, links[address], finding, clock.now(), read=(read or {}).get(address))
        result.found[address] = entry
        say(f"{entry.verdict:12} {address}")


def _due(before: Checked | None, now: dt.datetime) -> bool:
    if before is None:
        return True
    return now - before.checked >= DAY and (before.wait_until is None or before.wait_until <= now)


def _next_try(finding: Finding, tries: int) -> float | None:
    """Seconds until the next try; None if this was the last one, or if the server wants more patience than we have."""
    if tries >= len(LADDER):
        return None
    seconds = LADDER[tries] if finding.retry is None else max(finding.retry, 1.0)
    return seconds if seconds <= PATIENCE else None
