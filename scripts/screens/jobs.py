"""Which pictures are made of a screen, and from which raw?

A job is one set of pixels. It carries everything that decides on them, so its key tells whether a file that is there is
still the right one: same key, same bytes.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from scripts.screens.crops import crop_size, crops
from scripts.screens.encode import EMAIL_WIDTH
from scripts.screens.load import Screen, scale_of
from scripts.screens.model import Redaction, Theme
from scripts.screens.shapes import Scene

Product = Literal["page", "print", "email"]
SceneName = Literal["wide", "narrow", "paper"]

SCALES = (1, 2)
SUFFIXES: dict[Product, tuple[str, ...]] = {"page": (".avif", ".webp"), "print": (".png",), "email": (".png",)}


@dataclass(frozen=True)
class Job:
    """Pixels to make: the `scene` drawn on a `raw`, which has `scale` pixels for a unit of the scene, at `at` of them.

    `stems` are the names that the files get, without suffix; several, if several need the same pixels. `sha256` is that
    of the raw; `screen` names the spec.
    """

    screen: str
    product: Product
    raw: Path
    sha256: str
    scale: float
    at: int
    scene: Scene
    redactions: tuple[Redaction, ...]
    stems: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files that come of it."""
        return tuple(stem + suffix for stem in self.stems for suffix in SUFFIXES[self.product])

    @property
    def pixels(self) -> float:
        """How many pixels it has: what it costs, roughly."""
        return self.scene.crop.width * self.scene.crop.height * self.at**2

    def key(self, tools: str) -> str:
        """What the bytes of its files depend on, as a hash. `tools` stands for code, font and encoders."""
        said = {
            "product": self.product,
            "raw": self.sha256,
            "scale": self.scale,
            "at": self.at,
            "scene": dataclasses.asdict(self.scene),
            "redactions": [redaction.model_dump() for redaction in self.redactions],
            "tools": tools,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def jobs(screen: Screen, scenes: Mapping[SceneName, Scene]) -> list[Job]:
    """Everything to make of one screen.

    Args:
        screen: which.
        scenes: what to draw on each of its crops, and on paper.
    """
    made = [
        _job(screen, "page", theme, scale, scenes[crop], f"{screen.name}.{theme}.{crop}@{scale}")
        for theme in get_args(Theme)
        for crop in crops(screen)
        for scale in SCALES
    ]
    fits = crop_size(screen, "wide")[0] <= EMAIL_WIDTH
    paper = scenes["paper"]
    made.append(_job(screen, "print", "light", round(SCALES[-1] * paper.unit), paper, f"{screen.name}.print"))
    made.append(_job(screen, "email", "light", 1 if fits else 2, scenes["wide"], f"{screen.name}.email"))
    return _merged(made)


def source(variants: Iterable[str], theme: Theme, scale: int) -> str:
    """The variant to make a picture from: of the same scale, else the next larger one, else the largest.

    If there is none of the theme, one of the other: it is shown in both, and never inverted.
    """
    themes = {variant.split("@")[0] for variant in variants}
    chosen = theme if theme in themes else next(iter(sorted(themes)))
    scales = sorted(scale_of(variant) for variant in variants if variant.startswith(f"{chosen}@"))
    return f"{chosen}@{next((s for s in scales if s >= scale), scales[-1])}"


def reference(variants: Sequence[str]) -> list[str]:
    """The variants that tell where a picture has room: one of each theme, at the least scale."""
    wanted: tuple[Theme, ...] = ("light", "dark")
    return list(dict.fromkeys(source(variants, theme, 1) for theme in wanted))


def _job(screen: Screen, product: Product, theme: Theme, at: int, scene: Scene, stem: str) -> Job:
    variant = source(list(screen.anchors.variants), theme, round(at / scene.unit))
    return Job(
        screen=screen.name,
        product=product,
        raw=screen.raw(variant),
        sha256=screen.anchors.variants[variant].sha256,
        scale=scale_of(variant) * scene.unit,
        at=at,
        scene=scene,
        redactions=screen.spec.redact,
        stems=(stem,),
    )


def _merged(made: Iterable[Job]) -> list[Job]:
    """The same without doubles: files that need the same pixels come of one job."""
    found: dict[str, Job] = {}
    for job in made:
        key = job.key("")
        found[key] = dataclasses.replace(job, stems=(*found[key].stems, *job.stems)) if key in found else job
    return list(found.values())
