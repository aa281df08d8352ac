"""Does every link inside the built site lead somewhere?

Reads each HTML file once, collects the ids it has and the addresses it names (links, pictures, styles, scripts), and
checks those that stay within the site: the file must exist and the anchor must be on its page. Addresses elsewhere are
not looked at. The facts enter pages as HTML, which the engine does not check, so this pass is what protects them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from scripts.facts.problems import Problem

_SELECTOR = "[href], [src], [id], a[name]"
_PARALLEL_FROM = 200  # below that many pages, starting processes costs more than it saves


@dataclass(frozen=True)
class Page:
    """What one HTML file has and names. `path` is relative to the site, `site_path` is where the site begins."""

    path: str
    ids: frozenset[str]
    doubled: tuple[str, ...]
    links: tuple[str, ...]


def read_page(site: Path, path: str) -> Page:
    """Parse one file."""
    ids: set[str] = set()
    doubled: list[str] = []
    links: dict[str, None] = {}
    for node in LexborHTMLParser((site / path).read_bytes()).css(_SELECTOR):
        attributes = node.attributes
        identifier = attributes.get("id")
        if identifier:
            if identifier in ids:
                doubled.append(identifier)
            ids.add(identifier)
        name = attributes.get("name")
        if name and node.tag == "a":
            ids.add(name)
        for key in ("href", "src"):
            value = attributes.get(key)
            if value:
                links[value] = None
    return Page(path, frozenset(ids), tuple(doubled), tuple(links))


def check(site: Path, base: str = "/") -> tuple[list[Problem], int]:
    """Check a built tree.

    Args:
        site: the folder to check.
        base: the path that the site will be published under. Only 404 pages name it: they are shown at any address.

    Returns:
        The problems, and the number of pages seen. No page at all is a problem.
    """
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    if not paths:
        return [Problem(site.name, 0, "empty", "there is no page in it", "build the site first")], 0
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {page.path: page for page in _read_all(site, paths)}
    problems = [problem for page in pages.values() for problem in _problems(page, pages, files, base)]
    return problems, len(pages)


def _read_all(site: Path, paths: list[str]) -> Iterable[Page]:
    if len(paths) < _PARALLEL_FROM:
        return [read_page(site, path) for path in paths]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(read_page, [site] * len(paths), paths, chunksize=32))


def _problems(page: Page, pages: dict[str, Page], files: set[str], base: str) -> Iterable[Problem]:
    for identifier in page.doubled:
        yield Problem(page.path, 0, "double id", f'the id "{identifier}" comes twice', "give one of the two another id")
    for link in page.links:
        fault = _fault(page, link, pages, files, base)
        if fault:
            yield Problem(page.path, 0, "broken link", f'"{link}": {fault}', "correct the link, or add what it names")


def _fault(page: Page, link: str, pages: dict[str, Page], files: set[str], base: str) -> str | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(base):
            return f"it leaves the site, which begins at {base}"
        target = path.removeprefix(base)
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
        if path.endswith("/") or path in (".", ".."):
            target += "/"
        if target.startswith(".."):
            return "it leaves the site"
    if target in ("", ".", "./"):
        target = "index.html"
    elif target.endswith("/"):
        target += "index.html"
    if target not in files:
        return f"there is no {target}"
    anchor = unquote(parts.fragment)
    if (
        anchor
        and anchor != "top"
        and not anchor.startswith(":~:")
        and target in pages
        and anchor not in pages[target].ids
    ):
        return f'there is no "{anchor}" on {target}'
    return None
