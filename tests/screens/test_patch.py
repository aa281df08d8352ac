"""A fingerprint knows its place again, and no other."""

from __future__ import annotations

import doctest
import io

import pytest
from PIL import Image, ImageChops, ImageDraw

from scripts.screens import patch
from scripts.screens.model import Anchor
from tests.screens import strange

SIZE = (600, 400)
ROW = (40.0, 100.0, 300.0, 32.0)


def page(words: str = "Data for Generative AI Improvement") -> Image.Image:
    image = Image.new("RGB", SIZE, (250, 250, 250))
    draw = ImageDraw.Draw(image)
    draw.text((48, 106), words, font_size=18, fill=(20, 20, 20))
    draw.rounded_rectangle((480, 100, 524, 124), 12, fill=(10, 102, 194))
    return image


def test_the_example_in_the_code_holds() -> None:
    assert doctest.testmod(patch).failed == 0
    assert doctest.testmod(patch).attempted == 1


def test_the_same_picture_gives_the_same_fingerprint() -> None:
    made = patch.patch_hash(page(), ROW)
    assert made == patch.patch_hash(page(), ROW)
    assert made.startswith("dhash:")
    assert len(made) == 70
    assert patch.same(made, made)


@pytest.mark.parametrize(
    "other",
    [
        page("Visibility of your activity now"),
        page(""),
        Image.new("RGB", SIZE, (250, 250, 250)),
        Image.new("RGB", SIZE, (0, 0, 0)),
        ImageChops.offset(page(), 0, 12),
        ImageChops.offset(page(), 40, 0),
        ImageChops.invert(page()),
    ],
    ids=["other words", "no words", "white", "black", "lower", "further right", "dark"],
)
def test_something_else_at_the_same_place_is_noticed(other: Image.Image) -> None:
    known = {"row": Anchor(rect=ROW, patch=patch.patch_hash(page(), ROW))}
    assert patch.problems(page(), known) == []
    (said,) = patch.problems(other, known)
    assert said.startswith("the anchor row points at something else than it did")
    assert "--anchor row=LEFT,TOP,WIDTH,HEIGHT" in said


def test_the_same_picture_saved_with_losses_is_known_again() -> None:
    lossy = strange.saved(page(), "jpeg", quality=80)
    with Image.open(io.BytesIO(lossy)) as image:
        assert (
            patch.problems(image.convert("RGB"), {"row": Anchor(rect=ROW, patch=patch.patch_hash(page(), ROW))}) == []
        )


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        (Anchor(rect=ROW), "has no fingerprint"),
        (Anchor(rect=ROW, patch="dhash:12"), "points at something else"),
        (Anchor(rect=ROW, patch="0" * 64), "points at something else"),
        (Anchor(rect=(500, 390, 90, 30), patch="dhash:" + "0" * 64), "reaches beyond the picture"),
        (Anchor(rect=(-1, 0, 90, 30), patch="dhash:" + "0" * 64), "reaches beyond the picture"),
        (Anchor(rect=(0, 0, 0, 30), patch="dhash:" + "0" * 64), "is no rectangle"),
        (Anchor(rect=(0, 0, float("nan"), 30), patch="dhash:" + "0" * 64), "is no rectangle"),
        (Anchor(rect=(0, 0, float("inf"), 30), patch="dhash:" + "0" * 64), "is no rectangle"),
        (Anchor(rect=(0, 0, 1e300, 30), patch="dhash:" + "0" * 64), "reaches beyond the picture"),
    ],
)
def test_an_anchor_that_cannot_be_checked_is_a_problem_with_a_cure(anchor: Anchor, said: str) -> None:
    (found,) = patch.problems(page(), {"row": anchor})
    assert said in found
    assert "look where it lies now" in found


def test_a_plain_ground_is_no_place_to_know_again() -> None:
    assert patch.empty(patch.patch_hash(page(), (40, 200, 300, 60)))
    assert not patch.empty(patch.patch_hash(page(), ROW))
    for at in ((0, 0, 10, 10), (590, 390, 10, 10), (0, 0, *SIZE)):
        patch.patch_hash(page(), at)


def test_the_tolerance_is_what_it_is_said_to_be() -> None:
    def made(bits: int) -> str:
        return f"dhash:{(1 << bits) - 1:064x}"

    assert patch.same(made(72), made(80))
    assert not patch.same(made(72), made(81))
    assert not patch.same(made(0), made(8))  # few words beside an empty ground: not many bits, but all that there are
    assert not patch.same(made(30), made(34))
    assert patch.same(made(32), made(36))
