"""Rectangles: what holds for every one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.screens.geometry import Rect, around

numbers = st.floats(-5000, 5000, allow_nan=False)
lengths = st.floats(0, 3000, allow_nan=False)
rects = st.builds(Rect.of, numbers, numbers, lengths, lengths)
whole = st.builds(Rect.of, st.integers(-99, 99), st.integers(-99, 99), st.integers(0, 99), st.integers(0, 99))
NOISE = 1e-3  # of arithmetic, in pixels


@given(rects)
def test_a_snapped_rectangle_contains_the_one_it_came_from_and_is_less_than_a_pixel_larger(rect: Rect) -> None:
    snapped = rect.snapped()
    assert snapped.grown(NOISE).contains(rect)
    assert all(isinstance(edge, int) for edge in snapped.edges)
    assert snapped.width < rect.width + 2 and snapped.height < rect.height + 2


@given(whole)
def test_snapping_what_lies_on_whole_pixels_changes_nothing(rect: Rect) -> None:
    assert rect.snapped() == rect


def test_noise_of_the_arithmetic_does_not_move_an_edge() -> None:
    assert Rect(0.1 + 0.2 - 0.3, 0, 100.00000000001, 10).snapped() == Rect(0, 0, 100, 10)


@given(whole, st.integers(0, 500))
def test_mirroring_twice_changes_nothing(rect: Rect, width: int) -> None:
    assert rect.mirrored(width).mirrored(width) == rect


@given(whole, whole)
def test_two_rectangles_overlap_in_a_mirror_if_they_do_outside(one: Rect, other: Rect) -> None:
    assert one.mirrored(200).overlaps(other.mirrored(200)) == one.overlaps(other)


@given(whole, whole)
def test_what_two_rectangles_share_lies_in_both_and_what_joins_them_contains_both(one: Rect, other: Rect) -> None:
    shared = one.clipped(other)
    assert shared.empty or (one.contains(shared) and other.contains(shared))
    joined = around([one, other])
    assert joined.contains(one) and joined.contains(other)


@given(whole, st.integers(1, 3), st.integers(-50, 50), st.integers(-50, 50))
def test_moving_and_scaling_come_to_the_same_in_either_order(rect: Rect, scale: int, x: int, y: int) -> None:
    assert rect.moved(x, y).scaled(scale) == rect.scaled(scale).moved(x * scale, y * scale)


@given(whole, st.integers(-60, 60))
def test_a_rectangle_that_shrinks_too_far_becomes_a_point_and_never_turns_inside_out(rect: Rect, by: int) -> None:
    grown = rect.grown(by)
    assert grown.width >= 0 and grown.height >= 0
    assert grown.centre == rect.centre


@given(whole, numbers, numbers)
def test_the_distance_is_nought_exactly_where_a_point_lies_inside(rect: Rect, x: float, y: float) -> None:
    inside = rect.left <= x <= rect.right and rect.top <= y <= rect.bottom
    assert (rect.distance((x, y)) == 0) == inside


def test_distances_are_measured_around_corners() -> None:
    assert Rect(0, 0, 10, 10).distance((13, 14)) == 5


def test_edges_that_are_not_whole_are_refused_and_not_rounded() -> None:
    with pytest.raises(ValueError, match="whole pixels"):
        _ = Rect(0, 0, 1.5, 2).edges
