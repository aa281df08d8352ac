"""How does one job become files?

decode, check what is redacted, cut, scale, draw, encode, look through, write: in this order. What is hidden is one
flat colour before anything is scaled, so no filter can carry a trace of it outwards. Marks are drawn last, at the size
at which they are shown, so that their edges stay sharp. Runs in a process of its own, or in this one.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageStat

from scripts.screens import decode, draw, encode, redact
from scripts.screens.geometry import Rect
from scripts.screens.jobs import SUFFIXES, Job

_DENSE = 96.0  # standard deviation of grey levels, on which a badge is as much in the way as can be


@dataclass
class Result:
    """What came of a job: size in bytes and time of change in nanoseconds of each file, and seconds for each stage."""

    files: dict[str, tuple[int, int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def clock(self, stage: str) -> Iterator[None]:
        """Add what the block takes to a stage. A block within another counts for its own stage alone."""
        begun, within = time.perf_counter(), sum(self.seconds.values())
        try:
            yield
        finally:
            spent = time.perf_counter() - begun - (sum(self.seconds.values()) - within)
            self.seconds[stage] = self.seconds.get(stage, 0.0) + spent


def perform(job: Job, folder: Path, font: bytes) -> Result:
    """Make the files of one job.

    Args:
        job: what to make.
        folder: where to put it.
        font: the font's file.

    Raises:
        ValueError: if the raw is not plain, a redacted region of it is not flat, or a file carries too much.
        OSError: if a file cannot be read or written.
    """
    result = Result()
    with result.clock("decode"):
        plain = shown(job)
    with result.clock("draw"):
        drawn = draw.paint(plain, job.scene, job.at, font)
    mask = draw.mask(job.scene, job.at)
    for suffix in SUFFIXES[job.product]:
        with result.clock("encode"):
            data = _ENCODERS[job.product, suffix](drawn, mask, result.clock)
        with result.clock("write"):
            for stem in job.stems:
                known = encode.write(folder / (stem + suffix), data)
                result.files[stem + suffix] = known.st_size, known.st_mtime_ns
    return result


def pixels(job: Job, font: bytes) -> Image.Image:
    """What a job draws, before it is encoded."""
    return draw.paint(shown(job), job.scene, job.at, font)


def shown(job: Job) -> Image.Image:
    """The part of the raw that a job shows, in the size in which it is shown, without marks.

    Raises:
        ValueError: if the raw is not plain, or a redacted region of it is not flat.
        OSError: if it cannot be read.
    """
    whole = redact.apply(_raw(job.raw, job.sha256), job.redactions)
    box = job.scene.crop.scaled(job.scale).snapped().edges
    if box[2] > whole.width or box[3] > whole.height:
        raise decode.BadRaw(f"it is {whole.width} x {whole.height} pixels, less than its anchors file says")
    part = whole.crop(box)
    wanted = job.scene.canvas.scaled(job.at).snapped().edges[2:]
    return part if part.size == wanted else part.resize(wanted, Image.Resampling.LANCZOS)


@functools.lru_cache(maxsize=1)
def _raw(path: Path, sha256: str) -> Image.Image:
    """The last raw that was read: whoever does all jobs of one raw after each other reads it once."""
    return decode.raw(path, sha256)


def ink(pictures: list[tuple[Image.Image, int]], crop: Rect) -> Callable[[Rect], float]:
    """A function that says how much is drawn in a part of a crop: 0 for one plain colour, 1 for dense text.

    Args:
        pictures: whole raws, each with its scale; what is densest on any of them counts.
        crop: where the crop lies, in CSS pixels.
    """
    greys = [(picture.convert("L"), scale) for picture, scale in pictures]

    def look(part: Rect) -> float:
        found = 0.0
        for grey, scale in greys:
            box = part.moved(crop.left, crop.top).scaled(scale).snapped().clipped(Rect(0, 0, *grey.size))
            if not box.empty:
                found = max(found, ImageStat.Stat(grey.crop(box.edges)).stddev[0])
        return min(found / _DENSE, 1.0)

    return look


_ENCODERS: dict[tuple[str, str], Callable[[Image.Image, Image.Image, encode.Clock], bytes]] = {
    ("page", ".avif"): encode.avif,
    ("page", ".webp"): encode.webp,
    ("print", ".png"): lambda drawn, *_: encode.print_png(drawn),
    ("email", ".png"): lambda drawn, *_: encode.email_png(drawn),
}
