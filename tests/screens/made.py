"""Made-up screens for tests: a settings page of bars and switches, with its spec and anchors."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from scripts.project import Project
from scripts.screens import manifest
from scripts.screens.load import Screen, load

SIZE = (400, 240)  # CSS pixels
ANCHORS: dict[str, tuple[float, float, float, float]] = {  # left, top, width, height
    "title": (60, 40, 160, 20),
    "text": (60, 80, 240, 36),
    "switch": (300, 144, 44, 24),
    "state": (240, 148, 40, 16),
    "save": (60, 180, 90, 32),
    "near": (352, 150, 20, 10),  # so near to the switch that a box around that runs across it
}
SPEC: dict[str, Any] = {
    "schema": 1,
    "kind": "schematic",
    "platform": "acme",
    "surface": "web",
    "language": "en",
    "title": "the switch, shown On",
    "sources": ["s-policy"],
    "labels": "own",
    "captured": "2026-11-01",
    "verified": "2026-10-01",
    "review_by": "2027-05-01",
    "page": "acme.html",
    "viewport": list(SIZE),
    "crop": {"narrow": {"around": ["switch", "state"], "pad": 40}},
    "keep_clear": ["state"],
    "marks": [
        {"at": "title", "draw": "underline", "say": "The title **Data**", "label": "Data"},
        {"at": "switch", "draw": "box", "say": "The switch"},
    ],
}
_COLOURS = {"light": ("#ffffff", "#1b1b1b", "#0a66c2"), "dark": ("#1b1f23", "#e8e8e8", "#71b7fb")}


_FACTS = {
    "platforms.yml": """\
platforms:
  - {id: acme, name: Acme, prefix: ac, shape: square, owner: Acme Inc, products: [{id: m, name: M}]}
""",
    "sources/acme.yml": """\
sources:
  - {id: s-policy, title: Policy, publisher: Acme, kind: company, address: "https://acme.example/p", read: whole}
""",
}


def project(root: Path) -> Project:
    """A project with a font and two facts, and no screens yet."""
    made = Project(root)
    for name, text in _FACTS.items():
        path = made.docs / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    manifest.font(made).parent.mkdir(parents=True)
    shutil.copy(manifest.font(Project.here()), manifest.font(made))
    return made


def raw(theme: str, scale: int, moved: tuple[int, int] = (0, 0), size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture of the page, everything in it moved by some CSS pixels."""
    ground, text, accent = _COLOURS[theme]
    image = Image.new("RGB", (size[0] * scale, size[1] * scale), ground)
    draw = ImageDraw.Draw(image)
    for name, (left, top, width, height) in ANCHORS.items():
        box = [(left + moved[0]) * scale, (top + moved[1]) * scale]
        box += [box[0] + width * scale - 1, box[1] + height * scale - 1]
        if name in ("switch", "save"):
            draw.rounded_rectangle(box, radius=height * scale // 2, fill=accent)
        else:
            for x in range(round(width) // 10):  # bars for letters
                draw.rectangle([box[0] + x * 10 * scale, box[1], box[0] + (x * 10 + 6) * scale, box[3]], fill=text)
    return image


def anchors(scale: int, moved: tuple[int, int] = (0, 0)) -> dict[str, Any]:
    """The anchors of one variant, as an anchors file has them."""
    return {
        name: {"rect": [(left + moved[0]) * scale, (top + moved[1]) * scale, width * scale, height * scale],
               "role": "button", "name": "Data" if name == "title" else name}
        for name, (left, top, width, height) in ANCHORS.items()
    }  # fmt: skip


def write(
    project: Project,
    name: str = "one",
    *,
    spec: dict[str, Any] | None = None,
    variants: tuple[str, ...] = ("light@1", "light@2", "dark@1", "dark@2"),
    moved: tuple[int, int] = (0, 0),
    size: tuple[int, int] = SIZE,
) -> None:
    """Write a screen: its spec, raws and anchors. `spec` is what differs from `SPEC`; None leaves a key out."""
    folder = project.docs / "screens" / "raw"
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for variant in variants:
        theme, scale = variant.split("@")
        path = folder / f"{name}.{variant}.png"
        image = raw(theme, int(scale), moved, size)
        image.save(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        made[variant] = {
            "file": path.name, "sha256": digest, "size": list(image.size), "anchors": anchors(int(scale), moved)
        }  # fmt: skip
    write_spec(project, name, spec)
    write_anchors(project, name, {"schema": 1, "made_with": "a test", "variants": made})


def write_spec(project: Project, name: str = "one", spec: dict[str, Any] | None = None) -> None:
    """Write a spec. JSON is YAML as well, here with one key a line."""
    data = {key: value for key, value in {**SPEC, **(spec or {})}.items() if value is not None}
    lines = [f"{key}: {json.dumps(value)}" for key, value in data.items()]
    (project.docs / "screens" / f"{name}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_anchors(project: Project, name: str = "one") -> dict[str, Any]:
    """What an anchors file says."""
    path = project.docs / "screens" / "raw" / f"{name}.anchors.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def write_anchors(project: Project, name: str, data: dict[str, Any]) -> None:
    """Write an anchors file."""
    path = project.docs / "screens" / "raw" / f"{name}.anchors.json"
    path.write_text(json.dumps(data), encoding="utf-8")


def screen(project: Project, name: str = "one") -> Screen:
    """A screen as it is read. Nothing may be wrong with its files."""
    screens, problems = load(project.docs / "screens")
    assert not problems, problems
    return screens[name]
