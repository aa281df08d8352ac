"""Which screens are there, and what is known of each?

Reads every spec of `docs/screens/` and the anchors file beside its raws. What cannot be read comes back as problems,
all of them, with file and line. Opens no picture.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from scripts.facts.model import Record
from scripts.facts.problems import Problem
from scripts.facts.records import build
from scripts.facts.yaml_lines import Document, decode, parse, type_path
from scripts.screens.geometry import Rect, around
from scripts.screens.model import Anchors, Spec, Variant

FOLDER, RAW = "screens", "raw"  # below docs/, and below that
ANCHORS = ".anchors.json"

R = TypeVar("R", bound=Record)

_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@dataclass(frozen=True)
class Screen:
    """One screen: its spec, what is known of its raws, and where both lie.

    `folder` is `docs/screens`; `document` knows on which line of the spec a key stands.
    """

    name: str
    spec: Spec
    anchors: Anchors
    folder: Path
    document: Document

    @functools.cached_property
    def canvas(self) -> Rect:
        """The whole picture, in whole CSS pixels: what all variants have."""
        sizes = [(variant.size, scale_of(name)) for name, variant in self.anchors.variants.items()]
        width = min(size[0] // scale for size, scale in sizes)
        return Rect(0, 0, width, min(size[1] // scale for size, scale in sizes))

    @functools.cached_property
    def rects(self) -> dict[str, Rect]:
        """The rectangle of each anchor that every variant has, around those of all: in whole CSS pixels."""
        variants = self.anchors.variants
        shared = set.intersection(*(set(variant.anchors) for variant in variants.values()))
        return {
            name: around(rect_in(variant, scale_of(key), name) for key, variant in variants.items())
            for name in sorted(shared)
        }

    def raw(self, variant: str) -> Path:
        """The raw picture of a variant, such as "light@2"."""
        return self.folder / RAW / self.anchors.variants[variant].file

    def problem(self, path: type_path, rule: str, what: str, cure: str) -> Problem:
        """A problem at one key of the spec, such as ("marks", 0, "at")."""
        return Problem(self.document.name, self.document.line_of(path), rule, what, cure)


def scale_of(variant: str) -> int:
    """How many pixels of a raw make one CSS pixel: 2 for "light@2"."""
    return int(variant.rpartition("@")[2])


def rect_in(variant: Variant, scale: int, anchor: str) -> Rect:
    """Where an anchor lies in one variant: CSS pixels, snapped outwards to whole ones."""
    return Rect.of(*variant.anchors[anchor].rect).scaled(1 / scale).snapped()


def load(folder: Path) -> tuple[dict[str, Screen], list[Problem]]:
    """All screens of a folder, by name, and what is wrong with their files.

    Args:
        folder: `docs/screens`. If it is missing, or holds neither specs nor raws, there are no screens.

    Returns:
        The screens of which both files could be read, in the order of their names; and the problems, whose files are
        named as in "screens/NAME.yml".
    """
    read, problems = specs(folder)
    screens = {}
    for name, (spec, document) in read.items():
        anchors, found = _anchors(folder, name)
        problems += found
        if anchors is not None:
            screens[name] = Screen(name, spec, anchors, folder, document)
    problems += _stray(folder)
    return screens, problems


def specs(folder: Path) -> tuple[dict[str, tuple[Spec, Document]], list[Problem]]:
    """All specs of a folder, by name, whether or not there are raws; and what is wrong with them."""
    read: dict[str, tuple[Spec, Document]] = {}
    problems: list[Problem] = []
    paths = sorted(folder.glob("*.yml"))
    if not paths and any((folder / RAW).glob("*.png")):
        problems.append(Problem(folder.name, 0, "missing", "there are raws and no spec", "put the specs back"))
    for path in paths:
        name = f"{folder.name}/{path.name}"
        if not _NAME.match(path.stem):
            cure = "rename it: small letters, digits and single hyphens"
            problems.append(Problem(name, 0, "name", f'"{path.stem}" is no name for a screen', cure))
        text, found = decode(name, path.read_bytes())
        problems += found
        if found:
            continue
        document, found = parse(name, text)
        problems += found
        if found or document.data is None:
            continue
        spec, found = _record(Spec, document)
        problems += found
        if spec is not None:
            read[path.stem] = spec, document
    return read, problems


def _anchors(folder: Path, name: str) -> tuple[Anchors | None, list[Problem]]:
    path = folder / RAW / f"{name}{ANCHORS}"
    shown = f"{folder.name}/{RAW}/{path.name}"
    if not path.exists():
        cure = "run: make capture (schematic), or: python -m scripts screens intake FILE (screenshot)"
        return None, [Problem(f"{folder.name}/{name}.yml", 0, "no raws", f"{shown} is missing", cure)]
    try:
        data = json.loads(path.read_bytes(), object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:  # json and UTF-8 raise the first, lists within lists the second
        line = getattr(error, "lineno", 0)
        return None, [Problem(shown, line, "json", f"not JSON: {error}", "capture it again; it is not written by hand")]
    return _record(Anchors, Document(shown, data))


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping, if no key comes twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f'the key "{next(n for n in names if names.count(n) > 1)}" comes twice')
    return made


def _record(kind: type[R], document: Document) -> tuple[R | None, list[Problem]]:
    """One record that is a whole file."""
    if not isinstance(document.data, dict):
        what, cure = "the file is not a mapping", "begin it with schema: 1"
        return None, [Problem(document.name, 1, "shape", what, cure)]
    record, problems = build(kind, document.data, document, ())
    return (record if isinstance(record, kind) else None), problems


def _stray(folder: Path) -> list[Problem]:
    """Anchors without a spec."""
    named = {path.stem for path in folder.glob("*.yml")}
    return [
        Problem(
            f"{folder.name}/{RAW}/{path.name}", 0, "orphan", "no spec has this name", "write the spec, or delete it"
        )
        for path in sorted((folder / RAW).glob(f"*{ANCHORS}"))
        if path.name.removesuffix(ANCHORS) not in named
    ]
