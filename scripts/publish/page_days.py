"""When did what a page says last change?

From the dates in the facts and in the heads of guides alone: the copy that was read, the day from or until which a
claim holds, the day of an event or of its correction, the day on which a guide was reviewed. Never the day of the
build, and never a day that has not come. Pages of prose alone have no such date, and get none. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from scripts.facts import addresses
from scripts.facts.days import Day
from scripts.facts.model import Claim, Event, Source
from scripts.facts.resolve import Resolver


def days(resolver: Resolver) -> dict[str, dt.date]:
    """The day for each page that shows facts, by its address below the site."""
    found = {page: _newest(resolver, dates) for page, dates in _dates(resolver)}
    return {addresses.folder(page): day for page, day in found.items() if day}


def _dates(resolver: Resolver) -> Iterator[tuple[str, list[Day]]]:
    facts = resolver.facts
    claims, events = list(_of_claims(facts.claims.values())), list(_of_events(facts.events.values()))
    reviewed = [guide.reviewed for guide in facts.guides.values()]
    yield "index.md", claims + events
    yield "compare/index.md", claims
    yield "guides/index.md", reviewed
    yield "newsletter.md", events + reviewed
    yield addresses.TIMELINE, events
    yield addresses.SOURCES, list(_of_sources(facts.sources.values()))
    yield addresses.DISAGREEMENTS, claims
    yield addresses.OPEN_QUESTIONS, claims
    yield "about/data.md", claims + events
    for platform in facts.platforms:
        mine = [claim for claim in facts.claims.values() if facts.platform_of[claim.id] == platform]
        yield addresses.policy(platform), list(_of_claims(mine))
    for region in resolver.page_regions():
        yield addresses.region(region.id), list(_of_claims(resolver.claims_in(region.id)))
    for slug, guide in facts.guides.items():
        yield addresses.guide(slug), [guide.reviewed, *_of_claims(resolver.claims_of(guide))]
    for claim in facts.claims.values():
        beside = [other for region in claim.regions for other in _answers(resolver, region, claim.question)]
        yield addresses.claim(claim.id), list(_of_claims([claim, *beside]))


def _answers(resolver: Resolver, region: str, question: str) -> list[Claim]:
    platforms = resolver.facts.platforms
    return [answer.claim for platform in platforms for answer in resolver.answers(platform, region, question)]


def _of_claims(claims: Iterable[Claim]) -> Iterator[Day]:
    for claim in claims:
        yield from (day for day in (claim.checked, claim.from_, claim.until) if day)


def _of_events(events: Iterable[Event]) -> Iterator[Day]:
    for event in events:
        yield from (day for day in (event.date, event.corrected) if day)


def _of_sources(sources: Iterable[Source]) -> Iterator[Day]:
    for source in sources:
        yield from (day for day in (source.published, source.retrieved) if day)


def _newest(resolver: Resolver, dates: Iterable[Day]) -> dt.date | None:
    """The newest day that has come. A month counts as its first day, so that nothing is made newer than we know."""
    return max((day.first for day in dates if day.first <= resolver.facts.today), default=None)
