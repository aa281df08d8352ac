"""What does LinkChecker find on one page?

LinkChecker's own search for links and anchors, apart from the rest of it, so that several processes can read pages side
by side: reading HTML is what a crawl spends its time on. LinkChecker has Beautiful Soup build a tree, and then asks
each element for no more than its name, its attributes and its place; the text within goes into its report as the name
of a link, which nobody reads here. So elements are taken as Python's parser meets them, and as Beautiful Soup takes
them from it, and no tree is built: that takes a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, NamedTuple

from bs4 import ParserRejectedMarkup
from bs4.builder._htmlparser import HTMLParserTreeBuilder

# LinkChecker has no types of its own.
from linkcheck import log  # type: ignore[import-untyped]
from linkcheck.htmlutil import linkparse  # type: ignore[import-untyped]


class Read(NamedTuple):
    """One page: how its text is encoded, and what LinkChecker's `find_links` reported of it, as it reported it."""

    encoding: str
    links: list[dict[str, Any]]
    anchors: list[tuple[str | None, int | None, int | None, str, str]]


class Element(NamedTuple):
    """The beginning of an element that has attributes: its name, these, and line and column, counted from 1."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int


def read(data: bytes, encoding: str | None) -> Read:
    """Parse a page once and find links and anchors in it.

    Args:
        data: what the server sent.
        encoding: what the server said of its encoding, if anything.

    Raises:
        ParserRejectedMarkup: if it cannot be parsed.
    """
    found, encoding = elements(data, encoding)
    links: list[dict[str, Any]] = []
    anchors: list[tuple[str | None, int | None, int | None, str, str]] = []
    find_links(found, lambda url, **place: links.append({"url": url, **place}), linkparse.LinkTags)
    find_links(found, lambda url, **place: anchors.append((url, *place.values())), linkparse.AnchorTags)
    return Read(encoding, links, anchors)


def elements(data: bytes, encoding: str | None) -> tuple[list[Element], str]:
    """The elements of a page, in their order, and the encoding of its text, both as Beautiful Soup sees them."""
    rejected: Exception = ParserRejectedMarkup("there is no way to read it")
    for markup, used, _, _ in HTMLParserTreeBuilder().prepare_markup(data, encoding):
        parser = _Elements()
        try:
            parser.feed(markup)
            parser.close()
        except AssertionError as error:
            rejected = ParserRejectedMarkup(error)
            continue
        return parser.found, used or "ISO-8859-1"
    raise rejected


class _Elements(HTMLParser):
    """Notes elements, as `bs4.builder.BeautifulSoupHTMLParser` hands them to the tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if attrs:  # nothing is looked for on an element without
            line, offset = self.getpos()
            self.found.append(Element(tag, {name: value or "" for name, value in attrs}, line, offset + 1))


def find_links(found: list[Element], callback: Callable[..., None], tags: Any) -> None:
    """LinkChecker's function of this name."""
    finder = linkparse.LinkFinder(callback, tags)
    for element in found:
        finder.html_element(element.name, element.attributes, "", element.line, element.column)


def be_quiet() -> None:
    """Do not make messages for those who search for errors in LinkChecker: one for each element that nobody hears."""
    log.debug = lambda *_, **__: None
