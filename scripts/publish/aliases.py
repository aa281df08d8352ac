"""How does a page keep an id that it used to have?

Puts an empty element with the old id into the element that has the new one, so that browsers stop there with and
without script. Works on the text of the page: nothing else of it changes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

from selectolax.lexbor import LexborHTMLParser

# Elements that may hold only certain others: the old id goes into the first thing within them that may hold any.
_LISTS = {"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "menu", "details", "colgroup"}
# Elements that hold no text, or whose content is not shown as such: the old id goes before them.
_CLOSED = {
    "area", "audio", "base", "br", "canvas", "col", "embed", "hr", "iframe", "img", "input", "link", "math", "meta",
    "object", "param", "picture", "script", "select", "source", "style", "svg", "textarea", "track", "video", "wbr",
}  # fmt: skip


class NoSuchId(Exception):
    """The page does not have the id that an old one should lead to."""


def add(page: str, aliases: Mapping[str, str]) -> str:
    """Give old ids to the elements that have new ones.

    Args:
        page: the HTML of a page.
        aliases: the new id for each old one; "" stands for the page as a whole, which is its first heading.

    Returns:
        The HTML with the old ids in it.

    Raises:
        NoSuchId: if the page lacks a new id.
    """
    if not aliases:
        return page
    found = _Finder(set(aliases.values())).read(page)
    places: dict[int, list[str]] = {}
    for old, new in aliases.items():
        if new not in found:
            raise NoSuchId(new or "h1")
        places.setdefault(found[new], []).append(f'<span id="{escape(old)}" data-old></span>')
    for place in sorted(places, reverse=True):
        page = page[:place] + "".join(places[place]) + page[place:]
    return page


def ids(page: str) -> set[str]:
    """The ids that a page has."""
    return {node.id for node in LexborHTMLParser(page).css("[id]") if node.id}


class _Done(Exception):
    """All that was wanted is found: the rest of the page need not be read."""


class _Finder(HTMLParser):
    """Finds where within a page's text an old id belongs, for each id that is wanted."""

    def __init__(self, wanted: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._places: dict[str, int] = {}
        self._wanted, self._open = wanted, set[str]()
        self._lines = [0]

    def read(self, page: str) -> dict[str, int]:
        """The place for each wanted id that the page has."""
        for line in page.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        with contextlib.suppress(_Done):
            self.feed(page)
            self.close()
        return self._places

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        identifier = dict(attrs).get("id")
        if identifier in self._wanted and identifier not in self._places:
            self._open.add(identifier)
        if tag == "h1" and "" in self._wanted and "" not in self._places:
            self._open.add("")
        if not self._open or tag in _LISTS:
            return
        row, column = self.getpos()
        begin = self._lines[row - 1] + column
        place = begin if tag in _CLOSED else begin + len(self.get_starttag_text() or "")
        self._places |= dict.fromkeys(self._open, place)
        self._open = set()
        if self._places.keys() == self._wanted:
            raise _Done
