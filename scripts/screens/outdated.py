"""Which of our drawings have changed since their raw pictures were taken?

Asks the hashes that were kept with the pictures, and needs no browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.facts.problems import Problem
from scripts.screens.drawing import file_of, fingerprint, state_of
from scripts.screens.load import Screen, load, scale_of, specs


def outdated(screens: Iterable[Screen]) -> Iterator[Problem]:
    """A problem for each schematic whose pictures show something else than its page, or in another size."""
    for screen in screens:
        page = file_of(screen.folder, screen.spec)
        if page is None or not page.is_file() or not screen.anchors.page_sha256:
            continue
        sizes = {
            (variant.size[0] // scale_of(name), variant.size[1] // scale_of(name))
            for name, variant in screen.anchors.variants.items()
        }
        if screen.anchors.page_sha256 != fingerprint(page, state_of(screen.spec)):
            what = f"{page.name} shows something else than its raw pictures"
        elif screen.spec.viewport and sizes != {tuple(screen.spec.viewport)}:
            what = "its raw pictures have another size"
        else:
            continue
        cure = "take them anew, with Chromium: make capture"
        yield Problem(screen.document.name, screen.document.line_of(("page",)), "old raw", what, cure)


def wanted(folder: Path) -> list[str]:
    """The names of schematics whose raw pictures are out of date, or not there yet.

    Args:
        folder: `docs/screens`.
    """
    known, _ = specs(folder)
    screens, _ = load(folder)
    old = {problem.file for problem in outdated(screens.values())}
    return [
        name
        for name, (spec, document) in known.items()
        if spec.kind == "schematic" and (name not in screens or document.name in old)
    ]
