"""What does a build cost, and how much of that is ours?

Measures copies in a temporary folder, so that nothing of the checkout is touched: this site, and a made-up one of a
thousand pages, each beside a bare run of the engine over the same pages with the fragments already in them. The two
are measured in turns, and compared as ratios of processor time, which other work on the machine disturbs less than the
clock. "Ours" is everything in a build that is not the engine: starting, rendering, what pages are given, checking
links, putting in place. Its aim, 15 % of a bare build, is out of reach: to start, and to read and check the facts,
takes more than that before a page is made, as the table shows. And the engine makes 46 of the 440 pages that each get
a card, their own styles, a policy, notes for paper and a check of every link.
"""

from __future__ import annotations

import datetime as dt
import gc
import re
import shutil
import statistics
import sys
import tempfile
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from scripts import synthetic
from scripts.build import build
from scripts.copies import add_tools, copy
from scripts.costs import Run, cost, of_children, watch
from scripts.edition import Edition
from scripts.project import Project
from scripts.render import render
from scripts.screens import manifest
from scripts.warm import Warm

PLATFORMS, REGIONS = 25, 40
SIZES = (250, 500, 1000)
_RUNS, _LARGE_RUNS = 3, 1
_SNIPPETS = r"^  - pymdownx\.snippets:\n(?:      .*\n)+"
_NO_PLUGINS = r"^plugins: .*\n"  # without this line, the engine makes its own search, as it does by itself
_INCLUDE = re.compile(r'^( *)--8<-- "([^"]+)"$', re.MULTILINE)
_START = "import sys; from scripts.bench import start; start(*sys.argv[1:])"
_PROBE = "import sys; from scripts.bench import probe; probe(*sys.argv[1:])"


@dataclass(frozen=True)
class Figures:
    """What was measured of one site. Seconds, except `memory` and `bare_memory` (bytes) and `pages`.

    `changed` and `warm` are None where nothing would be learned from them. `ratio` is a cold build as a multiple of a
    bare one, `ours` the part of the build that is not the engine, as a share of a bare one, and `start` that which
    starting and reading the facts takes.
    """

    name: str
    pages: int
    cold: float
    changed: float | None
    warm: float | None
    render: float
    bare: float
    ratio: float
    ours: float
    start: float
    memory: int
    bare_memory: int


def sites(project: Project, today: dt.date, console: Console, *, quick: bool) -> list[Figures]:
    """Measure copies of this site and, unless it must be quick, large ones. Shows how far it is."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with tempfile.TemporaryDirectory() as folder, Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("this site", total=1 if quick else 1 + len(SIZES))
        here = copy(project, Path(folder) / "this")
        measured = [measure("this site", here, today, _RUNS)]
        progress.advance(task)
        for pages in () if quick else SIZES:
            progress.update(task, description=f"{pages} pages")
            target = Path(folder) / str(pages)
            made = synthetic.make(target, project, platforms=PLATFORMS, regions=REGIONS, pages=pages)
            add_tools(project, made)
            largest = pages == SIZES[-1]
            measured.append(measure(f"{pages} pages", made, today, _LARGE_RUNS, change=largest, serve=False))
            shutil.rmtree(target)
            progress.advance(task)
    return measured


def measure(
    name: str, project: Project, today: dt.date, runs: int, *, change: bool = True, serve: bool = True
) -> Figures:
    """Measure one site. It must be a copy: words are changed in it.

    Args:
        name: what to call it.
        project: the copy.
        today: the day that counts as today.
        runs: how many times; the median counts.
        change: whether to build again after a one-word change.
        serve: whether to do so in a warm process as well, as `serve` does.
    """
    render(Edition(project, today))
    bare = strip(project, project.root.with_name(project.root.name + "-bare"))
    day = today.isoformat()
    colds, bares, starts, ours = list[Run](), list[Run](), list[Run](), list[float]()
    for _ in range(runs):
        _forget(project)
        cold = watch([sys.executable, "-c", _PROBE, str(project.root), day], project.root)
        colds.append(cold)
        ours.append(cold.processor - float(cold.said.splitlines()[-1]))
        target = str(bare.root / "site")
        command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(bare.config), "--site-dir", target]
        bares.append(watch(command, bare.root))
        starts.append(watch([sys.executable, "-c", _START, str(project.root), day], project.root))
    command = [sys.executable, "-m", "scripts", "build", "--as-of", day]
    changes = [after_change(project, lambda: watch(command, project.root)) for _ in range(runs if change else 0)]
    warms: list[float] = []
    if serve:
        with Warm(project.root) as warm:
            warm.run(command[3:])  # starts it, which is not to be measured
            warms = [after_change(project, lambda: warm.run(command[3:])) for _ in range(runs)]
    renders = [_rendering(project, today) for _ in range(runs)]
    pages = sum(1 for _ in project.site.rglob("*.html"))
    shutil.rmtree(bare.root)
    return Figures(
        name=name,
        pages=pages,
        cold=statistics.median(run.seconds for run in colds),
        changed=statistics.median(changes) if changes else None,
        warm=statistics.median(warms) if warms else None,
        render=statistics.median(renders),
        bare=statistics.median(run.seconds for run in bares),
        ratio=statistics.median(one.processor / other.processor for one, other in zip(colds, bares, strict=True)),
        ours=statistics.median(own / other.processor for own, other in zip(ours, bares, strict=True)),
        start=statistics.median(one.processor / other.processor for one, other in zip(starts, bares, strict=True)),
        memory=max(run.memory for run in colds),
        bare_memory=max(run.memory for run in bares),
    )


def _rendering(project: Project, today: dt.date) -> float:
    """Seconds that rendering takes, as the verbs do it: without looking for memory that could be freed."""
    gc.collect()
    gc.disable()
    try:
        return cost(lambda: render(Edition(project, today))).seconds
    finally:
        gc.enable()


def _forget(project: Project) -> None:
    """Delete what builds have made, but finished pictures: what those cost is measured elsewhere."""
    for path in [project.site, *project.build.glob("*")]:
        if path.is_dir() and path != manifest.path(project).parent:
            shutil.rmtree(path)


def after_change(project: Project, act: Callable[[], object]) -> float:
    """Change one word of one page, then say how long something takes."""
    page = project.docs / "about" / "method.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nAnother.\n", encoding="utf-8")
    return cost(act).seconds


def strip(project: Project, target: Path) -> Project:
    """The same site with its fragments written into its pages, so that the engine alone can build it."""
    bare = Project(target)
    for name in ("docs", "overrides"):
        shutil.copytree(project.root / name, target / name)
    settings = project.config.read_text(encoding="utf-8")
    for ours in (_SNIPPETS, _NO_PLUGINS):
        settings = re.sub(ours, "", settings, flags=re.MULTILINE)
    bare.config.write_text(settings, encoding="utf-8")
    foot = (project.fragments / "foot.md").read_text(encoding="utf-8")
    shutil.rmtree(bare.docs / "screens", ignore_errors=True)  # no pages

    def fragment(found: re.Match[str]) -> str:
        return textwrap.indent((project.fragments / found[2]).read_text(encoding="utf-8"), found[1])

    for page in bare.docs.rglob("*.md"):
        filled = _INCLUDE.sub(fragment, page.read_text(encoding="utf-8"))
        page.write_text(f"{filled}\n\n{foot}", encoding="utf-8")
    return bare


def probe(root: str, day: str) -> None:
    """Build, and print the processor time of the engine. Runs in a process of its own, which `measure` watches."""
    begun: list[tuple[str, float]] = []

    def say(stage: str) -> None:
        begun.append((stage, of_children().processor))

    build(Project(Path(root)), dt.date.fromisoformat(day), say=say)
    names = [stage for stage, _ in begun]
    at = names.index("engine")
    print(begun[at + 1][1] - begun[at][1])


def start(root: str, day: str) -> None:
    """Load what a build needs, and read and check the facts. Runs in a process of its own, as `probe` does."""
    gc.disable()
    assert Edition(Project(Path(root)), dt.date.fromisoformat(day)).resolver


def table(measured: Sequence[Figures]) -> Table:
    """All figures: a row a figure, a column a site."""
    drawn = Table(title="What a build costs", title_justify="left")
    drawn.add_column("")
    for site in measured:
        drawn.add_column(site.name, justify="right")
    rows = {
        "pages": [str(site.pages) for site in measured],
        "cold build": [f"{site.cold:.2f} s" for site in measured],
        "build after a one-word change": [_seconds(site.changed) for site in measured],
        "the same while serving": [_seconds(site.warm) for site in measured],
        "render alone": [f"{site.render:.2f} s" for site in measured],
        "bare engine, same pages": [f"{site.bare:.2f} s" for site in measured],
        "cold build / bare": [f"{site.ratio:.2f}" for site in measured],
        "our part / bare": [f"{site.ours:.0%}" for site in measured],
        "of it, to start and read the facts": [f"{site.start:.0%}" for site in measured],
        "peak memory": [f"{site.memory / 2**20:.0f} MiB" for site in measured],
        "peak memory / bare": [f"{site.memory / site.bare_memory:.2f}" for site in measured],
        "cold build, a page": [f"{site.cold / site.pages * 1000:.1f} ms" for site in measured],
    }
    for name, values in rows.items():
        drawn.add_row(name, *values)
    return drawn


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f} s"


def verdicts(measured: Sequence[Figures]) -> list[tuple[bool, str]]:
    """Whether each aim is met, and what it is."""
    here, *large = measured
    found = [(here.render < 1, f"render under 1 s: {here.render:.2f} s")]
    found += [
        (site.ours < 0.15, f"our part under 15 % of the bare build, {site.name}: {site.ours:.0%}") for site in measured
    ]
    if large:
        least, most = large[0], large[-1]
        growth = (most.cold / most.pages) / (least.cold / least.pages)
        # A page may cost a little more among many: the machine drifts by more than that.
        found.append((growth < 1.1, f"growth no worse than linear: a page costs {growth:.2f} of what it cost"))
    return found
