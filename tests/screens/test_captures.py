"""Real screenshots, taken by a real Chromium, go all the way from a file to pictures with marks."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from scripts.facts.problems import BadData
from scripts.project import Project
from scripts.screens import intake, redact
from scripts.screens.audit import audit
from scripts.screens.model import Redaction
from tests.screens import taken

Rect = tuple[float, float, float, float]

pytestmark = pytest.mark.xdist_group("screenshots")


@dataclass
class Shot:
    """A screenshot as a person might send it: the file, what to mark on it, and what nobody should see."""

    file: Path
    scale: int
    anchors: dict[str, Rect] = field(default_factory=dict)
    secret: tuple[int, int, int, int] = (0, 0, 0, 0)


SIZES: dict[str, tuple[dict[str, Any], str]] = {
    "a desktop": ({"viewport": {"width": 1440, "height": 1100}, "device_scale_factor": 2}, "640x128"),
    "a phone": (
        {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "is_mobile": True, "has_touch": True},
        "row",
    ),
}
SIZE_OF = {"a desktop": (2880, 2200), "a phone": (1170, 2532)}


@pytest.fixture(scope="module")
def shots(browser: Browser, site_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Shot]]:
    """The home page, and another page, full of words, in the same size, on each device."""
    folder, made = tmp_path_factory.mktemp("shots"), {}
    for device, (context, _) in SIZES.items():
        fresh = browser.new_context(**context)
        page = fresh.new_page()
        for name, address in (("home", ""), ("other", "compare/eu/")):
            page.goto(site_address + address)
            page.evaluate("document.fonts.ready")
            shot = Shot(folder / f"Bildschirmfoto von Robin {device} {name}.png", context["device_scale_factor"])
            page.screenshot(path=shot.file)
            if name == "home":
                found = links(page, shot.scale)
                shot.anchors = {"link": found[0], "next": found[1]}
                shot.secret = person(page, shot.scale)
            made[f"{device} {name}"] = shot
        fresh.close()
    yield made


def links(page: Page, scale: int) -> list[Rect]:
    """Where links lie that are wholly in sight, with room around them, in pixels."""
    rects = page.evaluate("""() => [...document.querySelectorAll("article a")]
        .map(element => element.getBoundingClientRect())
        .filter(r => r.width > 30 && r.width < 250 && r.height > 14 && r.left >= 0 && r.top >= 100
                     && r.right <= innerWidth && r.bottom <= innerHeight - 50)
        .map(r => [r.left, r.top, r.width, r.height])""")
    apart: list[Rect] = []
    for left, top, width, height in rects:
        if all(top > other[1] + other[3] + 30 for other in apart):
            apart.append((left, top, width, height))
    assert len(apart) >= 2
    return [(left * scale, top * scale, width * scale, height * scale) for left, top, width, height in apart]


def person(page: Page, scale: int) -> tuple[int, int, int, int]:
    """A rectangle drawn tightly around the name of the site in its header, which stands for the name of a person."""
    box = page.locator("header .oi-home").bounding_box()
    assert box
    left, top = math.floor(box["x"] * scale), math.floor(box["y"] * scale)
    return left, top, min(math.ceil(box["width"] * scale), 600), math.ceil(box["height"] * scale)


def taken_in(shot: Shot, size: str, root: Path) -> tuple[Project, Redaction]:
    """A checkout with the screenshot in it, filled in and cropped around what is marked."""
    project = taken.checkout(root)
    hidden = Redaction(at=shot.secret, size=size, why="name of a person")
    folder = taken.screens(project)
    intake.intake(shot.file, "a-screen", folder, [hidden], platform="acme", scale=shot.scale, anchors=shot.anchors)
    around = {"around": ["link"], "pad": 48}
    taken.fill_in(
        project, "a-screen", crop={"wide": around, "narrow": around}, marks=[{"at": "link", "say": "The **link**"}]
    )
    return project, redact.whole(hidden, SIZE_OF["a desktop" if size != "row" else "a phone"])


@pytest.mark.parametrize("device", SIZES)
def test_a_real_screenshot_becomes_pictures_with_marks(device: str, shots: dict[str, Shot], tmp_path: Path) -> None:
    shot = shots[f"{device} home"]
    with Image.open(shot.file) as original:
        size = original.size
    assert size == SIZE_OF[device]
    assert device == "a phone" or size[0] * size[1] >= 6_000_000
    project, hidden = taken_in(shot, SIZES[device][1], tmp_path / "checkout")
    raw = taken.screens(project) / "raw" / f"a-screen.light@{shot.scale}.png"
    assert audit(raw.read_bytes(), "png") == []
    with Image.open(raw) as image:
        assert image.size == size
        assert redact.flat(image, (hidden,)) == []
    made = taken.pictures(project)
    assert {name.rpartition(".")[2] for name in made} == {"avif", "webp", "png"}
    for name, data in made.items():
        assert audit(data, name.rpartition(".")[2]) == []
        assert b"Robin" not in data
    assert not [path for path in project.root.rglob("*") if "Robin" in path.name]
    with Image.open(project.docs / "assets/generated/screens/a-screen.light.wide@1.webp") as picture:
        # What is marked is there, and the mark on it: many colours, and no blank sheet.
        assert len(picture.convert("RGB").getcolors(2**24) or []) > 20


@pytest.mark.parametrize("device", SIZES)
def test_another_page_in_its_place_is_noticed(device: str, shots: dict[str, Shot], tmp_path: Path) -> None:
    shot, other = shots[f"{device} home"], shots[f"{device} other"]
    project, _ = taken_in(shot, SIZES[device][1], tmp_path / "checkout")
    folder = taken.screens(project)
    intake.intake(other.file, "a-screen", folder, platform="acme", scale=shot.scale, force=True)
    with pytest.raises(BadData) as caught:
        taken.pictures(project)
    said = [problem.what for problem in caught.value.problems]
    assert any("the anchor link points at something else than it did" in what for what in said), said
    assert not any("flat" in what for what in said)  # what the spec hides was hidden in the new one too
    intake.place("a-screen", folder, shot.anchors, scale=shot.scale)
    assert taken.pictures(project)


def test_the_same_page_taken_again_is_known_again(
    browser: Browser, site_address: str, shots: dict[str, Shot], tmp_path: Path
) -> None:
    shot = shots["a desktop home"]
    project, _ = taken_in(shot, "640x128", tmp_path / "checkout")
    fresh = browser.new_context(**SIZES["a desktop"][0])
    page = fresh.new_page()
    page.goto(site_address)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=tmp_path / "again.jpg", type="jpeg", quality=90)
    fresh.close()
    folder = taken.screens(project)
    intake.intake(tmp_path / "again.jpg", "a-screen", folder, platform="acme", scale=2, force=True)
    assert taken.pictures(project)
    anchors = json.loads((folder / "raw" / "a-screen.anchors.json").read_text())
    assert set(anchors["variants"]["light@2"]["anchors"]) == {"link", "next"}
