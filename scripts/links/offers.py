"""What does a built site offer that others may link to?

Addresses: every page, and every file that is not a part of pages (feeds, data, documents). Ids: those that a person can
link to, which are all within a page's article, that is headings, records, figures and the like. What the theme makes
for its own use is told apart by where it stands: outside of the article, on a control, in a drawing, or with a name
that begins with two underscores. Numbers of notes are left out too: which source is number 7 changes with the facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.facts.promises import Address
from scripts.links.lead import own_address
from scripts.links.tree import Tree

_ARTICLES = ("article", "main", "body")  # the first that a page has
# Styles, scripts, pictures, the search index: pages name them, people do not. PDFs: a build without a browser has none.
_PARTS_OF_PAGES = ("assets/", "search/", "paper/")
_NOT_FOR_PEOPLE = {".gz", ".br", ".map"}
_ERROR_PAGE = "404.html"
_OWN_NAMES = ("__", "fnref")
_NOTE_NUMBER = re.compile(r"n\d+")
_CONTROLS = {"input", "label", "button", "select", "textarea", "option", "form", "script", "style", "template"}
_TEXT = 80  # characters of an element's text that are kept, to know a heading again


@dataclass(frozen=True)
class Offers:
    """What there is: addresses of pages and files, and for each page its ids with the beginning of their text."""

    addresses: frozenset[Address]
    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def has(self, address: Address) -> bool:
        """Whether an address or an id is offered."""
        if address.id:
            return address.id in self.ids.get(address.path, {})
        return address in self.addresses

    def every(self) -> Iterator[Address]:
        """All addresses, then all ids."""
        yield from self.addresses
        for page, ids in self.ids.items():
            yield from (Address(page, identifier) for identifier in ids)


def offers(tree: Tree) -> Offers:
    """Look through a tree. Pages that only lead on have no ids of their own."""
    addresses = {Address(own_address(page)) for page in tree.pages if page != _ERROR_PAGE}
    addresses |= {Address(name) for name in tree.files - set(tree.pages) if _is_for_people(name)}
    ids = {
        own_address(page.path): _ids(LexborHTMLParser((tree.site / page.path).read_bytes()))
        for page in tree.pages.values()
        if page.path != _ERROR_PAGE and not page.goes
    }
    return Offers(frozenset(addresses), ids)


def _is_for_people(name: str) -> bool:
    pure = PurePosixPath(name)
    hidden = any(part.startswith(".") for part in pure.parts if part != ".well-known")
    return not (hidden or name.startswith(_PARTS_OF_PAGES) or pure.suffix in _NOT_FOR_PEOPLE or not pure.suffix)


def _ids(page: LexborHTMLParser) -> dict[str, str]:
    article = next((node for name in _ARTICLES if (node := page.css_first(name))), None)
    if article is None:
        return {}
    drawn = {node.mem_id for node in article.css("svg [id]")}
    found: dict[str, str] = {}
    for node in article.css("[id]"):
        identifier = node.attributes.get("id") or ""
        if identifier and identifier not in found and node.mem_id not in drawn and _is_linkable(node, identifier):
            found[identifier] = " ".join(node.text(separator=" ").split())[:_TEXT]
    return found


def _is_linkable(node: LexborNode, identifier: str) -> bool:
    own = identifier.startswith(_OWN_NAMES) or _NOTE_NUMBER.fullmatch(identifier)
    if identifier.lower() == "top" or own or node.tag in _CONTROLS:
        return False
    return "data-old" not in node.attributes  # an old name that was put there to keep a promise
