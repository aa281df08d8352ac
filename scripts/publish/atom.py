"""How is a feed written as Atom (RFC 4287)?"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from scripts.facts import addresses
from scripts.facts.cite import LICENCE, LICENCE_NAME, SITE_NAME
from scripts.facts.prose import plain
from scripts.publish.entry import ABOUT, Entry, Feed

NAMESPACE = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA_TYPE = "application/atom+xml"


def write(feed: Feed) -> bytes:
    """One Atom document."""
    root = ET.Element("feed", {"xmlns": NAMESPACE, _LANGUAGE: "en"})
    _add(root, "id", feed.urn)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", feed.updated)
    author = ET.SubElement(root, "author")
    _add(author, "name", SITE_NAME)
    _add(author, "uri", feed.site_url)
    _link(root, "self", feed.address("atom"), MEDIA_TYPE)
    _link(root, "alternate", feed.home, "text/html")
    _link(root, "license", LICENCE, "text/html")
    _add(root, "rights", LICENCE_NAME)
    for entry in feed.entries:
        _entry(root, feed, entry)
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _entry(root: ET.Element, feed: Feed, entry: Entry) -> None:
    node = ET.SubElement(root, "entry")
    _add(node, "id", entry.change.urn)
    _add(node, "title", entry.change.title)
    _add(node, "published", entry.published)
    _add(node, "updated", entry.updated)
    _link(node, "alternate", entry.link, "text/html")
    for source in entry.sources:
        if source.address:
            _link(node, "via", source.address, title=f"{source.publisher}: {plain(source.title)}")
        if source.archive:
            _link(node, "related", source.archive, title=f"Archived copy: {plain(source.title)}")
    data = f"{feed.site_url}{addresses.data('')}"
    _categories(node, f"{data}platforms.json", entry.platforms)
    _categories(node, f"{data}regions.json", entry.regions)
    _categories(node, f"{feed.site_url}{addresses.folder(ABOUT)}#kinds", (entry.kind,))
    _add(node, "summary", plain(entry.change.text))
    _add(node, "content", entry.html, type="html")


def _categories(node: ET.Element, scheme: str, terms: tuple[tuple[str, str], ...]) -> None:
    for term, label in terms:
        ET.SubElement(node, "category", {"term": term, "scheme": scheme, "label": label})


def _link(node: ET.Element, rel: str, href: str, media_type: str = "", title: str = "") -> None:
    attributes = {"rel": rel, "href": href, "type": media_type, "title": title}
    ET.SubElement(node, "link", {key: value for key, value in attributes.items() if value})


def _add(node: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(node, tag, attributes).text = text
