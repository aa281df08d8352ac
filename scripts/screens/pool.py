"""How is the work shared out to all cores?

One process for each core; a single job, or a single core, needs none. What a job writes does not depend on who did
it. A worker ends with the process that started it, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from scripts.facts.problems import Problem
from scripts.screens.jobs import Job
from scripts.screens.plan import bad_raw
from scripts.screens.work import Result, perform

Note = Callable[[Job, Result], None]


def perform_all(
    jobs: Sequence[Job], folder: Path, font: bytes, note: Note, progress: Callable[[int, int], None]
) -> list[Problem]:
    """Do all jobs.

    Args:
        jobs: what to make, the costliest first.
        folder: where to put it.
        font: the font's file.
        note: is told of each job that is done, in this process.
        progress: is told how many are done, and of how many.

    Returns:
        What is wrong with raws, as far as it was seen only now.
    """
    problems: list[Problem] = []
    progress(0, len(jobs))
    workers = min(cores(), len(jobs))
    if workers < 2:
        for done, job in enumerate(jobs, 1):
            try:
                note(job, perform(job, folder, font))
            except ValueError as error:
                problems.append(bad_raw(job.raw.name, str(error)))
            progress(done, len(jobs))
        return problems
    # A copy of this process has everything loaded. Elsewhere, copies are not safe.
    how = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, mp_context=how, initializer=_prepare) as pool:
        try:
            running = {pool.submit(perform, job, folder, font): job for job in jobs}
            for done, future in enumerate(as_completed(running), 1):
                try:
                    note(running[future], future.result())
                except ValueError as error:
                    problems.append(bad_raw(running[future].raw.name, str(error)))
                progress(done, len(jobs))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return problems


def cores() -> int:
    """How many this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _prepare() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
