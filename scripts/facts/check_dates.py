"""Can the dates of a record be right?

These rules are part of `check.RULES`. Pure: nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from scripts.facts.catalogue import Catalogue, Placed, Rule
from scripts.facts.days import Day, in_words
from scripts.facts.model import Claim, Event, Guide, Record, Source
from scripts.facts.problems import Problem

_LONGEST_WAIT = dt.timedelta(days=2 * 365)


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


def in_order(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """A copy is no older than what it is a copy of, and nobody puts off a check for years."""
    for source in catalogue.of(Source):
        published, retrieved = source.record.published, source.record.retrieved
        if published and retrieved and retrieved.last < published.first:
            what = f"the copy of {retrieved} is older than the text, of {published}"
            yield source.place.problem("order of dates", what, "correct one of the two", key="retrieved")
    for claim in catalogue.of(Claim):
        recheck = claim.record.recheck
        if recheck and recheck.first > today + _LONGEST_WAIT:
            what = f"recheck is {recheck}, more than two years from {in_words(today)}"
            yield claim.place.problem("order of dates", what, "choose an earlier day, or leave it out", key="recheck")


RULES: tuple[Rule, ...] = (future_dates, in_order)
