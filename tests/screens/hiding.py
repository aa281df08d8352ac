"""A made-up screen, and what is to be hidden on it."""

from __future__ import annotations

from PIL import Image, ImageDraw

from scripts.screens.model import Redaction

SIZE = (720, 480)
HIDDEN = (
    Redaction(at=(96, 64, 320, 64), size="320x64", why="name of a person"),
    Redaction(at=(0, 192, 720, 48), size="row", why="address of a profile"),
    Redaction(at=(640, 0, 32, 480), size="column", why="pictures of people"),
)


def screen() -> Image.Image:
    """A made-up screen: lines of words on a ground that is not one colour."""
    image = Image.linear_gradient("L").resize(SIZE).convert("RGB")
    draw = ImageDraw.Draw(image)
    for number in range(12):
        draw.text(
            (24, 12 + 40 * number), f"{number} Settings of a person called Robin", font_size=20, fill=(20, 30, 60)
        )
    return image
