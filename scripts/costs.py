"""What did a piece of work cost?

Seconds on the clock and of processor time, for work in this process (`cost`) or in one that is started and watched
(`watch`). Other work on the machine disturbs the processor time less than the clock.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import psutil  # type: ignore[import-untyped]

_SAMPLE = 0.02  # seconds between two looks at the memory


class Cost(NamedTuple):
    """Seconds on the clock, and of processor time of this process and of its children that ended meanwhile."""

    seconds: float
    processor: float


class Children(NamedTuple):
    """Of all children that have ended: seconds of processor time together, and the most memory of one, in bytes."""

    processor: float
    memory: int


@dataclass(frozen=True)
class Run:
    """One watched process with its children: seconds on the clock and of processor time, most memory in bytes."""

    seconds: float
    processor: float
    memory: int
    said: str


def cost(act: Callable[[], object]) -> Cost:
    """Do something, and say what it cost."""
    begun, used = time.perf_counter(), processor()
    act()
    return Cost(time.perf_counter() - begun, processor() - used)


def processor() -> float:
    """Seconds of processor time that this process has used, and its children that have ended."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime + of_children().processor


def of_children() -> Children:
    """What all children that have ended have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    return Children(used.ru_utime + used.ru_stime, used.ru_maxrss * unit)


def watch(command: Sequence[str], folder: Path) -> Run:
    """Run a command and look at the memory of it and its children all the while.

    Raises:
        CalledProcessError: if it fails. What it said is on the terminal by then.
    """
    begun, used = time.perf_counter(), of_children().processor
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(
        command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        most = [0]
        ended = threading.Event()
        watcher = threading.Thread(target=_watch_memory, args=(process.pid, most, ended))
        watcher.start()
        said, errors = process.communicate()
        seconds = time.perf_counter() - begun
        ended.set()
        watcher.join()
    if process.returncode:
        print(errors, file=sys.stderr)
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return Run(seconds, of_children().processor - used, most[0], said)


def _watch_memory(pid: int, most: list[int], ended: threading.Event) -> None:
    while not ended.wait(_SAMPLE):
        try:
            family = psutil.Process(pid)
            members = [family, *family.children(recursive=True)]
            most[0] = max(most[0], sum(member.memory_info().rss for member in members))
        except psutil.NoSuchProcess:
            continue  # one of them ended between two looks
