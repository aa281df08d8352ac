"""Where is a rectangle, and what happens to it when it is moved, scaled, mirrored or cut?

Plain arithmetic in whatever unit the caller uses. x grows to the right and y downwards, as in a picture.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass

Point = tuple[float, float]

_EXACT = 4  # decimal places: further ones are noise of the arithmetic and must not move an edge by a pixel


@dataclass(frozen=True, order=True)
class Rect:
    """A rectangle by its edges. `right` and `bottom` are just outside, so the width is `right - left`."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, left: float, top: float, width: float, height: float) -> Rect:
        """A rectangle by its corner and size."""
        return cls(left, top, left + width, top + height)

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def empty(self) -> bool:
        """Whether it has no area."""
        return self.right <= self.left or self.bottom <= self.top

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom as whole numbers.

        Raises:
            ValueError: if they are none; `snapped` makes them so.
        """
        whole = round(self.left), round(self.top), round(self.right), round(self.bottom)
        if whole != (self.left, self.top, self.right, self.bottom):
            raise ValueError(f"{self} is not on whole pixels")
        return whole

    def grown(self, by: float) -> Rect:
        """The same with `by` more on each side. If that is negative and too much, what is left is the centre."""
        x, y = self.centre
        return Rect(min(self.left - by, x), min(self.top - by, y), max(self.right + by, x), max(self.bottom + by, y))

    def moved(self, x: float, y: float) -> Rect:
        """The same, elsewhere."""
        return Rect(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def scaled(self, by: float) -> Rect:
        """The same in a picture that is `by` times as large."""
        return Rect(self.left * by, self.top * by, self.right * by, self.bottom * by)

    def mirrored(self, width: float) -> Rect:
        """The same in a picture of this width whose left and right have been swapped."""
        return Rect(width - self.right, self.top, width - self.left, self.bottom)

    def clipped(self, to: Rect) -> Rect:
        """What of it lies inside another. It may be empty."""
        return Rect(
            max(self.left, to.left), max(self.top, to.top), min(self.right, to.right), min(self.bottom, to.bottom)
        )

    def joined(self, other: Rect) -> Rect:
        """The smallest rectangle around both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def snapped(self) -> Rect:
        """The smallest rectangle on whole numbers around it: outwards, so that nothing of it is lost."""
        return Rect(
            math.floor(round(self.left, _EXACT)),
            math.floor(round(self.top, _EXACT)),
            math.ceil(round(self.right, _EXACT)),
            math.ceil(round(self.bottom, _EXACT)),
        )

    def inner(self) -> Rect:
        """The largest rectangle on whole numbers within it: inwards, so that nothing from outside comes along."""
        return Rect(
            math.ceil(round(self.left, _EXACT)),
            math.ceil(round(self.top, _EXACT)),
            math.floor(round(self.right, _EXACT)),
            math.floor(round(self.bottom, _EXACT)),
        )

    def contains(self, other: Rect) -> bool:
        """Whether another lies wholly inside; edges may touch."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def overlaps(self, other: Rect) -> bool:
        """Whether both share some area; touching is not enough."""
        return not self.clipped(other).empty

    def distance(self, point: Point) -> float:
        """How far a point lies outside; 0 on the edge and inside."""
        x = max(self.left - point[0], 0, point[0] - self.right)
        y = max(self.top - point[1], 0, point[1] - self.bottom)
        return math.hypot(x, y)


def around(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around all of some.

    Raises:
        TypeError: if there is none.
    """
    return functools.reduce(Rect.joined, rects)
