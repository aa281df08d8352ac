"""What does the head of each page name for programs: feeds, and what the page is?

Adds to every page that has an address: the feeds of everything, those of its platform or its region, the file for those
who embed it, and linked data.
Runs when the pages, the cards and the data are there, because it names them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from scripts.edition import Edition
from scripts.facts import addresses
from scripts.facts.check_feeds import EVERYTHING
from scripts.facts.cite import SITE_NAME
from scripts.facts.resolve import Resolver
from scripts.publish import atom, json_feed, oembed, page_days, tree
from scripts.publish.linked_data import Head, Site, script

_END = "</head>"


def publish(edition: Edition, staged: Path) -> None:
    """Add to the heads of a built tree.

    Args:
        edition: what the site is made from.
        staged: the built tree.

    Raises:
        BadData: if the facts are wrong.
    """
    resolver, site_url = edition.resolver, edition.site_url
    found = pages(staged, site_url)
    heads = {head.folder: head for head in found.values()}
    parents = {
        addresses.folder(addresses.claim(claim)): addresses.folder(addresses.policy(platform))
        for claim, platform in resolver.facts.platform_of.items()
    }
    site = Site(site_url, heads, parents, files(site_url), edition.version)
    days, about = page_days.days(resolver), _subjects(resolver)
    for path, head in found.items():
        names = {EVERYTHING: "policy changes", **about.get(head.folder, {})}
        lines = [*_feeds(names, head.folder), oembed.link(head, site_url), script(head, site, days.get(head.folder))]
        before, end, after = path.read_text(encoding="utf-8").partition(_END)
        path.write_text("".join([before, *(f"  {line}\n" for line in lines), end, after]), encoding="utf-8")
    tree.add(staged, {oembed.name(head.folder): oembed.answer(head, site_url) for head in found.values()})


def pages(staged: Path, site_url: str) -> dict[Path, Head]:
    """All pages that have an address of their own, in the order of their files."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(staged.rglob("index.html"))}
    return {path: head for path, text in texts.items() if (head := read(text, site_url)) is not None}


def read(text: str, site_url: str) -> Head | None:
    """What the head of a page says. None, if it has no address of its own: it is missing, or leads on."""
    tree = LexborHTMLParser(text.partition(_END)[0])
    values = {
        node.attributes.get("property") or node.attributes.get("name"): node.attributes.get("content") or ""
        for node in tree.css("meta[property], meta[name]")
    }
    url = values.get("og:url", "")
    if "robots" in values or not url.startswith(site_url):
        return None
    image = values.get("og:image", "")
    return Head(url.removeprefix(site_url), values["og:title"], values["og:description"], image.partition("?")[0])


def files(site_url: str) -> tuple[tuple[str, str], ...]:
    """The files of the open data that a catalogue should know."""
    return (
        (site_url + addresses.data("index.json"), "application/json"),
        (site_url + addresses.data("claims.json"), "application/json"),
        (site_url + addresses.comparison(EVERYTHING, "csv"), "text/csv"),
    )


def _subjects(resolver: Resolver) -> dict[str, dict[str, str]]:
    """The feed of what a page is about, with its title, by the address of the page."""
    facts = resolver.facts
    found = {
        addresses.folder(addresses.region(region.id)): {region.id: f"policy changes, {region.name}"}
        for region in resolver.page_regions()
    }
    for platform in facts.platforms.values():
        mine = [addresses.claim(claim) for claim, of in facts.platform_of.items() if of == platform.id]
        for page in (addresses.policy(platform.id), *mine):
            found[addresses.folder(page)] = {platform.id: f"policy changes at {platform.name}"}
    return found


def _feeds(names: dict[str, str], folder: str) -> Iterator[str]:
    """The feeds that a page names, by name with their titles, as seen from the page."""
    for name, title in names.items():
        for ending, media_type in (("atom", atom.MEDIA_TYPE), ("json", json_feed.MEDIA_TYPE)):
            href = posixpath.relpath(addresses.feed(name, ending), folder or ".")
            title_there = escape(f"{SITE_NAME}: {title}")
            yield f'<link rel="alternate" type="{media_type}" title="{title_there}" href="{href}">'
