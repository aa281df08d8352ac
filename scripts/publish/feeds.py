"""What do feed readers get?

Every change of policy, as Atom and as JSON Feed 1.1: one pair of files for everything, one a platform, one a region. A
region's feed has what happened there, in the wider regions that it belongs to, and in parts of it. Nothing in a feed
comes from the clock or from an edit of a page; see `facts/changes.py`.

A correction keeps the entry and its id. If it matters, an editor gives the event a `corrected` date, and readers that
follow `updated` show the entry again; without that date, the text is mended in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from scripts.edition import Edition
from scripts.facts import addresses
from scripts.facts.changes import changes, name
from scripts.facts.check_feeds import EVERYTHING
from scripts.facts.cite import SITE_NAME
from scripts.facts.prose import listed
from scripts.facts.resolve import Resolver
from scripts.publish import atom, json_feed, tree
from scripts.publish.entry import Entry, Feed, entry

FORMATS: dict[str, Callable[[Feed], bytes]] = {"atom": atom.write, "json": json_feed.write}

# An empty feed needs a date too, and one that no fact and no day can change: that of the first edition.
_FIRST_EDITION = "2026-11-22T00:00:00Z"


def publish(edition: Edition, staged: Path) -> None:
    """Add all feeds to a built tree.

    Args:
        edition: what the site is made from.
        staged: the built tree.

    Raises:
        BadData: if the facts are wrong.
    """
    tree.add(staged, files(edition.resolver, edition.site_url))


def files(resolver: Resolver, site_url: str) -> dict[str, bytes]:
    """Every feed in every format, by name below the site's root.

    Args:
        resolver: what is known.
        site_url: the address of the site, with a slash at its end.
    """
    return {
        addresses.feed(feed.name, ending): write(feed)
        for feed in feeds(resolver, site_url)
        for ending, write in FORMATS.items()
    }


def feeds(resolver: Resolver, site_url: str) -> Iterator[Feed]:
    """Every feed: of everything, of each platform, of each region. The world's would be that of everything.

    Args:
        resolver: what is known.
        site_url: the address of the site, with a slash at its end.
    """
    facts = resolver.facts
    everything = tuple(entry(change, facts, site_url) for change in changes(facts))
    names = listed(platform.name for platform in facts.platforms.values())
    yield _feed(EVERYTHING, "policy changes", f"at {names}", addresses.TIMELINE, everything, site_url)
    for platform in facts.platforms.values():
        entries = tuple(each for each in everything if platform.id in each.change.platforms)
        title, page = f"policy changes at {platform.name}", addresses.policy(platform.id)
        yield _feed(platform.id, title, f"at {platform.name}", page, entries, site_url)
    for region in facts.regions.values():
        if region.parent:
            near = _near(resolver, region.id)
            entries = tuple(each for each in everything if near.intersection(each.change.regions))
            title, page = f"policy changes, {region.name}", addresses.TIMELINE
            if region.page:
                page = addresses.region(region.id)
            yield _feed(region.id, title, f"at {names}, {region.place}", page, entries, site_url)


def _feed(identifier: str, title: str, whose: str, page: str, entries: tuple[Entry, ...], site_url: str) -> Feed:
    return Feed(
        name=identifier,
        urn=name("feed", identifier),
        title=f"{SITE_NAME}: {title}",
        subtitle=f"What changed in how members' data is used for AI {whose}, with before, after and sources.",
        site_url=site_url,
        home=site_url + addresses.folder(page),
        updated=max((each.updated for each in entries), default=_FIRST_EDITION),
        entries=entries,
    )


def _near(resolver: Resolver, region: str) -> frozenset[str]:
    """The region, those that it lies in, and those that lie in it."""
    within = {each for each in resolver.facts.regions if region in resolver.line(each)}
    return frozenset(resolver.line(region)) | within
