"""Which addresses of other sites are watched?

All that the facts name (sources, their archived copies, direct links), and all others that a built page links to. On a
pull request only those that the facts name now and did not name before.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from selectolax.lexbor import LexborHTMLParser

from scripts.facts.outward import Outward

_SELECTOR = "a[href], img[src], area[href], iframe[src], link[rel=alternate][href]"


def in_pages(site: Path, own: str) -> dict[str, Outward]:
    """The addresses elsewhere that the pages of a built site link to, each with the first page that does.

    Args:
        site: the folder.
        own: the address of the site; whatever is below it is not elsewhere.
    """
    found: dict[str, Outward] = {}
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).as_posix()
        for node in LexborHTMLParser(path.read_bytes()).css(_SELECTOR):
            address = urldefrag(node.attributes.get("href") or node.attributes.get("src") or "").url
            if _elsewhere(address, own):
                found.setdefault(address, Outward(address, {"link"}, [page], []))
    return found


def together(named: Mapping[str, Outward], linked: Mapping[str, Outward]) -> dict[str, Outward]:
    """Both, sorted; where both have an address, what the facts say of it counts."""
    return {address: named.get(address) or linked[address] for address in sorted({*named, *linked})}


def new(now: Mapping[str, Outward], before: Mapping[str, Outward]) -> dict[str, Outward]:
    """The addresses that were not named before, or not by the same records."""
    return {
        address: entry
        for address, entry in now.items()
        if address not in before or set(entry.named_by) - set(before[address].named_by)
    }


def _elsewhere(address: str, own: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not f"{address}/".startswith(own)
