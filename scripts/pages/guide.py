"""Where does a guide work, what does it reach, and on what does it rest?"""

from __future__ import annotations

from scripts.facts import addresses, steps
from scripts.facts.model import Claim
from scripts.pages.context import Context

_LINES = 3  # lines on what the steps do not do, on a checklist


def head(ctx: Context, slug: str) -> str:
    """Who a guide works for, what you need, how long it takes."""
    guide = ctx.facts.guides[slug]
    platform = ctx.facts.platforms[guide.platform]
    names = {product.id: product.name for product in platform.products}
    return ctx.render(
        "guide_head.html",
        guide=guide,
        slug=slug,
        platform=platform,
        products=[names[product] for product in guide.products],
        where=ctx.resolver.works_where(guide),
        checked=ctx.resolver.last_checked(ctx.resolver.claims_of(guide)),
        address=ctx.short_address(addresses.guide(slug)),
    )


def reach(ctx: Context, slug: str) -> str:
    """What the steps do and what they do not do, from the facts."""
    guide = ctx.facts.guides[slug]

    def chosen(ids: tuple[str, ...]) -> list[Claim]:
        return [ctx.facts.claims[identifier] for identifier in ids]

    return ctx.render("guide_reach.html", guide=guide, does=chosen(guide.does), does_not=chosen(guide.does_not))


def sources(ctx: Context, slug: str) -> str:
    """The sources of a guide."""
    return ctx.render(
        "guide_sources.html", sources=[ctx.facts.sources[name] for name in ctx.facts.guides[slug].sources]
    )


def ticks(ctx: Context, guides: str) -> str:
    """The checklist of a guide: its steps with boxes, its direct addresses with codes, and what they do not do."""
    guide = ctx.facts.guides[guides]
    return ctx.render(
        "guide_ticks.html",
        slug=guides,
        parts=ctx.facts.steps[guides],
        does_not=[ctx.facts.claims[identifier] for identifier in guide.does_not[:_LINES]],
    )


def in_short(ctx: Context, guides: str, heading: str) -> str:
    """The way in one line, for who knows the place: the direct address, if there is one, and the labels."""
    return ctx.render(
        "guide_in_short.html",
        direct=steps.direct_in(ctx.facts.first_steps[guides].get(heading, "")),
        line=ctx.facts.guides[guides].in_short[heading],
    )


def cards(ctx: Context) -> str:
    """All guides as a list of links, by platform."""
    groups = [
        (platform, [(slug, guide) for slug, guide in ctx.facts.guides.items() if guide.platform == platform.id])
        for platform in ctx.facts.platforms.values()
    ]
    return ctx.render("guide_cards.html", groups=[group for group in groups if group[1]])
