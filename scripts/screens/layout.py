"""Where does each number go, so that it is next to what it marks and covers nothing that matters?

Every mark has a few places where its number may stand. Those that leave the picture, or cover something marked,
something to be kept clear, or another mark, are out. Of what is left, the combination counts that covers the least of
the picture and follows the reading direction best. No chance and no order of dictionaries comes into it: the same
screen always gives the same scene. CSS pixels, from the top left corner of the crop.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scripts.facts.problems import Problem
from scripts.screens.crops import CropName, crop_box, crop_size
from scripts.screens.geometry import Point, Rect, around
from scripts.screens.load import Screen
from scripts.screens.model import Corner, Draw
from scripts.screens.shapes import ARROW, BADGE, GAP, GAPS, RADIUS, Placed, Scene, badge_box, squares, strokes

__all__ = ["Ink", "Target", "crop_size", "lay", "lay_for_paper", "place", "roomy", "shown", "targets_of"]

Ink = Callable[[Rect], float]  # how much is drawn in a part of the crop: 0 for one plain colour, 1 for dense text

RTL = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})

# Where a number may stand: -1 is the side on which a line of text starts, and the top.
_WAYS: dict[Corner, tuple[int, int]] = {
    "start-top": (-1, -1),
    "end-top": (1, -1),
    "start-bottom": (-1, 1),
    "end-bottom": (1, 1),
    "start": (-1, 0),
    "end": (1, 0),
    "top": (0, -1),
    "bottom": (0, 1),
}
# The best first.
_ORDER: dict[Draw, tuple[Corner, ...]] = {
    "box": ("start-top", "end-top", "start-bottom", "end-bottom", "start", "end", "top", "bottom"),
    "spotlight": ("start-top", "end-top", "start-bottom", "end-bottom", "start", "end", "top", "bottom"),
    "underline": ("start", "end", "start-bottom", "end-bottom", "start-top", "end-top", "bottom", "top"),
    "arrow": ("end", "start", "bottom", "top", "end-bottom", "start-bottom", "end-top", "start-top"),
}
_DIAGONAL = math.ceil(RADIUS / math.sqrt(2))  # sideways and up from a corner, to a badge that just touches it
_BESIDE = 3  # between the side of a target and a badge
_FURTHER = (0, 6, 12)  # steps away from the nearest place
_SHORTER = (0, 8, 16)  # what an arrow gives up of its length, where there is little room
_ON_PAPER = (2.0, 1.5)  # how many times as large marks are there, if there is room; whole pixels of a raw at 2x
_BARELY = 0.1  # more of what is drawn may be hidden than usual
_PART = 0.5  # of a target must be in a crop for it to be marked there
_TRIES = 50_000  # combinations looked at before the best so far has to do

_RANK, _AWAY, _CROSSES = 0.04, 0.15, 0.6  # what each costs, beside 1 for a badge on dense text


@dataclass(frozen=True)
class Target:
    """Something to mark: where it lies, its number, how it is drawn, and where its badge must go, if that is given."""

    rect: Rect
    number: int
    draw: Draw
    badge: Corner | None = None


@dataclass(frozen=True)
class _Option:
    """One place for a badge: what it costs, and what it covers beside the badge itself."""

    cost: float
    mark: Placed
    line: tuple[Rect, ...]


def shown(screen: Screen, crop: CropName) -> tuple[int, ...]:
    """The numbers that stand on a crop: of what is marked, at least half must be in it."""
    return tuple(target.number for target in targets_of(screen, crop))


def lay(screen: Screen, crop: CropName, ink: Ink | None = None, unit: float = 1) -> tuple[Scene | None, list[Problem]]:
    """Place all marks of a screen on one crop.

    Args:
        screen: one whose anchors are all there.
        crop: which.
        ink: looks at the picture, in CSS pixels of the crop; without it, whether there is room is all that counts.
        unit: how many CSS pixels of the screen one pixel of a mark covers.

    Returns:
        The scene; or none, and a problem for each number that has no place.
    """
    # All edges are on whole units: the picture loses less than one of them on each side, and no mark is cut.
    box = crop_box(screen, crop).scaled(1 / unit).inner()
    bounds = box.moved(-box.left, -box.top)
    known = {name: rect.scaled(1 / unit).snapped() for name, rect in screen.rects.items()}
    clear = [known[name].moved(-box.left, -box.top).clipped(bounds) for name in screen.spec.keep_clear]
    marked = {mark.at for mark in screen.spec.marks}
    other = [
        rect.moved(-box.left, -box.top)
        for name, rect in sorted(known.items())
        if name not in marked and name not in screen.spec.keep_clear
    ]
    targets = [
        replace(target, rect=known[screen.spec.marks[target.number - 1].at].clipped(box).moved(-box.left, -box.top))
        for target in targets_of(screen, crop)
    ]
    gap = roomy(targets, bounds) if unit == 1 else GAPS[-1]  # what is drawn larger covers more of what is beside it
    marks, homeless = place(
        targets,
        bounds,
        gap=gap,
        clear=[rect for rect in clear if not rect.empty],
        avoid=other,
        ink=(lambda part: ink(part.scaled(unit))) if ink else None,
        rtl=screen.spec.language.split("-")[0].lower() in RTL,
    )
    if homeless:
        return None, [_no_place(screen, crop, target) for target in homeless]
    return Scene(box, marks, gap, unit), []


def lay_for_paper(screen: Screen, crop: CropName, ink: Ink, usual: Scene) -> Scene:
    """The same for a picture that is printed a few centimetres wide: with marks as large as there is room for.

    Larger numbers may not hide more than those of the `usual` scene, which is taken where none has room.
    """
    larger = (lay(screen, crop, ink, unit)[0] for unit in _ON_PAPER)
    most = _hidden(usual, ink) + _BARELY
    return next((scene for scene in larger if scene and _hidden(scene, ink) <= most), usual)


def _hidden(scene: Scene, ink: Ink) -> float:
    """How much is drawn where a number covers it, at the worst of them."""
    return max((ink(badge_box(mark.badge).scaled(scene.unit)) for mark in scene.marks), default=0.0)


def place(
    targets: Sequence[Target],
    bounds: Rect,
    *,
    gap: int = GAP,
    clear: Sequence[Rect] = (),
    avoid: Sequence[Rect] = (),
    ink: Ink | None = None,
    rtl: bool = False,
) -> tuple[tuple[Placed, ...], list[Target]]:
    """Find a place for each badge and arrow.

    Args:
        targets: what is marked, in the order of the numbers.
        bounds: the crop; its corner is (0, 0).
        gap: what boxes leave around what they mark.
        clear: what nothing may cover.
        avoid: what is better not covered.
        ink: see `lay`.
        rtl: whether the screen reads from right to left.

    Returns:
        The marks in place; or nothing, and the targets for which there is no place.
    """
    fixed = [strokes(target.draw, target.rect, bounds, gap) for target in targets]
    options: list[list[_Option]] = []
    for index, target in enumerate(targets):
        taken = [band for other, bands in enumerate(fixed) if other != index for band in bands]
        # What lies around a target, such as the row of a switch, cannot keep the number away from it.
        texts = [other.rect for other in targets if other is target or not other.rect.contains(target.rect)]
        free = [
            replace(option, cost=option.cost + _cost(option, bounds, avoid, ink))
            for option in _options(target, rtl=rtl)
            if _fits(option, bounds, [*texts, *clear], taken, target.rect)
        ]
        options.append(sorted(free, key=lambda option: option.cost))
    homeless = [target for target, free in zip(targets, options, strict=True) if not free]
    if homeless:
        return (), homeless
    best = _best(options)
    if best is None:  # each has a place, but not all at once: the fullest one is to blame
        return (), [min(zip(options, targets, strict=True), key=lambda pair: (len(pair[0]), pair[1].number))[1]]
    return tuple(option.mark for option in best), []


def roomy(targets: Sequence[Target], bounds: Rect) -> int:
    """The widest gap with which no stroke touches another; the least, if they touch anyway."""
    for gap in GAPS:
        bands = [strokes(target.draw, target.rect, bounds, gap) for target in targets]
        pairs = itertools.combinations(bands, 2)
        if not any(a.overlaps(b) for one, other in pairs for a in one for b in other):
            return gap
    return GAPS[-1]


def targets_of(screen: Screen, crop: CropName) -> list[Target]:
    """What is marked on a crop, in its pixels: of each, at least half must be in it."""
    box, known, found = crop_box(screen, crop), screen.rects, []
    for number, mark in enumerate(screen.spec.marks, 1):
        whole = known[mark.at]
        seen = whole.clipped(box)
        if not seen.empty and seen.width * seen.height >= _PART * whole.width * whole.height:
            found.append(Target(seen.moved(-box.left, -box.top), number, mark.draw, mark.badge))
    return found


def _options(target: Target, *, rtl: bool) -> Iterator[_Option]:
    """Every place that a badge could have, whatever else there is."""
    order = (target.badge,) if target.badge else _ORDER[target.draw]
    ways = [(_WAYS[corner][0] * (-1 if rtl else 1), _WAYS[corner][1]) for corner in order]
    for (rank, way), (step, away) in itertools.product(enumerate(ways), enumerate(_FURTHER)):
        cost = rank * _RANK + step * _AWAY
        if target.draw == "arrow":
            tip = _edge(target.rect.grown(GAP), way)
            length = math.hypot(*way)
            reach = (ARROW + RADIUS - _SHORTER[step]) / length
            centre = round(tip[0] + way[0] * reach), round(tip[1] + way[1] * reach)
            yield _Option(cost, Placed(target.number, target.draw, target.rect, centre, tip), squares(centre, tip))
        else:
            near = _DIAGONAL if all(way) else RADIUS + _BESIDE
            x, y = _edge(target.rect, way)
            centre = round(x + way[0] * (near + away)), round(y + way[1] * (near + away))
            yield _Option(cost, Placed(target.number, target.draw, target.rect, centre), ())


def _edge(rect: Rect, way: tuple[int, int]) -> Point:
    """The corner of a rectangle, or the middle of its side, that lies in a direction."""
    x, y = rect.centre
    return (rect.left, x, rect.right)[way[0] + 1], (rect.top, y, rect.bottom)[way[1] + 1]


def _fits(option: _Option, bounds: Rect, texts: Sequence[Rect], taken: Sequence[Rect], own: Rect) -> bool:
    """Whether a place is free, as far as that does not depend on where other numbers go."""
    centre = option.mark.badge
    if not all(bounds.contains(rect) for rect in (badge_box(centre), *option.line)):
        return False
    if any(rect.distance(centre) < RADIUS for rect in (*texts, *taken)):
        return False
    return not any(square.overlaps(rect) for square in option.line for rect in (*texts, *taken) if rect != own)


def _cost(option: _Option, bounds: Rect, avoid: Sequence[Rect], ink: Ink | None) -> float:
    box = badge_box(option.mark.badge)
    cost = _CROSSES * any(rect.distance(option.mark.badge) < RADIUS for rect in avoid)
    cost += _CROSSES * any(square.overlaps(rect) for square in option.line for rect in avoid)
    if ink:
        cost += ink(box)
        if option.line:
            cost += ink(around(option.line).clipped(bounds)) / 2
    return cost


def _best(options: Sequence[Sequence[_Option]]) -> tuple[_Option, ...] | None:
    """One option each, none in the way of another, at the least cost; none, if that cannot be.

    Each list must begin with its cheapest. Looks first at what is cheapest for each, and leaves a branch as soon as it
    can no longer become better than what was found.
    """
    least = [0.0]
    for free in reversed(options):
        least.insert(0, least[0] + free[0].cost)
    best: tuple[float, tuple[_Option, ...]] | None = None
    tries = 0

    def follow(chosen: tuple[_Option, ...], cost: float) -> None:
        nonlocal best, tries
        depth = len(chosen)
        if depth == len(options):
            best = (cost, chosen)
            return
        for option in options[depth]:
            tries += 1
            if best and (cost + option.cost + least[depth + 1] >= best[0] or tries > _TRIES):
                return
            if not any(_clash(option, other) for other in chosen):
                follow((*chosen, option), cost + option.cost)

    follow((), 0.0)
    return best[1] if best else None


def _clash(one: _Option, other: _Option) -> bool:
    """Whether two badges, or the arrow of one and the other mark, are in each other's way."""
    return (
        math.dist(one.mark.badge, other.mark.badge) < BADGE
        or any(square.distance(other.mark.badge) < RADIUS for square in one.line)
        or any(square.distance(one.mark.badge) < RADIUS for square in other.line)
        or any(a.overlaps(b) for a in one.line for b in other.line)
    )


def _no_place(screen: Screen, crop: CropName, target: Target) -> Problem:
    index = target.number - 1
    at = screen.spec.marks[index].at
    what = f'number {target.number} finds no place beside "{at}" on the {crop} crop'
    if target.badge:
        cure = f"{target.badge} is not free: take another badge, or leave it out"
        return screen.problem(("marks", index, "badge"), "no room", what, cure)
    cure = "give the crop more pad, draw the mark in another way, or leave a mark out"
    return screen.problem(("marks", index, "at"), "no room", what, cure)
