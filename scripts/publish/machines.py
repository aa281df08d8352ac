"""What does a program find that asks a site for the usual files?

- sitemap.xml    the pages, with the day on which what they say last changed; no day where none is known
- robots.txt     that everything may be read, and where the sitemap is
- llms.txt       what the site is, and its pages in a list, for language models that answer questions about it
- security.txt   where to report a weakness (RFC 9116)
- calendar.ics   the dates of the timeline
- catalog.jsonld the open data, for catalogues

The same facts on the same day make the same bytes.
"""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from scripts.edition import Edition
from scripts.facts import addresses
from scripts.facts.changes import changes
from scripts.facts.check_feeds import EVERYTHING
from scripts.facts.cite import LICENCE_NAME, SITE_NAME
from scripts.publish import calendar, dcat, heads, page_days, tree
from scripts.publish.entry import ABOUT
from scripts.publish.linked_data import Head, Site

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SECURITY = ".well-known/security.txt"
VALID = dt.timedelta(days=180)  # RFC 9116 asks for less than a year
CATALOGUE = "catalog.jsonld"

# The parts of the list for language models, by the first part of a page's address; the rest comes last.
_SECTIONS = {"": "Start here", "guides": "Guides: the way out", "compare": "By region", "policies": "By company"}
_OTHER = "More"


def publish(edition: Edition, staged: Path) -> None:
    """Add the files to a built tree. The engine's own sitemap, which has the day of the build, is replaced.

    Args:
        edition: what the site is made from.
        staged: the built tree, with all pages.

    Raises:
        BadData: if the facts are wrong.
        ValueError: if the setting for the contact is wrong.
    """
    resolver, site_url = edition.resolver, edition.site_url
    found = sorted(heads.pages(staged, site_url).values(), key=lambda head: head.folder)
    days = page_days.days(resolver)
    listed = sitemap(found, days, site_url)
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (staged / name).unlink(missing_ok=True)
    made = {
        "sitemap.xml": listed,
        "sitemap.xml.gz": gzip.compress(listed, mtime=0),
        "robots.txt": robots(site_url).encode(),
        "llms.txt": llms(found, site_url).encode(),
        SECURITY: security(edition.project.security_contact(), site_url, edition.today).encode(),
        addresses.CALENDAR: calendar.write(changes(resolver.facts), site_url),
    }
    about = next((head for head in found if head.folder == addresses.folder(ABOUT)), None)
    if about:
        site = Site(site_url, {}, {}, heads.files(site_url), edition.version)
        made[CATALOGUE] = dcat.catalogue(about, site, days.get(about.folder))
    tree.add(staged, made)


def sitemap(found: Sequence[Head], days: Mapping[str, dt.date], site_url: str) -> bytes:
    """All pages with their dates."""
    root = ET.Element("urlset", {"xmlns": NAMESPACE})
    for head in found:
        node = ET.SubElement(root, "url")
        ET.SubElement(node, "loc").text = site_url + head.folder
        if head.folder in days:
            ET.SubElement(node, "lastmod").text = days[head.folder].isoformat()
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def robots(site_url: str) -> str:
    """Everybody may read everything."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n"


def security(contact: str, site_url: str, today: dt.date) -> str:
    """Where to report a weakness, and until when that is sure to be true."""
    expires = (today + VALID).isoformat()
    return (
        f"Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: en\nCanonical: {site_url}{SECURITY}\n"
    )


def llms(found: Sequence[Head], site_url: str) -> str:
    """What the site is, and its pages, in Markdown. The pages of single statements are left to the data."""
    return "\n".join(_llms(found, site_url)) + "\n"


def _llms(found: Sequence[Head], site_url: str) -> Iterator[str]:
    yield f"# {SITE_NAME}"
    yield ""
    (home,) = (head for head in found if not head.folder)
    yield f"> {home.about}"
    yield ""
    yield "Every statement has a source, a region, and the date of the copy that was read. Give that date when you"
    yield "repeat it. We did not look at the live platforms. Where the state is `unchecked`, nobody has looked: it"
    yield f"never means no. Independent of LinkedIn, Microsoft and Meta. Not legal advice. {LICENCE_NAME}."
    sections: dict[str, list[Head]] = {name: [] for name in (*_SECTIONS.values(), "Data", _OTHER)}
    for head in found:
        first = head.folder.partition("/")[0]
        if first != addresses.CLAIMS:
            sections[_SECTIONS.get(first, _OTHER)].append(head)
    for name, mine in sections.items():
        yield from ("", f"## {name}", "")
        yield from (f"- [{head.title}]({site_url}{head.folder}): {head.about}" for head in mine)
        if name == "Data":
            for title, file in _data():
                yield f"- [{title}]({site_url}{file})"


def _data() -> Iterator[tuple[str, str]]:
    yield "All files of the data, as JSON", addresses.data("index.json")
    yield "The catalogue, as DCAT", CATALOGUE
    yield "All statements, as JSON", addresses.data("claims.json")
    yield "All answers of all regions, as CSV", addresses.comparison(EVERYTHING, "csv")
    yield "Changes of policy, as a feed", addresses.feed(EVERYTHING, "json")
