"""The two tones of a mark can be told from any ground, and from each other, by every eye."""

from __future__ import annotations

import itertools

import pytest

from scripts.screens.palette import DARK, LEAST, LIGHT, Colour, best, contrast, dimmed

Matrix = tuple[tuple[float, float, float], ...]

# Machado, Oliveira and Fernandes 2009, full severity; they apply to linear light.
BLINDNESS: dict[str, Matrix] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen(colour: Colour, matrix: Matrix) -> Colour:
    """A colour as an eye of another kind sees it."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    mixed = [min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1) for row in matrix]
    red, green, blue = (
        round(255 * (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055)) for c in mixed
    )  # fmt: skip
    return red, green, blue


def test_one_of_the_tones_is_three_to_one_away_from_every_solid_colour() -> None:
    grid = [*range(0, 256, 8), 255]
    worst = min(itertools.product(grid, repeat=3), key=best)
    assert best(worst) >= LEAST, worst


def test_the_tones_are_more_than_nine_to_one_apart_so_that_no_ground_can_hide_both() -> None:
    assert contrast(LIGHT, DARK) >= LEAST * LEAST


@pytest.mark.parametrize("matrix", BLINDNESS.values(), ids=BLINDNESS)
def test_the_tones_stay_apart_for_eyes_that_see_fewer_colours(matrix: Matrix) -> None:
    assert contrast(seen(LIGHT, matrix), seen(DARK, matrix)) >= 7


@pytest.mark.parametrize("matrix", BLINDNESS.values(), ids=BLINDNESS)
def test_such_eyes_see_one_of_the_tones_on_every_ground_too(matrix: Matrix) -> None:
    tones = seen(LIGHT, matrix), seen(DARK, matrix)
    for red, green, blue in itertools.product(range(0, 256, 51), repeat=3):
        ground = seen((red, green, blue), matrix)
        assert max(contrast(tone, ground) for tone in tones) >= 2.7, (red, green, blue)


def test_the_tones_stay_apart_in_grey() -> None:
    grey = round(0.299 * DARK[0] + 0.587 * DARK[1] + 0.114 * DARK[2])
    assert contrast(LIGHT, (grey, grey, grey)) >= 7


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_what_a_spotlight_dims_can_still_be_read() -> None:
    for ground, text in (((255, 255, 255), (89, 89, 89)), ((27, 31, 35), (168, 168, 168))):
        assert contrast(ground, text) >= 6.5
        assert contrast(dimmed(ground), dimmed(text)) >= 4.5
