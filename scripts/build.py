"""How do the sources become the finished site?

render, then the engine, then the check of the links, then what is published beside the pages: all of it staged under
`build/` and put into `site/` in one step at the end. Whatever fails or is killed on the way leaves the old site alone.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from scripts import engine, swap
from scripts.facts.problems import Problem
from scripts.links import internal
from scripts.project import Project
from scripts.render import render

Say = Callable[[str], None]

# Each step adds files to a built tree, knowing the project and the day. None yet.
PUBLISH: tuple[Callable[[Project, Path, dt.date], None], ...] = ()

STAGED = "staged"


class BrokenLinks(Exception):
    """Links that lead nowhere, in a site that is otherwise built. Carries every one of them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


def build(project: Project, today: dt.date, *, say: Say, launch: engine.Launch = engine.quickest) -> None:
    """Build the whole site and put it into `project.site`.

    Args:
        project: where to read and write.
        today: the day that counts as today.
        say: is told the name of each stage as it begins.
        launch: how to start the engine.

    Raises:
        BadData: if the facts, the guides or the fragments are wrong.
        EngineFailed: if the engine stopped.
        BrokenLinks: if a link in the built pages leads nowhere.
    """
    with only_one(project, say):
        swap.recover(project.site)
        staged = project.build / STAGED
        remove(staged)
        say("render")
        render(project, today)
        say("engine")
        engine.run(project, staged, environment(today, os.environ), launch)
        say("links")
        check_links(project, staged)
        say("publish")
        for step in PUBLISH:
            step(project, staged, today)
        say("swap")
        swap.put(staged, project.site)


def check_links(project: Project, staged: Path) -> None:
    """Follow every link inside the site.

    Raises:
        BrokenLinks: if one leads nowhere, or if there is no page at all.
    """
    problems, _ = internal.check(staged, urlsplit(project.site_url()).path)
    if problems:
        raise BrokenLinks(problems)


def remove(folder: Path) -> None:
    """Delete a folder if it is there."""
    if folder.exists():
        shutil.rmtree(folder)


def environment(today: dt.date, environ: Mapping[str, str]) -> dict[str, str]:
    """What the engine finds in its environment: the day, for whatever it dates, and no advertising."""
    midnight = dt.datetime.combine(today, dt.time(), dt.UTC)
    return {
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
        **environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
    }


def which_day(as_of: dt.date | None, environ: Mapping[str, str]) -> dt.date:
    """The day that counts as today: the one asked for, else that of SOURCE_DATE_EPOCH (UTC), else the calendar's.

    Raises:
        ValueError: if SOURCE_DATE_EPOCH is not a number of seconds.
    """
    if as_of is not None:
        return as_of
    epoch = environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date() if epoch else dt.date.today()


@contextmanager
def only_one(project: Project, say: Say) -> Iterator[None]:
    """Hold the project's lock, waiting for another build to end. A build that dies lets go of it."""
    project.build.mkdir(parents=True, exist_ok=True)
    with (project.build / "lock").open("w") as lock:
        # The engine inherits the lock: if this process is killed, the next build still waits for the engine to end.
        os.set_inheritable(lock.fileno(), True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("wait for another build")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
