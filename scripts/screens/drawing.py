"""Which files is a drawing made of, and in which state does a spec want it?

A page in `pages/` can show several screens. It lists its states on its root element, such as
`<html data-states="menu settings">`, and the spec chooses one of them with `?show=menu`. Needs no browser, so that
anybody can ask whether a raw picture is older than its page.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from scripts.screens.model import Spec

PAGES = "pages"
_SHARED = (".css", ".js")
_STATES = ("data-in", "data-states")  # they name other states as well
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def file_of(folder: Path, spec: Spec) -> Path | None:
    """The page of a schematic, whether it exists or not.

    Args:
        folder: the folder with the specs.
        spec: the spec that names the page.

    Returns:
        The file, or None if the spec names none or one outside `pages/`.
    """
    pages = (folder / PAGES).resolve()
    path = pages / urlsplit(spec.page or "").path
    return path if spec.page and path.resolve().is_relative_to(pages) and path != pages else None


def state_of(spec: Spec) -> str | None:
    """The state that a spec chooses, if it chooses one."""
    return parse_qs(urlsplit(spec.page or "").query).get("show", [None])[-1]


def fingerprint(page: Path, state: str | None) -> str:
    """A hash of what a page shows in one state, and of the styles and scripts beside it: while it stays, so do the
    pictures. What other states show is left out, so that a change there makes no work here.

    Args:
        page: the HTML of the drawing.
        state: one of those that it lists, or None if it has none.
    """
    digest = hashlib.sha256(json.dumps(list(_shown(page.read_text(encoding="utf-8"), state))).encode())
    for path in sorted(path for path in page.parent.iterdir() if path.suffix in _SHARED):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _shown(html: str, state: str | None) -> Iterator[object]:
    """The tags and texts of a page, but for elements with a `data-in` that does not list the state."""
    left_out = 0  # how deep within an element that is not shown
    for part in _parts(html):
        if part.opens:
            absent = part.states is not None and state not in part.states
            if left_out or absent:
                left_out += part.opens not in _VOID
                continue
        elif left_out:
            left_out -= part.closes not in (*_VOID, "")
            continue
        yield part.said


class _Part(NamedTuple):
    """A tag or a text: the name of the element that it opens or closes, the states that have it, and what it says."""

    opens: str
    closes: str
    states: tuple[str, ...] | None
    said: object


@functools.cache
def _parts(html: str) -> tuple[_Part, ...]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[_Part] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        states = dict(attrs).get("data-in")
        said = [tag, *([name, value] for name, value in attrs if name not in _STATES)]
        self.parts.append(_Part(tag, "", None if states is None else tuple(states.split()), said))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(_Part("", tag, None, tag))

    def handle_data(self, data: str) -> None:
        self.parts.append(_Part("", "", None, data))
