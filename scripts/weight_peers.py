"""What would the same site weigh with the theme as it comes, and what would searching cost with Pagefind?

The same Markdown is built with Material without any change, but for the type that it would fetch from another host; and
Pagefind, which fetches the index in parts, is asked the same two questions as our own search. Pagefind is fetched from
the package index for the measurement alone; where that cannot be done, it is left out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page
from rich.table import Table

from scripts import weight
from scripts.bench import strip
from scripts.borrowed import borrow
from scripts.project import Project
from scripts.server import Served, Server, running

PAGEFIND = "pagefind[bin]"
ASKED = ("private messages", "deadline")

_SETTINGS = """site_name: The same pages
site_url: https://same.example/
theme: {name: material, font: false}
markdown_extensions:
  - attr_list
  - md_in_html
  - tables
  - toc: {permalink: true, toc_depth: 3}
  - pymdownx.blocks.html
"""
_SEARCH = """async (words) => {
  const found = await (await import(document.baseURI + 'pagefind/pagefind.js')).search(words);
  return Promise.all(found.results.slice(0, 3).map((one) => one.data()));
}"""


@dataclass(frozen=True)
class Searched:
    """What one engine fetched for each of two questions, asked one after the other: requests and bytes."""

    name: str
    requests: tuple[int, int]
    bytes: tuple[int, int]


def default_views(project: Project, browser: Browser) -> dict[str, weight.View]:
    """First views, with script, of the same pages by Material as it comes.

    Args:
        project: what to build from. Its fragments must be there.
        browser: what to open pages with.

    Raises:
        CalledProcessError: if it cannot be built.
    """
    with tempfile.TemporaryDirectory() as folder:
        bare = strip(project, Path(folder) / "default")
        shutil.rmtree(bare.root / "overrides")
        bare.config.write_text(_SETTINGS, encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(bare.config)]
        subprocess.run(command, check=True, cwd=bare.root, capture_output=True)
        with running(Server(Served.under(bare.site, "https://same.example/"))) as server:
            return {
                name: weight.first_view(browser, bare.site, server.address, page, script=True)
                for name, page in weight.PAGES.items()
            }


def fetched(folder: Path) -> Path:
    """Install Pagefind below a folder, and return the Python that has it.

    Raises:
        CalledProcessError: if the package index does not have it, or cannot be reached.
    """
    return borrow(folder, PAGEFIND) / "bin" / "python"


def searches(
    site: Path, site_url: str, browser: Browser, fetch: Callable[[Path], Path] = fetched
) -> tuple[list[Searched], str]:
    """Ask our own search and Pagefind the same.

    Args:
        site: the built tree.
        site_url: the address that it is built for.
        browser: what to ask with.
        fetch: puts Pagefind below a folder, and returns the Python that has it.

    Returns:
        What both fetched; and why one is missing, if it is.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(site, Path(folder) / "site"))
        missing = ""
        try:
            python = fetch(Path(folder))
            subprocess.run([str(python), "-m", "pagefind", "--site", str(copy)], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            missing = str(error)
        engines = {"our own": _ask_ours} if missing else {"our own": _ask_ours, "Pagefind": _ask_pagefind}
        with running(Server(Served.under(copy, site_url))) as server:
            return [_searched(name, ask, copy, server.address, browser) for name, ask in engines.items()], missing


def default_table(ours: dict[str, weight.View], default: dict[str, weight.View]) -> Table:
    """First views side by side."""
    drawn = Table(title="First view beside Material as it comes (whose type, from another host, is left out)")
    for column in ("", "requests", "KB", "Material: requests", "KB"):
        drawn.add_column(column, justify="right" if column else "left")
    for name, view in default.items():
        cells = [str(ours[name].requests), f"{ours[name].bytes / 1000:.1f}"]
        drawn.add_row(name, *cells, str(view.requests), f"{view.bytes / 1000:.1f}")
    return drawn


def search_table(found: list[Searched]) -> Table:
    """What searching fetches."""
    drawn = Table(title=f"Searching for {ASKED[0]!r}, then for {ASKED[1]!r}")
    for column in ("", "requests", "KB", "then: requests", "KB"):
        drawn.add_column(column, justify="right" if column else "left")
    for one in found:
        (first, second), (size, more) = one.requests, one.bytes
        drawn.add_row(one.name, str(first), f"{size / 1000:.1f}", str(second), f"{more / 1000:.1f}")
    return drawn


def _searched(name: str, ask: Callable[[Page, str], None], site: Path, address: str, browser: Browser) -> Searched:
    context = browser.new_context(bypass_csp=True)  # Pagefind runs code that our policy forbids
    fetched: list[int] = []
    context.on("response", lambda response: fetched.append(weight.sent(site, response.url.removeprefix(address))))
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    counts, sizes = [], []
    for words in ASKED:
        fetched.clear()
        ask(page, words)
        page.wait_for_load_state("networkidle")
        counts.append(len(fetched))
        sizes.append(sum(fetched))
    context.close()
    return Searched(name, (counts[0], counts[1]), (sizes[0], sizes[1]))


def _ask_ours(page: Page, words: str) -> None:
    if not page.locator(".oi-search").count():
        page.keyboard.press("Control+k")
    page.locator(".oi-search input").fill(words)
    page.locator(".oi-search li").first.wait_for()
    page.wait_for_timeout(500)  # the index may still be on its way to the list


def _ask_pagefind(page: Page, words: str) -> None:
    assert page.evaluate(_SEARCH, words), f"Pagefind finds nothing for {words}"
