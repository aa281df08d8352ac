"""What does the label of a platform and a region show?

The label is the site's signature: always the same seven rows in the same order, from the facts alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from scripts.facts import addresses
from scripts.facts.label import span
from scripts.facts.model import Platform, Region
from scripts.facts.resolve import LabelRow
from scripts.pages.context import Context


@dataclass(frozen=True)
class Label:
    """One label, ready to be drawn or printed. `overdue` counts the rows that want a new check.

    `leads_to_rows`: the page has a table with a row for each of the label's, where its sources are.
    """

    platform: Platform
    region: Region
    rows: tuple[LabelRow, ...]
    checked: str
    overdue: int
    address: str
    leads_to_rows: bool


def make(ctx: Context, platform: str, region: str) -> Label:
    """The label for one platform and one region."""
    chosen = ctx.facts.platforms[platform]
    rows = ctx.resolver.label(chosen, region)
    claims = [row.answer.claim for row in rows if row.answer]
    target = addresses.region(region) if ctx.facts.regions[region].page else addresses.policy(platform)
    return Label(
        chosen,
        ctx.facts.regions[region],
        rows,
        span([claim.checked for claim in claims if claim.checked]),
        sum(ctx.resolver.overdue(claim) for claim in claims),
        ctx.short_address(target),
        ctx.page == addresses.region(region),
    )


def label(ctx: Context, platform: str, region: str) -> str:
    """One label."""
    return ctx.render("labels.html", labels=[make(ctx, platform, region)])


def labels(ctx: Context, region: str) -> str:
    """The labels of all platforms for one region, side by side."""
    return ctx.render("labels.html", labels=[make(ctx, platform, region) for platform in ctx.facts.platforms])
