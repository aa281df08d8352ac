"""Which addresses does a file name that is not a page: a feed, a sitemap, JSON, a style sheet, plain text?

Each kind of file is read as its readers would read it. One that cannot be read at all is told as a fault, because what
it names would otherwise go unchecked.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin
from xml.etree import ElementTree

from scripts.links import styles
from scripts.links.lead import Home
from scripts.links.pages import Kind, Page, Reference, in_words, inside_html

SEARCH_INDEX = "search/index.json"
_TEXTS = {".txt", ".ics", ".yml", ".yaml", ".md"}
_READ = _TEXTS | {".css", ".csv", ".xml", ".rss", ".atom", ".svg", ".json", ".webmanifest"}
_XML_ATTRIBUTES = ("href", "{http://www.w3.org/1999/xlink}href", "src", "url", "uri")
_XML_TEXTS = {"loc", "link", "url", "guid", "icon", "logo", "uri", "comments", "docs"}
_XML_HTML = {"content", "summary", "description", "encoded"}
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_JSON_HTML = {"content_html"}
_MANIFEST_KEYS = {"src", "url", "start_url", "scope"}


class Unreadable(Exception):
    """A file that is not what its name says."""


def reads(path: str) -> bool:
    """Whether files of this name are looked into."""
    suffix = PurePosixPath(path).suffix.lower()
    return suffix in _READ or _is_sitemap_gz(path)


def read(site: Path, path: str, home: Home) -> Page:
    """Look into one file.

    Raises:
        Unreadable: if it is no XML or no JSON although its name says so.
    """
    suffix = PurePosixPath(path).suffix.lower()
    data = (site / path).read_bytes()
    ids: frozenset[str] = frozenset()
    found: Iterable[Reference]
    if suffix == ".css":
        found = (Reference(link, "style", Kind.LOAD) for link in styles.loads(data.decode("utf-8", "replace")))
    elif suffix == ".csv":  # cell by cell: a comma ends an address here, and nowhere else
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace")))
        cells = (cell for row in rows for cell in row if home.host in cell)
        found = (Reference(link, "cell", Kind.DATA) for cell in cells for link in in_words(cell.encode(), home))
    elif suffix in _TEXTS:
        unfolded = data.replace(b"\r\n ", b"") if suffix == ".ics" else data
        found = (Reference(link, "text", Kind.DATA) for link in in_words(unfolded, home))
    elif suffix in (".json", ".webmanifest"):
        found = _json(data, path)
    else:
        root = _parse(data, packed=_is_sitemap_gz(path))
        found = _xml(root)
        ids = frozenset(value for element in root.iter() if (value := element.get("id"))) if suffix == ".svg" else ids
    return Page(path, ids, (), tuple(dict.fromkeys(found)))


def _is_sitemap_gz(path: str) -> bool:
    return re.fullmatch(r"sitemap.*\.xml\.gz", PurePosixPath(path).name) is not None


def _parse(data: bytes, *, packed: bool) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(gzip.decompress(data) if packed else data)
    except (ElementTree.ParseError, OSError, EOFError) as error:
        raise Unreadable(f"it is no XML: {error}") from None


def _xml(root: ElementTree.Element) -> Iterator[Reference]:
    kind = Kind.SITEMAP if _name(root) in ("urlset", "sitemapindex") else Kind.DATA
    kind = Kind.LOAD if _name(root) == "svg" else kind
    base = root.get(_XML_BASE, "")
    for element in root.iter():
        name = _name(element)
        for attribute in _XML_ATTRIBUTES:
            link = element.get(attribute)
            if link is not None and "{" not in link:  # a template, as search descriptions have them
                yield Reference(_joined(base, link), f"{name} {attribute.rpartition('}')[2]}", kind)
        text = (element.text or "").strip()
        if name in _XML_TEXTS and text and not (name == "guid" and element.get("isPermaLink") == "false"):
            yield Reference(_joined(base, text), name, kind)
        elif name in _XML_HTML and "<" in text and element.get("type", "html") == "html":
            for inner in inside_html(text):
                yield Reference(_joined(base, inner.link), f"{name}: {inner.element}", Kind.DATA)


def _json(data: bytes, path: str) -> Iterator[Reference]:
    try:
        decoded = json.loads(data)
    except ValueError as error:
        raise Unreadable(f"it is no JSON: {error}") from None
    if path == SEARCH_INDEX and isinstance(decoded, dict):
        for entry in decoded.get("docs", ()):
            # Written as the search script reads it: from the root of the site, which is one folder up.
            yield Reference("../" + str(entry.get("location", "")), "location", Kind.DATA)
        return
    manifest = path.endswith(".webmanifest") or PurePosixPath(path).name == "manifest.json"
    yield from _values(decoded, manifest)


def _values(decoded: object, manifest: bool) -> Iterator[Reference]:
    left: list[tuple[str, object]] = [("", decoded)]
    while left:
        key, value = left.pop()
        if isinstance(value, dict):
            left.extend(value.items())
        elif isinstance(value, list):
            left.extend((key, inner) for inner in value)
        elif isinstance(value, str):
            if key in _JSON_HTML:
                yield from (Reference(one.link, f"{key}: {one.element}", Kind.DATA) for one in inside_html(value))
            elif manifest and key in _MANIFEST_KEYS:
                yield Reference(value, key, Kind.LOAD)
            elif value[:8].lower().startswith(("http:", "https:", "//")) and not re.search(r"\s", value):
                yield Reference(value, key, Kind.DATA)


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _joined(base: str, link: str) -> str:
    return urljoin(base, link) if base else link
