"""What do marks look like?

Draws a scene on its crop, at any whole scale. Straight edges lie on whole pixels; what is round or slanted is drawn
four times as large on a patch of its own and averaged down, which costs far less than doing so for the whole picture.
The only characters are the digits of the numbers, in the font of the site, loaded from its bytes: nothing depends on
the machine.
"""

from __future__ import annotations

import functools
import io
import math
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from scripts.screens.geometry import Point, Rect
from scripts.screens.palette import DARK, DIM, DIMMED, LIGHT, Colour
from scripts.screens.shapes import (
    CORE,
    CORNER,
    HALO,
    HEAD,
    RADIUS,
    SPREAD,
    STROKE,
    Placed,
    Scene,
    badge_box,
    covered,
    line_below,
    outline,
)

FONT = Path("assets", "fonts", "libre-franklin.woff2")  # below docs/

_FINER = 4
_RING = 2  # the white ring of a badge, CSS pixels
_DIGIT = 17  # size of the digit, CSS pixels
_WEIGHT = 700

Box = tuple[int, int, int, int]


def paint(image: Image.Image, scene: Scene, scale: int, font: bytes) -> Image.Image:
    """Draw the marks of a scene.

    Args:
        image: the crop in RGB, `scale` pixels for each CSS pixel.
        scene: what to draw.
        scale: a whole number.
        font: the font's file.

    Returns:
        A new picture of the same size.

    Raises:
        ValueError: if the picture is not as large as the scene.
    """
    wanted = scene.canvas.scaled(scale).snapped().edges[2:]
    if image.size != wanted:
        raise ValueError(f"the picture is {image.size}, the scene {wanted}")
    done = _spotlit(image, scene, scale)
    for mark in scene.marks:
        _stroke(done, mark, scene, scale)
    for mark in scene.marks:  # the numbers come last: a stroke may end below its own
        _badge(done, mark, scale, font)
    return done


def mask(scene: Scene, scale: float) -> Image.Image:
    """Where marks are: 255 on and within two CSS pixels of everything drawn, 0 elsewhere."""
    canvas = scene.canvas.scaled(scale).snapped()
    made = Image.new("L", (round(canvas.width), round(canvas.height)))
    for mark in scene.marks:
        for rect in covered(mark, scene.canvas, scene.gap):
            box = rect.grown(2).scaled(scale).snapped().clipped(canvas)
            if not box.empty:
                made.paste(255, box.edges)
    return made


def _spotlit(image: Image.Image, scene: Scene, scale: int) -> Image.Image:
    """A copy; darker outside of what is marked, if there is a spotlight."""
    if not any(mark.draw == "spotlight" for mark in scene.marks):
        return image.copy()
    lit = Image.new("L", image.size)
    for mark in scene.marks:
        hole = outline(mark.target, scene.canvas, scene.gap).scaled(scale)
        lit.paste(255, hole.edges, _rounded(hole, CORNER * scale))
    return Image.composite(image, Image.blend(image, Image.new("RGB", image.size, DIM), DIMMED), lit)


def _stroke(image: Image.Image, mark: Placed, scene: Scene, scale: int) -> None:
    if mark.tip:
        _arrow(image, mark.badge, mark.tip, scale)
    elif mark.draw == "underline":
        line = line_below(mark.target, scene.canvas).scaled(scale)
        _fill(image, line, HALO * scale, LIGHT)
        _fill(image, line.grown(-HALO * scale), CORE * scale / 2, DARK)
    else:
        outer = outline(mark.target, scene.canvas, scene.gap).scaled(scale)
        for start, stop, colour in ((0, STROKE, LIGHT), (HALO, HALO + CORE, DARK)):
            _ring(image, outer.grown(-start * scale), (CORNER - start) * scale, (stop - start) * scale, colour)


def _fill(image: Image.Image, rect: Rect, radius: float, colour: Colour) -> None:
    """A rounded rectangle."""
    if not rect.empty:
        image.paste(colour, rect.edges, _rounded(rect, radius))


def _ring(image: Image.Image, outer: Rect, radius: float, width: int, colour: Colour) -> None:
    """The outline of a rounded rectangle, `width` pixels wide, inside of its edge."""
    shape = _rounded(outer, radius)
    inner = outer.grown(-width)
    if not inner.empty:
        hole = Image.new("L", shape.size)
        hole.paste(_rounded(inner, max(radius - width, 0)), (width, width))
        shape = ImageChops.subtract(shape, hole)
    image.paste(colour, outer.edges, shape)


def _rounded(rect: Rect, radius: float) -> Image.Image:
    """The shape of a filled rounded rectangle: 255 inside, in between where the edge of a corner crosses a pixel."""
    width, height = round(rect.width), round(rect.height)
    radius = min(radius, width / 2, height / 2)
    shape = Image.new("L", (width, height), 255)
    side = math.ceil(radius)
    if side:
        corner = _finely((side, side), lambda draw: _disc(draw, (radius, radius), radius))
        for across in (False, True):
            for down in (False, True):
                part = corner
                part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if across else part
                part = part.transpose(Image.Transpose.FLIP_TOP_BOTTOM) if down else part
                shape.paste(part, (width - side if across else 0, height - side if down else 0))
    return shape


def _finely(size: tuple[int, int], act: Callable[[ImageDraw.ImageDraw], None]) -> Image.Image:
    """A shape drawn four times as large and averaged down. `act` draws in pixels of the small size times four."""
    large = Image.new("L", (size[0] * _FINER, size[1] * _FINER))
    act(ImageDraw.Draw(large))
    return large.resize(size, Image.Resampling.BOX)


def _disc(draw: ImageDraw.ImageDraw, centre: Point, radius: float) -> None:
    x, y, r = centre[0] * _FINER, centre[1] * _FINER, radius * _FINER
    draw.ellipse((x - r, y - r, x + r - 1, y + r - 1), fill=255)


def _badge(image: Image.Image, mark: Placed, scale: int, font: bytes) -> None:
    rect = badge_box(mark.badge).scaled(scale).snapped()
    size = round(rect.width), round(rect.height)
    middle = size[0] / 2, size[1] / 2
    for radius, colour in ((RADIUS, LIGHT), (RADIUS - _RING, DARK)):
        shape = _finely(size, lambda draw, r=radius: _disc(draw, middle, r * scale))  # type: ignore[misc]
        image.paste(colour, rect.edges, shape)
    image.paste(LIGHT, rect.edges, _finely(size, lambda draw: _digit(draw, str(mark.number), middle, scale, font)))


def _digit(draw: ImageDraw.ImageDraw, text: str, middle: Point, scale: int, font: bytes) -> None:
    """A number, its ink centred on a point. All digits are equally high, so they stand on one line in all badges."""
    face = _face(font, _DIGIT * scale * _FINER)
    left, _, right, _ = face.getbbox(text, anchor="ls")
    _, top, _, bottom = face.getbbox("1", anchor="ls")
    at = middle[0] * _FINER - (left + right) / 2, middle[1] * _FINER - (top + bottom) / 2
    draw.text((round(at[0]), round(at[1])), text, fill=255, font=face, anchor="ls")


@functools.lru_cache(maxsize=8)
def _face(font: bytes, size: int) -> ImageFont.FreeTypeFont:
    # The other layout engine takes a library of the machine, if there is one, and sets the same text differently.
    face = ImageFont.truetype(io.BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)
    face.set_variation_by_axes([_WEIGHT])
    return face


def _arrow(image: Image.Image, tail: Point, tip: Point, scale: int) -> None:
    around = Rect(min(tail[0], tip[0]), min(tail[1], tip[1]), max(tail[0], tip[0]), max(tail[1], tip[1]))
    whole = Rect(0, 0, *image.size)
    box = around.grown(SPREAD + HALO + 1).scaled(scale).snapped().clipped(whole)
    left, top, right, bottom = box.edges
    start, end = ((x * scale - left, y * scale - top) for x, y in (tail, tip))
    for wider, colour in ((HALO, LIGHT), (0, DARK)):
        act = functools.partial(_arrow_shape, start=start, end=end, wider=wider, scale=scale)
        image.paste(colour, (left, top), _finely((right - left, bottom - top), act))


def _arrow_shape(draw: ImageDraw.ImageDraw, start: Point, end: Point, wider: float, scale: int) -> None:
    """A line with a head, all of it `wider` CSS pixels wider on each side."""
    unit = scale * _FINER
    length = math.dist(start, end)
    x, y = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    tip = end[0] * _FINER, end[1] * _FINER
    back = tip[0] - x * HEAD * unit, tip[1] - y * HEAD * unit
    wings = [(back[0] + side * y * SPREAD * unit, back[1] - side * x * SPREAD * unit) for side in (-1, 1)]
    draw.line([(start[0] * _FINER, start[1] * _FINER), back], fill=255, width=round((CORE + 2 * wider) * unit))
    draw.polygon([tip, *wings], fill=255)
    if wider:
        corners = [tip, *wings, tip]
        draw.line(corners, fill=255, width=round(2 * wider * unit))
        for corner in corners[:3]:
            radius = wider * unit
            draw.ellipse((corner[0] - radius, corner[1] - radius, corner[0] + radius, corner[1] + radius), fill=255)
