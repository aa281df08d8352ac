"""How wide is a text, and where do its lines break?

Sets type in the site's own font, whose file comes in as bytes. What is measured here is exactly what is drawn.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scripts.publish.card_face import Face

ELLIPSIS = "…"
CAP, TAIL = 0.76, 0.18  # of a capital and of a p, in sizes
_ICON = 1.06  # what the shape of a state takes, with the gap after it, in sizes
_APART = 0.34  # between a large word and a small one, in sizes of the large one
_BALANCED = 16  # how finely the width of balanced lines is searched
_TIE = "\N{NO-BREAK SPACE}"
_DAY = re.compile(rf"(?<=\d) (?=(?:{'|'.join(calendar.month_name[1:])})\b)")
# Letters that cannot be taken apart into a base and an accent.
_ALIKE = str.maketrans("łŁđĐħĦıĸŋŊŧŦ", "lLdDhHiknNtT")


@dataclass(frozen=True)
class Style:
    """How a text looks. `colour` is a name of the stylesheet."""

    size: int
    weight: int
    colour: str


@dataclass(frozen=True)
class Run:
    """A text in one style. `state` puts the shape of a state before it. `whole` forbids to shorten it."""

    text: str
    style: Style
    state: str | None = None
    whole: bool = False


@dataclass(frozen=True)
class Word:
    """One word in its place on a line; `x` counts from the line's beginning."""

    x: float
    width: float
    text: str
    style: Style
    state: str | None = None
    whole: bool = False


@dataclass(frozen=True)
class Line:
    """Words beside each other. `size` is that of the largest."""

    words: tuple[Word, ...]

    @property
    def size(self) -> int:
        """The size of its largest word."""
        return max(word.style.size for word in self.words)

    @property
    def width(self) -> float:
        """From its beginning to the end of its last word."""
        return self.words[-1].x + self.words[-1].width if self.words else 0.0


class Type:
    """One font at all sizes, and what is done with it."""

    def __init__(self, font: bytes) -> None:
        self._font = font
        self._faces: dict[tuple[int, int], Face] = {}
        self._known: dict[str, str] = {}
        self._cleaned: dict[str, str] = {}

    def face(self, style: Style) -> Face:
        """The font in a style."""
        key = style.size, style.weight
        if key not in self._faces:
            self._faces[key] = Face(self._font, *key)
        return self._faces[key]

    def clean(self, text: str) -> str:
        """A text in letters that the font has, with single spaces, and none at which a day would lose its month.

        A letter that is missing loses its accent, and if that does not help becomes a question mark: better than the
        empty box that a font draws for what it does not know.
        """
        if text not in self._cleaned:
            letters = map(self._known_for, unicodedata.normalize("NFC", text))
            self._cleaned[text] = _DAY.sub(_TIE, " ".join("".join(letters).split()))
        return self._cleaned[text]

    def unknown(self, word: str) -> list[str]:
        """The letters of a word that the font lacks: `clean` would misspell it."""
        letters = dict.fromkeys(unicodedata.normalize("NFC", word))
        return [letter for letter in letters if self._known_for(letter) not in (letter, "", " ")]

    def _known_for(self, letter: str) -> str:
        if letter not in self._known:
            self._known[letter] = self._nearest(letter)
        return self._known[letter]

    def _nearest(self, letter: str) -> str:
        if letter.isspace():
            return " "
        if unicodedata.category(letter)[0] in "CM":
            return ""  # has no shape of its own
        face = self.face(Style(20, 400, "ink"))
        bare = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
        for other in (letter, bare, bare.translate(_ALIKE)):
            if other and all(map(face.knows, other)):
                return other
        return "?"

    def lines(self, runs: Iterable[Run], width: float) -> list[Line]:
        """Break runs into lines, at spaces, and within a word only if a line has no room for it alone."""
        lines: list[Line] = []
        words: list[Word] = []
        end = 0.0
        for word, gap in self._words(runs):
            start = end + gap if words else 0.0
            if words and start + word.width > width:
                lines.append(Line(tuple(words)))
                words, start = [], 0.0
            first, *others = self._pieces(word, width)
            words.append(replace(first, x=start) if start else first)
            for piece in others:
                lines.append(Line(tuple(words)))
                words = [piece]
            end = words[-1].x + words[-1].width
        return [*lines, Line(tuple(words))] if words else lines

    def _words(self, runs: Iterable[Run]) -> Iterator[tuple[Word, float]]:
        """Each word with the space before it."""
        gap = 0.0
        before: Style | None = None
        for run in runs:
            face = self.face(run.style)
            if before and before.size != run.style.size:
                gap = max(before.size, run.style.size) * _APART
            before = run.style
            for number, text in enumerate(self.clean(run.text).split(" ")):
                if text:
                    state = run.state if number == 0 else None
                    width = face.width(text) + (icon_width(run.style) if state else 0)
                    yield Word(0, width, text, run.style, state, run.whole), gap
                    gap = face.advance(" ")

    def _pieces(self, word: Word, width: float) -> Iterator[Word]:
        """A word in pieces that each fit on a line; nearly always one."""
        if word.width <= width or len(word.text) == 1:
            yield word
            return
        face = self.face(word.style)
        taken, count = icon_width(word.style) if word.state else 0.0, 0
        for letter in word.text:
            if count and taken + face.advance(letter) > width:
                break
            taken += face.advance(letter)
            count += 1
        yield replace(word, text=word.text[:count], width=taken)
        rest = word.text[count:]
        if rest:
            yield from self._pieces(replace(word, text=rest, width=face.width(rest), state=None), width)

    def rise(self, line: Line) -> float:
        """How far a line reaches up: to the top of a capital, or of an accent above one."""
        return max(max(word.style.size * CAP, self.face(word.style).inks(word.text)[0]) for word in line.words)

    def depth(self, line: Line) -> float:
        """How far a line reaches down: as far as a p does, or a cedilla."""
        return max(max(word.style.size * TAIL, self.face(word.style).inks(word.text)[1]) for word in line.words)

    def shortened(self, lines: Sequence[Line], most: int, width: float) -> list[Line]:
        """At most so many lines, the last one with an ellipsis if something had to go. What is `whole` stays so."""
        if len(lines) <= most:
            return list(lines)
        *kept, last = lines[:most]
        words = list(last.words)
        while len(words) > 1 and not words[-1].whole and not self._elided(words[-1], width, whole=True):
            words.pop()
        if words[-1].whole:
            words += self._after(words[-1], lines[most].words[0].style, width)
        else:
            words[-1] = self._elided(words[-1], width) or words[-1]
        return [*kept, Line(tuple(words))]

    def _elided(self, word: Word, width: float, *, whole: bool = False) -> Word | None:
        """A word with an ellipsis, less as many letters as there is no room for. None if it must stay `whole`, and
        cannot.
        """
        face = self.face(word.style)
        text = word.text.rstrip(".,;:")
        for count in range(len(text), -1, -1):
            elided = text[:count] + ELLIPSIS
            if word.x + face.width(elided) <= width:
                return replace(word, text=elided, width=face.width(elided))
            if whole:
                break
        return None

    def _after(self, word: Word, style: Style, width: float) -> list[Word]:
        """An ellipsis that stands apart from the word for a state, if there is room for it."""
        face = self.face(style)
        x = word.x + word.width + face.advance(" ")
        fits = x + face.advance(ELLIPSIS) <= width
        return [Word(x, face.advance(ELLIPSIS), ELLIPSIS, style)] if fits else []

    def fitted(self, text: str, style: Style, sizes: Iterable[int], width: float, high: float = 1000) -> Line:
        """A text on one line, at the first of some sizes at which it fits; at the last one, shortened. `high` is how
        much room there is above the line.
        """
        lines: list[Line] = []
        for size in sizes:
            lines = self.lines([Run(text, replace(style, size=size))], width)
            if len(lines) < 2 and all(self.rise(line) <= high for line in lines):
                break
        return self.shortened(lines, 1, width)[0] if lines else Line(())

    def balanced(self, runs: Sequence[Run], width: float) -> list[Line]:
        """As few lines as the width allows, and as equally long as they can be."""
        lines = self.lines(runs, width)
        if len(lines) < 2 or self.broken(lines, runs):
            return lines
        for step in range(1, _BALANCED):
            narrower = self.lines(runs, width * (1 - step / _BALANCED / 2))
            if len(narrower) > len(lines) or self.broken(narrower, runs):
                break
            lines = narrower
        return lines

    def broken(self, lines: Sequence[Line], runs: Sequence[Run]) -> bool:
        """Whether a word had to be broken, or something is missing."""
        return sum(len(line.words) for line in lines) != sum(len(self.clean(run.text).split(" ")) for run in runs)


def icon_width(style: Style) -> float:
    """What the shape of a state takes before its word, with the gap."""
    return style.size * _ICON
