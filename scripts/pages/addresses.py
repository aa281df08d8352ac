"""How does one page link to another?

Fragments are HTML, which the engine does not rewrite, so relative addresses are made here. They work under any
sub-path because they never begin with a slash.
"""

from __future__ import annotations

import functools
import posixpath

SOURCES = "sources.md"
TIMELINE = "timeline.md"
DISAGREEMENTS = "disagreements.md"
OPEN_QUESTIONS = "about/open-questions.md"


def folder(page: str) -> str:
    """The address of a Markdown page below the site's root: `compare/uk.md` is read at `compare/uk/`."""
    stem = page.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        stem = stem.removesuffix("index").rstrip("/")
    return stem + "/" if stem else ""


def relative(page: str, target: str, anchor: str = "") -> str:
    """The address of `target` (a Markdown path, `index.md` for home) as seen from `page`, with an optional anchor."""
    path = _between(page, target)
    if anchor:
        return f"{path}#{anchor}" if path != "./" else f"#{anchor}"
    return path


@functools.cache
def _between(page: str, target: str) -> str:
    return posixpath.relpath(folder(target) or ".", folder(page) or ".") + "/"


def policy(platform: str) -> str:
    """The page with all claims about a platform."""
    return f"policies/{platform}.md"


def region(identifier: str) -> str:
    """The comparison for a region."""
    return f"compare/{identifier}.md"


def guide(slug: str) -> str:
    """A guide."""
    return f"guides/{slug}.md"
