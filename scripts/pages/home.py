"""What does the home page say before anything else?

Am I in, and how do I get out: one card a platform. Then the regions, five things that people get wrong, and what
changed lately.
"""

from __future__ import annotations

from scripts.facts.model import Region
from scripts.pages.context import Context

LATEST = 5
PRODUCTS = 4  # more would take a second line on a phone


def answer(ctx: Context, platform: str, guides: str) -> str:
    """The card of one platform: in by default where, a way out where, one button, and other ways below it."""
    rows = [
        (ctx.facts.questions[question], _by_state(ctx, platform, question)) for question in ("in-by-default", "way-out")
    ]
    return ctx.render(
        "answer.html",
        platform=ctx.facts.platforms[platform],
        products=PRODUCTS,
        rows=rows,
        guides=[(slug, ctx.facts.guides[slug]) for slug in guides.split("+")],
    )


def _by_state(ctx: Context, platform: str, question: str) -> list[tuple[str, list[Region]]]:
    """Each state with the regions that have it; the state that most regions have comes first."""
    found: dict[str, list[Region]] = {}
    for region in ctx.resolver.page_regions():
        answers = ctx.resolver.answers(platform, region.id, question)
        state = (answers[0].claim.state if answers else None) or "unchecked"
        found.setdefault(state, []).append(region)
    order = ("yes", "no", "depends", "silent", "unchecked")
    return sorted(found.items(), key=lambda item: order.index(item[0]))


def regions(ctx: Context) -> str:
    """Links to the comparison of each region."""
    return ctx.render("regions.html", regions=ctx.resolver.page_regions())


def wrong(ctx: Context) -> str:
    """The five things that people get wrong."""
    chosen = [dispute for dispute in ctx.facts.disagreements.values() if dispute.top]
    return ctx.render("wrong.html", disputes=sorted(chosen, key=lambda dispute: dispute.top or 0))


def changes(ctx: Context) -> str:
    """The latest entries of the timeline."""
    newest = sorted(ctx.facts.events.values(), key=lambda event: event.date, reverse=True)[:LATEST]
    return ctx.render("changes.html", events=newest)
