"""Which part of a raw does a reader see, and where do the named things lie in it?

Everything here is in CSS pixels of the screen, and the same for all variants of it: browsers place an element up to
one pixel differently at another scale, so the rectangle of an anchor is taken around those of all variants. A change of
theme or of scale then moves nothing on the page.
"""

from __future__ import annotations

from typing import Literal

from scripts.screens.geometry import Rect, around
from scripts.screens.load import Screen
from scripts.screens.model import Crop

CropName = Literal["wide", "narrow"]


def crop_box(screen: Screen, crop: CropName) -> Rect:
    """The part of the whole picture that is shown: whole CSS pixels.

    Raises:
        KeyError: if it is around an anchor that a variant lacks.
    """
    wanted = _wanted(screen, crop)
    whole = screen.canvas
    if wanted is None:
        return whole
    return around(screen.rects[name] for name in wanted.around).grown(wanted.pad).clipped(whole)


def crop_size(screen: Screen, crop: CropName) -> tuple[int, int]:
    """Width and height of the picture that is shown, in CSS pixels.

    Raises:
        KeyError: if the crop is around an anchor that a variant lacks.
    """
    left, top, right, bottom = crop_box(screen, crop).edges
    return right - left, bottom - top


def crops(screen: Screen) -> tuple[CropName, ...]:
    """The crops to make: the narrow one only if it differs from the wide one.

    Raises:
        KeyError: if a crop is around an anchor that a variant lacks.
    """
    return ("wide",) if crop_box(screen, "wide") == crop_box(screen, "narrow") else ("wide", "narrow")


def _wanted(screen: Screen, crop: CropName) -> Crop | None:
    """What the spec says of a crop. None means the whole picture; a narrow crop that is not given is the wide one."""
    given = screen.spec.crop
    return given.narrow if crop == "narrow" and given.narrow else given.wide
