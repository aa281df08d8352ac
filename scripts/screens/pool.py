"""How is the work shared out to all cores?

One process for each core; where there is one core, or one thing to do, none is needed. What a job writes does not
depend on who did it. A worker ends with the process that started it, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from scripts.cores import cores
from scripts.facts.problems import Problem
from scripts.screens.jobs import Job
from scripts.screens.plan import bad_raw
from scripts.screens.work import Result, perform

A = TypeVar("A")
B = TypeVar("B")
Note = Callable[[Job, Result], None]
Outcome = tuple[Job, Result | ValueError]


class Pool:
    """Some processes to share work out to, or this one alone."""

    def __init__(self, workers: ProcessPoolExecutor | None) -> None:
        self._workers = workers

    def map(self, act: Callable[[A], B], things: Iterable[A]) -> Iterable[B]:
        """What comes of each thing, in their order."""
        return self._workers.map(act, things) if self._workers else map(act, things)

    def perform_all(
        self, jobs: Sequence[Job], folder: Path, font: bytes, note: Note, progress: Callable[[int, int], None]
    ) -> list[Problem]:
        """Do all jobs.

        Args:
            jobs: what to make.
            folder: where to put it.
            font: the font's file.
            note: is told of each job that is done, in this process.
            progress: is told how many are done, and of how many.

        Returns:
            What is wrong with raws, as far as it was seen only now.
        """
        problems: list[Problem] = []
        done = 0
        progress(done, len(jobs))
        for outcomes in self._outcomes(bundles(jobs), folder, font):
            for job, outcome in outcomes:
                if isinstance(outcome, Result):
                    note(job, outcome)
                else:
                    problems.append(bad_raw(job.raw.name, str(outcome)))
            done += len(outcomes)
            progress(done, len(jobs))
        return problems

    def _outcomes(self, bundled: Sequence[Sequence[Job]], folder: Path, font: bytes) -> Iterator[list[Outcome]]:
        if not self._workers:
            yield from ([outcome] for bundle in bundled for outcome in _performed(bundle, folder, font))
            return
        running = [self._workers.submit(_all_performed, bundle, folder, font) for bundle in bundled]
        yield from (future.result() for future in as_completed(running))


@contextmanager
def pool(things: int) -> Iterator[Pool]:
    """As many processes as there are cores, for as long as the block lasts; none, if there are not two things to do."""
    workers = min(cores(), things)
    if workers < 2:
        yield Pool(None)
        return
    # A copy of this process has everything loaded. Elsewhere, copies are not safe.
    how = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, mp_context=how, initializer=_prepare) as executor:
        try:
            yield Pool(executor)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise


def bundles(jobs: Iterable[Job]) -> list[list[Job]]:
    """The jobs of each raw together, so that it is read once; those that cost most come first."""
    found: dict[Path, list[Job]] = {}
    for job in jobs:
        found.setdefault(job.raw, []).append(job)
    return sorted(found.values(), key=lambda bundle: -sum(job.pixels for job in bundle))


def _performed(bundle: Sequence[Job], folder: Path, font: bytes) -> Iterator[Outcome]:
    for job in bundle:
        try:
            yield job, perform(job, folder, font)
        except ValueError as error:
            yield job, error


def _all_performed(bundle: Sequence[Job], folder: Path, font: bytes) -> list[Outcome]:
    return list(_performed(bundle, folder, font))


def _prepare() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
