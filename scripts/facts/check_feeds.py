"""Can the feeds be made from the records?

A feed has the name of a platform or a region, and an event may tell what claims said before and after it. These rules
are part of `check.RULES`. Pure: nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.facts.catalogue import Catalogue, Placed, Rule
from scripts.facts.days import Day
from scripts.facts.model import Claim, Event, Platform, Region
from scripts.facts.problems import Problem

EVERYTHING = "all"  # the name of the feed and of the table that leave nothing out


def feed_names(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """No platform has the id of a region, and none of either is called `all`: each names a feed."""
    platforms = {placed.record.id for placed in catalogue.of(Platform)}
    for region in catalogue.of(Region):
        if region.record.id in platforms:
            yield region.place.problem(
                "feed name",
                f'"{region.record.id}" is a platform as well, and each has a feed of its name',
                "give the region another id",
                key="id",
            )
    for placed in (*catalogue.of(Platform), *catalogue.of(Region)):
        if placed.record.id == EVERYTHING:
            yield placed.place.problem(
                "feed name", f'"{EVERYTHING}" is the feed of everything', "choose another id", key="id"
            )


def told_claims(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """What an event says was so before it, or is so after it, fits the event, and no other event says it too."""
    claims = {placed.record.id: placed for placed in catalogue.of(Claim)}
    told: dict[tuple[str, str], str] = {}
    for event in catalogue.of(Event):
        for key, names in (("before", event.record.before), ("after", event.record.after)):
            for name in names:
                claim = claims.get(name)
                if claim is None:
                    continue  # check_references says so
                if told.setdefault((key, name), event.record.id) != event.record.id:
                    what, cure = f'"{told[key, name]}" has "{name}" as well', "leave it to one of the two"
                    yield event.place.problem("event", what, cure, key=key)
                for what, cure in _misfits(event.record, claim, key):
                    yield event.place.problem("event", what, cure, key=key)


def _misfits(event: Event, claim: Placed[Claim], key: str) -> Iterator[tuple[str, str]]:
    record = claim.record
    if claim.stem not in event.platforms:
        yield f'"{record.id}" is about {claim.stem}, the event is not', "name a claim of the event's platform"
    if key == "before" and not _by(record.until, event.date):
        yield f'"{record.id}" has not ended by {event.date}', "give the claim its until, or name another one"
    if key == "after" and not _by(record.from_ or event.date, event.date):
        yield f'"{record.id}" begins after {event.date}', "correct its from, or name another claim"


def _by(day: Day | None, limit: Day) -> bool:
    return day is not None and day.first <= limit.last


def corrections(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """An event is corrected after it happened."""
    for event in catalogue.of(Event):
        corrected = event.record.corrected
        if corrected and corrected.last < event.record.date.first:
            yield event.place.problem(
                "event", f"corrected is {corrected}, before the event itself", "correct the date", key="corrected"
            )


RULES: tuple[Rule, ...] = (feed_names, told_claims, corrections)
