"""What does LinkChecker find on one page?

LinkChecker's own parser and its own search for links and anchors, apart from the rest of it, so that several processes
can read pages side by side: reading HTML is what a crawl spends its time on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

# LinkChecker has no types of its own.
from linkcheck import log  # type: ignore[import-untyped]
from linkcheck.htmlutil import htmlsoup, linkparse  # type: ignore[import-untyped]


class Read(NamedTuple):
    """One page: how its text is encoded, and what LinkChecker's `find_links` reported of it, as it reported it."""

    encoding: str
    links: list[dict[str, Any]]
    anchors: list[tuple[str | None, int | None, int | None, str, str]]


def read(data: bytes, encoding: str | None) -> Read:
    """Parse a page once and find links and anchors in it.

    Args:
        data: what the server sent.
        encoding: what the server said of its encoding, if anything.
    """
    soup = htmlsoup.make_soup(data, encoding)
    links: list[dict[str, Any]] = []
    anchors: list[tuple[str | None, int | None, int | None, str, str]] = []
    find_links(soup, lambda url, **place: links.append({"url": url, **place}), linkparse.LinkTags)
    find_links(soup, lambda url, **place: anchors.append((url, *place.values())), linkparse.AnchorTags)
    return Read(soup.original_encoding or "ISO-8859-1", links, anchors)


def find_links(soup: Any, callback: Callable[..., None], tags: Any) -> None:
    """LinkChecker's function of this name, which collects the text of links alone instead of that of each element."""
    finder = linkparse.LinkFinder(callback, tags)
    for element in soup.find_all(True):
        text = element.text.strip() if element.name == "a" else ""
        column = None if element.sourcepos is None else element.sourcepos + 1
        finder.html_element(element.name, element.attrs, text, element.sourceline, column)


def be_quiet() -> None:
    """Do not make messages for those who search for errors in LinkChecker: one for each element that nobody hears."""
    log.debug = lambda *_, **__: None
