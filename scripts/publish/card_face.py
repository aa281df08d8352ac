"""What shape has a letter, and how far does it move the pen?

The site's own font at one size and weight. Letters are drawn four times as large and brought down, so that they keep
their true distances: a font at its real size would round each letter to whole pixels.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from PIL import Image, ImageDraw, ImageFont

from scripts.publish import card_kerning

FINER = 4
_LOOSE = 32  # letters from this size on stand closer, as in the site's headings
_TRACKING = -0.018  # of the size
_NOTHING = "\uffff"  # a character that no font has


@dataclass(frozen=True)
class Glyph:
    """A letter, ready to be pasted: its shape, and where that lies from the pen."""

    mask: Image.Image
    left: int
    top: int


class Face:
    """The font at one size and weight."""

    def __init__(self, font: bytes, size: int, weight: int) -> None:
        self._size = size
        # The other layout engine takes a library of the machine, if there is one, and sets the same text differently.
        basic = ImageFont.Layout.BASIC
        self._font = ImageFont.truetype(io.BytesIO(font), size * FINER, layout_engine=basic)
        self._font.set_variation_by_axes([weight])
        self._advances: dict[str, float] = {}
        self._pairs: dict[str, float] = {}
        self._widths: dict[str, float] = {}
        self._inks: dict[str, tuple[float, float]] = {}
        self._glyphs: dict[tuple[str, int], Glyph | None] = {}

    def advance(self, letter: str) -> float:
        """How far a letter moves the pen, in pixels."""
        found = self._advances.get(letter)
        if found is None:
            found = self._font.getlength(letter) / FINER + self.tracking
            self._advances[letter] = found
        return found

    def steps(self, text: str) -> list[float]:
        """How far each letter of a text moves the pen."""
        return [self.advance(letter) + self._closer(letter, after) for letter, after in zip_longest(text, text[1:])]

    def width(self, text: str) -> float:
        """How wide a text is."""
        if text not in self._widths:
            self._widths[text] = sum(self.steps(text))
        return self._widths[text]

    def _closer(self, letter: str, after: str | None) -> float:
        if after is None:
            return 0.0
        key = letter + after
        if key not in self._pairs:
            self._pairs[key] = card_kerning.between(letter, after) * self._size
        return self._pairs[key]

    @cached_property
    def tracking(self) -> float:
        """What is added between letters."""
        return self._size * _TRACKING if self._size >= _LOOSE else 0.0

    def glyph(self, letter: str, part: int) -> Glyph | None:
        """A letter whose pen stands `part` quarters of a pixel right of a whole one; None if it leaves no ink."""
        key = letter, part
        if key not in self._glyphs:
            self._glyphs[key] = self._draw(letter, part)
        return self._glyphs[key]

    def _draw(self, letter: str, part: int) -> Glyph | None:
        left, top, right, bottom = self._font.getbbox(letter, anchor="ls")
        if right <= left or bottom <= top:
            return None
        x, y = _floor(left + part), _floor(top)
        width, height = _ceil(right + part) - x, _ceil(bottom) - y
        large = Image.new("L", (width * FINER, height * FINER))
        at = part - x * FINER, -y * FINER
        ImageDraw.Draw(large).text(at, letter, fill=255, font=self._font, anchor="ls")
        return Glyph(large.resize((width, height), Image.Resampling.BOX), x, y)

    def inks(self, text: str) -> tuple[float, float]:
        """How far the ink of a text reaches above the line that it stands on, and how far below."""
        if text not in self._inks:
            _, top, _, bottom = self._font.getbbox(text, anchor="ls")
            self._inks[text] = -top / FINER, bottom / FINER
        return self._inks[text]

    def knows(self, letter: str) -> bool:
        """Whether the font has a letter."""
        mask, nothing = self._font.getmask(letter), self._font.getmask(_NOTHING)
        return mask.size != nothing.size or bytes(mask) != bytes(nothing)


def _floor(value: float) -> int:
    return int(value // FINER)


def _ceil(value: float) -> int:
    return -int(-value // FINER)
