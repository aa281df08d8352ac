"""What is hidden stays hidden: no output depends on a single pixel of it."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFilter

from scripts.facts.problems import BadData
from scripts.project import Project
from scripts.screens import intake, load, plan, redact, work
from scripts.screens.manifest import font
from scripts.screens.model import Redaction
from tests.conftest import contents
from tests.screens import taken
from tests.screens.hiding import HIDDEN, SIZE, screen

Pipeline = Callable[[Image.Image], dict[str, bytes]]
Hide = Callable[[Image.Image, tuple[int, int, int, int]], None]


def scrambled(image: Image.Image, redactions: tuple[Redaction, ...], seed: int) -> Image.Image:
    """The same with noise, in colour, in place of every pixel that is to be hidden."""
    changed, source = image.copy(), random.Random(seed)
    for redaction in redactions:
        left, top, right, bottom = redact.box(redaction, image.size)
        size = right - left, bottom - top
        changed.paste(Image.frombytes("RGB", size, source.randbytes(3 * size[0] * size[1])), (left, top))
    assert changed.tobytes() != image.tobytes()
    return changed


def assert_nothing_shows(pipeline: Pipeline, image: Image.Image, redactions: tuple[Redaction, ...]) -> None:
    """The proof: whatever lies under the regions, every output is the same, byte by byte."""
    expected = pipeline(image)
    assert expected
    for seed in (1, 2, 3):
        for name, data in pipeline(scrambled(image, redactions, seed)).items():
            same = data == expected[name]  # apart, so that nobody works out how a hundred thousand bytes differ
            assert same, f"{name} depends on what is hidden (seed {seed})"


def encoded(image: Image.Image) -> dict[str, bytes]:
    """In each way in which a picture leaves us."""
    ways: dict[str, dict[str, Any]] = {
        "PNG": {},
        "WEBP": {"lossless": True},
        "AVIF": {"quality": 60, "speed": 8, "max_threads": 1, "autotiling": False},
    }
    files = {}
    for name, options in ways.items():
        file = io.BytesIO()
        image.save(file, name, **options)
        files[name] = file.getvalue()
    return files


def output(image: Image.Image) -> dict[str, bytes]:
    """What happens after redaction: crop, through the middle of a region; scale; encode."""
    whole = encoded(image)
    small = encoded(image.crop((40, 20, 663, 411)).resize((311, 195), Image.Resampling.LANCZOS))
    return {f"whole {k}": v for k, v in whole.items()} | {f"small {k}": v for k, v in small.items()}


def pipeline(image: Image.Image) -> dict[str, bytes]:
    return output(redact.scrub(image, HIDDEN))


def hiding(hide: Hide) -> Pipeline:
    """The same with another way to hide a region."""

    def mutant(image: Image.Image) -> dict[str, bytes]:
        image = image.copy()
        for redaction in HIDDEN:
            hide(image, redact.box(redaction, image.size))
        return output(image)

    return mutant


def almost_opaque(image: Image.Image, box: tuple[int, int, int, int]) -> None:
    part = image.crop(box)
    image.paste(Image.blend(part, Image.new("RGB", part.size, redact.FILL), 0.96), box)


def soft_edge(image: Image.Image, box: tuple[int, int, int, int]) -> None:
    """As if the box began in the middle of a pixel."""
    mask = Image.new("L", image.size)
    mask.paste(255, box)
    mask.paste(128, (box[0], box[1], box[0] + 1, box[3]))
    image.paste(Image.new("RGB", image.size, redact.FILL), mask=mask)


def blur(image: Image.Image, box: tuple[int, int, int, int]) -> None:
    image.paste(image.crop(box).filter(ImageFilter.GaussianBlur(24)), box)


def coarse_pixels(image: Image.Image, box: tuple[int, int, int, int]) -> None:
    part = image.crop(box)
    few = part.resize((max(part.width // 24, 1), max(part.height // 24, 1)), Image.Resampling.BOX)
    image.paste(few.resize(part.size, Image.Resampling.NEAREST), box)


def noise(image: Image.Image, box: tuple[int, int, int, int]) -> None:
    image.paste(Image.effect_noise((box[2] - box[0], box[3] - box[1]), 60).convert("RGB"), box)


def scaled_too_early(image: Image.Image) -> dict[str, bytes]:
    small = image.resize((360, 240), Image.Resampling.LANCZOS)
    for redaction in HIDDEN:
        left, top, right, bottom = redact.box(redaction, image.size)
        small.paste(redact.FILL, (left // 2, top // 2, -(-right // 2), -(-bottom // 2)))
    return output(small)


HIDES: dict[str, Hide] = {
    "a fill that is 96 % opaque": almost_opaque,
    "an edge between two pixels": soft_edge,
    "blur": blur,
    "coarse pixels": coarse_pixels,
}
MUTANTS = {"scaling before hiding": scaled_too_early} | {name: hiding(hide) for name, hide in HIDES.items()}


def test_no_output_depends_on_a_pixel_that_is_hidden() -> None:
    assert_nothing_shows(pipeline, screen(), HIDDEN)


@pytest.mark.parametrize("name", MUTANTS)
def test_the_proof_catches_a_way_to_hide_that_does_not(name: str) -> None:
    with pytest.raises(AssertionError, match="depends on what is hidden"):
        assert_nothing_shows(MUTANTS[name], screen(), HIDDEN)


# The same with everything that really happens


def taken_in(image: Image.Image, root: Path) -> Project:
    """A screenshot brought in and filled in, as a person does it."""
    source = root / "outside" / "x.png"
    source.parent.mkdir(parents=True)
    image.save(source)
    project = taken.checkout(root / "checkout")
    anchors = {"words": (20.0, 130.0, 160.0, 28.0), "more": (300.0, 130.0, 120.0, 28.0)}
    intake.intake(source, "a-screen", taken.screens(project), HIDDEN, platform="acme", anchors=anchors, scale=2)
    # The crop cuts through two of the regions: one above what is marked, one below.
    taken.fill_in(project, "a-screen", crop={"wide": {"around": ["words", "more"], "pad": 24}})
    return project


def put_raw(project: Project, image: Image.Image) -> str:
    """Exchange the raw for another one, and say so in the anchors file, as somebody might by hand. Gives its hash."""
    folder = taken.screens(project) / "raw"
    data = intake.as_png(image)
    (folder / "a-screen.light@2.png").write_bytes(data)
    anchors = json.loads((folder / "a-screen.anchors.json").read_text())
    anchors["variants"]["light@2"]["sha256"] = hashlib.sha256(data).hexdigest()
    (folder / "a-screen.anchors.json").write_text(json.dumps(anchors))
    return hashlib.sha256(data).hexdigest()


def raw_of(project: Project) -> Image.Image:
    with Image.open(taken.screens(project) / "raw" / "a-screen.light@2.png") as image:
        return image.copy()


def test_nothing_that_is_written_depends_on_a_pixel_that_was_hidden_on_the_way_in(tmp_path: Path) -> None:
    count = iter(range(9))

    def everything(image: Image.Image) -> dict[str, bytes]:
        project = taken_in(image, tmp_path / str(next(count)))
        made = taken.pictures(project)
        assert len(made) >= 4
        # The record of what was made has times in it, and is never published.
        return {name: data for name, data in contents(project.root).items() if not name.startswith("build/")}

    assert_nothing_shows(everything, screen(), HIDDEN)


def test_a_raw_with_something_left_under_a_region_is_never_drawn(tmp_path: Path) -> None:
    project = taken_in(screen(), tmp_path)
    clean = raw_of(project)
    for hide in [*HIDES.values(), noise]:
        image = screen()
        for redaction in HIDDEN:
            hide(image, redact.box(redaction, SIZE))
        put_raw(project, image)
        with pytest.raises(BadData, match="is not one flat colour"):
            taken.pictures(project)
        assert not list((project.docs / "assets").rglob("a-screen*"))
    put_raw(project, clean)
    assert taken.pictures(project)


@pytest.mark.parametrize("name", [None, *HIDES])
def test_if_the_gate_were_open_the_pipeline_itself_would_still_hide(
    name: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = taken_in(screen(), tmp_path)
    screens, _ = load.load(taken.screens(project))
    jobs, _, problems = plan.plan(screens, "")
    assert not problems
    assert len(jobs) >= 3

    def applied(image: Image.Image, redactions: tuple[Redaction, ...]) -> Image.Image:
        if name is None:
            return redact.scrub(image, redactions)
        image = image.copy()
        for redaction in redactions:
            HIDES[name](image, redact.box(redaction, image.size))
        return image

    monkeypatch.setattr(redact, "apply", applied)

    def made(image: Image.Image) -> dict[str, bytes]:
        digest = put_raw(project, image)
        for job in jobs:
            work.perform(dataclasses.replace(job, sha256=digest), tmp_path, font(project).read_bytes())
        return {file: (tmp_path / file).read_bytes() for job in jobs for file in job.files}

    if name is None:
        assert_nothing_shows(made, screen(), HIDDEN)
    else:
        with pytest.raises(AssertionError, match="depends on what is hidden"):
            assert_nothing_shows(made, screen(), HIDDEN)
