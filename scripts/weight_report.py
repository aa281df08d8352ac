"""How light are the pages, in a table?

Serves `site/` on this machine and measures first views of each kind of page, and what all pages share.
"""

from __future__ import annotations

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from scripts import weight, weight_peers
from scripts.picture import CHROMIUM_ARGUMENTS, chromium
from scripts.project import Project
from scripts.server import Served, Server, running


def report(project: Project, console: Console, *, keep: bool, beside: bool = False) -> list[str]:
    """Measure and print.

    Args:
        project: whose site. It must be built.
        console: where to print.
        keep: enter what all pages share into the ledger.
        beside: measure others beside it, see `weight_peers`.

    Returns:
        The limits that are broken, in words.

    Raises:
        NoBrowser: if there is none that starts.
    """
    with running(Server(Served.under(project.site, project.site_url()))) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_ARGUMENTS))
        views = {
            (name, script): weight.first_view(browser, project.site, server.address, page, script=script)
            for name, page in weight.PAGES.items()
            for script in (True, False)
        }
        peers = weight_peers.default_views(project, browser) if beside else {}
        searched, missing = weight_peers.searches(project.site, project.site_url(), browser) if beside else ([], "")
        browser.close()
    now = weight.shell(project.site)
    if keep:
        weight.keep(project.docs, now)
    console.print(table(views))
    if beside:
        console.print(weight_peers.default_table({name: views[name, True] for name in weight.PAGES}, peers))
        console.print(weight_peers.search_table(searched))
        if missing:
            console.print(f"not measured: Pagefind: {missing}", markup=False)
    console.print(
        f"Shared by pages: {now.styles} styles of the home page, {now.script} script, {now.type} type;", end=" "
    )
    console.print(f"with the first search: {now.search_code} bytes and the index")
    said = [*weight.too_heavy(list(views.values())), *weight.grown(now, weight.read(project.docs))]
    for line in said:
        console.print(f"[yellow]not met[/] {line}")
    return said


def table(views: dict[tuple[str, bool], weight.View]) -> Table:
    """A row a page: requests and kilobytes (1000 bytes), with script and without."""
    drawn = Table(title="First view, compressed", title_justify="left")
    for column in (
        "",
        "requests",
        "KB",
        "of it type",
        "pictures",
        "without script: requests",
        "KB of text",
        "pictures",
    ):
        drawn.add_column(column, justify="left" if not column else "right")
    for name in dict.fromkeys(name for name, _ in views):
        view, bare = views[name, True], views[name, False]
        sizes = [view.bytes, view.type, view.pictures]
        drawn.add_row(
            name,
            str(view.requests),
            *[f"{size / 1000:.1f}" for size in sizes],
            str(bare.requests),
            f"{bare.text / 1000:.1f}",
            f"{bare.pictures / 1000:.1f}",
        )
    return drawn
