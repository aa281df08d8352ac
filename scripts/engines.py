"""Does the same tree become the same site under another engine?

Material gets no more than security fixes, so the way to other engines must stay open: ProperDocs, which goes on with
MkDocs, and Zensical, which Material's makers build. Each is fetched for the run, builds a copy of the project through
the same door as the product's own engine, and is compared with it: strictly built, every link and promised id there,
the same files, the site's tests on what it built. `docs/about/engines.md` says what differs, and why.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from scripts import engine, zensical
from scripts.borrowed import borrow
from scripts.build import BrokenLinks, build
from scripts.copies import copy
from scripts.project import Project

PRODUCT = "MkDocs"
PAGE = "docs/about/engines.md"
TESTS = (
    "tests/site",
    *(
        f"tests/browser/test_{name}.py"
        for name in ("search", "access", "look", "light", "settings", "private", "table_heard")
    ),
    "tests/publish/test_agreement.py",
)
ADDRESS = "https://opted-in.example/below/"  # which the tests expect
BUILT_SITE = "BUILT_SITE"  # the variable by which the tests are given a tree
_GENERATOR = re.compile(rb'<meta name="generator"[^>]*>|properdocs|mkdocs', re.IGNORECASE)
_COUNTS = re.compile(r"(\d+) (passed|failed|errors?)")


@dataclass(frozen=True)
class Engine:
    """Another engine: the packages to fetch, how to start it from there."""

    name: str
    packages: tuple[str, ...]
    launch: Callable[[Path], engine.Launch]


@dataclass(frozen=True)
class Tried:
    """What came of one engine. `said` is why there is no tree, if so. `same` of `files` are as the product's."""

    name: str
    said: tuple[str, ...] = ()
    files: int = 0
    same: int = 0
    passed: int = 0
    failed: tuple[str, ...] = ()


def like_mkdocs(*program: str) -> Callable[[Path], engine.Launch]:
    """An engine that is given what MkDocs would be given: a program in the `bin` of its environment, with arguments."""

    def launch(environment: Path) -> engine.Launch:
        command = [str(environment / "bin" / program[0]), *program[1:]]
        return lambda arguments, folder, environ, out: engine.Program([*command, *arguments], folder, environ, out)

    return launch


OTHERS = (
    Engine(
        "ProperDocs",
        ("properdocs", *(f"{name}=={version(name)}" for name in ("mkdocs-material", "pymdown-extensions"))),
        like_mkdocs("properdocs"),
    ),
    Engine("Zensical", ("zensical",), zensical.launch),
)


def compared(ours: Path, theirs: Path) -> tuple[int, int]:
    """How many files our tree has, and how many of them the other tree has just so, but for the name of the engine."""
    names = [path.relative_to(ours) for path in sorted(ours.rglob("*")) if path.is_file()]
    same = sum((theirs / name).is_file() and _plain(ours / name) == _plain(theirs / name) for name in names)
    return len(names), same


def _plain(path: Path) -> bytes:
    return _GENERATOR.sub(b"", path.read_bytes()) if path.suffix == ".html" else path.read_bytes()


def tested(site: Path, root: Path) -> tuple[int, tuple[str, ...]]:
    """How many of the site's tests a tree passes, and the names of those that it does not."""
    command = [sys.executable, "-m", "pytest", "-n", "2", "-p", "no:cacheprovider", "--tb=no", *TESTS]
    done = subprocess.run(
        command, check=False, cwd=root, env={**os.environ, BUILT_SITE: str(site)}, capture_output=True, text=True
    )
    counts = {
        kind: int(number) for number, kind in _COUNTS.findall(done.stdout.splitlines()[-1] if done.stdout else "")
    }
    names = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    if not counts:
        names.append(f"the tests did not run: {(done.stderr or done.stdout).strip()[-300:]}")
    return counts.get("passed", 0), tuple(names)


def attempt(project: Project, other: Engine, ours: Path, today: dt.date, folder: Path) -> Tried:
    """Build with another engine, compare, and test.

    Args:
        project: what to build.
        other: with what.
        ours: the tree that the product's engine built on the same day for the same address.
        today: the day that counts as today.
        folder: where to work.
    """
    try:
        environment = borrow(folder, *other.packages)
    except subprocess.CalledProcessError as error:
        return Tried(other.name, (f"it cannot be fetched: {(error.stderr or b'').decode().strip()[-300:]}",))
    there = copy(project, folder / "project")
    try:
        build(there, today, say=lambda stage: None, launch=other.launch(environment))
    except (engine.EngineFailed, BrokenLinks) as error:
        return Tried(other.name, tuple(str(error).splitlines()))
    files, same = compared(ours, there.site)
    passed, failed = tested(there.site, project.root)
    return Tried(other.name, (), files, same, passed, failed)


def try_all(project: Project, today: dt.date, console: Console) -> list[Tried]:
    """Build with every engine, and say how it went.

    Args:
        project: what to build. The checkout is not touched.
        today: the day that counts as today.
        console: where to say it.
    """
    with tempfile.TemporaryDirectory() as name:
        console.print(f"{PRODUCT} …", style="dim")
        own = copy(project, Path(name) / "own")
        build(own, today, say=lambda stage: None)
        passed, failed = tested(own.site, project.root)
        files, _ = compared(own.site, own.site)
        found = [Tried(PRODUCT, (), files, files, passed, failed)]
        for other in OTHERS:
            console.print(f"{other.name} …", style="dim")
            found.append(attempt(project, other, own.site, today, Path(name) / other.name))
    return found


def failing(found: Sequence[Tried]) -> list[str]:
    """Which engines do not do what ours does, in words."""
    return [f"{one.name} does not pass: look why, and say so in {PAGE}" for one in found if one.said or one.failed]


def table(found: Sequence[Tried]) -> Table:
    """A row an engine."""
    drawn = Table(title="The same tree under other engines", title_justify="left")
    for column in ("engine", "builds strictly", "files", "the same", "tests passed", "failed"):
        drawn.add_column(column, justify="left" if column in ("engine", "builds strictly") else "right")
    for one in found:
        if one.said:
            drawn.add_row(one.name, "no", "", "", "", "")
        else:
            counts = one.files, one.same, one.passed, len(one.failed)
            drawn.add_row(one.name, "yes", *(str(count) for count in counts))
    return drawn
