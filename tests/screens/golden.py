"""Pictures that were looked at and found good. `python -m tests.screens.golden` draws them anew: look at them again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from scripts.project import Project
from scripts.screens import manifest
from scripts.screens.jobs import jobs
from scripts.screens.plan import scenes_of
from scripts.screens.work import pixels
from tests.screens import made

FOLDER = Path(__file__).parent / "golden"
SPECS: dict[str, dict[str, Any]] = {
    "box-and-underline": {},
    "arrow": {
        "crop": {"narrow": {"around": ["switch"], "pad": 80}},
        "marks": [{"at": "switch", "draw": "arrow", "say": "It"}, {"at": "save", "draw": "arrow", "say": "That"}],
    },
    "spotlight": {
        "crop": {"narrow": {"around": ["save"], "pad": 40}},
        "marks": [{"at": "save", "draw": "spotlight", "say": "It"}, {"at": "title", "draw": "box", "say": "That"}],
    },
}
VARIANTS = ("light.wide@1", "dark.wide@1", "light.narrow@2")
NAMES = [f"{name}.{variant}" for name in SPECS for variant in VARIANTS]


def drawn(root: Path, name: str) -> Image.Image:
    """A picture as it is drawn now. `root` is an empty folder."""
    kind, variant = name.split(".", 1)
    project = made.project(root)
    made.write(project, spec=SPECS[kind])
    screen = made.screen(project)
    scenes, problems = scenes_of(screen)
    assert not problems, problems
    job = next(job for job in jobs(screen, scenes) if f"one.{variant}" in job.stems)
    return pixels(job, manifest.font(Project.here()).read_bytes())


def main() -> None:
    """Draw all anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in NAMES:
        with tempfile.TemporaryDirectory() as folder:
            drawn(Path(folder), name).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
