"""How do the links to other sites stand, said to a reader?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from scripts.facts import outward
from scripts.facts.link_health import DEAD, TURNED_AWAY, VERDICTS, Checked, Verdict
from scripts.facts.model import Source
from scripts.facts.outward import Outward
from scripts.pages.context import Context

MEANING: dict[Verdict, tuple[str, str]] = {
    "ok": ("Works", "The page is there."),
    "moved": ("Moved", "The page is there, at another address."),
    "changed": ("Changed", "The page is there, but its words are not the ones that we read."),
    "blocked": ("Turns programs away", "Only a person can see whether the page is there."),
    "rate limited": ("Asks for patience", "The site told our program to come back later."),
    "timeout": ("No answer", "The site did not answer, or not in time."),
    "TLS": ("Not safe", "Your browser would warn you: the site's certificate is not valid."),
    "soft 404": ("Says it is gone", "The address works, but there is another page behind it, or none."),
    "gone": ("Gone", "The page is not there any more."),
}


@dataclass(frozen=True)
class Row:
    """One verdict and how many addresses have it."""

    word: str
    meaning: str
    number: int


@dataclass(frozen=True)
class Trouble:
    """An address that needs somebody, the source it belongs to, if any, and how a reader should take it."""

    address: str
    source: Source | None
    word: str
    since: dt.date
    why: str


def outside(ctx: Context) -> str:
    """How many links there are, when they were checked, and what came of it. It says so if nobody has checked yet."""
    known, results = _known(ctx), ctx.facts.links.results
    counts = Counter(entry.verdict for entry in results.values())
    total = len(results)
    return ctx.render(
        "link_health.html",
        known=known,
        results=results,
        unknown=[address for address in known if address not in results],
        rows=[Row(*MEANING[verdict], counts[verdict]) for verdict in VERDICTS if counts[verdict]],
        dead=_percent(sum(counts[verdict] for verdict in DEAD), total),
        away=_percent(sum(counts[verdict] for verdict in TURNED_AWAY), total),
        oldest=min((entry.checked.date() for entry in results.values()), default=None),
        newest=max((entry.checked.date() for entry in results.values()), default=None),
        troubles=_troubles(ctx, known),
    )


def archived(ctx: Context) -> str:
    """Which of the companies' texts have an archived copy, and which have none."""
    texts = [source for source in ctx.facts.sources.values() if source.kind == "company"]
    return ctx.render(
        "archived.html",
        copied=[source for source in texts if source.archive],
        bare=[source for source in texts if not source.archive],
    )


def _known(ctx: Context) -> dict[str, Outward]:
    return outward.addresses(ctx.facts)


def _percent(part: int, total: int) -> str:
    """A share in words that promise no more than there is: "none", "under 1 %", "12 %"."""
    if not part:
        return "none"
    share = 100 * part / total
    return f"{share:.0f} %" if share >= 1 else "under 1 %"


def _troubles(ctx: Context, known: dict[str, Outward]) -> list[Trouble]:
    found = []
    for entry in ctx.facts.links.results.values():
        link = known.get(entry.address) or Outward(entry.address, {"link"}, [], [])
        standing = ctx.facts.links.standing(entry.address, ctx.facts.today, archived=link.archived)
        if standing.level not in ("fine", "unknown"):
            found.append(_trouble(ctx, entry, link, standing.why))
    return sorted(found, key=lambda trouble: (trouble.since, trouble.address))


def _trouble(ctx: Context, entry: Checked, link: Outward, why: str) -> Trouble:
    sources = [ctx.facts.sources[name] for name in link.named_by if name in ctx.facts.sources]
    return Trouble(entry.address, sources[0] if sources else None, MEANING[entry.verdict][0], entry.since, why)
