"""Is a committed raw a plain picture, and which pixels has it?

Raws come from `capture` and `intake`, which write nothing but RGB PNGs with pixels in them. Anything else in their
place was put there by hand, so it is refused and not mended. The size is looked at before anything is unpacked.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from pathlib import Path

from PIL import Image

from scripts.screens import containers
from scripts.screens.audit import audit

PIXELS = 40_000_000
_RGB_8 = bytes((8, 2, 0, 0, 0))  # of the header: bits, RGB, and the only compression, filters and order that we take


class BadRaw(ValueError):
    """A raw that is not as our tools write them. The text says why."""


def raw(path: Path, sha256: str) -> Image.Image:
    """The pixels of a raw, in RGB, in a picture that carries nothing else.

    Args:
        path: the file.
        sha256: the hash that its bytes must have.

    Raises:
        BadRaw: if it is another file, no plain RGB PNG, or too large.
        OSError: if it cannot be read.
    """
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise BadRaw("it is not the picture whose anchors are known")
    return decode(data)


def decode(data: bytes) -> Image.Image:
    """The same from the bytes of the file."""
    try:
        parts, _ = containers.png(data)
    except containers.Broken as error:
        raise BadRaw(f"it is no whole PNG: {error}") from None
    head = data[parts[0].start : parts[0].end]
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    if not 0 < width * height <= PIXELS:
        raise BadRaw(f"it is {width} x {height} pixels; {PIXELS // 10**6} million is the limit")
    if head[8:] != _RGB_8 or any(part.name == "tRNS" for part in parts):
        raise BadRaw("it is not in RGB with 8 bits a channel")
    found = audit(data, "png")
    if found:
        raise BadRaw(f"it carries more than pixels: {'; '.join(found)}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=["PNG"]) as opened:
                fresh = Image.new("RGB", opened.size)
                fresh.paste(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as error:
        raise BadRaw(f"it cannot be decoded: {error}") from None
    return fresh
