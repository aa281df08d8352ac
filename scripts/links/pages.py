"""Which addresses does a page name, and which ids has it?

Reads one HTML file once. Only what a browser would make of it counts: nothing in comments, templates or code samples.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.links import styles
from scripts.links.lead import Home

_SELECTOR = (
    "[id], [href], [src], [srcset], [imagesrcset], [poster], [data], [action], [formaction], [cite], [style],"
    " [content], [xlink\\:href], [background], [longdesc], a[name], style, script[type='application/ld+json']"
)
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
_NAMED = re.compile(  # what a <meta> may name by an address
    r"(?:og:(?:url|image|video|audio)|twitter:(?:image|player))(?::(?:url|secure_url|src|stream))?|msapplication-(?:tileimage|config)"
)
_REST = re.compile(rb"(?:/[^\s<>\"'`|\\{}]*)?(?![\w.-]*\w)")
_CLOSING = re.compile(r"[.,;:!?)\]}*_»”’]+$")  # noqa: RUF001  (what ends a sentence may follow an address)
_ELLIPSIS = "…".encode()
_SKIPPED = {"preconnect", "dns-prefetch"}  # they name hosts
_LOADED = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest", "apple-touch-icon", "mask-icon"}


class Kind(StrEnum):
    """What an address is for."""

    LINK = "link"  # a reader follows it
    LOAD = "load"  # a browser fetches it for the page
    META = "meta"  # another site fetches it; must be absolute
    CANONICAL = "canonical"
    ALTERNATE = "alternate"
    REFRESH = "refresh"
    WORDS = "words"  # it stands in the text, for whoever types it
    DATA = "data"  # it stands in a feed or a data file
    SITEMAP = "sitemap"


class Reference(NamedTuple):
    """One address as it is written, the element and attribute that name it, and what it is for."""

    link: str
    element: str
    kind: Kind


class Page(NamedTuple):
    """What one file has and names. `path` is relative to the site; `goes` is where a redirect leads."""

    path: str
    ids: frozenset[str]
    doubled: tuple[str, ...]
    references: tuple[Reference, ...]
    base: str = ""
    goes: str = ""
    canonical: str = ""
    noindex: bool = False


def read_page(site: Path, path: str, home: Home) -> Page:
    """Parse one HTML file."""
    data = (site / path).read_bytes()
    tree = LexborHTMLParser(data)
    ids: set[str] = set()
    doubled: dict[str, None] = {}
    found: dict[Reference, None] = {}
    base, canonical, noindex = "", "", False
    for node in tree.css(_SELECTOR):
        attributes = node.attributes
        identifier = attributes.get("id")
        if identifier:
            if identifier in ids:
                doubled[identifier] = None
            ids.add(identifier)
        tag = node.tag or ""
        if tag == "a":
            name = attributes.get("name")
            if name:
                ids.add(name)
            if "href" in attributes:
                found[Reference(attributes["href"] or "", "a href", Kind.LINK)] = None
        elif tag == "base":
            base = base or attributes.get("href") or ""
        elif tag == "meta":
            noindex = noindex or _says_noindex(attributes)
            found.update(dict.fromkeys(_meta(attributes)))
        elif tag == "link":
            found.update(dict.fromkeys(_link(attributes)))
            if "canonical" in (attributes.get("rel") or "").lower().split():
                canonical = attributes.get("href") or ""
        else:
            found.update(dict.fromkeys(_element(node, tag, attributes)))
        if attributes.get("style"):
            loads = styles.loads(attributes["style"] or "")
            found.update(dict.fromkeys(Reference(link, f"{tag} style", Kind.LOAD) for link in loads))
    if home.host:
        named = {reference.link for reference in found}
        words = (Reference(link, "text", Kind.WORDS) for link in in_words(data, home) if link not in named)
        found.update(dict.fromkeys(words))
    goes = next((reference.link for reference in found if reference.kind is Kind.REFRESH), "")
    return Page(path, frozenset(ids), tuple(doubled), tuple(found), base, goes, canonical, noindex)


def inside_html(text: str) -> Iterator[Reference]:
    """What a piece of HTML within a feed names."""
    for node in LexborHTMLParser(text).css("[href], [src], [srcset], [poster]"):
        yield from _element(node, node.tag or "", node.attributes)


def candidates(srcset: str) -> list[str]:
    """The addresses of a srcset, read as browsers do: a comma within an address does not part it."""
    found, rest = [], srcset.lstrip(" \t\n\r\f,")
    while rest:
        address = re.split(r"[ \t\n\r\f]", rest, maxsplit=1)[0]
        rest = rest[len(address) :]
        if address.endswith(","):
            found.append(address.rstrip(","))
        else:
            found.append(address)
            rest = rest.partition(",")[2]
        rest = rest.lstrip(" \t\n\r\f,")
    return found


def in_words(data: bytes, home: Home) -> Iterator[str]:
    """Addresses of our own site that stand in the text of a page or of a text file."""
    host = home.host.encode()
    if not host or host not in data.lower():
        return
    for place in re.finditer(re.escape(host), data, re.IGNORECASE):
        before = re.search(rb"(https?://|[@.\w-])?$", data[max(place.start() - 8, 0) : place.start()])
        scheme = (before[1] if before else b"") or b""
        in_tag = data.rfind(b"<", 0, place.start()) > data.rfind(b">", 0, place.start())
        if in_tag or (scheme and b":" not in scheme):
            continue  # an attribute, which is read as such; a mail address; a longer name
        rest = _REST.match(data, place.end())
        if not rest or data[rest.end() : rest.end() + 1] == b"{" or _ELLIPSIS in rest[0]:
            continue  # a pattern, not an address
        link = html.unescape((host + rest[0]).decode(errors="replace"))
        link = _CLOSING.sub("", link.partition('"')[0])  # a quoted address ends with its quote, however that is written
        if (link.removeprefix(home.host) or "/").startswith(home.base):
            yield f"{scheme.decode().lower() or home.scheme + '://'}{link}"


def strings(value: object) -> Iterator[str]:
    """Every string in decoded JSON, the names left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def _says_noindex(attributes: dict[str, str | None]) -> bool:
    return (attributes.get("name") or "").lower() == "robots" and "noindex" in (attributes.get("content") or "").lower()


def _meta(attributes: dict[str, str | None]) -> Iterable[Reference]:
    content = attributes.get("content")
    if content is None:
        return
    if (attributes.get("http-equiv") or "").lower() == "refresh":
        match = _REFRESH.match(content)
        if match:
            yield Reference(match[1].strip(), "meta refresh", Kind.REFRESH)
        return
    name = (attributes.get("property") or attributes.get("name") or "").lower()
    if _NAMED.fullmatch(name):
        yield Reference(content, f"meta {name}", Kind.LOAD if name.startswith("ms") else Kind.META)


def _link(attributes: dict[str, str | None]) -> Iterable[Reference]:
    rel = (attributes.get("rel") or "").lower().split()
    if _SKIPPED & set(rel):
        return
    name = "link " + (" ".join(rel) or "href")
    if attributes.get("imagesrcset") is not None:
        yield from (
            Reference(link, f"{name} imagesrcset", Kind.LOAD) for link in candidates(attributes["imagesrcset"] or "")
        )
        if "href" not in attributes:
            return
    kind = Kind.LINK
    if _LOADED & set(rel):
        kind = Kind.LOAD
    elif "canonical" in rel:
        kind = Kind.CANONICAL
    elif "alternate" in rel:
        kind = Kind.ALTERNATE
    yield Reference(attributes.get("href") or "", name, kind)


def _element(node: LexborNode, tag: str, attributes: dict[str, str | None]) -> Iterable[Reference]:
    for name, kind in _ATTRIBUTES:
        if name not in attributes or (name == "data" and tag != "object"):
            continue
        value = attributes[name] or ""
        if name in ("action", "formaction") and not value:
            continue  # the page itself, as browsers read it
        yield Reference(value, f"{tag} {name}", Kind.LINK if tag in ("a", "area") else kind)
    for name in ("srcset", "imagesrcset"):
        if name in attributes:
            links = candidates(attributes[name] or "") or [""]
            yield from (Reference(link, f"{tag} {name}", Kind.LOAD) for link in links)
    if tag == "style":
        yield from (Reference(link, "style", Kind.LOAD) for link in styles.loads(node.text()))
    elif tag == "script" and (attributes.get("type") or "").lower() == "application/ld+json":
        yield from (Reference(link, "script ld+json", Kind.DATA) for link in _linked_data(node.text()))


def _linked_data(text: str) -> list[str]:
    try:
        decoded = json.loads(text)
    except ValueError:
        return []
    return [value for value in strings(decoded) if value.lower().startswith(("http:", "https:"))]


_ATTRIBUTES = (
    ("href", Kind.LOAD),
    ("xlink:href", Kind.LOAD),
    ("src", Kind.LOAD),
    ("poster", Kind.LOAD),
    ("data", Kind.LOAD),
    ("background", Kind.LOAD),
    ("action", Kind.LINK),
    ("formaction", Kind.LINK),
    ("cite", Kind.LINK),
    ("longdesc", Kind.LINK),
)
