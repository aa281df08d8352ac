"""How many processes are worth starting at once?"""

from __future__ import annotations

import os


def cores() -> int:
    """How many cores this process may use, where the system tells; else how many there are."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
