"""What do the pictures of screens cost?

Makes all pictures of a copy of the project from nothing, then again with nothing to do, and looks at how large they
are. Whether another library would do it for less is asked in `peers`.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from scripts.cores import cores
from scripts.costs import cost, of_children
from scripts.project import Project
from scripts.screens import manifest, peers

AIMS = {"@1.avif": 30_000, "@2.avif": 60_000, "@1.webp": 55_000, "@2.webp": 110_000, ".email.png": 100_000}

_COLD = """
import datetime as dt, json, sys
from pathlib import Path
from scripts.project import Project
from scripts.screens.make import make
print(json.dumps(make(Project(Path(sys.argv[1])), dt.date.fromisoformat(sys.argv[2]), say=lambda line: None).seconds))
"""


@dataclass(frozen=True)
class Bytes:
    """How large the files of one kind are: how many there are, the median and the largest, in bytes."""

    count: int
    median: int
    most: int


@dataclass(frozen=True)
class Figures:
    """What was measured of all screens.

    `cold` and `warm` are seconds on the clock for a whole command, `processor` those of the cold one on all cores.
    `stages` are seconds on the clock, summed over pictures; `cores` worked on them at the same time. `memory` is the
    most that one process needed, in bytes.
    """

    screens: int
    cores: int
    cold: float
    processor: float
    warm: float
    stages: Mapping[str, float]
    memory: int
    sizes: Mapping[str, Bytes]

    @property
    def own(self) -> float:
        """The share of the time on all cores that no encoder used."""
        return 1 - self.stages["encode"] / (self.cold * self.cores)


def table(measured: Figures) -> Table:
    """What it costs."""
    drawn = Table(title="What the pictures cost", title_justify="left", show_header=False)
    drawn.add_row("screens", str(measured.screens))
    drawn.add_row(f"all of them from nothing, on {measured.cores} cores", f"{measured.cold:.1f} s")
    drawn.add_row("the same, of processors", f"{measured.processor:.1f} s")
    for stage, seconds in measured.stages.items():
        drawn.add_row(f"of that, {stage}", f"{seconds:.1f} s")
    drawn.add_row("a run with nothing to do", f"{measured.warm:.2f} s")
    drawn.add_row("most memory of a process", f"{measured.memory / 2**20:.0f} MiB")
    return drawn


def sizes_table(measured: Figures) -> Table:
    """How large the files are."""
    drawn = Table(title="What a picture weighs", title_justify="left")
    for name in ("kind", "files", "median", "largest"):
        drawn.add_column(name, justify="left" if name == "kind" else "right")
    for kind, size in measured.sizes.items():
        drawn.add_row(kind, str(size.count), f"{size.median / 1000:.1f} kB", f"{size.most / 1000:.1f} kB")
    return drawn


def peers_table(measured: Sequence[peers.Peer]) -> Table:
    """The same sample by several libraries."""
    drawn = Table(title=f"The same {peers.SAMPLE} pictures, equally close to what was drawn", title_justify="left")
    for name in ("library", "draw", "encode", "together / Pillow", "bytes", "quality", "SSIMULACRA 2"):
        drawn.add_column(name, justify="left" if name == "library" else "right")
    for peer in measured:
        ratio = (peer.draw + peer.encode) / (measured[0].draw + measured[0].encode)
        times = f"{peer.draw:.2f} s", f"{peer.encode:.2f} s", f"{ratio:.2f}"
        drawn.add_row(peer.name, *times, f"{peer.bytes / 1000:.1f} kB", str(peer.quality), f"{peer.score:.1f}")
    return drawn


def figures(project: Project, today: dt.date) -> Figures:
    """Measure.

    Args:
        project: a copy, with its tools: its finished pictures are thrown away.
        today: the day that counts as today.

    Raises:
        CalledProcessError: if its pictures cannot be made.
    """
    shutil.rmtree(manifest.pictures(project), ignore_errors=True)
    manifest.path(project).unlink(missing_ok=True)
    command = [sys.executable, "-c", _COLD, str(project.root), today.isoformat()]
    said: list[str] = []
    cold = cost(
        lambda: said.append(
            subprocess.run(command, check=True, cwd=project.root, capture_output=True, text=True).stdout
        )
    )
    memory = of_children().memory
    idle, day = [sys.executable, "-m", "scripts", "screens"], dt.datetime.combine(today, dt.time(12), dt.UTC)
    environ = {**os.environ, "SOURCE_DATE_EPOCH": str(int(day.timestamp()))}
    again = functools.partial(subprocess.run, idle, check=True, cwd=project.root, env=environ, capture_output=True)
    warm = [cost(again).seconds for _ in range(3)]
    return Figures(
        screens=len(manifest.inputs(project).screens),
        cores=cores(),
        cold=cold.seconds,
        processor=cold.processor,
        warm=min(warm),
        stages=json.loads(said[0].splitlines()[-1]),
        memory=memory,
        sizes=sizes(manifest.pictures(project)),
    )


def sizes(folder: Path) -> dict[str, Bytes]:
    """How large the files of each kind are, the kinds by how their names end."""
    found: dict[str, list[int]] = {}
    for path in sorted(folder.iterdir()):
        kind = path.name[path.name.index("@") :] if "@" in path.name else path.name[path.name.index(".") :]
        found.setdefault(kind, []).append(path.stat().st_size)
    return {kind: Bytes(len(all_), round(statistics.median(all_)), max(all_)) for kind, all_ in sorted(found.items())}


def verdicts(measured: Figures) -> list[tuple[bool, str]]:
    """Whether each aim is met, and what it is."""
    found = [
        (
            measured.sizes[kind].most <= aim,
            f"{kind} at most {aim / 1000:g} kB: {measured.sizes[kind].most / 1000:.1f} kB",
        )
        for kind, aim in AIMS.items()
        if kind in measured.sizes
    ]
    found.append((measured.own < 0.1, f"less than 10 % of the time not in encoders: {measured.own:.0%}"))
    memory = measured.memory / 2**20
    found.append((memory < 300, f"less than 300 MiB in one process: {memory:.0f} MiB"))
    found.append((measured.warm < 0.5, f"nothing to do in less than 0.5 s: {measured.warm:.2f} s"))
    return found
