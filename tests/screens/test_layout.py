"""Numbers stand next to what they mark and cover nothing that matters, whatever the screen looks like."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.screens.crops import crop_box, crop_size, crops
from scripts.screens.geometry import Rect
from scripts.screens.layout import Target, lay, place, roomy, shown
from scripts.screens.load import Screen
from scripts.screens.model import Draw
from scripts.screens.shapes import BADGE, RADIUS, Placed, badge_box, covered, squares, strokes
from tests.screens import made

BOUNDS = Rect(0, 0, 500, 400)
DRAWS: tuple[Draw, ...] = ("box", "arrow", "underline", "spotlight")


def inside(left: int, top: int, width: int, height: int) -> Rect:
    return Rect.of(left, top, min(width, 500 - left), min(height, 400 - top))


rects = st.builds(inside, st.integers(0, 480), st.integers(0, 380), st.integers(1, 300), st.integers(1, 90))
targets = st.lists(st.tuples(rects, st.sampled_from(DRAWS)), min_size=1, max_size=5).map(
    lambda found: [Target(rect, number, draw) for number, (rect, draw) in enumerate(found, 1)]
)


def one(draw: Draw = "box", rect: Rect = Rect(200, 200, 260, 220), **given: Any) -> Placed:  # noqa: B008  (frozen)
    placed, homeless = place([Target(rect, 1, draw, given.pop("badge", None))], BOUNDS, **given)
    assert not homeless
    return placed[0]


def screen(tmp_path: Path, **spec: Any) -> Screen:
    project = made.project(tmp_path)
    made.write(project, spec=spec, variants=("light@1", "light@2"))
    return made.screen(project)


@given(targets)
@settings(max_examples=60, deadline=None)
def test_nothing_that_is_drawn_leaves_the_picture(found: list[Target]) -> None:
    placed, _ = place(found, BOUNDS)
    for mark in placed:
        for rect in covered(mark, BOUNDS, 4):
            assert BOUNDS.contains(rect), mark


@given(targets, st.lists(rects, max_size=3))
@settings(max_examples=60, deadline=None)
def test_no_number_and_no_arrow_covers_what_is_marked_or_to_be_kept_clear(
    found: list[Target], clear: list[Rect]
) -> None:
    placed, _ = place(found, BOUNDS, clear=clear)
    for mark, target in zip(placed, found, strict=False):
        others = [other.rect for other in found if other is not target and not other.rect.contains(target.rect)]
        for rect in (target.rect, *others, *clear):
            assert rect.distance(mark.badge) >= RADIUS, (mark, rect)
        for square in squares(mark.badge, mark.tip) if mark.tip else ():
            assert not any(square.overlaps(rect) for rect in [*others, *clear] if rect != target.rect), mark


@given(targets)
@settings(max_examples=60, deadline=None)
def test_numbers_lie_beside_each_other_and_beside_the_strokes_of_other_marks(found: list[Target]) -> None:
    placed, _ = place(found, BOUNDS)
    for a, b in itertools.combinations(placed, 2):
        assert math.dist(a.badge, b.badge) >= BADGE
    for mark, target in zip(placed, found, strict=False):
        for other in found:
            if other is not target:
                bands = strokes(other.draw, other.rect, BOUNDS, 4)
                assert all(band.distance(mark.badge) >= RADIUS for band in bands), (mark, other)


@given(targets)
@settings(max_examples=40, deadline=None)
def test_every_mark_is_placed_with_its_number_or_none_is_and_some_are_named(found: list[Target]) -> None:
    placed, homeless = place(found, BOUNDS)
    assert [mark.number for mark in placed] == [target.number for target in found] or (not placed and homeless)


@given(targets)
@settings(max_examples=40, deadline=None)
def test_a_page_that_reads_from_right_to_left_is_laid_out_as_its_mirror_image(found: list[Target]) -> None:
    mirrored = [replace(target, rect=target.rect.mirrored(500)) for target in found]
    left, right = place(found, BOUNDS), place(mirrored, BOUNDS, rtl=True)
    assert len(left[0]) == len(right[0])
    if len(found) == 1:  # among several, two layouts can be equally good, and the first one counts
        for mark, other in zip(left[0], right[0], strict=True):
            assert abs(other.badge[0] - (500 - mark.badge[0])) <= 1 and other.badge[1] == mark.badge[1]


@given(targets)
@settings(max_examples=20, deadline=None)
def test_the_same_marks_always_get_the_same_places(found: list[Target]) -> None:
    assert place(found, BOUNDS) == place(found, BOUNDS)


@pytest.mark.parametrize("draw", DRAWS)
def test_a_number_touches_its_mark_or_is_joined_to_it_by_its_arrow(draw: Draw) -> None:
    mark = one(draw)
    reach = math.dist(mark.badge, mark.tip) + 6 if mark.tip else RADIUS + 5
    assert mark.target.distance(mark.badge) <= reach


def test_a_number_goes_where_the_picture_is_empty() -> None:
    def ink(part: Rect) -> float:
        return 1.0 if part.left < 200 else 0.0  # text to the left of the target

    assert one().badge[0] < 200
    assert one(ink=ink).badge[0] >= 260


def test_a_number_avoids_named_things_where_it_can() -> None:
    near = Rect(150, 150, 199, 199)
    assert not near.overlaps(badge_box(one(avoid=[near]).badge))


@pytest.mark.parametrize(("badge", "x", "y"), [("start", -1, 0), ("end-bottom", 1, 1), ("top", 0, -1)])
def test_a_spec_can_say_where_a_number_goes(badge: str, x: int, y: int) -> None:
    left, top = one(badge=badge).badge
    assert ((left > 260) - (left < 200), (top > 220) - (top < 200)) == (x, y)


def test_start_is_the_side_where_a_line_of_text_starts() -> None:
    assert one(badge="start").badge[0] < 200 < 260 < one(badge="start", rtl=True).badge[0]


def test_a_place_that_is_taken_is_not_used_even_if_the_spec_asks_for_it(tmp_path: Path) -> None:
    marks = [{"at": "switch", "say": "The switch", "badge": "start"}]  # which is where its state stands
    scene, problems = lay(screen(tmp_path, marks=marks, keep_clear=["state"]), "wide")
    assert scene is None
    assert "start is not free" in problems[0].cure


def test_a_number_without_a_place_is_named_with_its_line_and_a_cure(tmp_path: Path) -> None:
    spec = {"crop": {"wide": {"around": ["switch"], "pad": 4}}, "marks": [{"at": "switch", "say": "It"}]}
    scene, problems = lay(screen(tmp_path, keep_clear=[], **spec), "wide")
    assert scene is None
    assert [(p.rule, p.file) for p in problems] == [("no room", "screens/one.yml")]
    assert 'number 1 finds no place beside "switch"' in problems[0].what and "pad" in problems[0].cure


def test_a_switch_can_be_numbered_inside_the_row_that_is_marked_too() -> None:
    row, switch = Rect(20, 100, 480, 300), Rect(300, 190, 340, 210)
    placed, homeless = place([Target(row, 1, "box"), Target(switch, 2, "box")], BOUNDS)
    assert not homeless
    assert row.contains(badge_box(placed[1].badge))


def test_boxes_that_stand_close_are_drawn_closer_to_what_they_mark() -> None:
    first, far, near = Rect(100, 100, 200, 140), Rect(100, 180, 200, 220), Rect(100, 157, 200, 197)
    assert roomy([Target(first, 1, "box"), Target(far, 2, "box")], BOUNDS) == 4
    assert roomy([Target(first, 1, "box"), Target(near, 2, "box")], BOUNDS) == 1


def test_the_order_of_anchors_in_their_file_does_not_matter(tmp_path: Path) -> None:
    project = made.project(tmp_path)
    made.write(project)
    before = lay(made.screen(project), "wide")
    data = made.read_anchors(project)
    data["variants"] = dict(reversed(data["variants"].items()))
    for variant in data["variants"].values():
        variant["anchors"] = dict(reversed(variant["anchors"].items()))
    made.write_anchors(project, "one", data)
    assert lay(made.screen(project), "wide") == before


def test_all_variants_share_one_layout_even_if_the_browser_rounded_differently(tmp_path: Path) -> None:
    project = made.project(tmp_path)
    made.write(project)
    data = made.read_anchors(project)
    data["variants"]["dark@2"]["anchors"]["switch"]["rect"][2] += 1  # half a CSS pixel wider
    made.write_anchors(project, "one", data)
    assert made.screen(project).rects["switch"] == Rect(300, 144, 345, 168)


def test_a_crop_is_around_its_anchors_with_its_margin_and_ends_with_the_picture(tmp_path: Path) -> None:
    crop = {"wide": {"around": ["switch", "state"], "pad": 30}, "narrow": {"around": ["title"], "pad": 100}}
    found = screen(tmp_path, crop=crop, marks=[{"at": "switch", "say": "It"}])
    assert crop_box(found, "wide") == Rect(210, 114, 374, 198)
    assert crop_box(found, "narrow") == Rect(0, 0, 320, 160)
    assert crop_size(found, "wide") == (164, 84)


def test_without_a_narrow_crop_there_is_one_crop(tmp_path: Path) -> None:
    assert crops(screen(tmp_path, crop=None)) == ("wide",)


def test_a_mark_of_which_less_than_half_is_in_the_narrow_crop_is_not_on_it(tmp_path: Path) -> None:
    found = screen(tmp_path)
    assert shown(found, "wide") == (1, 2)
    assert shown(found, "narrow") == (2,)
