"""Which letters does a page load?

Makes `libre-franklin-text.woff2` from the whole typeface: the letters that English text needs, the weights that the
styles use, and the kerning. Pages load the whole one only for other letters. Run it after either changes:

    python -m scripts.font
"""

from __future__ import annotations

import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from scripts.project import Project

STYLES = Path("assets", "opted-in.css")  # below docs/
WHOLE = Path("assets", "fonts", "libre-franklin.woff2")
TEXT = Path("assets", "fonts", "libre-franklin-text.woff2")
WEIGHTS = (400, 800)

_FACE = re.compile(r"@font-face\s*{([^}]*)}")
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")


def letters(styles: str, file: str) -> set[int]:
    """The code points for which a style sheet loads a font file.

    Raises:
        ValueError: if no typeface of the style sheet names that file.
    """
    for face in _FACE.findall(styles):
        if file in face:
            ranges = _RANGE.findall(face.partition("unicode-range")[2])
            return {code for low, high in ranges for code in range(int(low, 16), int(high or low, 16) + 1)}
    raise ValueError(f"no @font-face names {file}")


def make(whole: Path, target: Path, wanted: set[int]) -> None:
    """Write the part of a typeface that some letters need."""
    with TTFont(whole, recalcTimestamp=False) as font:
        instancer.instantiateVariableFont(font, {"wght": WEIGHTS}, inplace=True)
        options = subset.Options(layout_features=["kern"], hinting=False)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(target)


if __name__ == "__main__":
    docs = Project.here().docs
    wanted = letters((docs / STYLES).read_text(encoding="utf-8"), TEXT.name)
    make(docs / WHOLE, docs / TEXT, wanted)
    print(f"{TEXT}: {(docs / TEXT).stat().st_size} bytes for {len(wanted)} letters")
