"""How do our drawings of screens become raw pictures?

Opens the page of each schematic in every theme and scale, and writes the pictures and the anchors beside each other.
A second run without changes writes the same bytes, so it touches nothing. If anything is wrong with any of them, all of
it is said in one go and nothing is written.
"""

from __future__ import annotations

import difflib
import hashlib
import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from urllib.parse import urlencode

from playwright.sync_api import Browser
from rich.console import Console
from rich.progress import Progress

from scripts.facts.problems import BadData, Problem
from scripts.facts.yaml_lines import Document, type_path
from scripts.screens import load
from scripts.screens.drawing import PAGES, file_of, fingerprint, state_of
from scripts.screens.files import put
from scripts.screens.lens import Lens, Seen, launched
from scripts.screens.model import Anchors, Spec, Theme, Variant, variant_name

SCALES = (1, 2)
_NUMBERS = re.compile(r"\[\s+([-\d.,\s]+?)\s+\]")


@dataclass(frozen=True)
class _Wanted:
    """One schematic with its page, ready to be opened."""

    name: str
    spec: Spec
    document: Document
    page: Path
    address: str

    def seen(self, lens: Lens, theme: Theme) -> Seen:
        """What a browser shows of it."""
        assert self.spec.viewport is not None  # the model sees to it
        return lens.look(self.address, self.spec.viewport, theme)

    def problem(self, path: type_path, rule: str, what: str, cure: str) -> Problem:
        """Something wrong at a place of the spec."""
        return Problem(self.document.name, self.document.line_of(path), rule, what, cure)


def capture(
    docs_screens: Path, names: Sequence[str] | None, say: Callable[[str], None], *, browser: Browser | None = None
) -> list[str]:
    """Take the raw pictures of schematics anew.

    Args:
        docs_screens: the folder with the specs, `pages/` and `raw/`; what the pages load lies in its parent folder.
        names: which screens; None means all schematics.
        say: is told the name of each screen whose files changed.
        browser: a running one to use; else one is started.

    Returns:
        The names of the screens whose files changed.

    Raises:
        BadData: with everything wrong in every spec and page. Nothing is written then.
        NoBrowser: if there is no Chromium that starts.
    """
    wanted, problems = _wanted(docs_screens, names)
    files: dict[str, dict[str, bytes]] = {}
    with _progress() as progress, launched(browser) as running, _lenses(running, docs_screens.parent) as lenses:
        bar = progress.add_task("", total=len(wanted))
        for one in wanted:
            progress.update(bar, description=one.name)
            variants = {
                variant_name(theme, scale): one.seen(lens, theme)
                for theme, (scale, lens) in itertools.product(get_args(Theme), lenses.items())
            }
            found = list(_faults(one, variants))
            problems += found
            if not found:
                files[one.name] = _files(one, variants, f"Chromium {running.version}")
            progress.advance(bar)
    if problems:
        raise BadData(problems)
    changed = {name: fresh for name, own in files.items() if (fresh := _fresh(docs_screens / load.RAW, own))}
    put({path: data for fresh in changed.values() for path, data in fresh.items()})
    for name in changed:
        say(name)
    return list(changed)


def _fresh(folder: Path, files: dict[str, bytes]) -> dict[Path, bytes]:
    """Those files that are not there yet, or hold something else."""
    paths = {folder / name: data for name, data in files.items()}
    return {path: data for path, data in paths.items() if not path.is_file() or path.read_bytes() != data}


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def _wanted(folder: Path, names: Sequence[str] | None) -> tuple[list[_Wanted], list[Problem]]:
    specs, problems = load.specs(folder)
    if names is not None:
        problems = [problem for problem in problems if problem.file in {_called(folder, name) for name in names}]
    known = [name for name, (spec, _) in specs.items() if spec.kind == "schematic"]
    for name in names or ():
        if name not in known and not any(problem.file == _called(folder, name) for problem in problems):
            problems.append(Problem(_called(folder, name), 0, "unknown", *_not_drawn(name, known, name in specs)))
    chosen = []
    for name in known if names is None else [name for name in known if name in names]:
        spec, document = specs[name]
        page = file_of(folder, spec)
        if page is None or not page.is_file():
            what = f'there is no page "{spec.page}" in {PAGES}/'
            pages = [path.name for path in sorted((folder / PAGES).glob("*.html"))]
            cure = _near(spec.page or "", pages) or "draw it, or name one that is there"
            problems.append(Problem(document.name, document.line_of(("page",)), "no page", what, cure))
        else:
            state = state_of(spec)
            address = f"{folder.name}/{page.relative_to(folder.resolve()).as_posix()}"
            query = f"?{urlencode({'show': state})}" if state is not None else ""
            chosen.append(_Wanted(name, spec, document, page, address + query))
    return chosen, problems


def _not_drawn(name: str, known: list[str], screenshot: bool) -> tuple[str, str]:
    if screenshot:
        return "this is a screenshot, not a drawing", "bring it in with: python -m scripts screens intake FILE"
    return "there is no such screen", _near(name, known) or "give the name of a spec, without .yml"


def _called(folder: Path, name: str) -> str:
    return f"{folder.name}/{name}.yml"


@contextmanager
def _lenses(browser: Browser, root: Path) -> Iterator[dict[int, Lens]]:
    """One for each scale, for as long as the block lasts."""
    lenses: dict[int, Lens] = {}
    try:
        for scale in SCALES:
            lenses[scale] = Lens(browser, root, scale)
        yield lenses
    finally:
        for lens in lenses.values():
            lens.close()


def _faults(one: _Wanted, variants: dict[str, Seen]) -> Iterator[Problem]:
    """Everything that makes the pictures of one screen useless."""
    page = f"{PAGES}/{one.page.name}"
    first = next(iter(variants.values()))
    for address in sorted(set().union(*(seen.elsewhere for seen in variants.values()))):
        cure = f"take it out of {page}, or put the file into docs/"
        yield one.problem(("page",), "elsewhere", f"the page asks another machine for {address}", cure)
    for name in sorted(set().union(*(seen.absent for seen in variants.values()))):
        cure = f"put it there, or take it out of {page}"
        yield one.problem(("page",), "absent", f"the page asks for {name}, which is not there", cure)
    for message in sorted(set().union(*(seen.failed for seen in variants.values()))):
        yield one.problem(("page",), "script", f"the page does not work: {message}", f"mend {page}")
    if not all(seen.png for seen in variants.values()):
        return
    states, state = first.states, state_of(one.spec)
    if states is None and state is not None:
        cure = f'write <html data-states="{state}"> in {page}, or take ?show={state} away'
        yield one.problem(("page",), "state", f'the page has no states, so none is called "{state}"', cure)
    elif states is not None and state not in states:
        what = f'the page has no state "{state}"' if state else "the page has states, and none is chosen"
        cure = _near(state or "", states) or "use ?show= with one of: " + ", ".join(states)
        yield one.problem(("page",), "state", what, cure)
    else:
        for anchor, path in _named(one.spec):
            yield from _astray(one, anchor, path, variants)


def _named(spec: Spec) -> Iterator[tuple[str, type_path]]:
    """Each anchor that a spec speaks of, and where it does so."""
    for index, mark in enumerate(spec.marks):
        yield mark.at, ("marks", index, "at")
    for width, crop in (("wide", spec.crop.wide), ("narrow", spec.crop.narrow)):
        for index, anchor in enumerate(crop.around if crop else ()):
            yield anchor, ("crop", width, "around", index)
    for index, anchor in enumerate(spec.keep_clear):
        yield anchor, ("keep_clear", index)


def _astray(one: _Wanted, name: str, path: type_path, variants: dict[str, Seen]) -> Iterator[Problem]:
    """What is wrong with one anchor, each fault once, with the variants that have it if the others do not."""
    faults: dict[tuple[str, str, str], list[str]] = {}
    for variant, seen in variants.items():
        for fault in _anchor_faults(name, seen, f"{PAGES}/{one.page.name}"):
            faults.setdefault(fault, []).append(variant)
    for (rule, what, cure), where in faults.items():
        only = "" if len(where) == len(variants) else f" (in {', '.join(where)})"
        yield one.problem(path, rule, what + only, cure)


def _anchor_faults(name: str, seen: Seen, page: str) -> Iterator[tuple[str, str, str]]:
    anchor = seen.anchors.get(name)
    if anchor is None:
        cure = _near(name, list(seen.anchors)) or f'add data-anchor="{name}" to {page}, in this state'
        yield "no anchor", f'the page shows no anchor "{name}"', cure
        return
    if anchor.count > 1:
        yield "double anchor", f'the page shows {anchor.count} anchors "{name}"', "give each a name of its own"
    _, _, width, height = anchor.rect
    if width <= 0 or height <= 0:
        yield "no size", f'the anchor "{name}" has no size', "put it on an element that is drawn"
    elif not anchor.in_view:
        yield "off canvas", f'the anchor "{name}" reaches out of the picture', f"move it in {page}, or widen viewport"
    elif anchor.covered:
        yield "covered", f'the anchor "{name}" is hidden, or something lies on it', f"uncover it in {page}"


def _near(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f'did you mean "{near[0]}"?' if near else ""


def _files(one: _Wanted, variants: dict[str, Seen], browser: str) -> dict[str, bytes]:
    """The pictures and the anchors of a screen, by file name."""
    files = {f"{one.name}.{variant}.png": seen.png for variant, seen in variants.items()}
    anchors = Anchors(
        schema=1,
        made_with=browser,
        page_sha256=fingerprint(one.page, state_of(one.spec)),
        variants={
            variant: Variant(
                file=f"{one.name}.{variant}.png",
                sha256=hashlib.sha256(seen.png).hexdigest(),
                size=seen.size,
                anchors=seen.anchors,
            )
            for variant, seen in variants.items()
        },
    )
    files[one.name + load.ANCHORS] = written(anchors)
    return files


def written(anchors: Anchors) -> bytes:
    """An anchors file: the same bytes for the same anchors, one line for each list of numbers."""
    data = anchors.model_dump(by_alias=True, exclude_none=True)
    text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)
    text = _NUMBERS.sub(lambda match: f"[{' '.join(match[1].split())}]", text)
    return f"{text}\n".encode()
