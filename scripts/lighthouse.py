"""What does Lighthouse say of the site, on a slow phone?

Lets nginx serve the built site with its packed copies, as a host would, and Lighthouse look at one page of each kind,
as it comes: a phone of the middle class on a slow line. Beside them stands a page of one line, with no style and no
script: what the machine takes for it no work of ours can save. Tasks of the browser that belong to no page, such as
making room for one, have a column of their own, and so has Lighthouse's measure of the machine, which is now fast, now
slow if others use it as well; both count. Lighthouse is fetched when it is asked for, since nothing else here needs
Node; so a machine that cannot fetch it measures all but this.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.table import Table

from scripts import nginx, weight
from scripts.pack import pack
from scripts.picture import CHROMIUM_ARGUMENTS, NoBrowser, chromium
from scripts.project import Project

PACKAGE = "lighthouse@12.8.2"
PAGES = {
    **weight.PAGES,
    "statement": "c/li-way-out-world/",
    "policy": "policies/meta/",
    "timeline": "timeline/",
    "sources": "sources/",
}
BARE = "one line"  # what the page is called that holds nothing else
_BARE_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="A page of one line, to compare others with.">
<title>One line</title>
</head>
<body><main><h1>One line</h1></main></body>
</html>
"""
MOST_LCP, MOST_TASK = 1.0, 50.0  # seconds; milliseconds
LOOKS = 5
_MINUTES = 5
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


class CannotMeasure(Exception):
    """Lighthouse or what it needs is not there. The text says what."""


@dataclass(frozen=True)
class Figures:
    """What Lighthouse says of one page, as the median of some looks.

    `scores` are its categories in the order of Lighthouse, each of 100. `lcp` and `fcp` are seconds, `blocking`,
    `longest` (of the tasks of the page) and `browser` (of those that belong to no page) milliseconds; a task that
    Lighthouse does not call long counts as 0. `shift` has no unit, nor has `machine`, Lighthouse's benchmark index:
    about 1500 to 2000 is what it expects, and some tasks take twice as long at half of it.
    """

    scores: tuple[int, ...]
    lcp: float
    fcp: float
    blocking: float
    longest: float
    browser: float
    shift: float
    machine: float


def figures(report: Mapping[str, Any]) -> Figures:
    """The figures of one report.

    Args:
        report: as Lighthouse writes it in JSON.

    Raises:
        CannotMeasure: if it holds an error of its own, or lacks a figure.
    """
    if report.get("runtimeError"):
        raise CannotMeasure(f"Lighthouse: {report['runtimeError'].get('message')}")
    try:
        audits = report["audits"]
        scores = tuple(round(report["categories"][name]["score"] * 100) for name in _CATEGORIES)
        tasks = audits["long-tasks"]["details"]["items"]
        longest, browser = (
            max((task["duration"] for task in tasks if task["url"].startswith("http") == own), default=0.0)
            for own in (True, False)
        )
        machine = float(report["environment"]["benchmarkIndex"])
        lcp, fcp, blocking, shift = (
            float(audits[name]["numericValue"])
            for name in (
                "largest-contentful-paint",
                "first-contentful-paint",
                "total-blocking-time",
                "cumulative-layout-shift",
            )
        )
    except (KeyError, TypeError) as error:
        raise CannotMeasure(f"Lighthouse's report lacks a figure: {error}") from None
    return Figures(scores, lcp / 1000, fcp / 1000, blocking, longest, browser, shift, machine)


def middle(looks: list[Figures]) -> Figures:
    """The median of each figure, whatever look it is of."""
    scores = zip(*(look.scores for look in looks), strict=True)
    return Figures(
        tuple(round(statistics.median(ones)) for ones in scores),
        *(statistics.median(getattr(look, part.name) for look in looks) for part in fields(Figures)[1:]),
    )


def measure(project: Project, told: Callable[[str], None], looks: int) -> dict[str, Figures]:
    """What Lighthouse says of one page of each kind, and of a page of one line.

    Args:
        project: whose site. It must be built.
        told: is told how far it is.
        looks: how often it looks at each page. The middle one counts.

    Raises:
        CannotMeasure: if Lighthouse or what it needs is not there.
    """
    try:
        browser = chromium()
        pack(project.site)
        with tempfile.TemporaryDirectory() as name:
            report, bare = Path(name) / "report.json", Path(name) / "bare"
            bare.mkdir()
            (bare / "index.html").write_text(_BARE_PAGE, encoding="utf-8")
            (bare / "_headers").touch()
            found: dict[str, Figures] = {}
            with nginx.running(bare, "/") as address:
                found |= _looked_at({BARE: address}, browser, report, told, looks)
            with nginx.running(project.site, urlsplit(project.site_url()).path) as address:
                pages = {kind: address + page for kind, page in PAGES.items()}
                found |= _looked_at(pages, browser, report, told, looks)
            return found
    except (NoBrowser, nginx.NoServer) as error:
        raise CannotMeasure(str(error)) from None


def _looked_at(
    addresses: Mapping[str, str], browser: Path, target: Path, told: Callable[[str], None], looks: int
) -> dict[str, Figures]:
    found = {}
    for name, address in addresses.items():
        seen = []
        for number in range(1, looks + 1):
            told(f"{name}, look {number} of {looks}")
            seen.append(look(address, browser, target))
        found[name] = middle(seen)
    return found


def look(address: str, browser: Path, target: Path) -> Figures:
    """What Lighthouse says of one page, looked at once.

    Args:
        address: of the page.
        browser: the Chromium to look with.
        target: where it may write its report.

    Raises:
        CannotMeasure: if it cannot be had, or does not come to an end.
    """
    npx = shutil.which("npx")
    if not npx:
        raise CannotMeasure("npx is not installed (Debian: apt install npm)")
    flags = " ".join(("--headless", "--disable-gpu", *CHROMIUM_ARGUMENTS))
    command = [
        npx, "--yes", PACKAGE, address, "--quiet", "--output=json", f"--output-path={target}",
        f"--only-categories={','.join(_CATEGORIES)}", f"--chrome-flags={flags}",
    ]  # fmt: skip
    target.unlink(missing_ok=True)
    try:
        done = subprocess.run(
            command,
            check=False,
            env={**os.environ, "CHROME_PATH": str(browser)},
            capture_output=True,
            text=True,
            timeout=_MINUTES * 60,
        )
    except subprocess.TimeoutExpired:
        raise CannotMeasure(f"Lighthouse does not end within {_MINUTES} minutes") from None
    if done.returncode or not target.exists():
        raise CannotMeasure(f"{PACKAGE} does not run: {(done.stderr or done.stdout).strip()[-500:]}")
    return figures(json.loads(target.read_text(encoding="utf-8")))


def table(found: Mapping[str, Figures], looks: int) -> Table:
    """A row a page, from the middle of some looks."""
    title = f"{PACKAGE}, as it comes, median of {looks}, tasks in ms"
    drawn = Table(title=title, title_justify="left")
    for column in ("", "scores", "LCP s", "FCP s", "block", "task", "browser", "shift", "index"):
        drawn.add_column(column, justify="right" if column else "left")
    for name, said in found.items():
        scores = " ".join(map(str, said.scores if len(set(said.scores)) > 1 else said.scores[:1]))
        whole = f"{said.blocking:.0f}", f"{said.longest:.0f}", f"{said.browser:.0f}"
        drawn.add_row(
            name, scores, f"{said.lcp:.2f}", f"{said.fcp:.2f}", *whole, f"{said.shift:.3f}", f"{said.machine:.0f}"
        )
    return drawn


def verdicts(found: Mapping[str, Figures]) -> list[tuple[bool, str]]:
    """Which aims are met, each with the page that is furthest from it."""
    ours = {name: said for name, said in found.items() if name != BARE}
    low = min(ours, key=lambda name: min(ours[name].scores))
    late = max(ours, key=lambda name: ours[name].lcp)
    busy = max(ours, key=lambda name: ours[name].longest)
    slow = max(ours, key=lambda name: ours[name].browser)
    moves = max(ours, key=lambda name: ours[name].shift)
    own, browser = ours[busy].longest, ours[slow].browser
    beside = f"; {BARE}: {found[BARE].browser:.0f}" if BARE in found else ""
    return [
        (min(ours[low].scores) == 100, f"100 in all four categories: {min(ours[low].scores)} ({low})"),
        (ours[late].lcp <= MOST_LCP, f"LCP at most {MOST_LCP} s: {ours[late].lcp:.2f} ({late})"),
        (own <= MOST_TASK, f"no task of a page over {MOST_TASK:.0f} ms: {own:.0f} ({busy})"),
        (browser <= MOST_TASK, f"nor one of the browser's own: {browser:.0f} ({slow}{beside})"),
        (ours[moves].shift == 0, f"nothing moves: {ours[moves].shift:.3f} ({moves})"),
    ]
