"""What does LinkChecker say of a built tree?

Serves the tree on this machine below the path that it will be published under, starts `crawler.py`, and holds what it
said against the tree: a crawl that broke off, lost its output, or left out a page is worth nothing and is told as such.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from scripts.links.findings import ToolFailed, Verdict
from scripts.links.lead import Home, own_address
from scripts.server import Served, Server, running

SETTINGS = Path(__file__).with_name("linkcheckerrc")
CRAWLER = (sys.executable, "-m", "scripts.links.crawler", str(SETTINGS))
HEADERS = {"LinkChecker": "as fast as you like"}  # without it, LinkChecker asks for six pages a second at most
SITEMAP = "sitemap.xml"
_TOOLS = Path(__file__).resolve().parents[2]  # where the module `scripts` is found
_SECONDS = 900  # fifty times what our site takes
_LAST_LINES = 15


class Crawled(NamedTuple):
    """What LinkChecker says of one link on one page.

    `page` is the path under which the page is read. `path` and `fragment` are where the link leads below our root, both
    decoded; `path` is None for a link that leads elsewhere. `said` is what LinkChecker objects to.
    """

    page: str
    line: int
    written: str
    path: str | None
    fragment: str
    verdict: Verdict
    said: str


@dataclass(frozen=True)
class Crawl:
    """All that LinkChecker said, and the pages that it read, by the paths under which they are read."""

    links: tuple[Crawled, ...]
    read: frozenset[str]


@contextmanager
def served(site: Path, home: Home) -> Iterator[str]:
    """Serve a tree on this machine; yields the address of its home page."""
    with running(Server(Served(site, home.base, headers=HEADERS))) as server:
        yield server.address


def crawl(address: str, home: Home, begin: Sequence[str], command: Sequence[str] = CRAWLER) -> Crawl:
    """Let LinkChecker crawl a tree that is being served.

    Args:
        address: where its home page is served.
        home: where the site will be published.
        begin: paths below the root to begin at. Whatever they link to is found from there.
        command: how to start the crawler.

    Raises:
        ToolFailed: if LinkChecker broke off, or said nothing that can be understood.
    """
    task = {"address": address, "site_url": home.address("") if home.host else "", "begin": [*map(quote, begin)]}
    try:
        done = subprocess.run(
            command,
            check=False,
            cwd=_TOOLS,
            input=json.dumps(task),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolFailed(f"LinkChecker could not be run: {error}") from None
    last = "\n".join(done.stderr.splitlines()[-_LAST_LINES:])
    if done.returncode != 0:
        raise ToolFailed(f"LinkChecker broke off with exit code {done.returncode}:\n{last}")
    try:
        result = json.loads(done.stdout)
        links = tuple(_link(link, address, home) for link in result["links"] if link["parent"])
        read = frozenset(path for url in result["parsed"] if (path := _below(url, address)) is not None)
        errors, unjudged = int(result["internal_errors"]), list(result["unjudged"])
    except (ValueError, KeyError, TypeError) as error:
        raise ToolFailed(f"LinkChecker's output is lost or broken ({error!r}):\n{last}") from None
    if errors:
        raise ToolFailed(f"LinkChecker had {errors} internal errors:\n{last}")
    if unjudged:
        raise ToolFailed(f"LinkChecker has no verdict for {len(unjudged)} addresses, the first being {unjudged[0]}")
    return Crawl(links, read)


def held_against(crawl: Crawl, pages: Sequence[str], listed: Sequence[str]) -> None:
    """See that a crawl left nothing out.

    Args:
        crawl: what LinkChecker said.
        pages: every HTML file of the tree.
        listed: the files that the sitemap lists, as far as they are in the tree.

    Raises:
        ToolFailed: if a page was not read, or if there was nothing to check.
    """
    unread = sorted({own_address(page) for page in (*pages, *listed)} - crawl.read)
    if unread:
        some = ", ".join(path or "the home page" for path in unread[:5])
        raise ToolFailed(f"LinkChecker read {len(crawl.read)} pages, but not {len(unread)} others: {some}")
    if not crawl.links:
        raise ToolFailed("LinkChecker found no link at all")


def _link(link: dict[str, Any], address: str, home: Home) -> Crawled:
    found = as_crawled(link["parent"], link["written"], link["url"], link["line"], address, home)
    if not link["valid"]:
        return found._replace(verdict=Verdict.BROKEN, said=str(link["result"]))
    if not link["warnings"]:
        return found
    anchor = any(tag is None for tag, _ in link["warnings"])  # AnchorCheck's warnings have no tag
    said = "; ".join(text for _, text in link["warnings"])
    return found._replace(verdict=Verdict.BROKEN if anchor else Verdict.WARNING, said=said)


def as_crawled(parent: str, written: str, url: str, line: int | str, address: str, home: Home) -> Crawled:
    """A link as LinkChecker tells it, in terms of the site instead of this machine. The verdict is left open (fine)."""
    if written.startswith(address) and home.host:
        written = home.address(written.removeprefix(address))
    fragment = unquote(urlsplit(url).fragment)
    page = _below(parent, address) or ""
    return Crawled(page, int(line or 0), written, _below(url, address), fragment, Verdict.FINE, "")


def _below(url: str, address: str) -> str | None:
    """The decoded path below the root, if an address on this machine is below it."""
    path = urlsplit(url)._replace(query="", fragment="").geturl()
    return unquote(path.removeprefix(address)) if path.startswith(address) else None
