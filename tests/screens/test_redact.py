"""A region is one flat colour, and tells neither what it hides nor how long that was."""

from __future__ import annotations

import random

import pytest
from PIL import Image, ImageDraw, ImageFont

from scripts.screens import redact
from scripts.screens.model import Redaction
from tests.screens.hiding import HIDDEN, SIZE, screen


def test_what_is_hidden_is_one_colour_that_nothing_below_it_chose() -> None:
    for ground in ((255, 255, 255), (0, 0, 0), (9, 80, 200)):
        hidden = redact.scrub(Image.new("RGB", SIZE, ground), HIDDEN)
        for redaction in HIDDEN:
            assert hidden.crop(redact.box(redaction, SIZE)).getcolors(1) is not None
            assert hidden.getpixel(redaction.at[:2]) == redact.FILL


def test_nothing_outside_the_regions_changes() -> None:
    image, mask = screen(), Image.new("1", SIZE, 1)
    for redaction in HIDDEN:
        mask.paste(0, redact.box(redaction, SIZE))
    hidden = redact.scrub(image, HIDDEN)
    black = Image.new("RGB", SIZE)
    assert Image.composite(hidden, black, mask).tobytes() == Image.composite(image, black, mask).tobytes()


def test_a_committed_raw_that_is_not_flat_yet_is_refused_with_the_region() -> None:
    image = redact.scrub(screen(), HIDDEN)
    assert redact.flat(image, HIDDEN) == []
    redact.apply(image, HIDDEN)
    left, top, right, bottom = redact.box(HIDDEN[1], SIZE)
    for corner in ((left, top), (right - 1, bottom - 1)):
        spoilt = image.copy()
        spoilt.putpixel(corner, (118, 118, 119))
        with pytest.raises(
            ValueError, match=r"\[0, 192, 720, 48\] row \(address of a profile\) is not one flat colour"
        ):
            redact.apply(spoilt, HIDDEN)


def test_a_raw_is_not_changed_in_place() -> None:
    image = screen()
    before = image.tobytes()
    redact.scrub(image, HIDDEN)
    assert image.tobytes() == before


@pytest.mark.parametrize(
    ("at", "size", "wanted", "filled"),
    [
        ((100, 70, 93, 17), "320x64", (96, 64, 320, 64), (96, 64, 416, 128)),
        ((96, 64, 320, 64), "320x64", (96, 64, 320, 64), (96, 64, 416, 128)),
        ((100, 70, 93, 17), "row", (0, 64, 720, 32), (0, 62, 720, 98)),
        ((0, 190, 720, 51), "row", (0, 190, 720, 51), (0, 188, 720, 243)),
        ((100, 70, 93, 17), "column", (96, 0, 112, 480), (94, 0, 210, 480)),
        ((700, 470, 60, 60), "160x128", (688, 464, 160, 128), (688, 464, 720, 480)),
        ((-9, -9, 20, 20), "64x32", (0, 0, 64, 32), (0, 0, 64, 32)),
    ],
)
def test_a_tight_region_grows_to_one_that_tells_nothing(
    at: tuple[int, int, int, int], size: str, wanted: tuple[int, ...], filled: tuple[int, ...]
) -> None:
    grown = redact.whole(Redaction(at=at, size=size, why="a name"), SIZE)
    assert (grown.at, redact.box(grown, SIZE)) == (wanted, filled)
    assert redact.whole(grown, SIZE) == grown


@pytest.mark.parametrize(
    ("at", "size", "said"),
    [
        ((100, 70, 93, 17), "93x17", "take row, column, or WxH"),
        ((100, 70, 93, 17), "320x64", r"tells how long the hidden words are; write at: \[96, 64, 320, 64\]"),
        ((100, 70, 93, 17), "row", r"tells how long .* write at: \[0, 64, 720, 32\]"),
        ((100, 70, 200, 17), "160x64", "does not fit; take 320x32 or row"),
        ((100, 70, 320, 17), "320x64", "does not fit; take 640x32 or row"),
        ((720, 0, 9, 9), "64x32", "is not on the picture"),
        ((0, -9, 720, 9), "row", "is not on the picture"),
        ((0, 0, 0, 9), "row", "is not on the picture"),
    ],
)
def test_a_region_that_tells_something_is_refused(at: tuple[int, int, int, int], size: str, said: str) -> None:
    tight = Redaction(at=at, size=size, why="a name")
    with pytest.raises(ValueError, match=said):
        redact.box(tight, SIZE)
    with pytest.raises(ValueError, match=said):
        redact.scrub(Image.new("RGB", SIZE), (tight,))
    assert len(redact.flat(Image.new("RGB", SIZE), (tight,))) == 1


def test_words_of_any_length_leave_the_same_picture_and_the_same_spec() -> None:
    source, font = random.Random(7), ImageFont.load_default(18)
    seen, lengths = set(), set()
    for _ in range(400):
        words = "".join(source.choices("abcdefghijklmnopqrstuvwxyzJMW. @", k=source.randint(3, 24))).strip()
        image = Image.new("RGB", SIZE, (255, 255, 255))
        draw = ImageDraw.Draw(image)
        draw.text((104, 72), words, font=font, fill=(0, 0, 0))
        left, top, right, bottom = (round(edge) for edge in draw.textbbox((104, 72), words, font=font))
        tight = Redaction(at=(left, top, right - left, bottom - top), size="320x64", why="a name")
        lengths.add(right - left)
        hidden = redact.whole(tight, SIZE)
        seen.add((hidden.at, redact.scrub(image, (hidden,)).tobytes()))
    assert len(lengths) > 100
    assert len(seen) == 1


def test_a_picture_that_is_not_in_rgb_is_refused() -> None:
    with pytest.raises(ValueError, match="convert it to RGB"):
        redact.scrub(Image.new("P", SIZE), HIDDEN)


def test_the_colour_shows_on_white_and_on_black() -> None:
    def light(colour: tuple[int, ...]) -> float:
        parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    assert min(1.05 / (light(redact.FILL) + 0.05), (light(redact.FILL) + 0.05) / 0.05) >= 4.5
