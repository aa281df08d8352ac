"""How does a copy of this process do one thing and then end, whatever comes?"""

from __future__ import annotations

import os
from collections.abc import Callable


def in_copy(act: Callable[[], int]) -> int:
    """Start a copy of this process, and return its number.

    Args:
        act: what the copy does. What it returns becomes the copy's exit code; if it raises, that is 1.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = act()
        finally:  # a copy must not go on with what it was copied from
            os._exit(code)
    return child
