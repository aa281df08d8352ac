"""Would another library make the same pictures for less?

A sample of pictures is drawn and encoded with Pillow as in a build, with libvips, and with ImageMagick if it is
installed: the same raws, and the marks as the same shapes. Each of the others encodes at the least quality at which its
files are as close to what it drew as Pillow's are, by SSIMULACRA 2. Seconds are those of the processor, of this process
and of the programs that it starts. libvips and the metric are borrowed for the measurement.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from scripts.borrowed import borrow, libraries
from scripts.costs import processor
from scripts.project import Project
from scripts.screens import draw, encode, manifest
from scripts.screens.jobs import Job
from scripts.screens.load import FOLDER, load
from scripts.screens.palette import DARK, LIGHT
from scripts.screens.plan import plan
from scripts.screens.shapes import CORE, CORNER, HALO, RADIUS, STROKE, Scene, line_below, outline
from scripts.screens.work import shown

SAMPLE = 4  # pictures: judging one takes a second, and each is judged half a dozen times
CLOSE = 0.1  # points of SSIMULACRA 2, of 100, that count as the same
_QUALITIES = range(30, 100)
_SPEED = 8  # of the encoder that all three use, as in a build

Score = Callable[[str, str], float]


@dataclass(frozen=True)
class Peer:
    """What one library needs for the sample: seconds and bytes for all of it, at a quality of 0 to 100 of its own, and
    how close the files are to what was drawn, by SSIMULACRA 2, on average.
    """

    name: str
    draw: float
    encode: float
    bytes: int
    quality: int
    score: float


@dataclass(frozen=True)
class Way:
    """How one library does it. Both write a file: what was drawn, as PNG or PPM, and what is made of it, as AVIF."""

    name: str
    draw: Callable[[Job, Path], None]
    encode: Callable[[Path, Path, int], None]


def compare(project: Project) -> tuple[list[Peer], list[str]]:
    """Measure all that can be had; returns what was measured, and what was not and why."""
    screens, _ = load(project.docs / FOLDER)
    jobs, _, _ = plan(screens, "")
    pages = [job for job in jobs if job.product == "page" and job.scale == job.at == 1]
    sample = pages[:: max(1, len(pages) // SAMPLE)][:SAMPLE]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            sys.path.append(str(libraries(borrow(folder, "pyvips", "pyvips-binary", "ssimulacra2"))))
            score: Score = importlib.import_module("ssimulacra2").compute_ssimulacra2
            vips: Any = importlib.import_module("pyvips")
        except (ImportError, OSError, subprocess.CalledProcessError) as error:
            return [], [f"the metric and libvips cannot be had: {error}"]
        vips.cache_set_max(0)
        ways, missing = [_vips(vips)], []
        program = _imagemagick()
        if program:
            ways.append(_magick(program))
        else:
            missing.append("ImageMagick with AVIF is not installed (on Debian: apt-get install imagemagick)")
        ours = _measured(_pillow(manifest.font(project).read_bytes()), sample, folder, score, encode.AVIF_QUALITY)
        return [ours, *(_alike(way, sample, folder, score, ours.score) for way in ways)], missing


def _alike(way: Way, sample: Sequence[Job], folder: Path, score: Score, wanted: float) -> Peer:
    """The measurement at the least quality that reaches a score, or else at the best one."""
    low, high = 0, len(_QUALITIES) - 1
    found: dict[int, Peer] = {}
    while low < high:
        middle = (low + high) // 2
        found[middle] = _measured(way, sample, folder, score, _QUALITIES[middle])
        low, high = (low, middle) if found[middle].score >= wanted - CLOSE else (middle + 1, high)
    return found.get(low) or _measured(way, sample, folder, score, _QUALITIES[low])


def _measured(way: Way, sample: Sequence[Job], folder: Path, score: Score, quality: int) -> Peer:
    drawing = encoding = 0.0
    total, scores = 0, []
    for job in sample:
        drawn, made, seen = folder / "drawn.png", folder / "made.avif", folder / "seen.png"
        begun = processor()
        way.draw(job, drawn)
        between = processor()
        way.encode(drawn, made, quality)
        encoding += processor() - between
        drawing += between - begun
        total += made.stat().st_size
        with Image.open(made) as opened:
            opened.convert("RGB").save(seen)
        with Image.open(drawn) as opened:
            opened.convert("RGB").save(folder / "flat.png")
        scores.append(score(str(folder / "flat.png"), str(seen)))
    return Peer(way.name, drawing, encoding, total, quality, float(statistics.mean(scores)))


def _pillow(font: bytes) -> Way:
    def paint(job: Job, target: Path) -> None:
        draw.paint(shown(job), job.scene, job.at, font).save(target, "PNG", compress_level=1)

    def save(drawn: Path, target: Path, quality: int) -> None:
        with Image.open(drawn) as opened:
            target.write_bytes(encode.avif_at(opened.convert("RGB"), quality))

    return Way("Pillow, as in a build", paint, save)


def _vips(vips: Any) -> Way:
    def paint(job: Job, target: Path) -> None:
        left, top, right, bottom = job.scene.crop.scaled(job.scale).edges
        raw = vips.Image.new_from_file(str(job.raw)).crop(left, top, right - left, bottom - top)
        over = vips.Image.svgload_buffer(svg(job.scene, job.at).encode())
        raw.composite2(over, "over").flatten().cast("uchar").pngsave(str(target), compression=1)

    def save(drawn: Path, target: Path, quality: int) -> None:
        picture = vips.Image.new_from_file(str(drawn))
        options = {"compression": "av1", "effort": 9 - _SPEED, "subsample_mode": "off", "keep": "none"}
        picture.heifsave(str(target), Q=quality, **options)

    return Way("libvips", paint, save)


def _imagemagick() -> str | None:
    """The program of ImageMagick, if there is one that writes AVIF."""
    for name in ("magick", "convert"):
        for folder in os.get_exec_path():
            program = shutil.which(name, path=folder)
            if program:
                command = [program, "-list", "format"]
                said = subprocess.run(command, check=False, capture_output=True, text=True).stdout
                if re.search(r"^ *AVIF.* rw", said, re.MULTILINE):
                    return program
    return None


def _magick(program: str) -> Way:
    def paint(job: Job, target: Path) -> None:
        left, top, right, bottom = job.scene.crop.scaled(job.scale).edges
        marks = target.with_suffix(".svg")
        marks.write_text(svg(job.scene, job.at), encoding="utf-8")
        cut = f"{right - left}x{bottom - top}+{left}+{top}"
        command = [program, str(job.raw), "-crop", cut, "+repage", "-background", "none", f"svg:{marks}", "-composite"]
        command += ["-flatten", "-define", "png:compression-level=1", f"png24:{target}"]
        subprocess.run(command, check=True)

    def save(drawn: Path, target: Path, quality: int) -> None:
        options = ["-strip", "-quality", str(quality), "-define", f"heic:speed={_SPEED}"]
        options += ["-define", "heic:chroma=444", "-sampling-factor", "4:4:4"]
        subprocess.run([program, str(drawn), *options, str(target)], check=True)

    return Way("ImageMagick", paint, save)


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
