"""Do two pictures differ so that a person would see it?

A badge that has moved a little is a thousandth of a picture and a third of the square around it. So pictures are
compared in squares of 32 pixels, and the worst square decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops

SIDE = 32  # pixels
LEVEL = 8  # of 255: less is what another version of a library does to an edge
SHARE = 0.02  # of the pixels of one square


@dataclass(frozen=True)
class Difference:
    """How two pictures differ: the share of changed pixels in the worst square, and all squares above the limit.

    Squares are left, top, right and bottom in pixels.
    """

    worst: float
    tiles: tuple[tuple[int, int, int, int], ...]

    @property
    def visible(self) -> bool:
        """Whether they count as different."""
        return bool(self.tiles)


def compare(one: Image.Image, other: Image.Image) -> Difference:
    """Compare two RGB pictures. Of different sizes, they are different everywhere."""
    if one.size != other.size:
        width, height = max(one.width, other.width), max(one.height, other.height)
        return Difference(1.0, ((0, 0, width, height),))
    red, green, blue = ImageChops.difference(one, other).split()
    off = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda level: 255 * (level > LEVEL))
    worst, found = 0.0, []
    for top in range(0, one.height, SIDE):
        for left in range(0, one.width, SIDE):
            box = left, top, min(left + SIDE, one.width), min(top + SIDE, one.height)
            counts = off.crop(box).histogram()
            share = counts[255] / sum(counts)
            worst = max(worst, share)
            if share > SHARE:
                found.append(box)
    return Difference(worst, tuple(found))
