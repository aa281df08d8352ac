"""How does a measurement get libraries that the project itself does not need?

They are installed into an environment of their own below a folder that goes away again, so that nothing of them gets
into the lock.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def borrow(folder: Path, *packages: str) -> Path:
    """Make an environment below `folder` that has the packages, and return it: programs are in its `bin`.

    Raises:
        CalledProcessError: if the package index does not have them, or cannot be reached.
    """
    made = folder / "borrowed"
    subprocess.run([sys.executable, "-m", "venv", str(made)], check=True, capture_output=True)
    subprocess.run([str(made / "bin" / "pip"), "install", "--quiet", *packages], check=True, capture_output=True)
    return made


def libraries(environment: Path) -> Path:
    """Where an environment keeps its libraries."""
    (found,) = environment.glob("lib/python*/site-packages")
    return found
