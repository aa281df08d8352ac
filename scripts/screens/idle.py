"""Is there nothing to do for the pictures?

Asked before anything else is loaded, even what reads the command line: the answer is mostly that there is nothing, and
whoever typed it waits.
"""

from __future__ import annotations

import os
import sys

from scripts.day import which_day
from scripts.project import Project
from scripts.screens import manifest


def leave_if_idle() -> None:
    """End the process, having said so, if all pictures are right; else do nothing."""
    try:
        kept = manifest.idle(Project.here(), which_day(None, os.environ))
    except ValueError:
        return  # whoever does the work says what is wrong with the day
    if kept is not None:
        print(f"0 pictures made, 0 deleted, {kept} as they were")
        sys.exit()
