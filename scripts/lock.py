"""How is it made sure that only one process at a time changes what is made?

A lock on a file under `build/`. Whoever comes second waits, and says so.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scripts.project import Project


@contextmanager
def only_one(project: Project, say: Callable[[str], None]) -> Iterator[None]:
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
