"""How do all screens become pictures, and nothing is done twice?

Looks at what changed, lays out the screens that did, and makes the files whose pixels differ from what is there, on
all cores. Nothing is made if anything is wrong with any screen. A changed word in a spec changes no picture, so it
costs none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scripts.facts.problems import BadData, Problem
from scripts.project import Project
from scripts.screens import manifest as record
from scripts.screens.manifest import Inputs, Manifest

if TYPE_CHECKING:  # what a run with nothing to do must not load
    from scripts.screens.jobs import Job
    from scripts.screens.load import Screen
    from scripts.screens.work import Result

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Ready:
    """Screens that were loaded and checked, and the hashes of what they were made from.

    `calm` is the last day on which the same check would find the same. `warnings` name files from `docs`.
    """

    screens: Mapping[str, Screen]
    inputs: Inputs
    warnings: tuple[Problem, ...]
    calm: dt.date

    @property
    def unread(self) -> set[str]:
        """The names of screens that are there and could not be read."""
        return self.inputs.screens.keys() - self.screens.keys()


@dataclass
class Made:
    """What a run did: the names of the files it made and deleted, and how many were right already.

    `warnings` are what was said of the screens. `seconds` are those spent on each stage, summed over all pictures.
    """

    made: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    kept: int = 0
    warnings: list[Problem] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def examine(
    project: Project, today: dt.date, *, sources: Collection[str], platforms: Collection[str]
) -> tuple[Ready, list[Problem]]:
    """Load and check all screens.

    Args:
        project: where to read.
        today: the day that counts as today.
        sources: ids that exist.
        platforms: ids that exist.

    Returns:
        The screens, and what is wrong with them, with files named from `docs`. `make` may have them if that is nothing.
    """
    from scripts.screens.check import GRACE, check  # noqa: PLC0415  (what a run with nothing to do must not load)
    from scripts.screens.load import FOLDER, load  # noqa: PLC0415
    from scripts.screens.outdated import outdated  # noqa: PLC0415

    found, past = record.inputs(project), record.load(project)
    screens, problems = load(project.docs / FOLDER)
    findings = check(
        screens,
        raws={name: digest for name, digest in found.raws.items() if name.endswith(".png")},
        unread=found.screens.keys() - screens.keys(),
        sound=found.settled(past),
        sources=sources,
        platforms=platforms,
        today=today,
    )
    turns = [s.spec.review_by.last + dt.timedelta(days) for s in screens.values() for days in (0, GRACE)]
    calm = min((day for day in turns if day >= today), default=dt.date.max)
    return Ready(screens, found, findings.warnings, calm), [*problems, *findings.problems, *outdated(screens.values())]


def make(
    project: Project,
    today: dt.date,
    *,
    say: Callable[[str], None],
    ready: Ready | None = None,
    progress: Progress = lambda done, total: None,
) -> Made:
    """Bring `docs/assets/generated/screens/` up to date.

    Args:
        project: where to read and write. Nobody else may write there at the same time.
        today: the day that counts as today.
        say: is told each warning.
        ready: from `examine`, if it found nothing wrong; else that is done here, if it is needed.
        progress: is told how many pictures are done, and of how many.

    Raises:
        BadData: with everything that is wrong with the screens.
    """
    past = record.load(project)
    found = ready.inputs if ready else record.inputs(project)
    intact = record.untouched(project, past)
    settled = {name for name in found.settled(past) if intact.issuperset(past.screens[name][1])}
    done = Made(kept=sum(len(past.screens[name][1]) for name in settled))
    known = past.rules == found.rules and past.calm[0] <= today.isoformat() <= past.calm[1]
    if not ready and not (known and settled == set(found.screens) == set(past.screens)):
        ready = _good(project, today)
    if ready:
        past.rules, past.calm = found.rules, (today.isoformat(), ready.calm.isoformat())
        past.warnings = [[w.file, w.line, w.rule, w.what, w.cure] for w in from_root(ready.warnings)]
        past.screens = {name: past.screens[name] for name in settled}
        changed = {name: screen for name, screen in ready.screens.items() if name not in settled}
        try:
            if changed:
                _renew(project, found, past, intact, changed, done, progress)
        finally:  # what was made before it was stopped need not be made again
            record.save(project, past)
    wanted = [name for _, files in past.screens.values() for name in files]
    for stranger in record.strangers(project, wanted):
        stranger.unlink()
        done.deleted.append(stranger.name)
    done.warnings = [Problem(*fields) for fields in past.warnings]
    for warning in done.warnings:
        say(f"Soon an error: {warning}")
    return done


def from_root(problems: Iterable[Problem]) -> list[Problem]:
    """Name files as one would open them, from the root of the checkout."""
    return [replace(problem, file=f"docs/{problem.file}") for problem in problems]


def _good(project: Project, today: dt.date) -> Ready:
    from scripts.facts.load import read  # noqa: PLC0415  (it takes half a second)
    from scripts.facts.model import Platform, Source  # noqa: PLC0415

    catalogue, _ = read(project.docs)  # what is wrong with facts is said by those who render them
    ready, problems = examine(
        project,
        today,
        sources={placed.record.id for placed in catalogue.of(Source)} | catalogue.refused,
        platforms={placed.record.id for placed in catalogue.of(Platform)} | catalogue.refused,
    )
    if problems:
        raise BadData(from_root(problems))
    return ready


def _renew(
    project: Project,
    found: Inputs,
    past: Manifest,
    intact: set[str],
    changed: Mapping[str, Screen],
    done: Made,
    progress: Progress,
) -> None:
    """Make what changed screens need and is not there, and note it in `past` and `done`."""
    from scripts.screens.plan import plan  # noqa: PLC0415  (loads Pillow)
    from scripts.screens.pool import pool  # noqa: PLC0415

    keys: dict[str, str] = {}

    def note(job: Job, result: Result) -> None:
        for name, (size, time) in result.files.items():
            past.files[name] = (keys[name], size, time)
            done.made.append(name)
        for stage, seconds in result.seconds.items():
            done.seconds[stage] = done.seconds.get(stage, 0.0) + seconds

    with pool(2 * len(changed)) as workers:  # each has a light picture and a dark one, at least
        jobs, tools, problems = plan(changed, found.tools, workers.map)
        if problems:
            raise BadData(from_root(problems))
        keys |= {name: job.key(tools) for job in jobs for name in job.files}
        right = {name for name, key in keys.items() if name in intact and past.files[name][0] == key}
        done.kept += len(right)
        folder = record.pictures(project)
        folder.mkdir(parents=True, exist_ok=True)
        todo = [job for job in jobs if not right.issuperset(job.files)]
        problems = workers.perform_all(todo, folder, record.font(project).read_bytes(), note, progress)
        if problems:
            raise BadData(from_root(problems))
    for name in changed:
        past.screens[name] = found.screens[name], [file for job in jobs if job.screen == name for file in job.files]
    wanted = {file for _, files in past.screens.values() for file in files}
    past.files = {name: known for name, known in past.files.items() if name in wanted}
