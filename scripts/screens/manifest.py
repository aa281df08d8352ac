"""What has been made already, and from what?

Hashes of all that pictures are made from, and a record of the files that came of it. Loads neither the model
nor Pillow, so that a run with nothing to do is over before they would be loaded.

Inputs are compared by their content. A finished file counts as untouched if its size and time of change are those of
the moment when it was written: that is cheap, and nobody but us writes there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.util
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scripts.project import Project

VERSION = 1

# The modules that turn a job into bytes. What is drawn where is part of the job.
PIXELS = ("decode", "draw", "encode", "geometry", "palette", "redact", "shapes", "work")
# Those that decide which jobs there are, and whether there may be any. A test holds both lists against what is loaded.
CHECKS = (
    "audit",
    "check",
    "containers",
    "crops",
    "files",
    "header",
    "jobs",
    "layout",
    "load",
    "model",
    "patch",
    "plan",
)
_HERE = Path(__file__).parent
_FONT = Path("assets", "fonts", "libre-franklin.woff2")


@dataclass(frozen=True)
class Inputs:
    """Hashes of what pictures are made from.

    `tools`: code that makes bytes, font, and the libraries installed. `rules`: what decides whether a build may
    go on, beside the screens. `raws`: each file of `raw/` by its name. `screens`: of each screen, all that decides
    whether and how it can be drawn.
    """

    tools: str
    rules: str
    raws: dict[str, str]
    screens: dict[str, str]

    def settled(self, past: Manifest) -> set[str]:
        """The names of the screens that are as they were when their pictures were made."""
        return {name for name, (digest, _) in past.screens.items() if digest == self.screens.get(name)}


@dataclass
class Manifest:
    """What the last runs left behind.

    `screens`: the inputs of each screen whose pictures are all there, and the names of their files. `files`: of each
    file its key, size in bytes and time of change in nanoseconds. `rules`: under which the screens were found good;
    `calm`: the first and the last day on which that holds, as ISO dates; `warnings`: what was said nevertheless, as the
    fields of a problem.
    """

    screens: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    files: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    rules: str = ""
    calm: tuple[str, str] = ("", "")
    warnings: list[list[Any]] = field(default_factory=list)


def path(project: Project) -> Path:
    """Where the record of a project lies."""
    return project.build / "screens" / "manifest.json"


def pictures(project: Project) -> Path:
    """Where the finished pictures of a project lie. Everything in it is ours."""
    return project.docs / "assets" / "generated" / "screens"


def font(project: Project) -> Path:
    """The font of the numbers."""
    return project.docs / _FONT


def inputs(project: Project) -> Inputs:
    """Read and hash everything that pictures are made from."""
    folder = project.docs / "screens"
    specs = {file.stem: _file(file) for file in sorted(folder.glob("*.yml"))}
    raws = {file.name: _file(file) for file in sorted((folder / "raw").glob("[!.]*")) if file.is_file()}
    tools = _joined([*(_file(_HERE / f"{name}.py") for name in PIXELS), *_libraries(), _file(font(project))])
    code = sorted([*_HERE.glob("*.py"), *(_HERE.parent / "facts").glob("*.py")])
    data = project.docs / "data"
    pages = sorted((folder / "pages").glob("*.*"))
    others = [data / "platforms.yml", *sorted((data / "sources").glob("*.yml")), *pages]
    astray = [name for name in raws if name.split(".")[0] not in specs]
    rules = _joined([*(_file(file) for file in code), *(f"{file.name} {_file(file)}" for file in others), *astray])
    checks = _joined([tools, *(_file(_HERE / f"{name}.py") for name in CHECKS)])
    own = {
        name: _joined(
            [checks, spec, *(f"{file} {digest}" for file, digest in raws.items() if file.split(".")[0] == name)]
        )
        for name, spec in specs.items()
    }
    return Inputs(tools, rules, raws, own)


def load(project: Project) -> Manifest:
    """The record; an empty one if there is none that can be read."""
    try:
        data = json.loads(path(project).read_bytes())
        if data.pop("version") != VERSION:
            return Manifest()
        made = Manifest(**data)
        made.screens = {name: (digest, list(files)) for name, (digest, files) in made.screens.items()}
        made.files = {name: (key, int(size), int(time)) for name, (key, size, time) in made.files.items()}
        made.calm = (made.calm[0], made.calm[1])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return Manifest()
    return made


def save(project: Project, manifest: Manifest) -> None:
    """Write the record, whole or not at all."""
    target = path(project)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.write_text(json.dumps({"version": VERSION, **asdict(manifest)}), encoding="utf-8")
    fresh.replace(target)


def idle(project: Project, today: dt.date) -> int | None:
    """How many pictures there are, if all are right, nothing else lies there and nothing is to be said; else None."""
    found, past = inputs(project), load(project)
    files = [file for _, names in past.screens.values() for file in names]
    calm = past.rules == found.rules and past.calm[0] <= today.isoformat() <= past.calm[1] and not past.warnings
    settled = found.settled(past) == set(found.screens) == set(past.screens)
    if not (calm and settled and untouched(project, past).issuperset(files)) or any(strangers(project, files)):
        return None
    return len(files)


def untouched(project: Project, manifest: Manifest) -> set[str]:
    """The names of the files that are still as they were written."""
    folder = pictures(project)
    return {name for name, (_, *known) in manifest.files.items() if _known(folder / name) == known}


def strangers(project: Project, wanted: Iterable[str]) -> Iterator[Path]:
    """What lies among the pictures and is none that is wanted."""
    keep = set(wanted)
    for file in sorted(pictures(project).glob("*")):
        if file.name not in keep:
            yield file


def _known(file: Path) -> list[int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _file(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _joined(digests: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _libraries() -> list[str]:
    """What is installed of Pillow, with the encoders inside: its list of files with their hashes. Found, not loaded."""
    found = importlib.util.find_spec("PIL")
    if found is None or not found.origin:
        return []
    packages = Path(found.origin).parent.parent
    return [f"{file.parent.name} {_file(file)}" for file in sorted(packages.glob("pillow-*.dist-info/RECORD"))]
