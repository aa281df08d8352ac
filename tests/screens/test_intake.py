"""A real screenshot comes in upright, in sRGB and redacted, with nothing but pixels, and its marks stay true."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from scripts.facts.problems import BadData
from scripts.project import Project
from scripts.screens import existing, intake, load, redact
from scripts.screens.audit import audit
from scripts.screens.model import Redaction
from scripts.screens.opened import Refused
from tests.conftest import contents
from tests.screens import strange, taken
from tests.screens.strange import CANARY
from tests.screens.taken import MARKED, NAME_OF_A_PERSON, SIZE, png, take, write


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return taken.checkout(tmp_path / "checkout")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return tmp_path / "outside"


@pytest.mark.parametrize("name", ["laden.png", "laden.jpg", "laden.webp", "laden.avif"])
def test_nothing_but_pixels_gets_through(name: str, project: Project, outside: Path) -> None:
    data = strange.laden(SIZE)[name]
    assert any(text in data for text in strange.spellings())
    source = write(outside, f"{CANARY} {name}", data)
    image = take(source, project, anchors=MARKED, redactions=[NAME_OF_A_PERSON])
    assert image.size == SIZE
    assert image.info == {}
    taken.fill_in(project, "a-screen")
    made = taken.pictures(project)
    assert len(made) >= 5
    for path, found in contents(project.root).items():
        assert CANARY.lower() not in path.lower()
        for text in strange.spellings():
            assert text not in found, path
    for file, found in made.items():
        assert audit(found, file.rpartition(".")[2]) == []


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif"])
@pytest.mark.parametrize(
    ("orientation", "first", "second"),
    # Where the first and the last pixel of the first stored row belong, as the EXIF specification has it.
    [
        (1, "left top", "right top"), (2, "right top", "left top"), (3, "right bottom", "left bottom"),
        (4, "left bottom", "right bottom"), (5, "left top", "left bottom"), (6, "right top", "right bottom"),
        (7, "right bottom", "right top"), (8, "left bottom", "left top"),
    ],
)  # fmt: skip
def test_a_picture_is_turned_upright(
    kind: str, orientation: int, first: str, second: str, project: Project, outside: Path
) -> None:
    stored = Image.new("RGB", (64, 48), (255, 255, 255))
    stored.paste((255, 0, 0), (0, 0, 16, 16))
    stored.paste((0, 0, 255), (48, 0, 64, 16))
    options: dict[str, Any] = {"png": {}, "webp": {"lossless": True}}.get(kind, {"quality": 95})
    data = strange.saved(stored, kind, exif=strange.exif(orientation), **options)
    image = take(write(outside, f"turned.{kind}", data), project)
    assert image.size == ((64, 48) if orientation < 5 else (48, 64))
    places = {
        f"{x} {y}": (8 if x == "left" else image.width - 8, 8 if y == "top" else image.height - 8)
        for x in ("left", "right")
        for y in ("top", "bottom")
    }
    colours = {where: image.getpixel(at) for where, at in places.items()}
    assert near(colours[first], (255, 0, 0))
    assert near(colours[second], (0, 0, 255))


def near(found: object, wanted: tuple[int, ...], by: int = 8) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def p3_in_srgb(colour: tuple[int, int, int]) -> tuple[int, ...]:
    """By the matrix between the two, and the curve that they share."""
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    matrix = ((1.22494, -0.22494, 0), (-0.04206, 1.04206, 0), (-0.01964, -0.07864, 1.09828))
    mixed = [min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1) for row in matrix]
    return tuple(round(255 * (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055)) for c in mixed)


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif"])
def test_wide_colours_are_converted_and_not_only_relabelled(kind: str, project: Project, outside: Path) -> None:
    colour = (200, 110, 60)
    options: dict[str, Any] = {"png": {}, "webp": {"lossless": True}}.get(kind, {"quality": 98})
    data = strange.saved(Image.new("RGB", (64, 64), colour), kind, icc_profile=strange.profile("P3"), **options)
    found = take(write(outside, f"wide.{kind}", data), project).getpixel((32, 32))
    assert not near(p3_in_srgb(colour), colour, 5)
    assert near(found, p3_in_srgb(colour), 3)


def test_sixteen_bits_are_cut_to_the_upper_eight(project: Project, outside: Path) -> None:
    row = b"\0" + b"".join(struct.pack(">HHH", 0x1280 + (x << 8), 0x80FF, 0xFE01) for x in range(64))
    data = strange.png([strange.header(64, 64, depth=16), (b"IDAT", zlib.compress(row * 64)), (b"IEND", b"")])
    image = take(write(outside, "deep.png", data), project)
    assert [image.getpixel((x, 5)) for x in (0, 9)] == [(0x12, 0x80, 0xFE), (0x1B, 0x80, 0xFE)]
    row = b"\0" + b"".join(struct.pack(">H", 0x12FF + (x << 8)) for x in range(64))
    data = strange.png([strange.header(64, 64, 16, 0), (b"IDAT", zlib.compress(row * 64)), (b"IEND", b"")])
    image = take(write(outside, "grey.png", data), project, "another")
    assert [image.getpixel((x, 5)) for x in (0, 9)] == [(0x12,) * 3, (0x1B,) * 3]


def test_what_is_transparent_becomes_white(project: Project, outside: Path) -> None:
    palette = Image.new("P", (64, 64), 1)
    palette.putpalette([10, 20, 30, 200, 100, 50])
    palette.paste(0, (0, 0, 32, 64))
    half = Image.new("RGBA", (64, 64), (0, 0, 0, 128))
    grey = Image.new("LA", (64, 64), (0, 0))
    key = Image.new("RGB", (64, 64), (1, 2, 3))
    cases: list[tuple[Image.Image, dict[str, Any], tuple[int, int, int]]] = [
        (palette, {"transparency": 0}, (255, 255, 255)),
        (half, {}, (127, 127, 127)),
        (grey, {}, (255, 255, 255)),
        (key, {"transparency": (1, 2, 3)}, (255, 255, 255)),
    ]
    for number, (image, options, colour) in enumerate(cases):
        data = strange.saved(image, "png", **options)
        assert take(write(outside, "clear.png", data), project, f"clear-{number}").getpixel((5, 5)) == colour


def test_a_spec_comes_with_it_that_says_what_is_missing_on_which_line(project: Project, outside: Path) -> None:
    take(write(outside, "x.png", png(strange.picture(SIZE))), project, anchors=MARKED, redactions=[NAME_OF_A_PERSON])
    _, problems = load.load(taken.screens(project))
    lines = (taken.screens(project) / "a-screen.yml").read_text().splitlines()
    empty = {"surface", "language", "title", "sources", "captured", "verified", "review_by", "say"}
    assert {problem.rule for problem in problems} == empty
    for problem in problems:
        assert problem.rule in lines[problem.line - 1]
        assert problem.cure
    taken.fill_in(project, "a-screen")
    screens, problems = load.load(taken.screens(project))
    assert problems == []
    assert screens["a-screen"].spec.redact == (redact.whole(NAME_OF_A_PERSON, SIZE),)


def test_the_redaction_is_in_the_picture_and_in_the_spec(project: Project, outside: Path) -> None:
    original = strange.picture(SIZE)
    source = write(outside, "x.png", png(original))
    image = take(source, project, redactions=[NAME_OF_A_PERSON])
    hidden = redact.whole(NAME_OF_A_PERSON, SIZE)
    assert redact.flat(image, (hidden,)) == []
    assert image.tobytes() == redact.scrub(original, (hidden,)).tobytes()
    assert source.read_bytes() == png(original)


def test_a_second_theme_hides_what_the_spec_hides(project: Project, outside: Path) -> None:
    source = write(outside, "x.png", png(strange.picture(SIZE)))
    take(source, project, redactions=[NAME_OF_A_PERSON], anchors=MARKED)
    before = (taken.screens(project) / "a-screen.yml").read_text()
    image = take(source, project, theme="dark")
    assert redact.flat(image, (redact.whole(NAME_OF_A_PERSON, SIZE),)) == []
    assert (taken.screens(project) / "a-screen.yml").read_text() == before
    anchors = json.loads((taken.screens(project) / "raw" / "a-screen.anchors.json").read_text())
    assert set(anchors["variants"]) == {"light@1", "dark@1"}
    assert set(anchors["variants"]["light@1"]["anchors"]) == set(MARKED)
    smaller = write(outside, "y.png", png(strange.picture((479, 320))))
    with pytest.raises(Refused, match="take both in one size"):
        take(smaller, project, theme="dark", force=True)


def test_what_only_one_theme_would_hide_is_refused_with_the_line_to_add(project: Project, outside: Path) -> None:
    source = write(outside, "x.png", png(strange.picture(SIZE)))
    take(source, project, anchors=MARKED)
    spec = taken.screens(project) / "a-screen.yml"
    with pytest.raises(Refused, match="it does not name all that is to be hidden") as refused:
        take(source, project, theme="dark", redactions=[NAME_OF_A_PERSON])
    line = str(refused.value).rpartition("\n")[2]
    assert not (taken.screens(project) / "raw" / "a-screen.dark@1.png").exists()
    spec.write_text(spec.read_text().replace("redact: []", f"redact:\n{line}"))
    take(source, project, theme="dark", redactions=[NAME_OF_A_PERSON])


def test_a_picture_may_wait_in_a_folder_that_git_ignores(project: Project) -> None:
    source = write(project.root / "incoming", "x.png", png(strange.picture()))
    with pytest.raises(Refused, match="it lies in the checkout"):
        take(source, project)
    (project.root / ".gitignore").write_text("/build/\n/incoming/\n")
    take(source, project)
    assert "/incoming/" in (Project.here().root / ".gitignore").read_text().split()


def test_what_is_typed_is_understood() -> None:
    assert intake.redaction("820,12,180,40 320x64 name of a person") == Redaction(
        at=(820, 12, 180, 40), size="320x64", why="name of a person"
    )
    assert intake.rect("the-switch=1243,440.5,44,24") == ("the-switch", (1243, 440.5, 44, 24))
    for text in ("1,2,3,4", "1,2,3 row x", "1,2,3,4 tight x", "a,b,c,d row x", "1,2,3,4 row <b>x</b>"):
        with pytest.raises(Refused, match="write LEFT,TOP,WIDTH,HEIGHT SIZE REASON"):
            intake.redaction(text)
    for text in ("x", "X=1,2,3,4", "x=1,2,3", "x=-1,2,3,4"):
        with pytest.raises(Refused, match="write NAME=LEFT,TOP,WIDTH,HEIGHT"):
            intake.rect(text)


# Where marks point


def test_a_picture_that_was_exchanged_fails_until_its_anchors_are_placed_anew(project: Project, outside: Path) -> None:
    first = strange.picture(SIZE)
    take(write(outside, "x.png", png(first)), project, anchors=MARKED)
    taken.fill_in(project, "a-screen")
    assert taken.pictures(project)
    moved = Image.new("RGB", SIZE, (240, 240, 235))
    moved.paste(first, (70, 60))
    take(write(outside, "y.png", png(moved)), project, force=True)
    with pytest.raises(BadData) as caught:
        taken.pictures(project)
    said = [problem.what for problem in caught.value.problems]
    assert len(said) == 2
    assert all("points at something else than it did" in what for what in said)
    place = {name: (left + 70, top + 60, width, height) for name, (left, top, width, height) in MARKED.items()}
    place["bar"] = (310.0, 220.0, 170.0, 80.0)
    intake.place("a-screen", taken.screens(project), place)
    assert taken.pictures(project)


def test_anchors_are_placed_only_on_the_picture_that_was_taken_in(project: Project, outside: Path) -> None:
    with pytest.raises(Refused, match="there is no raw light@1"):
        intake.place("a-screen", taken.screens(project), MARKED)
    take(write(outside, "x.png", png(strange.picture(SIZE))), project)
    path = intake.place("a-screen", taken.screens(project), {"flag": MARKED["flag"]})
    intake.place("a-screen", taken.screens(project), {"bar": MARKED["bar"]})
    variant = json.loads(path.read_text())["variants"]["light@1"]
    assert set(variant["anchors"]) == {"flag", "bar"}
    assert all(anchor["patch"].startswith("dhash:") for anchor in variant["anchors"].values())
    raw = taken.screens(project) / "raw" / variant["file"]
    raw.write_bytes(png(Image.new("RGB", SIZE)))
    with pytest.raises(Refused, match="is not the one taken in"):
        intake.place("a-screen", taken.screens(project), MARKED)


def test_every_size_that_is_offered_is_accepted() -> None:
    assert existing.SCALES == (1, 2, 3, 4)
    assert all(Redaction(at=(0, 0, *size), size=name, why="x").size == name for name, size in redact.SIZES.items())
