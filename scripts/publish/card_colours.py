"""Which colours does a card have?

Those of the site in its light scheme, read from its stylesheet, so that a new colour there is a new colour here. A card
has no dark scheme: mail programs and networks show one picture to everybody.
"""

from __future__ import annotations

import re

from scripts.facts.problems import BadData, Problem

Colour = tuple[int, int, int]
Colours = dict[str, Colour]

STYLES = "assets/opted-in.css"  # below docs/
GROUNDS = ("paper", "card")
INKS = ("ink", "soft", "square", "circle", "warn")
_NEEDED = (*GROUNDS, *INKS, "rule")

_LIGHT = re.compile(r'^\[data-md-color-scheme="default"\] \{\n(.*?)\n\}', re.DOTALL | re.MULTILINE)
_COLOUR = re.compile(r"--oi-([a-z]+): #([0-9a-f]{6});")
_STEPS = 12  # from an ink to its ground; nobody sees more at the edge of a letter, and the file grows with each


def read(css: str) -> Colours:
    """The colours of the light scheme.

    Args:
        css: the site's stylesheet.

    Returns:
        The colours by name, such as `ink`.

    Raises:
        BadData: if one is missing that cards need.
    """
    light = _LIGHT.search(css)
    found = {name: _parse(value) for name, value in _COLOUR.findall(light[1] if light else "")}
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        names = ", ".join(f"--oi-{name}" for name in missing)
        cure = "write each as six small hexadecimal digits, as its neighbours are"
        rule = '[data-md-color-scheme="default"]'
        raise BadData([Problem(STYLES, 0, "colour", f"{rule} does not set {names}", cure)])
    return {name: found[name] for name in _NEEDED}


def palette(colours: Colours) -> list[int]:
    """All colours that a card can have, with those between an ink and its ground, as Pillow wants a palette."""
    shades: dict[Colour, None] = dict.fromkeys(colours.values())
    for ground in GROUNDS:
        for ink in INKS:
            for step in range(1, _STEPS):
                shades[_between(colours[ground], colours[ink], step / _STEPS)] = None
    return [channel for shade in shades for channel in shade]


def accent(shape: str) -> str:
    """The name of a platform's accent. Only two have a colour of their own, as in the stylesheet."""
    return shape if shape in ("square", "circle") else "ink"


def _parse(value: str) -> Colour:
    red, green, blue = bytes.fromhex(value)
    return red, green, blue


def _between(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue
