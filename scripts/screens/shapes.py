"""What is drawn for each kind of mark, and what does it cover?

Shapes in CSS pixels, or in larger units for paper, with no colour and no picture. Strokes are two-toned: a dark core
between two white halos, so that one of both can be seen on any ground.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scripts.screens.geometry import Point, Rect
from scripts.screens.model import Draw

CORE, HALO = 3, 2  # the dark line, and the white one on each of its sides
STROKE = CORE + 2 * HALO
GAPS = (4, 3, 2, 1, 0)  # between what is marked and the stroke: the widest for which there is room
GAP = GAPS[0]
CORNER = 8  # radius of a box, at the outside
BADGE = 28  # diameter of a numbered badge
RADIUS = BADGE / 2
ARROW = 36  # from the badge's edge to the tip
HEAD, SPREAD = 12, 7  # length of an arrow's head, and half its width
_STEP = 3  # between the squares that stand for an arrow


@dataclass(frozen=True)
class Placed:
    """One numbered mark, in place.

    `target` is what it marks; `badge` the centre of its number; `tip` where its arrow ends, if it is one: the arrow
    begins at the badge.
    """

    number: int
    draw: Draw
    target: Rect
    badge: Point
    tip: Point | None = None


@dataclass(frozen=True)
class Scene:
    """All that is drawn on one crop: in its units, from its top left corner.

    `crop` is where that lies in the whole; `gap` is what all boxes leave around what they mark. `unit` is how many CSS
    pixels of the screen a unit has: marks are drawn so many times as large.
    """

    crop: Rect
    marks: tuple[Placed, ...]
    gap: int = GAP
    unit: float = 1

    @property
    def canvas(self) -> Rect:
        """The crop, seen from its own corner."""
        return self.crop.moved(-self.crop.left, -self.crop.top)


def outline(target: Rect, canvas: Rect, gap: int) -> Rect:
    """The outer edge of the box around a target. At the edge of the picture it moves inwards."""
    return target.grown(gap + STROKE).clipped(canvas)


def line_below(target: Rect, canvas: Rect) -> Rect:
    """The underline of a target, with its halo. At the lower edge of the picture it moves up."""
    top = min(target.bottom + HALO, canvas.bottom - STROKE)
    return Rect(target.left, top, target.right, top + STROKE).clipped(canvas)


def strokes(draw: Draw, target: Rect, canvas: Rect, gap: int) -> tuple[Rect, ...]:
    """What the stroke of a mark covers. An arrow has no place of its own: see `squares`."""
    if draw == "arrow":
        return ()
    if draw == "underline":
        return (line_below(target, canvas),)
    outer = outline(target, canvas, gap)
    inner = outer.grown(-STROKE)
    return (
        Rect(outer.left, outer.top, outer.right, inner.top),
        Rect(outer.left, inner.bottom, outer.right, outer.bottom),
        Rect(outer.left, inner.top, inner.left, inner.bottom),
        Rect(inner.right, inner.top, outer.right, inner.bottom),
    )


def squares(tail: Point, tip: Point) -> tuple[Rect, ...]:
    """What an arrow covers, as a row of squares as wide as its head, from the edge of the badge at its tail."""
    length = math.dist(tail, tip)
    x, y = (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length
    half = SPREAD + HALO
    first, last = RADIUS, length - half
    count = max(1, math.ceil((last - first) / _STEP))
    at = [first + (last - first) * index / count for index in range(count + 1)]
    return tuple(
        Rect(tail[0] + x * d - half, tail[1] + y * d - half, tail[0] + x * d + half, tail[1] + y * d + half) for d in at
    )


def badge_box(centre: Point) -> Rect:
    """The square around a badge."""
    return Rect(centre[0] - RADIUS, centre[1] - RADIUS, centre[0] + RADIUS, centre[1] + RADIUS)


def covered(mark: Placed, canvas: Rect, gap: int) -> tuple[Rect, ...]:
    """Everything that a mark covers, as rectangles: its stroke or arrow, and the square around its badge."""
    line = squares(mark.badge, mark.tip) if mark.tip else strokes(mark.draw, mark.target, canvas, gap)
    return (*line, badge_box(mark.badge))
