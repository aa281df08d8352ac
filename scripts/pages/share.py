"""What does a reader copy who passes a page on?

A guide, the comparison of a region, or one statement, in the forms that `facts/cite.py` knows. Without script the text
is there to select; `assets/copy.js` adds buttons.
"""

from __future__ import annotations

from scripts.facts import addresses, label
from scripts.facts.cite import Quote, forms
from scripts.facts.days import in_words
from scripts.facts.model import Claim
from scripts.facts.prose import listed, plain
from scripts.pages import words
from scripts.pages.context import Context

_ROWS = ("in-by-default", "way-out")  # of the label, for the comparison in two lines


def of_guide(ctx: Context, slug: str) -> Quote:
    """A guide, under its short address."""
    guide = ctx.facts.guides[slug]
    total = len(ctx.resolver.page_regions())
    checked = ctx.resolver.last_checked(ctx.resolver.claims_of(guide))
    places = [
        region.in_list
        for state, regions in ctx.resolver.works_where(guide)
        if state in ("yes", "depends")
        for region in regions
    ]
    return Quote(
        key=slug,
        title=guide.title,
        lines=(_stopped(guide.title), guide.description),
        where=f"For {listed(places)}" if places and len(places) < total else "For everybody, as far as we know",
        as_of=f"{f'facts as of {checked}, ' if checked else ''}words reviewed {guide.reviewed}",
        day=guide.reviewed,
        version=ctx.version,
        address=ctx.site_url + addresses.folder(addresses.short_guide(slug)),
    )


def of_region(ctx: Context, region: str) -> Quote:
    """The comparison of a region: whether one is in, and how to get out, in a line for each platform."""
    facts, lines, days = ctx.facts, [], []
    for platform in facts.platforms.values():
        rows = [row for row in ctx.resolver.label(platform, region) if row.question.id in _ROWS]
        said = [
            f"{(row.question.label_wording or '').rstrip('?')}? {label.said_in(row, platform).text}." for row in rows
        ]
        lines.append(f"{platform.name}: {' '.join(said)}")
        days += [row.answer.claim.checked for row in rows if row.answer and row.answer.claim.checked]
    names = listed([platform.name for platform in facts.platforms.values()])
    return Quote(
        key=f"compare-{region}",
        title=f"{names} {facts.regions[region].place}",
        lines=(f"AI training at {names}:", *lines),
        where=facts.regions[region].name,
        as_of=f"as of {label.span(days)}" if days else "undated",
        day=max(days, key=lambda day: day.last, default=None),
        version=ctx.version,
        address=ctx.site_url + addresses.folder(addresses.region(region)),
    )


def of_claim(ctx: Context, claim: Claim) -> Quote:
    """One statement."""
    facts = ctx.facts
    platform = facts.platforms[facts.platform_of[claim.id]]
    where = words.where(claim, ctx.resolver)
    until = f"No longer so. Until {claim.until}: " if claim.until and not ctx.resolver.current(claim) else ""
    return Quote(
        key=claim.id,
        title=f"{platform.name}: {plain(facts.questions[claim.question].wording)}",
        lines=(f"{until}{plain(claim.sentence)}",),
        where=where[:1].upper() + where[1:],
        as_of=f"{words.as_of(claim)}{_again(ctx, claim)}",
        day=claim.checked,
        version=ctx.version,
        address=ctx.site_url + addresses.folder(addresses.claim(claim.id)),
    )


def _again(ctx: Context, claim: Claim) -> str:
    """Until when the date of a statement counts as fresh: what is copied travels alone, and may be read much later."""
    due = ctx.resolver.due(claim) if ctx.resolver.current(claim) and claim.state != "unchecked" else None
    return f"; to be checked again by {in_words(due)}" if due else ""


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def show(ctx: Context, quote: Quote) -> str:
    """All forms of a quote, to be copied, and the script that makes that quicker."""
    return ctx.render("share.html", forms=list(forms(quote)), script=addresses.asset(ctx.page, "assets/copy.js"))


def guide(ctx: Context, slug: str) -> str:
    """Share or cite a guide."""
    return _folded(ctx, of_guide(ctx, slug))


def region(ctx: Context, region: str) -> str:
    """Share or cite the comparison of a region."""
    return _folded(ctx, of_region(ctx, region))


def _folded(ctx: Context, quote: Quote) -> str:
    return ctx.render("share_folded.html", quote=quote, shown=show(ctx, quote))
