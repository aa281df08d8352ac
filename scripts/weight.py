"""What does a first view cost its reader?

Opens pages in a real browser that has seen nothing of the site yet, and counts requests and bytes until the page is at
rest, as a host would send them: text compressed with gzip at its best, pictures and type as they are. The limits are
promises to readers on slow or dear connections. `shell` is what pages share (of the styles within them, those of the
home page); it may grow by two hundredths, and not by accident: the ledger `docs/ledgers/weight.json` holds what it was.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, ViewportSize

LEDGER = Path("ledgers", "weight.json")  # below docs/
PAGES = {
    "home": "",
    "guide with pictures": "guides/linkedin-web/",
    "long guide": "guides/facebook/",
    "comparison": "compare/",
    "region": "compare/eu/",
}
PHONE: ViewportSize = {"width": 390, "height": 844}
MOST, MOST_REQUESTS, MOST_WITHOUT, MOST_TYPE = 60_000, 6, 30_000, 30_000  # bytes, but for the second
GROWTH = 1.02

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


@dataclass(frozen=True)
class View:
    """What was fetched for one view of a page: bytes by kind, and the number of requests."""

    page: str
    script: bool
    requests: int
    text: int
    type: int
    pictures: int

    @property
    def bytes(self) -> int:
        """All of it."""
        return self.text + self.type + self.pictures


@dataclass(frozen=True)
class Shell:
    """What pages share, in bytes: styles (of the home page), script and type of a first view, what a search fetches."""

    styles: int
    script: int
    type: int
    search_code: int


def compressed(path: Path) -> int:
    """How many bytes of a file a host sends that compresses text."""
    content = path.read_bytes()
    return len(gzip.compress(content, 9)) if path.suffix in _TEXT else len(content)


def first_view(browser: Browser, site: Path, address: str, page: str, *, script: bool) -> View:
    """Open a page on a phone that has nothing of the site in store.

    Args:
        browser: what to open it with.
        site: the folder of the site.
        address: where the site is served.
        page: the address of the page below that.
        script: whether script runs.
    """
    context = browser.new_context(viewport=PHONE, java_script_enabled=script)
    fetched: list[Path] = []
    try:
        context.on("response", lambda response: fetched.append(_file(site, response.url.removeprefix(address))))
        context.new_page().goto(address + page, wait_until="networkidle")
    finally:
        context.close()
    sizes = {"text": 0, "type": 0, "pictures": 0}
    for path in fetched:
        kind = "text" if path.suffix in _TEXT else "type" if path.suffix == ".woff2" else "pictures"
        sizes[kind] += compressed(path)
    return View(page, script, len(fetched), **sizes)


def sent(site: Path, address: str) -> int:
    """How many bytes a host sends for an address below a site."""
    return compressed(_file(site, address))


def _file(site: Path, address: str) -> Path:
    path = unquote(urlsplit(address).path)
    return site / (path + "index.html" if path.endswith("/") or not path else path)


def shell(site: Path) -> Shell:
    """Weigh what all pages of a built site share."""

    def weigh(*patterns: str) -> int:
        return sum(compressed(path) for pattern in patterns for path in sorted(site.glob(pattern)))

    home = (site / "index.html").read_text(encoding="utf-8")
    return Shell(
        styles=len(gzip.compress("".join(_STYLE.findall(home)).encode(), 9)),
        script=weigh("assets/opted-in.js"),
        type=weigh("assets/fonts/*-text.woff2"),
        search_code=weigh("assets/search.css", "assets/search.js", "assets/vendor/*.js"),
    )


def grown(now: Shell, before: Shell) -> list[str]:
    """Which parts grew by more than is allowed, in words."""
    return [
        f"{name.replace('_', ' ')}: {size} bytes, {before_size} before. Make it smaller, or agree to it: "
        "python -m scripts weight --keep"
        for (name, size), before_size in zip(asdict(now).items(), asdict(before).values(), strict=True)
        if size > before_size * GROWTH
    ]


def too_heavy(views: Sequence[View]) -> list[str]:
    """Which views break a limit, in words.

    Without script a browser fetches all pictures of a page, whatever the page says, so they do not count there.
    """
    said = []
    for view in views:  # each limit by itself
        limits = (
            [(view.bytes, MOST, "bytes"), (view.requests, MOST_REQUESTS, "requests"), (view.type, MOST_TYPE, "of type")]
            if view.script
            else [(view.text, MOST_WITHOUT, "bytes without script")]
        )
        said += [f"{view.page or 'home'}: {is_} {what}, limit {most}" for is_, most, what in limits if is_ > most]
    return said


def read(docs: Path) -> Shell:
    """What the ledger says."""
    return Shell(**json.loads((docs / LEDGER).read_text(encoding="utf-8")))


def keep(docs: Path, now: Shell) -> None:
    """Enter what all pages share into the ledger."""
    (docs / LEDGER).write_text(json.dumps(asdict(now), indent=1) + "\n", encoding="utf-8")
