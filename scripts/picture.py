"""What does the home page look like, for somebody who reads the README?

One picture of the built site, taken by a real Chromium.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from scripts.doctor import chromium_cure, find_chromium
from scripts.project import Project
from scripts.server import Served, Server, running

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
_SIZE = (1280, 800)


class NoBrowser(Exception):
    """There is no Chromium. The text says how to get one."""


def chromium() -> Path:
    """The browser to use.

    Raises:
        NoBrowser: if there is none that starts.
    """
    found = find_chromium()
    if found is None:
        raise NoBrowser(f"There is no Chromium or Chrome that starts. Get one: {chromium_cure()}")
    return found


def take(project: Project) -> Path:
    """Take the picture of the home page of `project.site`, and say where it is."""
    path = project.docs / "assets" / "home.png"
    width, height = _SIZE
    with running(Server(Served.under(project.site, project.site_url()))) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_ARGUMENTS))
        size: ViewportSize = {"width": width, "height": height}
        page = browser.new_page(viewport=size, color_scheme="light", reduced_motion="reduce")
        page.goto(server.address, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=path)
        browser.close()
    return path
