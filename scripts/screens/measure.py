"""What do the pictures of screens cost, and would another library do the same for less?

Makes all pictures of a copy of the project from nothing, then again with nothing to do. The same marks are then drawn
and encoded once with Pillow and once with libvips, if that is installed (`pip install "pyvips[binary]"`), from the same
raws at the same settings; how far the marks of each file are from what was drawn is measured alike. Seconds are those
of the processor, unless they are said to be on the clock: other work on the machine disturbs these less.
"""

from __future__ import annotations

import datetime as dt
import importlib
import io
import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from scripts.project import Project
from scripts.screens import draw, encode, manifest
from scripts.screens.jobs import Job
from scripts.screens.load import FOLDER, load
from scripts.screens.palette import DARK, LIGHT
from scripts.screens.plan import plan
from scripts.screens.shapes import CORE, CORNER, HALO, RADIUS, STROKE, Scene, line_below, outline
from scripts.screens.work import shown

SAMPLE = 8  # pictures to compare libraries on
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
class Peer:
    """What one library needs for the sample: seconds and bytes for all of it, and how far off its marks are.

    `off` is the level, 0 to 255, that 99 of 100 pixels in and around marks do not exceed; the median of the sample.
    """

    name: str
    draw: float
    encode: float
    bytes: int
    off: int


@dataclass(frozen=True)
class Figures:
    """What was measured of all screens.

    `cold` and `warm` are seconds on the clock for a whole command, `processor` those of the cold one on all cores.
    `stages` are seconds on the clock, summed over pictures. `memory` is the most that one process needed, in bytes.
    """

    screens: int
    cold: float
    processor: float
    warm: float
    stages: Mapping[str, float]
    memory: int
    sizes: Mapping[str, Bytes]
    peers: tuple[Peer, ...]


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
    begun, before = time.monotonic(), _children()
    command = [sys.executable, "-c", _COLD, str(project.root), today.isoformat()]
    said = subprocess.run(command, check=True, cwd=project.root, capture_output=True, text=True).stdout
    cold, after = time.monotonic() - begun, _children()
    command = [sys.executable, "-m", "scripts", "screens", "--as-of", today.isoformat()]
    warm = [_clocked(lambda: subprocess.run(command, check=True, cwd=project.root, capture_output=True)) for _ in "123"]
    return Figures(
        screens=len(manifest.inputs(project).screens),
        cold=cold,
        processor=after[0] - before[0],
        warm=min(warm),
        stages=json.loads(said.splitlines()[-1]),
        memory=after[1],
        sizes=sizes(manifest.pictures(project)),
        peers=peers(project),
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
    memory = measured.memory / 2**20
    found.append((memory < 300, f"less than 300 MiB in one process: {memory:.0f} MiB"))
    found.append((measured.warm < 0.5, f"nothing to do in less than 0.5 s: {measured.warm:.2f} s"))
    return found


def peers(project: Project) -> tuple[Peer, ...]:
    """The same sample of pictures made by Pillow and, if it is there, by libvips."""
    screens, _ = load(project.docs / FOLDER)
    jobs, _, _ = plan(screens, "")
    pages = [job for job in jobs if job.product == "page" and job.scale == job.at]
    sample = pages[:: max(1, len(pages) // SAMPLE)][:SAMPLE]
    font = manifest.font(project).read_bytes()
    settings = f"AVIF {encode.AVIF_QUALITY} 4:4:4 speed 6"
    found = [
        _measured(f"Pillow, {settings}", sample, font, lambda job: draw.paint(shown(job), job.scene, job.at, font))
    ]
    try:
        vips = importlib.import_module("pyvips")
    except (ImportError, OSError):
        return tuple(found)
    vips.cache_set_max(0)
    found.append(_measured(f"libvips, {settings}", sample, font, lambda job: _vips(vips, job), _vips_avif))
    return tuple(found)


def _measured(
    name: str,
    sample: Iterable[Job],
    font: bytes,
    paint: Callable[[Job], Any],
    save: Callable[[Any], bytes] | None = None,
) -> Peer:
    drawing = encoding = 0.0
    total, off = 0, []
    for job in sample:
        begun = time.process_time()
        picture = paint(job)
        drawn = time.process_time()
        data = save(picture) if save else encode.avif_at(picture, encode.AVIF_QUALITY)
        encoding += time.process_time() - drawn
        drawing += drawn - begun
        total += len(data)
        with Image.open(io.BytesIO(data)) as opened:
            decoded = opened.convert("RGB")
        source = picture if save is None else _from_vips(picture)
        red, green, blue = ImageChops.difference(source, decoded).split()
        worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        off.append(encode.level(worst.histogram(draw.mask(job.scene, job.at)), 0.99))
    return Peer(name, drawing, encoding, total, round(statistics.median(off)))


def _vips(vips: Any, job: Job) -> Any:
    """The picture of a job, made by libvips: the marks are an SVG laid over the cut raw."""
    left, top, right, bottom = job.scene.crop.scaled(job.scale).edges
    raw = vips.Image.new_from_file(str(job.raw)).crop(left, top, right - left, bottom - top)
    over = vips.Image.svgload_buffer(svg(job.scene, job.at).encode())
    return raw.composite2(over, "over").flatten().cast("uchar").copy_memory()


def _vips_avif(picture: Any) -> bytes:
    quality = encode.AVIF_QUALITY
    data: bytes = picture.heifsave_buffer(compression="av1", Q=quality, effort=3, subsample_mode="off", keep="none")
    return data


def _from_vips(picture: Any) -> Image.Image:
    return Image.frombytes("RGB", (picture.width, picture.height), picture.write_to_memory())


def svg(scene: Scene, scale: int) -> str:
    """The marks of a scene as a drawing: boxes, underlines, arrows and numbers, much as `draw` makes them."""
    light, dark = (f"rgb{colour}" for colour in (LIGHT, DARK))
    parts = []
    for mark in scene.marks:
        x, y = mark.badge
        if mark.tip:
            for width, colour in ((CORE + 2 * HALO, light), (CORE, dark)):
                line = f'x1="{x}" y1="{y}" x2="{mark.tip[0]}" y2="{mark.tip[1]}"'
                parts.append(f'<line {line} stroke="{colour}" stroke-width="{width}"/>')
        elif mark.draw == "underline":
            line_at = line_below(mark.target, scene.canvas)
            for by, colour in ((0, light), (-HALO, dark)):
                rect = line_at.grown(by)
                place = f'x="{rect.left}" y="{rect.top}" width="{rect.width}" height="{rect.height}"'
                parts.append(f'<rect {place} rx="2" fill="{colour}"/>')
        else:
            rect = outline(mark.target, scene.canvas, scene.gap).grown(-STROKE / 2)
            place = f'x="{rect.left}" y="{rect.top}" width="{rect.width}" height="{rect.height}" rx="{CORNER}"'
            for width, colour in ((STROKE, light), (CORE, dark)):
                parts.append(f'<rect {place} fill="none" stroke="{colour}" stroke-width="{width}"/>')
        parts.append(f'<circle cx="{x}" cy="{y}" r="{RADIUS - 1}" fill="{dark}" stroke="{light}" stroke-width="2"/>')
        text = f'x="{x}" y="{y + 6}" font-size="17" font-weight="700" text-anchor="middle" font-family="sans-serif"'
        parts.append(f'<text {text} fill="{light}">{mark.number}</text>')
    across, down = scene.canvas.width, scene.canvas.height
    size = f'width="{across * scale}" height="{down * scale}" viewBox="0 0 {across} {down}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def _children() -> tuple[float, int]:
    """Processor seconds of all children that have ended, and the most memory that one of them needed, in bytes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _clocked(act: Callable[[], object]) -> float:
    begun = time.monotonic()
    act()
    return time.monotonic() - begun
