"""Is the thing still where the mark points?

A real screenshot has no elements that one could ask. So each anchor keeps a fingerprint of the picture around it: its
rectangle, twice as wide and high, made grey and very small; 256 bits say whether it gets darker, or lighter, from one
cell to the next, to the right and downwards. Exchange the raw for one where something else lies there, and the bits
differ. It cannot tell two places apart that look the same, such as two switches below each other: give such an anchor
the whole row, with its words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from PIL import Image

from scripts.screens.model import Anchor

CELLS = 8
BITS = 4 * CELLS * CELLS
TOLERANCE = 8  # bits; and never more than an eighth of those that are set, or a few words would equal an empty ground
STEP = 3  # of 255 shades: what differs by less counts as equal, so that a flat ground gives the same bits each time

_PREFIX = "dhash:"

Rect = tuple[float, float, float, float]


def patch_hash(image: Image.Image, rect: Rect) -> str:
    """The fingerprint of what lies around a rectangle: "dhash:" and 64 hexadecimal digits.

    Args:
        image: the raw.
        rect: left, top, width and height in its pixels.

    Raises:
        ValueError: if the rectangle is not on the picture.
    """
    left, top, width, height = rect
    if not all(map(math.isfinite, rect)) or width < 1 or height < 1:
        raise ValueError(f"{list(rect)} is no rectangle: left, top, width, height, in pixels")
    if left < 0 or top < 0 or left + width > image.width or top + height > image.height:
        raise ValueError(f"{list(rect)} reaches beyond the picture, which is {image.width} x {image.height}")
    around = (
        max(math.floor(left - width / 2), 0),
        max(math.floor(top - height / 2), 0),
        min(math.ceil(left + width * 1.5), image.width),
        min(math.ceil(top + height * 1.5), image.height),
    )
    crop = image.crop(around).convert("L")
    number = 0
    for step in (*_steps(crop, 1, 0), *_steps(crop, 0, 1)):
        number = number << 2 | (step >= STEP) << 1 | (step <= -STEP)
    return f"{_PREFIX}{number:0{BITS // 4}x}"


def distance(a: str, b: str) -> int:
    """In how many of 256 bits two fingerprints differ. Of what is no fingerprint: all.

    >>> distance("dhash:" + "0" * 64, "dhash:" + "0" * 63 + "3")
    2
    """
    one, other = _number(a), _number(b)
    return BITS if one is None or other is None else (one ^ other).bit_count()


def same(a: str, b: str) -> bool:
    """Whether two fingerprints are of the same thing.

    At most 8 bits may differ, and at most an eighth of those that are set in the poorer one. Measured on 1,369 elements
    of pages of this site at three scales: of 5,668 that another page has differently at the same place, none passes;
    compressed as JPEG, none fails; moved by one CSS pixel, 71 % fail, and by four, 97 %.
    """
    return distance(a, b) <= min(TOLERANCE, _bits(a) // 8, _bits(b) // 8)


def empty(a: str) -> bool:
    """Whether there was nothing to recognise."""
    return _bits(a) < 8


def problems(image: Image.Image, anchors: dict[str, Anchor]) -> list[str]:
    """A sentence for each anchor of a screenshot at whose place something else lies now.

    Args:
        image: the raw, as committed.
        anchors: what its anchors file says of it.
    """
    found = []
    for name, anchor in anchors.items():
        cure = f"look where it lies now, and say so: screens place … --anchor {name}=LEFT,TOP,WIDTH,HEIGHT"
        try:
            now = patch_hash(image, anchor.rect)
        except ValueError as error:
            found.append(f"the anchor {name}: {error}; {cure}")
            continue
        if anchor.patch is None:
            found.append(f"the anchor {name} has no fingerprint of what it points at; {cure}")
        elif not same(anchor.patch, now):
            differ = distance(anchor.patch, now)
            found.append(f"the anchor {name} points at something else than it did ({differ} of {BITS} bits); {cure}")
    return found


def _number(text: str) -> int | None:
    digits = text.removeprefix(_PREFIX)
    if digits == text or len(digits) != BITS // 4 or not set(digits) <= set("0123456789abcdef"):
        return None
    return int(digits, 16)


def _bits(text: str) -> int:
    return (_number(text) or 0).bit_count()


def _steps(crop: Image.Image, right: int, down: int) -> Iterator[int]:
    """By how much each cell is lighter than the one to its right, or below it."""
    width, height = CELLS + right, CELLS + down
    shades = crop.resize((width, height), Image.Resampling.BOX).tobytes()
    for y in range(CELLS):
        for x in range(CELLS):
            yield shades[y * width + x] - shades[(y + down) * width + x + right]
