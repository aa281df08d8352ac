"""What does the page about data name: which files there are, and where the site is?"""

from __future__ import annotations

from dataclasses import dataclass

from scripts.facts import addresses
from scripts.facts.check_feeds import EVERYTHING
from scripts.pages.context import Context

# The files of facts, and what each holds. `tests/publish` compares the names with what is published.
FACTS = (
    ("claims", "the statements, ended ones too"),
    ("questions", "the rows of the comparison"),
    ("regions", "the regions, and which belongs to which"),
    ("platforms", "the companies and their products"),
    ("sources", "the sources"),
    ("events", "the timeline"),
    ("disagreements", "where sources disagree"),
    ("open-questions", "what we do not know"),
)


@dataclass(frozen=True)
class Download:
    """What one platform or region has to download. `table` and `comparison` are addresses, empty if there is none."""

    name: str
    comparison: str
    table: str
    atom: str
    json_feed: str


def address(ctx: Context) -> str:
    """A line of Python with the address of the site, for examples: it must be that of the site one reads it on."""
    return f'site = "{ctx.site_url}"'


def downloads(ctx: Context) -> str:
    """The files of everything, of each platform, and of each region that has a page."""

    def file(name: str) -> str:
        return addresses.asset(ctx.page, name)

    def download(identifier: str, name: str, *, comparison: bool, table: bool) -> Download:
        return Download(
            name,
            file(addresses.comparison(identifier, "json")) if comparison else "",
            file(addresses.comparison(identifier, "csv")) if table else "",
            file(addresses.feed(identifier, "atom")),
            file(addresses.feed(identifier, "json")),
        )

    found = [download(EVERYTHING, "Everything", comparison=False, table=True)]
    found += [download(p.id, p.name, comparison=False, table=False) for p in ctx.facts.platforms.values()]
    found += [download(r.id, r.name, comparison=True, table=True) for r in ctx.resolver.page_regions()]
    records = [(f"{name}.json", file(addresses.data(f"{name}.json")), about) for name, about in FACTS]
    return ctx.render("downloads.html", downloads=found, records=records, index=file(addresses.data("index.json")))
