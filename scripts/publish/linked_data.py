"""What can a program know about a page from its head?

JSON-LD of schema.org: what the page is, when what it says last changed, where it stands in the site, and on the page of
the data the data set. Nothing that search engines have retired (HowTo, FAQ, ClaimReview), and nothing that the page
does not say itself. It is data, not script, so a strict content policy lets it be.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scripts.facts import addresses
from scripts.facts.cite import LICENCE, SITE_NAME
from scripts.publish.entry import ABOUT
from scripts.version import Version

CONTEXT = "https://schema.org"
DATASET = f"{SITE_NAME}: how LinkedIn and Meta train AI on what members post"  # CITATION.cff says the same


@dataclass(frozen=True)
class Head:
    """What the head of a page says: its address below the site, title, description and picture."""

    folder: str
    title: str
    about: str
    image: str


@dataclass(frozen=True)
class Site:
    """What else a page's data names: the address of the site, all pages by their addresses below it, and for those that
    do not lie below their parent, which one that is. `files` are the open data: addresses and media types. `version` is
    that of the site.
    """

    url: str
    heads: Mapping[str, Head]
    parents: Mapping[str, str]
    files: tuple[tuple[str, str], ...]
    version: Version


def script(head: Head, site: Site, day: dt.date | None) -> str:
    """The element for the head of a page.

    Args:
        head: the page.
        site: what else there is.
        day: when what it says last changed, if that is known.
    """
    graph = [_page(head, site.url, day)]
    if head.folder:
        graph.append(_crumbs(head, site))
    if head.folder == addresses.folder(ABOUT):
        graph.append(dataset(head, site, day))
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>'


def _page(head: Head, site_url: str, day: dt.date | None) -> dict[str, Any]:
    if not head.folder:
        return {"@type": "WebSite", "name": SITE_NAME, "url": site_url, "description": head.about, "inLanguage": "en"}
    address = site_url + head.folder
    return {
        "@type": "Article",
        "headline": head.title,
        "description": head.about,
        "url": address,
        "mainEntityOfPage": address,
        "image": head.image,
        **({"dateModified": day.isoformat()} if day else {}),
        "author": _us(site_url),
        "publisher": _us(site_url),
        "license": LICENCE,
        "inLanguage": "en",
    }


def _us(site_url: str) -> dict[str, str]:
    return {"@type": "Organization", "name": SITE_NAME, "url": site_url}


def _crumbs(head: Head, site: Site) -> dict[str, Any]:
    way = [("", SITE_NAME), *((folder, site.heads[folder].title) for folder in above(head.folder, site))]
    way.append((head.folder, head.title))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": site.url + folder}
            for number, (folder, name) in enumerate(way, 1)
        ],
    }


def above(folder: str, site: Site) -> Sequence[str]:
    """The pages that lie between home and a page, by their addresses."""
    if folder in site.parents:
        parent = site.parents[folder]
        return [*above(parent, site), parent]
    parts = folder.rstrip("/").split("/")
    return [way for count in range(1, len(parts)) if (way := "/".join(parts[:count]) + "/") in site.heads]


def dataset(head: Head, site: Site, day: dt.date | None) -> dict[str, Any]:
    """The open data as one data set, as catalogues of data read it."""
    return {
        "@type": "Dataset",
        "name": DATASET,
        "description": head.about,
        "url": site.url + head.folder,
        "license": LICENCE,
        "creator": _us(site.url),
        "isAccessibleForFree": True,
        "version": site.version.number,
        **({"datePublished": site.version.released} if site.version.released else {}),
        **({"dateModified": day.isoformat()} if day else {}),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": address}
            for address, media_type in site.files
        ],
    }
