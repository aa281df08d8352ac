"""Has this card been drawn before?

A card is kept under a key made of everything that its picture depends on: what it says, the font, the colours, the code
that draws it, and the libraries that do the work. So nothing ever has to be thrown away because it is old, only because
there is too much. A file's name also says what is in it, so that a damaged one is drawn again.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import PIL
from PIL import features

from scripts.facts import label
from scripts.publish.card_colours import Colours
from scripts.publish.card_text import Content

_KEPT = 3  # sets of cards beside the last one: other days, other branches


def recipe(font: bytes, colours: Colours, code: Path | None = None) -> str:
    """What all cards of a build depend on, as a hash.

    Args:
        font: the file of the font.
        colours: the colours by name.
        code: the folder with the modules that draw, if it is not this one.
    """
    digest = hashlib.sha256()
    libraries = PIL.__version__, *(features.version(name) for name in ("freetype2", "zlib"))
    modules = [*sorted((code or Path(__file__).parent).glob("card_*.py")), Path(label.__file__)]
    for part in (repr(libraries).encode(), repr(colours).encode(), font, *(path.read_bytes() for path in modules)):
        digest.update(f"{len(part)}:".encode() + part)  # the length, so that nothing can move from one to the next
    return digest.hexdigest()


def key(recipe: str, content: Content) -> str:
    """What one card depends on, as a hash."""
    return hashlib.sha256(f"{recipe} {content!r}".encode()).hexdigest()[:32]


def seal(png: bytes) -> str:
    """A hash of a picture."""
    return hashlib.sha256(png).hexdigest()[:16]


class Cache:
    """Drawn cards in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._files = {path.name.partition(".")[0]: path for path in folder.glob("*.png")}
        self._used: set[Path] = set()

    def get(self, key: str) -> bytes | None:
        """A card, if it is there and whole."""
        path = self._files.get(key)
        if path is None:
            return None
        png = path.read_bytes()
        if path.name != f"{key}.{seal(png)}.png":
            path.unlink()
            return None
        os.utime(path)
        self._used.add(path)
        return png

    def put(self, key: str, png: bytes) -> None:
        """Keep a card. It appears whole or not at all."""
        path = self._folder / f"{key}.{seal(png)}.png"
        unfinished = path.with_suffix(".new")
        unfinished.write_bytes(png)
        unfinished.replace(path)
        self._used.add(path)

    def tidy(self) -> None:
        """Delete what was used longest ago, if there is too much that is not in use."""
        unused = [path for path in self._folder.glob("*.png") if path not in self._used]
        unused.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in (*unused[_KEPT * len(self._used) :], *self._folder.glob("*.new")):
            path.unlink()
