"""What lies where on a card?

A `Sheet` collects words, shapes and bars in their places, and knows how far down it is filled. Nothing is drawn yet, so
that a test can look at every box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from scripts.publish.card_colours import accent
from scripts.publish.card_text import Named
from scripts.publish.card_type import Line, Run, Style, Type, Word

WIDTH, HEIGHT = 1200, 630
LEFT, TOP, RIGHT, BOTTOM = 60, 45, 1140, 585  # words stay within this: networks cut the edges off
MEASURE = RIGHT - LEFT

NAME_RISE = 36  # what the name of a platform takes above its line

_LEAST = 1.14  # from one line to the next, in sizes; more, if an accent would touch what is above it
_AIR = 0.12
_SHAPE = 0.74  # the shape of a platform, in sizes of the name beside it
_BRAND = "Opted In"
_NAME, _SMALL = Style(26, 750, "ink"), Style(26, 500, "soft")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Put:
    """A word whose pen starts at `x`, standing on the line `y`."""

    x: float
    y: float
    word: Word


@dataclass(frozen=True)
class Shape:
    """The shape of a platform in a square box."""

    kind: str
    left: float
    top: float
    size: float
    colour: str


@dataclass(frozen=True)
class Bar:
    """A filled rectangle."""

    box: Box
    colour: str


@dataclass
class Sheet:
    """A card in the making. `y` is how far down it is filled."""

    type: Type
    y: float = TOP
    bars: list[Bar] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    puts: list[Put] = field(default_factory=list)

    def bar(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Add a rectangle."""
        self.bars.append(Bar((left, top, right, bottom), colour))

    def line(self, line: Line, x: float, y: float) -> None:
        """Add a line that stands on `y`."""
        self.puts.extend(Put(x + word.x, y, word) for word in line.words)

    def pitches(self, lines: Sequence[Line]) -> list[float]:
        """From the top of some lines to the first one's feet, then from feet to feet, then to the end of the last."""
        if not lines:
            return [0.0]
        steps = [self.type.rise(lines[0])]
        for above, below in pairwise(lines):
            needed = self.type.depth(above) + self.type.rise(below) + _AIR * below.size
            steps.append(max(needed, _LEAST * below.size))
        return [*steps, self.type.depth(lines[-1])]

    def height(self, lines: Sequence[Line]) -> float:
        """How high some lines are."""
        return sum(self.pitches(lines))

    def lines(self, lines: Sequence[Line], x: float, top: float) -> float:
        """Add lines below each other, and say where they end."""
        *steps, last = self.pitches(lines)
        for line, step in zip(lines, steps, strict=True):
            top += step
            self.line(line, x, top)
        return top + last

    def fitted(
        self, text: str, style: Style, sizes: Sequence[int], *, width: float = MEASURE, height: float, most: int
    ) -> list[Line]:
        """A text at the first of some sizes at which it keeps within a box, else at the last one, shortened to it.

        A size at which a word would be broken counts only if no other is left.
        """
        lines: list[Line] = []
        for size in sizes:
            runs = [Run(text, replace(style, size=size))]
            lines = self.type.lines(runs, width)
            if len(lines) <= most and self.height(lines) <= height and not self.type.broken(lines, runs):
                balanced = self.type.balanced(runs, width)
                return balanced if self.height(balanced) <= height else lines
        for count in range(most, 0, -1):
            short = self.type.shortened(lines, count, width)
            if self.height(short) <= height:
                return short
        return []

    def named(self, platforms: Sequence[Named], style: Style, x: float, y: float, width: float) -> float:
        """Add platforms beside each other, shape and name, standing on `y`. Says where they end."""
        gap = style.size * 0.9
        each = (width - gap * (len(platforms) - 1)) / len(platforms) if platforms else 0
        for platform in platforms:
            room = each if len(platforms) > 1 else width
            size = round(style.size * _SHAPE)
            self.shapes.append(Shape(platform.shape, x, y - size, size, accent(platform.shape)))
            start = size + style.size * 0.32
            line = self.type.fitted(platform.name, style, range(style.size, 21, -2), room - start, NAME_RISE)
            self.line(line, x + start, y)
            x += start + line.width + gap
        return x - gap

    def foot(self, address: str, aside: str) -> float:
        """Add the foot: who says it, where to read it, and when it was so. Says where it begins."""
        y = float(BOTTOM - 7)
        both = (Named("", "square"), Named("", "circle"))
        x = float(LEFT)
        for platform in both:
            self.shapes.append(Shape(platform.shape, x, y - 19, 19, accent(platform.shape)))
            x += 23
        x += 5
        name = self.type.fitted(_BRAND, _NAME, [_NAME.size], MEASURE)
        self.line(name, x, y)
        x += name.width + 22
        right = float(RIGHT)
        if aside:
            line = self.type.fitted(aside, _SMALL, range(26, 17, -1), (right - x) * 0.55)
            self.line(line, right - line.width, y)
            right -= line.width + 24
        line = self.type.fitted(address, _SMALL, range(26, 15, -1), right - x)
        self.line(line, x, y)
        return y - 19
