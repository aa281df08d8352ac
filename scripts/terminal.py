"""How do the verbs talk to whoever typed them?

What they share: where words go, how a day is given, and how what went wrong is shown: in full, on stderr, with exit
code 1. Loads little, so that a verb with nothing to do is done at once.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from scripts.day import which_day
from scripts.project import Project

if TYPE_CHECKING:
    from rich.console import Console

    from scripts.facts.problems import Problem

AsOf = Annotated[
    dt.datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day that counts as today, such as 2026-11-22."),
]


@functools.cache
def out() -> Console:
    """Where results go."""
    from rich.console import Console  # noqa: PLC0415  (it takes a tenth of a second)

    return Console(highlight=False, emoji=False, soft_wrap=True)


@functools.cache
def err() -> Console:
    """Where complaints go."""
    from rich.console import Console  # noqa: PLC0415

    return Console(highlight=False, emoji=False, soft_wrap=True, stderr=True)


def today(as_of: dt.datetime | None) -> dt.date:
    """The day that counts as today. Ends the process if the environment names one that cannot be."""
    try:
        return which_day(as_of.date() if as_of else None, os.environ)
    except ValueError as error:
        err().print(f"SOURCE_DATE_EPOCH is not a number of seconds: {error}", markup=False)
        raise typer.Exit(1) from None


def stage(name: str) -> None:
    """Say what begins."""
    out().print(f"{name} …", style="dim", markup=False)


@contextmanager
def explained(outcome: str = "nothing was published") -> Iterator[None]:
    """Print what was wrong, all of it, and end with exit code 1. `outcome` is what came of it."""
    try:
        yield
    except Exception as error:
        said = _said(error, outcome)
        if said is None:
            raise
        for line in said[:-1]:
            err().print(line, markup=False)
        err().print(said[-1])
        raise typer.Exit(1) from None


def _said(error: Exception, outcome: str) -> list[str] | None:
    """What to print about an error, the last line with markup; None, if it is none that we know."""
    from scripts.build import BrokenLinks  # noqa: PLC0415  (loads everything, and only for bad news)
    from scripts.engine import EngineFailed  # noqa: PLC0415
    from scripts.facts.problems import BadData  # noqa: PLC0415

    if isinstance(error, BadData | BrokenLinks):
        count = len(error.problems)
        last = f"[red]{count} {'problem' if count == 1 else 'problems'}[/]; {outcome}"
        return [*(str(_from_root(problem)) for problem in error.problems), last]
    if isinstance(error, EngineFailed):
        return [str(error), f"[red]The engine stopped[/]; {outcome}"]
    return None


def _from_root(problem: Problem) -> Problem:
    """A problem whose file is named as one would open it: rules name it below `docs/`."""
    project = Project.here()
    below = project.docs / problem.file
    if not below.is_file() or (project.root / problem.file).exists():
        return problem
    return replace(problem, file=below.relative_to(project.root).as_posix())


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for people that says how many of `what` are done; nothing for files and other programs."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    # They take a tenth of a second.
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bar = Bar(*columns, console=err(), transient=True)
    task = bar.add_task("", total=None)

    def told(done: int, total: int) -> None:
        if total and not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield told
    finally:
        bar.stop()
