"""Marks look as they were found good, at every size, on every ground, and nothing else of the picture changes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from scripts.project import Project
from scripts.screens import draw, manifest, tiles
from scripts.screens.geometry import Rect
from scripts.screens.jobs import jobs
from scripts.screens.model import Draw
from scripts.screens.palette import LEAST, Colour, contrast, dimmed
from scripts.screens.plan import scenes_of
from scripts.screens.shapes import BADGE, Placed, Scene
from scripts.screens.work import pixels
from tests.screens import golden, made

FONT = manifest.font(Project.here()).read_bytes()
CANVAS = Rect(0, 0, 200, 160)
TARGET = Rect(80, 70, 140, 100)
DRAWS: tuple[Draw, ...] = ("box", "arrow", "underline", "spotlight")


def scene(kind: Draw, number: int = 1, *, badge: tuple[float, float] = (70, 60)) -> Scene:
    if kind == "arrow":
        return Scene(CANVAS, (Placed(number, kind, TARGET, (110, 20), (110, 66)),))
    return Scene(CANVAS, (Placed(number, kind, TARGET, badge),))


def painted(one: Scene, scale: int = 1, ground: Colour = (255, 255, 255)) -> Image.Image:
    return draw.paint(Image.new("RGB", (200 * scale, 160 * scale), ground), one, scale, FONT)


def colours(image: Image.Image) -> set[Colour]:
    found = image.getcolors(2**24)
    assert found
    return {colour for _, colour in found}  # type: ignore[misc]


@pytest.mark.parametrize("name", golden.NAMES)
def test_marks_look_as_they_were_found_good(tmp_path: Path, name: str) -> None:
    with Image.open(golden.FOLDER / f"{name}.png") as good:
        found = tiles.compare(good.convert("RGB"), golden.drawn(tmp_path, name))
    assert not found.visible, f"{found}; if that is meant: python -m tests.screens.golden, and look at the pictures"


def test_a_number_that_has_moved_by_four_pixels_is_seen() -> None:
    here, there = painted(scene("box"), 2), painted(scene("box", badge=(72, 60)), 2)
    found = tiles.compare(here, there)
    assert found.visible and found.worst > 0.2
    whole = ImageChops.difference(here, there).convert("L").point(lambda level: 255 * (level > 8)).histogram()
    assert whole[255] / sum(whole) < 0.01  # which is what comparing whole pictures would have to notice


def test_noise_of_a_few_levels_is_not_taken_for_a_change() -> None:
    here = painted(scene("box"))
    assert not tiles.compare(here, here.point(lambda level: max(level - 5, 0))).visible


def test_pictures_of_different_sizes_are_different() -> None:
    assert tiles.compare(Image.new("RGB", (40, 40)), Image.new("RGB", (40, 41))).visible


@pytest.mark.parametrize("ground", [(r, g, b) for r in (0, 120, 255) for g in (0, 120, 255) for b in (0, 255)])
@pytest.mark.parametrize("kind", DRAWS)
def test_every_mark_has_a_tone_that_can_be_told_from_its_ground(kind: Draw, ground: Colour) -> None:
    done = painted(scene(kind), ground=ground)
    around = dimmed(ground) if kind == "spotlight" else ground
    stroke = done.crop((95, 36, 145, 115))  # without the number, which has both tones in any case
    assert max(contrast(colour, around) for colour in colours(stroke)) >= LEAST


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize("kind", ["box", "arrow", "underline"])
def test_nothing_changes_beside_what_the_mask_covers(kind: Draw, scale: int) -> None:
    plain = made.raw("light", scale, size=(200, 160))
    done = draw.paint(plain, scene(kind), scale, FONT)
    mask = draw.mask(scene(kind), scale)
    off = ImageChops.difference(plain, done).convert("L")
    off.paste(0, mask=mask)
    assert off.getbbox() is None
    assert sum(mask.histogram()[1:]) < 0.4 * mask.width * mask.height


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_sizes_grow_with_the_scale(scale: int) -> None:
    black = painted(scene("underline"), scale, (0, 0, 0))
    number = black.crop((0, 0, 85 * scale, 75 * scale)).getbbox()
    assert number is not None
    assert number[2] - number[0] == BADGE * scale and number[3] - number[1] == BADGE * scale


def test_a_picture_twice_as_large_is_the_same_picture() -> None:
    for kind in DRAWS:
        small, large = painted(scene(kind)), painted(scene(kind), 2)
        shrunk = large.resize(small.size, Image.Resampling.BOX)
        histogram = ImageChops.difference(small, shrunk).convert("L").histogram()
        assert sum(histogram[97:]) < 40, kind  # a few pixels on edges that lie on half a pixel


def test_a_spotlight_leaves_what_it_marks_as_it_was_and_dims_the_rest() -> None:
    done = painted(scene("spotlight"))
    assert done.getpixel((110, 85)) == (255, 255, 255)
    assert done.getpixel((195, 155)) == pytest.approx(dimmed((255, 255, 255)), abs=1)


def test_each_number_is_another_picture_and_stands_in_the_middle_of_its_badge() -> None:
    seen = []
    for number in range(1, 8):
        badge = painted(scene("underline", number), 4).crop((56 * 4, 46 * 4, 84 * 4, 74 * 4)).convert("L")
        digit = badge.crop((24, 24, 88, 88)).point(lambda level: 255 * (level > 200))
        left, top, right, bottom = digit.getbbox() or (0, 0, 0, 0)
        assert abs((left + right) / 2 - 32) <= 3 and abs((top + bottom) / 2 - 32) <= 2, number
        seen.append(digit.tobytes())
    assert len(set(seen)) == 7


def test_a_mark_at_the_edge_is_drawn_inside_of_it() -> None:
    at_edge = Scene(CANVAS, (Placed(1, "box", Rect(0, 0, 200, 160), (100, 80)),))
    done = painted(at_edge)
    assert done.size == (200, 160)
    assert done.getpixel((100, 0)) == (255, 255, 255) and done.getpixel((100, 3)) != (255, 255, 255)


def test_the_picture_that_came_in_is_not_touched() -> None:
    plain = Image.new("RGB", (200, 160), (10, 20, 30))
    draw.paint(plain, scene("box"), 1, FONT)
    assert plain.getcolors() == [(200 * 160, (10, 20, 30))]


def test_a_picture_of_another_size_than_its_scene_is_refused() -> None:
    with pytest.raises(ValueError, match="scene"):
        draw.paint(Image.new("RGB", (201, 160)), scene("box"), 1, FONT)


def test_a_raw_that_has_moved_moves_its_marks_by_as_much(tmp_path: Path) -> None:
    crop = {"wide": {"around": ["title", "save", "switch"], "pad": 26}}
    drawn = []
    for name, moved in (("here", (0, 0)), ("there", (13, -7))):
        project = made.project(tmp_path / name)
        made.write(project, spec={"crop": crop}, moved=moved, variants=("light@1",))
        screen = made.screen(project)
        scenes, problems = scenes_of(screen)
        assert not problems
        page = next(job for job in jobs(screen, scenes) if job.product == "page")
        drawn.append((scenes["wide"], pixels(page, FONT)))
    (here, one), (there, other) = drawn
    assert there == dataclasses.replace(here, crop=here.crop.moved(13, -7))
    assert ImageChops.difference(one, other).getbbox() is None
