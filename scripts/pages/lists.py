"""What do the long lists show: timeline, disagreements, articles, sources, open questions, overdue checks?"""

from __future__ import annotations

from itertools import groupby

from scripts.facts.model import Claim, Disagreement, Event, Source
from scripts.pages.context import Context

_KINDS = (
    ("company", "The companies' own texts"),
    ("regulator", "Regulators"),
    ("court", "Courts"),
    ("consumer body", "Consumer and rights groups"),
    ("law firm", "Law firms"),
    ("press", "Press"),
    ("blog", "Blogs, forums and code"),
    ("article", "The four articles that this project began with"),
)


def timeline(ctx: Context) -> str:
    """All events by year, newest first."""
    events = sorted(ctx.facts.events.values(), key=lambda event: event.date, reverse=True)
    years = [(year, list(group)) for year, group in groupby(events, key=lambda event: event.date.year)]
    return ctx.render("timeline.html", years=years)


def disagreements(ctx: Context) -> str:
    """Everything that sources say differently, by platform."""
    groups = [
        (platform, [d for d in ctx.facts.disagreements.values() if d.platforms[0] == platform.id])
        for platform in ctx.facts.platforms.values()
    ]
    return ctx.render("disagreements.html", groups=groups)


def articles(ctx: Context) -> str:
    """What each of the articles gets right and wrong."""
    return ctx.render("articles.html", articles=[s for s in ctx.facts.sources.values() if s.kind == "article"])


def sources(ctx: Context) -> str:
    """Every source by kind, each with the guides, claims, events and disagreements that rest on it."""
    facts = ctx.facts
    guides: dict[str, list[str]] = {}
    claims: dict[str, list[Claim]] = {}
    events: dict[str, list[Event]] = {}
    disputes: dict[str, list[Disagreement]] = {}
    for slug, guide in facts.guides.items():
        for identifier in guide.sources:
            guides.setdefault(identifier, []).append(slug)
    for claim in facts.claims.values():
        for identifier in claim.sources:
            claims.setdefault(identifier, []).append(claim)
    for event in facts.events.values():
        for identifier in event.sources:
            events.setdefault(identifier, []).append(event)
    for dispute in facts.disagreements.values():
        for identifier in {*dispute.sources, *(name for side in dispute.sides for name in side.sources)}:
            disputes.setdefault(identifier, []).append(dispute)
    kinds: list[tuple[str, str, list[Source]]] = [
        (kind.replace(" ", "-"), title, [source for source in facts.sources.values() if source.kind == kind])
        for kind, title in _KINDS
    ]
    return ctx.render(
        "sources.html",
        kinds=[kind for kind in kinds if kind[2]],
        guides=guides,
        claims=claims,
        events=events,
        disputes=disputes,
    )


def open_questions(ctx: Context) -> str:
    """What we do not know, by platform."""
    groups = [
        (platform, [q for q in ctx.facts.open_questions.values() if q.platforms[0] == platform.id])
        for platform in ctx.facts.platforms.values()
    ]
    return ctx.render("open_questions.html", groups=groups)


def overdue(ctx: Context) -> str:
    """Every claim that wants a new check, longest overdue first."""
    return ctx.render("overdue.html", claims=ctx.resolver.overdue_claims)


def counts(ctx: Context) -> str:
    """How much there is of everything, in one sentence."""
    return ctx.render("counts.html")


def foot(ctx: Context) -> str:
    """The line under every page: how fresh the facts are."""
    return ctx.render("foot.html")
