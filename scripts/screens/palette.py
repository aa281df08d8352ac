"""Which colours do marks have, and can they be seen on any picture?

A mark has two tones that are more than nine to one apart. Whatever a picture's colour, one of the two is then at least
three to one away from it, which is what WCAG asks of graphics. The pair differs in lightness, so it also holds in grey
and for eyes that see fewer colours. Colours are sRGB, 0 to 255.
"""

from __future__ import annotations

Colour = tuple[int, int, int]

LIGHT: Colour = (255, 255, 255)  # halos, the ring and the digit of a badge
DARK: Colour = (0x7A, 0x2E, 0x00)  # the core of strokes, the ground of a badge
TONES = (LIGHT, DARK)
LEAST = 3.0  # WCAG 1.4.11

DIM: Colour = (0, 0, 0)  # what lies outside a spotlight is mixed with this
DIMMED = 0.22  # how much of it


def luminance(colour: Colour) -> float:
    """Relative luminance as WCAG defines it: 0 is black, 1 is white."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """How far two colours are apart as WCAG counts: 1 is not at all, 21 is black and white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def best(ground: Colour) -> float:
    """The contrast of the tone that shows best on a ground."""
    return max(contrast(tone, ground) for tone in TONES)


def dimmed(colour: Colour) -> Colour:
    """What becomes of a colour outside a spotlight."""
    red, green, blue = (round(a + (b - a) * DIMMED) for a, b in zip(colour, DIM, strict=True))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
