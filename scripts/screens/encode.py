"""How do pixels become small files that are the same on every machine and carry nothing else?

Every setting is pinned, and each encoder runs in one thread: AVIF gives other bytes with more. Of several ways to make
a file small, the smallest counts that keeps the marks and the whole close enough to what was drawn. What is written is
looked through byte by byte first, and reaches its name in one step.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, features
from PIL import __version__ as _pillow

from scripts.screens.audit import audit
from scripts.screens.files import put

EMAIL_WIDTH = 600  # pixels: what mail programs show without scaling
EMAIL_BYTES = 100_000

AVIF_QUALITY = 60
# Speed 6 saves a quarter of the bytes and takes five times as long; drawings this plain are small enough without it.
_AVIF: dict[str, Any] = {"subsampling": "4:4:4", "speed": 8, "max_threads": 1, "autotiling": False}
_BETTER = (75, 90)  # where the usual quality does not pass
_WEBP: dict[str, Any] = {"lossless": True, "quality": 80, "method": 4}
_MANY = 2**15  # colours from which on the more careful ways to a palette take seconds, and gain nothing
_EMAIL_COLOURS = (256, 128, 64, 32, 16)


Clock = Callable[[str], AbstractContextManager[None]]  # counts what a block takes towards a stage of that name


class TooLarge(ValueError):
    """A picture does not fit into the bytes that it may have."""


@dataclass(frozen=True)
class Gate:
    """How far a file may be from what was drawn, in levels of 0 to 255 of the channel that is furthest off.

    `marks`: for 99 of 100 pixels in and around marks; `mean`: for the average of all pixels; `most`: for 999 of 1000 of
    all pixels, so that no small coloured thing is lost.
    """

    marks: int
    mean: float
    most: int

    def passes(self, drawn: Image.Image, seen: Image.Image, mask: Image.Image) -> bool:
        """Whether what one sees is close enough to what was drawn, both in RGB. `mask` is 255 where marks are."""
        red, green, blue = ImageChops.difference(drawn, seen).split()
        worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        everywhere = worst.histogram()
        mean = sum(step * count for step, count in enumerate(everywhere)) / sum(everywhere)
        in_marks = worst.histogram(mask)
        return mean <= self.mean and level(everywhere, 0.999) <= self.most and level(in_marks, 0.99) <= self.marks


AVIF_GATE = Gate(marks=24, mean=2.5, most=48)
WEBP_GATE = Gate(marks=8, mean=1.5, most=24)


def versions() -> str:
    """The versions of everything that decides on pixels and bytes."""
    names = ("avif", "webp", "freetype2", "zlib", "libjpeg_turbo")
    return " ".join([f"pillow {_pillow}", *(f"{name} {features.version(name)}" for name in names)])


def _untimed(stage: str) -> AbstractContextManager[None]:
    return nullcontext()


def avif(image: Image.Image, mask: Image.Image, clock: Clock = _untimed) -> bytes:
    """An AVIF file of an RGB picture: the least quality that passes `AVIF_GATE`, else the best.

    Args:
        image: in RGB.
        mask: see `Gate`.
        clock: times the checking as "check".
    """
    data = b""
    for quality in (AVIF_QUALITY, *_BETTER):
        data = avif_at(image, quality)
        with clock("check"):
            if AVIF_GATE.passes(image, seen(data), mask):
                break
    return data


def avif_at(image: Image.Image, quality: int) -> bytes:
    """An AVIF file of an RGB picture at a quality of 0 to 100."""
    return _saved(image, "AVIF", quality=quality, **_AVIF)


def webp(image: Image.Image, mask: Image.Image, clock: Clock = _untimed) -> bytes:
    """A WebP file of an RGB picture: the smallest of some that passes `WEBP_GATE`; one of them is exact.

    Args:
        image: in RGB.
        mask: see `Gate`.
        clock: times the checking as "check".
    """
    best = _saved(image, "WEBP", **_WEBP)
    for how in sorted({Image.Quantize.FASTOCTREE, _careful(image)}):
        reduced = _reduced(image, 256, how).convert("RGB")
        with clock("check"):  # of what is saved without loss, everything is seen
            if not WEBP_GATE.passes(image, reduced, mask):
                continue
        best = min(best, _saved(reduced, "WEBP", **_WEBP), key=len)
    return best


def seen(file: bytes) -> Image.Image:
    """What a file of ours shows, in RGB."""
    with Image.open(io.BytesIO(file)) as opened:
        return opened.convert("RGB")


def print_png(image: Image.Image) -> bytes:
    """A grey PNG for paper."""
    return _saved(image.convert("L"), "PNG", optimize=True)


def email_png(image: Image.Image) -> bytes:
    """A PNG for mail: a palette, opaque, 600 pixels wide.

    Args:
        image: in RGB; wider ones become 600 wide, narrower ones stand in the middle of a white ground.

    Raises:
        TooLarge: if it has more than 100 kB even with very few colours.
    """
    if image.width > EMAIL_WIDTH:
        height = max(1, round(image.height * EMAIL_WIDTH / image.width))
        image = image.resize((EMAIL_WIDTH, height), Image.Resampling.LANCZOS)
    ground = Image.new("RGB", (EMAIL_WIDTH, image.height), (255, 255, 255))
    ground.paste(image, ((EMAIL_WIDTH - image.width) // 2, 0))
    how = _careful(ground)
    for colours in _EMAIL_COLOURS:
        data = _saved(_reduced(ground, colours, how), "PNG", optimize=True)
        if len(data) <= EMAIL_BYTES:
            return data
    raise TooLarge(f"the picture for mail has {len(data)} bytes, {EMAIL_BYTES} is the limit")


def write(path: Path, data: bytes) -> os.stat_result:
    """Put a picture under its name, whole or not at all.

    Args:
        path: its name; the ending says what it is.
        data: the file.

    Returns:
        What the file system knows of the file.

    Raises:
        ValueError: if the file carries anything but a picture. Nothing is written then.
        OSError: if it cannot be written. What was there before is still there.
    """
    found = audit(data, path.suffix.removeprefix("."))
    if found:
        raise ValueError(f"{path.name} carries more than a picture: {'; '.join(found)}")
    put({path: data})
    return path.stat()


def _saved(image: Image.Image, kind: str, **settings: Any) -> bytes:
    """A file of the pixels alone: a fresh picture has no profile, text or comment that could be carried on."""
    fresh = Image.new(image.mode, image.size)
    palette = image.getpalette()
    if palette is not None:
        fresh.putpalette(palette)
    fresh.paste(image)
    out = io.BytesIO()
    fresh.save(out, kind, **settings)
    return out.getvalue()


def _careful(image: Image.Image) -> Image.Quantize:
    """The way to a palette that keeps small coloured things, where it is quick enough."""
    return Image.Quantize.MAXCOVERAGE if image.getcolors(_MANY) else Image.Quantize.FASTOCTREE


def _reduced(image: Image.Image, colours: int, how: Image.Quantize) -> Image.Image:
    return image.quantize(colours, how, dither=Image.Dither.NONE)


def level(histogram: list[int], share: float) -> int:
    """The level that this share of the pixels does not exceed; 0 if there are none."""
    wanted, seen = share * sum(histogram), 0
    for step, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return step
    return 0
