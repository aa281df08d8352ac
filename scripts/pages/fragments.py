"""How does a fragment that a page asks for come about?

Each route is a pattern for the part of the name after the page, and a function from (resolver, page, matched words) to
text. `render` makes everything that is asked for, and complains about what no route knows and about what no page shows.
Touches the disk only to keep compiled templates.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scripts.facts.problems import Problem
from scripts.facts.resolve import Resolver
from scripts.pages import compare, data, guide, health, home, kit, label, lists, policy, share
from scripts.pages.context import Context
from scripts.pages.includes import Wanted
from scripts.version import UNKNOWN, Version

View = Callable[..., str]


@dataclass(frozen=True)
class Route:
    """Words in braces, such as `{region}`, stand for ids (several are joined by a plus);
    all other words are literal."""

    pattern: str
    view: View

    def match(self, part: str) -> dict[str, str] | None:
        """The ids in a part, or None if the part is not of this route."""
        expression = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[a-z0-9+-]+?)", re.escape(self.pattern))
        found = re.fullmatch(expression, part)
        return found.groupdict() if found else None


ROUTES = (
    Route("answer/{platform}/{guides}", home.answer),
    Route("regions", home.regions),
    Route("wrong", home.wrong),
    Route("changes", home.changes),
    Route("labels/{region}", label.labels),
    Route("label/{platform}/{region}", label.label),
    Route("table/{region}/{platform}-vs-{other}", compare.table),
    Route("brief/{region}/{platform}-vs-{other}", compare.brief),
    Route("limits/{region}", compare.limits),
    Route("under-18/{region}", compare.under_18),
    Route("checks/{region}", compare.checks),
    Route("matrix/{platform}", compare.matrix),
    Route("differences", compare.differences),
    Route("claims/{platform}", policy.claims),
    Route("head", guide.head),
    Route("reach", guide.reach),
    Route("sources", guide.sources),
    Route("cite", share.guide),
    Route("cite/{region}", share.region),
    Route("cards", guide.cards),
    Route("ticks/{guides}", guide.ticks),
    Route("in-short/{guides}/{heading}", guide.in_short),
    Route("timeline", lists.timeline),
    Route("disagreements", lists.disagreements),
    Route("articles", lists.articles),
    Route("all-sources", lists.sources),
    Route("open-questions", lists.open_questions),
    Route("overdue", lists.overdue),
    Route("counts", lists.counts),
    Route("address", data.address),
    Route("downloads", data.downloads),
    Route("kit-guides", kit.guides),
    Route("kit-recent", kit.recent),
    Route("kit-older", kit.older),
    Route("kit-feeds", kit.feeds),
    Route("short/{claim}", kit.short),
    Route("links-outside", health.outside),
    Route("links-archived", health.archived),
    Route("claim/{claim}", policy.claim),
)
FOOT = "foot.md"


def render(
    resolver: Resolver,
    wanted: Iterable[Wanted],
    site_url: str,
    *,
    compiled: Path | None = None,
    version: Version = UNKNOWN,
) -> tuple[dict[str, str], list[Problem]]:
    """Every fragment that is asked for, by name, and the foot that every page gets.

    Args:
        resolver: what is known.
        wanted: what the pages ask for.
        site_url: the address of the site.
        compiled: a folder to keep compiled templates in.
        version: which version of the site it is for.
    """
    made: dict[str, str] = {FOOT: lists.foot(Context(resolver, "index.md", site_url, compiled))}
    problems: list[Problem] = []
    shown: set[str] = set()
    for want in wanted:
        text = _make(Context(resolver, want.page, site_url, compiled, version), want)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            made[want.name] = text
            shown.add(want.part if want.part not in _PER_PAGE else want.name)
    return made, problems + [_unshown(part) for part in required(resolver) if part not in shown]


_PER_PAGE = ("head", "reach", "sources", "cite")


def required(resolver: Resolver) -> list[str]:
    """What must be shown somewhere: facts that no page shows are a mistake."""
    facts = resolver.facts
    parts = ["timeline", "disagreements", "articles", "all-sources", "open-questions", "overdue"]
    parts += [f"claims/{platform}" for platform in facts.platforms]
    parts += [f"{part}/{region.id}" for region in resolver.page_regions() for part in ("labels", "cite")]
    parts += [f"guides/{slug}/{part}.md" for slug in facts.guides for part in _PER_PAGE]
    parts += [f"in-short/{slug}/{heading}" for slug, guide in facts.guides.items() for heading in guide.in_short]
    return parts


def _unshown(part: str) -> Problem:
    name = part.removesuffix(".md")
    return Problem(
        "docs",
        0,
        "unused fragment",
        f'no page shows "{name}"',
        f'add --8<-- "PAGE/{part.removesuffix(".md")}.md" to a page',
    )


def _make(context: Context, want: Wanted) -> str | Problem:
    resolver = context.resolver
    for route in ROUTES:
        words = route.match(want.part)
        if words is None:
            continue
        unknown = _unknown(resolver, words)
        if unknown:
            return Problem(want.page, want.line, "fragment", *unknown)
        if route.pattern in _PER_PAGE:
            slug = want.page.removeprefix("guides/").removesuffix(".md")
            if slug not in resolver.facts.guides:
                return Problem(
                    want.page, want.line, "fragment", "this page is no guide", "give it a guide's front matter"
                )
            words["slug"] = slug
        return str(route.view(context, **words))
    near = difflib.get_close_matches(want.part, [route.pattern for route in ROUTES], n=1, cutoff=0.3)
    cure = f'did you mean "{near[0]}"?' if near else "see the list of routes in scripts/pages/fragments.py"
    return Problem(want.page, want.line, "fragment", f'there is no fragment "{want.part}"', cure)


def _unknown(resolver: Resolver, words: dict[str, str]) -> tuple[str, str] | None:
    facts = resolver.facts
    known: dict[str, Iterable[str]] = {
        "platform": facts.platforms,
        "other": facts.platforms,
        "region": facts.regions,
        "guides": facts.guides,
        "claim": facts.claims,
        "heading": facts.guides[words["guides"]].in_short if words.get("guides") in facts.guides else (),
    }
    for kind, value in words.items():
        for identifier in value.split("+"):
            if identifier not in known[kind]:
                near = difflib.get_close_matches(identifier, list(known[kind]), n=1, cutoff=0.4)
                return f'there is no {kind} "{identifier}"', f'did you mean "{near[0]}"?' if near else "correct the id"
    return None
