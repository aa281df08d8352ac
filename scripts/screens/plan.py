"""What has to be drawn for some screens, going by their pixels?

Looks at the raws: are they plain, is what is redacted flat, do anchors still point at what they pointed at; and where
is there room for the numbers. Out come jobs, or problems.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping

from PIL import Image

from scripts.facts.problems import Problem
from scripts.screens import decode, encode, patch, redact
from scripts.screens.crops import crop_box, crops
from scripts.screens.jobs import Job, SceneName, jobs, reference
from scripts.screens.layout import lay, lay_for_paper
from scripts.screens.load import FOLDER, RAW, Screen, scale_of
from scripts.screens.shapes import Scene
from scripts.screens.work import ink

Scenes = tuple[dict[SceneName, Scene], list[Problem]]
Each = Callable[[Callable[[Screen], Scenes], Iterable[Screen]], Iterable[Scenes]]


def plan(screens: Mapping[str, Screen], tools: str, each: Each = map) -> tuple[list[Job], str, list[Problem]]:
    """The jobs of some screens.

    Args:
        screens: ones that were found good.
        tools: the hash of code, font and installed libraries.
        each: applies a function to many things, perhaps on several cores.

    Returns:
        The jobs, the costliest first; what stands for all tools in their keys; and what is wrong.
    """
    made: list[Job] = []
    problems: list[Problem] = []
    for screen, (scenes, found) in zip(screens.values(), each(scenes_of, screens.values()), strict=True):
        problems += found
        made += jobs(screen, scenes) if not found else []
    whole = hashlib.sha256(f"{tools} {encode.versions()}".encode()).hexdigest()
    return sorted(made, key=lambda job: (-job.pixels, job.stems)), whole, problems


def scenes_of(screen: Screen) -> Scenes:
    """What to draw on each crop of a screen, and on paper: there the closest crop, since there is little room."""
    known = reference(list(screen.anchors.variants))
    # Only people bring in screenshots; what our own browser wrote a moment ago is read when it is needed.
    needed = screen.anchors.variants if screen.spec.kind == "screenshot" else known
    pictures: list[tuple[Image.Image, int]] = []
    problems: list[Problem] = []
    for variant in needed:
        file = screen.anchors.variants[variant].file
        try:
            picture = decode.raw(screen.raw(variant), screen.anchors.variants[variant].sha256)
        except (decode.BadRaw, OSError) as error:
            problems.append(bad_raw(file, str(error)))
            continue
        faults = list(_faults(screen, variant, picture))
        problems += faults
        if variant in known and not faults:
            # Where a number goes must not depend on what is hidden either.
            pictures.append((redact.apply(picture, screen.spec.redact), scale_of(variant)))
    scenes: dict[SceneName, Scene] = {}
    for crop in crops(screen) if not problems else ():
        look = ink(pictures, crop_box(screen, crop))
        scene, found = lay(screen, crop, look)
        problems += found
        if scene:
            scenes[crop] = scene
            if crop == crops(screen)[-1]:
                scenes["paper"] = lay_for_paper(screen, crop, look, scene)
    return scenes, problems


def _faults(screen: Screen, variant: str, picture: Image.Image) -> Iterator[Problem]:
    known = screen.anchors.variants[variant]
    if picture.size != known.size:
        yield bad_raw(known.file, f"it is {picture.size}, and its anchors file says {known.size}")
        return
    if screen.spec.kind == "screenshot":
        for what in redact.flat(picture, screen.spec.redact):
            yield screen.problem(("redact",), "redact", f"{known.file}: {what}", "bring it in again, redacted")
        for what in patch.problems(picture, known.anchors):
            yield screen.problem((), "patch", f"{known.file}: {what}", "bring it in again")


def bad_raw(file: str, what: str) -> Problem:
    """A problem with the content of a raw."""
    cure = "capture it, or bring it in, again; a raw is never edited by hand"
    return Problem(f"{FOLDER}/{RAW}/{file}", 0, "bad raw", what, cure)
