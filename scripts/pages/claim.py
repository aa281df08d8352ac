"""What stands on the permanent page of a claim, for whoever links to it?

The sentence, where it holds in words, what each platform answers in the same places, what was said before and after,
and the sources. `publish` puts it into the frame of a built page: the engine is not asked to build hundreds of pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.facts import addresses
from scripts.facts.model import Claim, Event, Region
from scripts.facts.resolve import Resolver
from scripts.pages import label, share
from scripts.pages.compare import Cell, cell
from scripts.pages.context import Context
from scripts.version import UNKNOWN, Version


@dataclass(frozen=True)
class Rule:
    """One of the regions that a claim was made for, and the regions that it is the answer for on that account."""

    region: Region
    here: bool
    others: tuple[Region, ...]


def fragments(
    resolver: Resolver, site_url: str, *, compiled: Path | None = None, version: Version = UNKNOWN
) -> Iterator[tuple[str, str]]:
    """What stands on the page of each claim, by the name of the fragment.

    Args:
        resolver: what is known.
        site_url: the address of the site.
        compiled: a folder to keep compiled templates in.
        version: which version of the site it is for.
    """
    for claim in resolver.facts.claims.values():
        page = addresses.claim(claim.id)
        yield page, article(Context(resolver, page, site_url, compiled, version), claim)


def article(ctx: Context, claim: Claim) -> str:
    """All of the page but its frame."""
    facts, resolver = ctx.facts, ctx.resolver
    platform, question = facts.platforms[facts.platform_of[claim.id]], facts.questions[claim.question]
    regions = [facts.regions[region] for region in claim.regions]
    return ctx.render(
        "claim_page.html",
        claim=claim,
        platform=platform,
        question=question,
        products=ctx.product_names(platform, claim.products),
        rules=rules(resolver, claim),
        nearer=nearer(resolver, claim),
        rows=[(region, _cells(ctx, region.id, claim)) for region in regions],
        labels=label.labels(ctx, regions[0].id) if question.label else "",
        labels_region=regions[0],
        history=history(resolver, claim),
        told=told(resolver, claim),
        sources=[facts.sources[source] for source in claim.sources],
        share=share.show(ctx, share.of_claim(ctx, claim)),
        future=claim.from_ is not None and claim.from_.first > facts.today,
    )


def _cells(ctx: Context, region: str, claim: Claim) -> list[Cell]:
    question = ctx.facts.questions[claim.question]
    return [cell(ctx, platform, region, question) for platform in ctx.facts.platforms.values()]


def rules(resolver: Resolver, claim: Claim) -> list[Rule]:
    """Where a claim is the answer today, under each of the regions that it was made for."""
    facts, found = resolver.facts, []
    platform = facts.platform_of[claim.id]
    given_for = {
        place: answer.given_for.id
        for place in facts.regions
        for answer in resolver.answers(platform, place, claim.question)
        if answer.claim.id == claim.id
    }
    for region in claim.regions:
        others = tuple(facts.regions[place] for place, of in given_for.items() if of == region and place != region)
        found.append(Rule(facts.regions[region], given_for.get(region) == region, others))
    return found


def nearer(resolver: Resolver, claim: Claim) -> list[tuple[Region, Claim]]:
    """The regions within those of a claim that have an answer of their own today, each with the first of these."""
    facts, found = resolver.facts, []
    if not resolver.current(claim):
        return []
    platform = facts.platform_of[claim.id]
    for place in facts.regions.values():
        if set(resolver.line(place.id)) & set(claim.regions):
            answers = resolver.answers(platform, place.id, claim.question)
            if answers and not answers[0].inherited and all(answer.claim.id != claim.id for answer in answers):
                found.append((place, answers[0].claim))
    return found


def history(resolver: Resolver, claim: Claim) -> list[Claim]:
    """What the platform's answer was, is and will be where the claim holds or held, oldest first.

    These are the claims made for one of its regions, what took its place, and what it took the place of.
    """
    facts = resolver.facts
    platform = facts.platform_of[claim.id]
    chosen = {claim.id: claim}
    for other in resolver.claims(platform, claim.question):
        alike = not other.products or not claim.products or set(other.products) & set(claim.products)
        followed = _took_over(resolver, other, claim) or _took_over(resolver, claim, other)
        if alike and (followed or set(other.regions) & set(claim.regions)):
            chosen[other.id] = other
    return sorted(chosen.values(), key=lambda each: (_begin(each), _end(each), each.id))


def _took_over(resolver: Resolver, ended: Claim, now: Claim) -> bool:
    """Whether one claim is the answer today where another one has ended."""
    platform = resolver.facts.platform_of[now.id]
    return bool(ended.until) and any(
        answer.claim.id == now.id
        for region in ended.regions
        for answer in resolver.answers(platform, region, now.question)
    )


def _begin(claim: Claim) -> dt.date:
    if claim.from_:
        return claim.from_.first
    return dt.date.min if claim.until else dt.date.max  # what holds now, since nobody knows when, comes last


def _end(claim: Claim) -> dt.date:
    return claim.until.last if claim.until else dt.date.max


def told(resolver: Resolver, claim: Claim) -> list[Event]:
    """The events that ended a claim or with which it began, oldest first."""
    events = [event for event in resolver.facts.events.values() if claim.id in (*event.before, *event.after)]
    return sorted(events, key=lambda event: event.date)
