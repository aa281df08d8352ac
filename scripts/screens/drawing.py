"""Which files is a drawing made of, and in which state does a spec want it?

A page in `pages/` can show several screens. It lists its states on its root element, such as
`<html data-states="menu settings">`, and the spec chooses one of them with `?show=menu`. Needs no browser, so that
anybody can ask whether a raw picture is older than its page.
"""

from __future__ import annotations

import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path
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
    shown = _Shown(state)
    shown.feed(page.read_text(encoding="utf-8"))
    shown.close()
    digest = hashlib.sha256(json.dumps(shown.parts).encode())
    for path in sorted(path for path in page.parent.iterdir() if path.suffix in _SHARED):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class _Shown(HTMLParser):
    """Collects tags and texts, but for elements with a `data-in` that does not list the state."""

    def __init__(self, state: str | None) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[object] = []
        self._state = state
        self._left_out = 0  # how deep within an element that is not shown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        states = dict(attrs).get("data-in")
        absent = states is not None and self._state not in states.split()
        if self._left_out or absent:
            self._left_out += tag not in _VOID
        else:
            self.parts.append([tag, *([name, value] for name, value in attrs if name not in _STATES)])

    def handle_endtag(self, tag: str) -> None:
        if not self._left_out:
            self.parts.append(tag)
        elif tag not in _VOID:
            self._left_out -= 1

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.parts.append(data)
