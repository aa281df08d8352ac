"""Which pages, feeds and addresses does a change of the facts touch?

Renders every fragment from the old facts and from the new ones: a page is touched if one of its fragments is not what
it was, or if its own Markdown is not. So nothing has to be known about which page shows which fact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from scripts.facts import addresses, load, outward
from scripts.facts.model import Claim, Disagreement, Event, OpenQuestion, Record, Source
from scripts.facts.problems import BadData
from scripts.facts.resolve import Resolver
from scripts.links.changes import Change
from scripts.pages import fragments, includes
from scripts.project import Project
from scripts.publish import feeds

# Makes every feed, by name below the site, from the facts and the address of the site.
FEEDS: Callable[[Resolver, str], Mapping[str, bytes]] | None = feeds.files

_PAGES: dict[type[Record], str] = {
    Source: addresses.SOURCES,
    Event: addresses.TIMELINE,
    Disagreement: addresses.DISAGREEMENTS,
    OpenQuestion: addresses.OPEN_QUESTIONS,
}


def touched(
    project: Project, before: Path, after: Path, found: Sequence[Change], files: Sequence[str], today: dt.date
) -> Iterator[str]:
    """What a change touches, as lines of Markdown.

    Args:
        project: the checkout, for its pages and its address.
        before: the folder with the old facts.
        after: the folder with the new ones.
        found: how they differ.
        files: the files below `docs/` that differ.
        today: the day that counts as today.
    """
    site = project.site_url()
    pages = {name.removeprefix("docs/") for name in files if name.endswith(".md")}
    other, feeds, links = set[str](), list[str](), list[str]()
    try:
        old, new = Resolver(load.load(before, today)), Resolver(load.load(after, today))
    except BadData:
        other = {_page(change) for change in found} - pages
        note = "One of the two versions does not fit today's rules, so only the pages of the statements are listed."
    else:
        other, everywhere = _rendered(project, old, new)
        feeds, links = _feeds(old, new, site), list(_links(old, new))
        note = "The line at the foot of every page changes as well." if everywhere else ""
    yield from ("## Pages", "")
    yield from _listed(f"<{site}{addresses.folder(page)}>" for page in sorted({*pages, *other} - {""}))
    if note:
        yield from ("", note)
    yield from ("", "## Feeds", "")
    yield from _listed([f"<{site}{feed}>" for feed in feeds], "None." if FEEDS else "None: the site has no feeds yet.")
    yield from ("", "## Addresses", "")
    data = [name.removeprefix("docs/") for name in files if name.startswith("docs/data/")]
    own = [f"<{site}{addresses.folder(_page(change))}#{change.id}>" for change in found if _page(change)]
    yield from _listed([*own, *(f"<{site}{name}>" for name in data)])
    if links:
        yield from ("", "## Links to other sites", "", *links)


def _rendered(project: Project, old: Resolver, new: Resolver) -> tuple[set[str], bool]:
    """The pages with a fragment that differs, and whether the foot of all pages does."""
    wanted, _ = includes.scan(project.docs)
    was, _ = fragments.render(old, wanted, project.site_url())
    now, _ = fragments.render(new, wanted, project.site_url())
    pages = {want.page for want in wanted if was.get(want.name) != now.get(want.name)}
    return pages, was[fragments.FOOT] != now[fragments.FOOT]


def _feeds(old: Resolver, new: Resolver, site: str) -> list[str]:
    if FEEDS is None:
        return []
    was, now = FEEDS(old, site), FEEDS(new, site)
    return sorted(name for name in {*was, *now} if was.get(name) != now.get(name))


def _links(old: Resolver, new: Resolver) -> Iterator[str]:
    was, now = outward.addresses(old.facts), outward.addresses(new.facts)
    for word, one, other in (("new", now, was), ("gone", was, now)):
        for address in one:
            if address not in other:
                yield f"- {word}: <{address}>"


def _page(change: Change) -> str:
    """The page on which a record stands under its id; nothing, if it has none."""
    return addresses.policy(change.file) if change.kind is Claim else _PAGES.get(change.kind, "")


def _listed(items: Iterator[str] | Sequence[str], nothing: str = "None.") -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    yield from lines or [nothing]
