"""A small checkout that screenshots are brought into, and all the way through."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

from PIL import Image

from scripts.facts.yaml_lines import parse
from scripts.project import Project
from scripts.screens import intake, make
from scripts.screens.model import Redaction
from tests.screens import strange

TODAY = dt.date(2026, 11, 22)
SIZE = (480, 320)
NAME_OF_A_PERSON = Redaction(at=(110, 70, 93, 17), size="320x64", why="name of a person")
MARKED = {"flag": (0.0, 0.0, 160.0, 80.0), "bar": (240.0, 160.0, 240.0, 80.0)}
DATA = {
    "platforms.yml": "platforms:\n  - {id: acme, name: Acme, prefix: ac, shape: square, owner: Acme Inc,"
    " products: [{id: mail, name: Acme Mail}]}\n",
    "sources/acme.yml": "sources:\n  - {id: s-seen, title: Our own look, publisher: Us, kind: article,"
    " no_address: None., read: whole, right: [Yes.], wrong: [No.]}\n",
}
FILLED: dict[str, Any] = {
    "surface": "web",
    "language": "en",
    "title": "a page as it is shown",
    "sources": ["s-seen"],
    "captured": "2026-11-20",
    "verified": "2026-11-20",
    "review_by": "2027-05-20",
}


def checkout(root: Path) -> Project:
    """What bringing in and drawing needs: a few facts, the font, and a place for screens."""
    project = Project(root)
    for name, text in DATA.items():
        path = project.docs / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (project.docs / "screens" / "raw").mkdir(parents=True)
    (project.docs / "assets" / "fonts").mkdir(parents=True)
    font = Path("assets", "fonts", "libre-franklin.woff2")
    shutil.copy(Project.here().docs / font, project.docs / font)
    return project


def screens(project: Project) -> Path:
    """The folder that screenshots come into."""
    return project.docs / "screens"


def fill_in(project: Project, name: str, **more: Any) -> None:
    """Fill in a spec that was left to be filled in. What intake wrote about redaction stays."""
    path = screens(project) / f"{name}.yml"
    document, problems = parse(path.name, path.read_text(encoding="utf-8"))
    assert not problems
    data = {**document.data, **FILLED}
    data["marks"] = [{**mark, "say": f"The {mark['at']}", "label": None} for mark in data["marks"]]
    data["marks"] = [{key: value for key, value in mark.items() if value} for mark in data["marks"]]
    lines = [f"{key}: {json.dumps(value)}" for key, value in {**data, **more}.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def pictures(project: Project) -> dict[str, bytes]:
    """Make everything, and read it."""
    make.make(project, TODAY, say=lambda _: None)
    folder = project.docs / "assets" / "generated" / "screens"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def write(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def png(image: Image.Image) -> bytes:
    return strange.saved(image, "png")


def take(source: Path, project: Project, name: str = "a-screen", **options: Any) -> Image.Image:
    """Take a file in, and look at what came in."""
    written = intake.intake(source, name, screens(project), platform="acme", **options)
    with Image.open(written[0]) as image:
        return image.copy()
