"""A card is a PNG as networks and mail programs want it: its size, its contrast, nothing hidden, always the same."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys

import pytest
from PIL import Image, ImageChops

from scripts.facts.problems import BadData
from scripts.project import Project
from scripts.publish import card_colours, card_draw
from scripts.publish.card_colours import GROUNDS, INKS, Colour
from scripts.publish.card_draw import Press
from scripts.publish.card_sheet import BOTTOM, LEFT, RIGHT, TOP
from tests.publish import card_samples as samples

CHOSEN = [
    "cards/region/eu.png",
    "cards/region/ch.png",
    "cards/claim/li-way-out-world.png",
    "cards/claim/li-paused-uk.png",
    "cards/claim/meta-in-force-since-br.png",
]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {address: samples.press().png(samples.real()[address]) for address in CHOSEN}


def chunks(png: bytes) -> list[bytes]:
    """The names of the parts of a PNG."""
    found, at = [], 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        found.append(png[at + 4 : at + 8])
        at += 12 + length
    return found


def test_a_card_is_1200_by_630_opaque_small_and_has_no_metadata(files: dict[str, bytes]) -> None:
    for address, png in files.items():
        image = Image.open(io.BytesIO(png))
        assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630)), address
        assert len(png) <= 300_000, address
        assert set(chunks(png)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}, address


def test_words_stay_within_the_centre_and_an_edge_ends_the_card(files: dict[str, bytes]) -> None:
    colours = samples.colours()
    for address, png in files.items():
        image = Image.open(io.BytesIO(png)).convert("RGB")
        assert image.getpixel((0, 0)) == image.getpixel((1199, 629)) == colours["rule"], address
        assert image.getpixel((5, 5)) == colours["paper"], address
        different = ImageChops.difference(image, Image.new("RGB", image.size, colours["paper"]))
        different.paste((0, 0, 0), (LEFT - 12, TOP, RIGHT + 12, BOTTOM))  # and the frame of the label
        inner = different.crop((2, 2, 1198, 628))
        assert inner.getbbox() is None, address


def luminance(colour: Colour) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ink_is_at_least_four_and_a_half_to_one(ink: str, ground: str) -> None:
    darker, lighter = sorted(luminance(samples.colours()[name]) for name in (ink, ground))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_only_inks_of_the_stylesheet_are_used() -> None:
    for sheet in samples.composed().values():
        for put in sheet.puts:
            assert put.word.style.colour in INKS


def test_colours_and_platform_shapes_are_those_of_the_pages(files: dict[str, bytes]) -> None:
    css = (Project.here().docs / card_colours.STYLES).read_text(encoding="utf-8")
    image = Image.open(io.BytesIO(files["cards/region/eu.png"])).convert("RGB")
    shapes = samples.press().compose(samples.real()["cards/region/eu.png"]).shapes
    assert {shape.kind for shape in shapes} == {"square", "circle"}
    for shape in shapes:
        middle = round(shape.left + shape.size / 2), round(shape.top + shape.size / 2)
        pixel = image.getpixel(middle)
        assert isinstance(pixel, tuple)
        assert f"--oi-{shape.kind}: #{bytes(pixel).hex()};" in css
        corner = image.getpixel((round(shape.left), round(shape.top)))
        assert (corner == pixel) == (shape.kind == "square")


def test_each_state_has_a_shape_of_its_own_in_grey() -> None:
    """The shapes differ without their colour and without their word."""
    drawn = {state: card_draw._state(state, 34).tobytes() for state in ("yes", "no", "depends", "silent", "unchecked")}
    assert len(set(drawn.values())) == 5
    assert all(any(mask) for mask in drawn.values())


def test_a_missing_colour_stops_the_build_and_says_which() -> None:
    css = (Project.here().docs / card_colours.STYLES).read_text(encoding="utf-8")
    with pytest.raises(BadData, match="--oi-warn"):
        card_colours.read(css.replace("--oi-warn: #8a1c3c;", "--oi-warn: darkred;"))
    with pytest.raises(BadData, match="--oi-paper"):
        card_colours.read("")


def test_what_was_drawn_before_changes_nothing(files: dict[str, bytes]) -> None:
    press = Press(samples.FONT, samples.colours())
    for address in reversed(CHOSEN):
        assert press.png(samples.real()[address]) == files[address], address


_DRAW = """
import hashlib
from tests.publish.test_card_draw import CHOSEN, samples
for address in reversed(CHOSEN):
    print(address, hashlib.sha256(samples.press().png(samples.real()[address])).hexdigest())
"""


def test_another_process_draws_the_same_bytes(files: dict[str, bytes]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _DRAW],
        check=True,
        cwd=Project.here().root,
        env={**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        capture_output=True,
        text=True,
    )
    expected = {f"{address} {hashlib.sha256(png).hexdigest()}" for address, png in files.items()}
    assert set(done.stdout.splitlines()) == expected
