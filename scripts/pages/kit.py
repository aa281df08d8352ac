"""What does the page for newsletters offer to be pasted: which guides, which changes, which feeds?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from scripts.facts import addresses
from scripts.facts.changes import changes
from scripts.facts.check_feeds import EVERYTHING
from scripts.pages.context import Context

RECENT = 8
FORMS = (("html", "e-mail HTML"), ("md", "Markdown"), ("txt", "plain text"))


@dataclass(frozen=True)
class Offer:
    """One block: what it is about, when, where to read it, its short address, and its files."""

    title: str
    year: int
    when: str
    page: str
    short: str
    files: tuple[tuple[str, str], ...]


def guides(ctx: Context) -> str:
    """The blocks of all guides."""
    offers = [
        Offer(
            guide.title,
            guide.reviewed.year,
            "",
            ctx.to(addresses.guide(slug)),
            ctx.short_address(addresses.short_guide(slug)),
            _files(ctx, "guide", slug),
        )
        for slug, guide in ctx.facts.guides.items()
    ]
    return ctx.render("kit.html", offers=offers)


def recent(ctx: Context) -> str:
    """The blocks of the newest changes."""
    return ctx.render("kit.html", offers=_changes(ctx)[:RECENT])


def older(ctx: Context) -> str:
    """The blocks of all other changes, by year."""
    years = [(year, list(group)) for year, group in groupby(_changes(ctx)[RECENT:], key=lambda offer: offer.year)]
    return ctx.render("kit_older.html", years=years)


def feeds(ctx: Context) -> str:
    """The feeds of everything, of each platform, and of each region with a page."""
    named = [(EVERYTHING, "Everything")]
    named += [(platform.id, platform.name) for platform in ctx.facts.platforms.values()]
    named += [(region.id, region.name) for region in ctx.resolver.page_regions()]
    found = [
        (name, [addresses.asset(ctx.page, addresses.feed(each, ending)) for ending in ("atom", "json")])
        for each, name in named
    ]
    return ctx.render("kit_feeds.html", feeds=found, calendar=addresses.asset(ctx.page, addresses.CALENDAR))


def short(ctx: Context, claim: str) -> str:
    """The short address of a statement, as an example that one can follow."""
    page = addresses.claim(claim)
    return str(Markup('<p><a href="{}">{}</a></p>').format(ctx.to(page), ctx.short_address(page)))


def _changes(ctx: Context) -> Sequence[Offer]:
    return [
        Offer(
            change.title,
            change.day.year,
            change.day_in_words,
            ctx.to(change.page, change.anchor),
            "",
            _files(ctx, "change", change.id),
        )
        for change in changes(ctx.facts)
    ]


def _files(ctx: Context, kind: str, name: str) -> tuple[tuple[str, str], ...]:
    return tuple((words, addresses.asset(ctx.page, addresses.kit(kind, name, ending))) for ending, words in FORMS)
