"""Which files is a drawing made of, and in which state does a spec want it?

A page in `pages/` can show several screens. It lists its states on its root element, such as
`<html data-states="menu settings">`, and the spec chooses one of them with `?show=menu`. Needs no browser, so that
anybody can ask whether a raw picture is older than its page.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from scripts.screens.model import Spec

PAGES = "pages"
_SHARED = (".css", ".js")


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


def fingerprint(page: Path) -> str:
    """A hash of a page and of the styles and scripts beside it: while it stays, so do the pictures."""
    digest = hashlib.sha256()
    for path in (page, *sorted(path for path in page.parent.iterdir() if path.suffix in _SHARED)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
