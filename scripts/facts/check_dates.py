"""Can the dates of a record be right?

These rules are part of `check.RULES`. Pure: nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from scripts.facts.catalogue import Catalogue, Placed
from scripts.facts.days import Day, in_words
from scripts.facts.model import Claim, Event, Guide, Record, Source
from scripts.facts.problems import Problem


def future_dates(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Nobody can have read, published or lived through something after today. (from and until may lie ahead.)"""

    def ahead(placed: Placed[Record], keys: Iterable[str]) -> Iterator[Problem]:
        for key in keys:
            day = getattr(placed.record, key)
            if isinstance(day, Day) and day.first > today:
                yield placed.place.problem(
                    "future date", f"{key} is {day}, which is after {in_words(today)}", "correct the date", key=key
                )

    for claim in catalogue.of(Claim):
        yield from ahead(claim, ["checked"])
    for source in catalogue.of(Source):
        yield from ahead(source, ["published", "retrieved"])
    for event in catalogue.of(Event):
        yield from ahead(event, ["date", "corrected"])
    for guide in catalogue.of(Guide):
        yield from ahead(guide, ["reviewed"])


RULES: tuple[Callable[[Catalogue, dt.date], Iterable[Problem]], ...] = (future_dates,)
