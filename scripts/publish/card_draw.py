"""What does a card look like?

Draws a composed card, 1200 by 630 pixels, and writes it as a PNG with a palette and nothing else in it. The same card
gives the same bytes, whatever was drawn before it.
"""

from __future__ import annotations

import functools
import io
import math

from PIL import Image, ImageDraw

from scripts.publish.card_colours import GROUNDS, Colours, palette
from scripts.publish.card_face import FINER
from scripts.publish.card_layout import compose
from scripts.publish.card_sheet import HEIGHT, WIDTH, Put, Shape, Sheet
from scripts.publish.card_text import Content
from scripts.publish.card_type import Type, icon_width

_ICON = 0.85  # the shape of a state, in sizes of its word
_RAISED = 0.8  # how far its top is above the line
_GRID = 16  # what the shapes below are drawn on, as in the pages' own icons
_STROKE = 2.0
_PACKED = 4  # the usual 6 takes half as long again, for a file that is 7 % smaller

_DIAMOND = ((8.0, 1.0), (15.0, 8.0), (8.0, 15.0), (1.0, 8.0))
_HOLLOW = ((8.0, 1.8), (14.2, 8.0), (8.0, 14.2), (1.8, 8.0))


class Press:
    """Draws cards: the font and the colours of one site, and every letter once."""

    def __init__(self, font: bytes, colours: Colours) -> None:
        self._type = Type(font)
        self._colours = colours
        self._palette = Image.new("P", (1, 1))
        self._palette.putpalette(palette(colours))

    def compose(self, content: Content) -> Sheet:
        """A card with everything in its place, not drawn yet."""
        return compose(self._type, content)

    def png(self, content: Content) -> bytes:
        """A card as a file."""
        drawn = self.draw(self.compose(content)).quantize(palette=self._palette, dither=Image.Dither.NONE)
        file = io.BytesIO()
        drawn.save(file, "PNG", compress_level=_PACKED)
        return file.getvalue()

    def draw(self, sheet: Sheet) -> Image.Image:
        """A composed card as a picture."""
        image = Image.new("RGB", (WIDTH, HEIGHT), self._colours[GROUNDS[0]])
        for bar in sheet.bars:
            left, top, right, bottom = map(round, bar.box)
            image.paste(self._colours[bar.colour], (left, top, right, bottom))
        for shape in sheet.shapes:
            self._shape(image, shape)
        for put in sheet.puts:
            self._word(image, put)
        return image

    def _shape(self, image: Image.Image, shape: Shape) -> None:
        at = round(shape.left), round(shape.top)
        image.paste(self._colours[shape.colour], at, _platform(shape.kind, round(shape.size)))

    def _word(self, image: Image.Image, put: Put) -> None:
        word, x, y = put.word, put.x, round(put.y)
        colour = self._colours[word.style.colour]
        face = self._type.face(word.style)
        if word.state:
            size = round(word.style.size * _ICON)
            image.paste(colour, (round(x), y - round(word.style.size * _RAISED)), _state(word.state, size))
            x += icon_width(word.style)
        for letter, step in zip(word.text, face.steps(word.text), strict=True):
            whole, part = divmod(round(x * FINER), FINER)
            glyph = face.glyph(letter, part)
            if glyph:
                image.paste(colour, (whole + glyph.left, y + glyph.top), glyph.mask)
            x += step


@functools.cache
def _platform(kind: str, size: int) -> Image.Image:
    """The shape of a platform as a mask."""
    side = size * FINER
    large = Image.new("L", (side, side))
    draw = ImageDraw.Draw(large)
    if kind == "square":
        draw.rectangle((0, 0, side, side), fill=255)
    elif kind == "circle":
        draw.ellipse((0, 0, side - 1, side - 1), fill=255)
    elif kind == "triangle":
        draw.polygon([(side / 2, 0), (side, side), (0, side)], fill=255)
    else:
        draw.polygon([(side / 2, 0), (side, side / 2), (side / 2, side), (0, side / 2)], fill=255)
    return large.resize((size, size), Image.Resampling.BOX)


@functools.cache
def _state(state: str, size: int) -> Image.Image:
    """The shape of a state as a mask."""
    unit = size * FINER / _GRID
    large = Image.new("L", (size * FINER, size * FINER))
    draw = ImageDraw.Draw(large)

    def scaled(points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
        return [(x * unit, y * unit) for x, y in points]

    def stroke(points: tuple[tuple[float, float], ...]) -> None:
        """A line with round ends and corners."""
        draw.line(scaled(points), fill=255, width=round(_STROKE * unit))
        radius = _STROKE * unit / 2
        for x, y in scaled(points):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)

    match state:
        case "yes":
            draw.polygon(scaled(_DIAMOND), fill=255)
        case "no":
            stroke((*_HOLLOW, _HOLLOW[0]))
        case "depends":
            stroke((*_HOLLOW, _HOLLOW[0]))
            draw.polygon(scaled(((8, 2), (8, 14), (2, 8))), fill=255)
        case "silent":
            stroke(((2.5, 8), (13.5, 8)))
        case _:
            stroke((*_curve((5, 5), (5, 1.3), (11, 1.3), (11, 5)), *_curve((11, 5), (11, 7.8), (8, 7.3), (8, 10))))
            stroke(((8, 13.8), (8.01, 13.8)))
    return large.resize((size, size), Image.Resampling.BOX)


def _curve(*points: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """Points along a cubic Bézier curve."""

    def at(t: float) -> tuple[float, float]:
        weights = [math.comb(3, k) * t**k * (1 - t) ** (3 - k) for k in range(4)]
        x, y = (sum(w * p[axis] for w, p in zip(weights, points, strict=True)) for axis in (0, 1))
        return x, y

    return tuple(at(step / 16) for step in range(17))
