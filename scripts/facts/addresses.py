"""Under which address does a fact stand, and how does one page link to another?

Fragments are HTML, which the engine does not rewrite, so relative addresses are made here. They work under any
sub-path because they never begin with a slash. Every package that writes HTML uses them.
"""

from __future__ import annotations

import functools
import posixpath

SOURCES = "sources.md"
TIMELINE = "timeline.md"
DISAGREEMENTS = "disagreements.md"
METHOD = "about/method.md"
OPEN_QUESTIONS = "about/open-questions.md"

CALENDAR = "calendar.ics"  # of all dates, below the site's root

# Short addresses are printed, read out and typed. So these are letters, and what follows them is an id.
CLAIMS = "c"
SHORT_GUIDES = "g"
SHORT = 40  # characters that a short address may have after the host, slashes and all


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
def asset(page: str, name: str) -> str:
    """The address of a file below `docs/`, such as a picture, as seen from `page`."""
    return posixpath.relpath(name, folder(page) or ".")


@functools.cache
def _between(page: str, target: str) -> str:
    """The way from one folder to another. (`posixpath.relpath` asks where the process is, thousands of times.)"""
    start, end = folder(page).split("/")[:-1], folder(target).split("/")[:-1]
    shared = 0
    while start[shared : shared + 1] == end[shared : shared + 1] != []:
        shared += 1
    return "../" * (len(start) - shared) + "".join(f"{part}/" for part in end[shared:]) or "./"


def policy(platform: str) -> str:
    """The page with all claims about a platform."""
    return f"policies/{platform}.md"


def region(identifier: str) -> str:
    """The comparison for a region."""
    return f"compare/{identifier}.md"


def guide(slug: str) -> str:
    """A guide."""
    return f"guides/{slug}.md"


def checklist(slug: str) -> str:
    """The checklist of a guide."""
    return f"guides/{slug}/checklist.md"


def claim(identifier: str) -> str:
    """The permanent page of a claim, under its short address: `c/li-ms-ai-uk/`."""
    return f"{CLAIMS}/{identifier}.md"


def short_guide(slug: str) -> str:
    """The short address of a guide, which leads on to it: `g/facebook/`."""
    return f"{SHORT_GUIDES}/{slug}.md"


def feed(name: str, ending: str) -> str:
    """A feed: `name` is a platform, a region or `all`, `ending` is `atom` or `json`. A file below the site's root."""
    return f"feeds/{name}.{ending}"


def data(name: str) -> str:
    """A file of the open data, such as `claims.json`. A file below the site's root."""
    return f"api/v1/{name}"


def comparison(region: str, ending: str) -> str:
    """The comparison of a region as data: `ending` is `json` or `csv`. `all` is one table of every region."""
    return data(f"compare/{region}.{ending}")


def kit(kind: str, name: str, ending: str) -> str:
    """A block for newsletters: `kind` is `guide` or `change`, `ending` is `txt`, `md` or `html`."""
    return f"kit/{kind}/{name}.{ending}"
