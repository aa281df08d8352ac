"""Where does each letter, picture and line of a printed page stand?

Read back from the PDF, with all lengths in points from the upper left corner. Only what the tests ask for is kept:
there are half a million letters on all prints together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
from pdfminer.layout import LTChar, LTFigure, LTImage, LTLine, LTRect

from tests.paper.conftest import Print

MM = 72 / 25.4
# So many pages of a long document stand for the rest, but of the table that must repeat its heads to its end.
_ENOUGH = {"A4": 8, "Letter": 4}
_WHOLE = "compare_uk."
HEAD_MM = 34  # a bit less than the head of a guide takes: address, code, and how fresh it is


class Letter(NamedTuple):
    """One letter, its font, and how light it is, from 0 for black to 1 for white."""

    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    text: str
    font: str
    light: float


class Shape(NamedTuple):
    """A picture, a line or a box."""

    x0: float
    top: float
    bottom: float
    width: float
    height: float
    stroked: bool
    filled: bool


@dataclass(frozen=True)
class Page:
    """One side of paper."""

    width: float
    height: float
    letters: list[Letter]
    pictures: list[Shape]
    shapes: list[Shape]


@cache
def layout(path: Path) -> list[Page]:
    """The pages of a PDF; of a long one, the first."""
    pages = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages if path.name.startswith(_WHOLE) else pdf.pages[: _ENOUGH[path.suffixes[-2][1:]]]:
            # What pdfplumber itself makes of these has twenty entries for each letter, and takes as long again.
            things, height = list(_things(page.layout)), float(page.height)
            letters = [_letter(thing, height) for thing in things if isinstance(thing, LTChar)]
            pictures = [_shape(thing, height) for thing in things if isinstance(thing, LTImage)]
            shapes = [_shape(thing, height) for thing in things if isinstance(thing, LTRect | LTLine)]
            pages.append(Page(float(page.width), height, letters, pictures, shapes))
            page.close()
    return pages


def _things(container: Iterable[Any]) -> Iterator[Any]:
    for thing in container:
        if isinstance(thing, LTFigure):
            yield from _things(thing)
        else:
            yield thing


def _letter(char: LTChar, height: float) -> Letter:
    top, bottom, light = height - char.y1, height - char.y0, luminance(char.graphicstate.ncolor)
    return Letter(char.x0, char.x1, top, bottom, char.size, char.get_text(), char.fontname, light)


def _shape(thing: Any, height: float) -> Shape:
    stroked, filled = bool(getattr(thing, "stroke", False)), bool(getattr(thing, "fill", False))
    return Shape(thing.x0, height - thing.y1, height - thing.y0, thing.width, thing.height, stroked, filled)


@cache
def luminance(colour: Any) -> float:
    """The relative luminance of a colour of a PDF, in grey or in RGB, as WCAG 2 reckons it."""
    values = [float(part) for part in (colour if isinstance(colour, list | tuple) else [colour])]
    channels = values * 3 if len(values) == 1 else values
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def spelled(letters: list[Letter]) -> str:
    """What letters say, one after the other."""
    return "".join(letter.text for letter in letters)


def lines_of(letters: list[Letter]) -> list[list[Letter]]:
    """Runs of letters of one size on one line, without a gap as wide as that between two columns."""
    rows: dict[tuple[int, int], list[Letter]] = {}
    for letter in letters:
        if letter.text.strip() and "Symbol" not in letter.font:
            rows.setdefault((round(letter.bottom * 2), round(letter.size * 10)), []).append(letter)
    lines = []
    for row in rows.values():
        row.sort(key=lambda letter: letter.x0)
        line = [row[0]]
        for letter in row[1:]:
            if letter.x0 - line[-1].x1 > 3 * MM:
                lines.append(line)
                line = []
            line.append(letter)
        lines.append(line)
    return [line for line in lines if len(line) > 3]


def lines_with(letters: list[Letter], pattern: str) -> list[Letter]:
    """The letters of all lines that begin in a certain way."""
    rows: dict[int, list[Letter]] = {}
    for letter in letters:
        rows.setdefault(round(letter.bottom), []).append(letter)
    found = []
    for row in rows.values():
        row.sort(key=lambda letter: letter.x0)
        if re.match(pattern, spelled(row)):
            found += row
    return found


def columns(one: Print) -> list[list[Letter]]:
    """The letters of each column, in the order of the text, without what runs across columns: the head and the foot.
    The numbers of legends are left out as well, because they come after all words of a page."""
    found = []
    for number, page in enumerate(layout(one.path)):
        top = HEAD_MM * MM if one.seen["columns"] == 2 and not number else 0
        edges = (0.0, page.width / 2, page.width) if one.seen["columns"] == 2 else (0.0, page.width)
        for left, right in pairwise(edges):
            inside = [c for c in page.letters if left <= c.x0 < right and c.text.strip()]
            inside = [c for c in inside if top < c.top and c.bottom < page.height - 14.3 * MM]
            found.append([c for c in inside if c.light < 0.5])
    return [column for column in found if column]
