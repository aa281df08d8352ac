"""Do spec, anchors and raws of each screen fit together, and can its marks be drawn?

Every rule that needs more than one of them. Pure: the hashes of the raws, the ids that exist and the day are handed in.
All problems come back at once, each with the line of the spec and a cure. What only pixels can tell is in `make`; what
the words say is checked where they are made.
"""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from scripts.facts.problems import Problem
from scripts.facts.yaml_lines import type_path
from scripts.screens.crops import CropName, crop_box, crops
from scripts.screens.geometry import Rect
from scripts.screens.layout import lay, roomy, shown, targets_of
from scripts.screens.load import FOLDER, RAW, Screen, rect_in, scale_of
from scripts.screens.model import NARROW, WIDE, Anchor
from scripts.screens.shapes import BADGE, strokes

GRACE = 60  # days after `review_by` in which a screen is a warning and not yet an error
PHONE, LEGIBLE = 343, 16  # CSS pixels: the room for a picture on a small phone, and the least diameter of a badge there
DRIFT = 2  # CSS pixels by which an anchor may differ between two variants; browsers round by one

_VARIANT = re.compile(r"^(light|dark)@[1-9]$")
_LIMIT: dict[CropName, int] = {"wide": WIDE, "narrow": NARROW}


@dataclass(frozen=True)
class Findings:
    """What stops a build, and what does not yet."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check(
    screens: Mapping[str, Screen],
    *,
    raws: Mapping[str, str],
    unread: Collection[str] = (),
    sound: Collection[str] = (),
    sources: Collection[str],
    platforms: Collection[str],
    today: dt.date,
) -> Findings:
    """Check all screens.

    Args:
        screens: by name.
        raws: the SHA-256 of every raw picture that lies there, by file name.
        unread: names of screens that are there but could not be read; their raws are not orphans.
        sound: names of screens whose marks were laid out before; they are as they were then.
        sources: ids that exist.
        platforms: ids that exist.
        today: the day that counts as today.
    """
    problems: list[Problem] = []
    for screen in screens.values():
        problems += _known(screen, sources, platforms)
        problems += _dates(screen, today)
        found = [*_raws(screen, raws), *_anchors(screen)]
        if not found and screen.name not in sound:  # what lies nowhere cannot be laid out
            found += _drawn(screen)
        problems += found
    problems += _orphans(screens, raws, unread)
    warnings = [warning for screen in screens.values() for warning in _overdue(screen, today, 0, GRACE)]
    return Findings(tuple(sorted(set(problems))), tuple(sorted(warnings)))


def _known(screen: Screen, sources: Collection[str], platforms: Collection[str]) -> Iterator[Problem]:
    wanted = [("platform", screen.spec.platform, platforms), *(("sources", s, sources) for s in screen.spec.sources)]
    for key, value, known in wanted:
        if value not in known:
            rule = f"unknown {key.removesuffix('s')}"
            yield screen.problem((key,), rule, f'there is no "{value}"', _near(value, known, "correct the id"))


def _near(word: str, known: Collection[str], otherwise: str) -> str:
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.4)
    return f'did you mean "{near[0]}"?' if near else otherwise


def _dates(screen: Screen, today: dt.date) -> Iterator[Problem]:
    spec = screen.spec
    for key, day in (("captured", spec.captured), ("verified", spec.verified)):
        if day and day.first > today:
            yield screen.problem((key,), "date", f"{key} is {day}, which is yet to come", "correct the date")
    if spec.review_by.first <= spec.captured.last:
        what = f"review_by ({spec.review_by}) is not after captured ({spec.captured})"
        yield screen.problem(("review_by",), "date", what, "give it half a year")
    yield from _overdue(screen, today, GRACE, None)


def _overdue(screen: Screen, today: dt.date, after: int, until: int | None) -> Iterator[Problem]:
    """A problem, if `review_by` was more than some days ago, and not more than some others."""
    days = (today - screen.spec.review_by.last).days
    if days > after and (until is None or days <= until):
        what = f"should have been looked at again by {screen.spec.review_by}"
        cure = "compare the screen with its newest source, then set captured, verified and review_by"
        yield screen.problem(("review_by",), "overdue", what, cure)


def _raws(screen: Screen, raws: Mapping[str, str]) -> Iterator[Problem]:
    for name, variant in screen.anchors.variants.items():
        if not _VARIANT.match(name):
            what = f'"{name}" is no variant: a theme, @ and a scale, such as light@2'
            yield _again(screen, "variant", what)
        elif variant.file not in raws:
            yield _again(screen, "no raw", f"{RAW}/{variant.file} is missing")
        elif raws[variant.file] != variant.sha256:
            yield _again(screen, "other raw", f"{RAW}/{variant.file} is not the picture whose anchors are known")


def _again(screen: Screen, rule: str, what: str) -> Problem:
    cure = (
        "run: make capture" if screen.spec.kind == "schematic" else "bring it in: python -m scripts screens intake FILE"
    )
    return screen.problem((), rule, what, cure)


def _orphans(screens: Mapping[str, Screen], raws: Mapping[str, str], unread: Collection[str]) -> Iterator[Problem]:
    named = {variant.file for screen in screens.values() for variant in screen.anchors.variants.values()}
    for file in raws:
        if file not in named and file.split(".")[0] not in unread:
            what, cure = "no spec shows this picture", "delete it, or write its spec and capture it"
            yield Problem(f"{FOLDER}/{RAW}/{file}", 0, "orphan", what, cure)


def _anchors(screen: Screen) -> Iterator[Problem]:
    """Whatever a spec names must be there once, whole, in sight and in the same place, in every variant."""
    variants = {name: v for name, v in screen.anchors.variants.items() if _VARIANT.match(name)}
    sizes = {name: (v.size[0] / scale_of(name), v.size[1] / scale_of(name)) for name, v in variants.items()}
    for side in (0, 1):
        if sizes and max(size[side] for size in sizes.values()) - min(size[side] for size in sizes.values()) > 1:
            shapes = ", ".join(f"{name} {width:g} x {height:g}" for name, (width, height) in sizes.items())
            yield _again(screen, "sizes", f"the raws show different parts: {shapes} CSS pixels")
            break
    for path, name in dict.fromkeys(_named(screen)):
        faults: dict[tuple[str, str], list[str]] = {}
        for key, variant in variants.items():
            anchor = variant.anchors.get(name)
            fault = _fault(anchor, variant.size) if anchor else ("lost", "is not there")
            if fault:
                faults.setdefault(fault, []).append(key)
        for (rule, what), where in faults.items():
            known = set().union(*(variants[key].anchors for key in where)) - {name}
            cure = "mend the page or the name, then: make capture"
            cure = _near(name, known, cure) if rule == "lost" else cure
            yield screen.problem(path, rule, f'"{name}" {what} in {", ".join(where)}', cure)
        if not faults:
            yield from _in_place(screen, path, name)
    yield from _labels(screen)


def _named(screen: Screen) -> Iterator[tuple[type_path, str]]:
    spec = screen.spec
    for index, mark in enumerate(spec.marks):
        yield ("marks", index, "at"), mark.at
    for crop, given in (("wide", spec.crop.wide), ("narrow", spec.crop.narrow)):
        for index, name in enumerate(given.around if given else ()):
            yield ("crop", crop, "around", index), name
    for index, name in enumerate(spec.keep_clear):
        yield ("keep_clear", index), name


def _fault(anchor: Anchor, size: tuple[int, int]) -> tuple[str, str] | None:
    """What is wrong with an anchor in one variant: the rule, and how it is said after its name."""
    rect = Rect.of(*anchor.rect)
    if anchor.count != 1:
        return "doubled", f"is there {anchor.count} times"
    if rect.empty:
        return "empty", "has no area"
    if not Rect(-1, -1, size[0] + 1, size[1] + 1).contains(rect):  # a pixel for what browsers round
        return "outside", "is not wholly on the picture"
    if not anchor.in_view:
        return "out of view", "is scrolled or cut off"
    if anchor.covered:
        return "covered", "lies below something else"
    return None


def _in_place(screen: Screen, path: type_path, name: str) -> Iterator[Problem]:
    places = [rect_in(v, scale_of(key), name) for key, v in screen.anchors.variants.items() if _VARIANT.match(key)]
    drift = max(
        (
            abs(a - b)
            for one, other in itertools.combinations(places, 2)
            for a, b in zip(_flat(one), _flat(other), strict=True)
        ),
        default=0,
    )
    if drift > DRIFT:
        what = f'"{name}" lies up to {drift:g} CSS pixels elsewhere in another variant'
        yield screen.problem(path, "moved", what, "take all variants of one state of the page")


def _flat(rect: Rect) -> tuple[float, ...]:
    return rect.left, rect.top, rect.right, rect.bottom


def _labels(screen: Screen) -> Iterator[Problem]:
    if screen.spec.kind != "schematic":
        return
    for index, mark in enumerate(screen.spec.marks):
        names = {v.anchors[mark.at].name for v in screen.anchors.variants.values() if mark.at in v.anchors}
        if mark.label is not None and names and names != {mark.label}:
            said = " or ".join(f'"{name}"' for name in sorted(names))
            what = f'the label is "{mark.label}", but "{mark.at}" is called {said}'
            cure = "correct the label, or the drawing that `page` names; then take its pictures anew: make capture"
            yield screen.problem(("marks", index, "label"), "label", what, cure)


def _drawn(screen: Screen) -> Iterator[Problem]:
    """Crops of a fitting size, with all marks on them, none in the way of another."""
    spec, boxes = screen.spec, {crop: crop_box(screen, crop) for crop in crops(screen)}
    for crop, box in boxes.items():
        if box.width > _LIMIT[crop]:
            what = f"the {crop} crop is {box.width:g} CSS pixels wide, {_LIMIT[crop]} is the limit"
            yield screen.problem(("crop", crop), "too wide", what, "go around fewer anchors, or give it less pad")
    narrow = crop_box(screen, "narrow")
    if BADGE * PHONE / max(PHONE, narrow.width) < LEGIBLE:
        what = f"on a phone, numbers shrink to {BADGE * PHONE / narrow.width:.0f} CSS pixels, {LEGIBLE} is the least"
        yield screen.problem(("crop", "narrow"), "small badge", what, f"add crop.narrow, at most {NARROW} wide")
    for index, mark in enumerate(spec.marks):
        if not boxes["wide"].contains(screen.rects[mark.at]):
            what, cure = f'"{mark.at}" is not wholly on the wide crop', "name it in crop.wide.around, or drop the mark"
            yield screen.problem(("marks", index, "at"), "cut", what, cure)
    if not shown(screen, "narrow"):
        what = "nothing that is marked is on the narrow crop"
        yield screen.problem(("crop", "narrow"), "cut", what, "go around something marked")
    for crop, box in boxes.items():
        found = list(_crossings(screen, crop, box)) or lay(screen, crop)[1]
        yield from found


def _crossings(screen: Screen, crop: CropName, box: Rect) -> Iterator[Problem]:
    """Strokes that run across each other, across something else that is marked, or across what must be kept clear."""
    bounds = box.moved(-box.left, -box.top)
    targets = targets_of(screen, crop)
    gap = roomy(targets, bounds)
    bands = {target.number: strokes(target.draw, target.rect, bounds, gap) for target in targets}
    cure = "draw one of them in another way, or leave it out"
    for one, other in itertools.combinations(targets, 2):
        nested = one.rect.contains(other.rect) or other.rect.contains(one.rect)
        crossing = any(a.overlaps(b) for a in bands[one.number] for b in bands[other.number])
        text = any(band.overlaps(other.rect) for band in bands[one.number])
        text = text or any(band.overlaps(one.rect) for band in bands[other.number])
        if one.rect == other.rect or crossing or (text and not nested):
            what = f"the marks {one.number} and {other.number} are in each other's way"
            yield screen.problem(("marks", other.number - 1, "draw"), "overlap", what, cure)
    for target, (index, name) in itertools.product(targets, enumerate(screen.spec.keep_clear)):
        clear = screen.rects[name].moved(-box.left, -box.top)
        if clear != target.rect and any(band.overlaps(clear) for band in bands[target.number]):
            what = f'mark {target.number} runs across "{name}", which must be kept clear'
            yield screen.problem(("keep_clear", index), "covers", what, f"draw mark {target.number} in another way")
