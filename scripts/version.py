"""Which version of the site is this, and where can one read exactly what it was made from?

The number is that of the release, in `pyproject.toml`, and its day is in `CITATION.cff`. The commit is known in a
checkout with git, and its address where REPOSITORY_URL says where the repository is.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

_RELEASED = re.compile(r'^date-released: "(\d{4}-\d{2}-\d{2})"$', re.MULTILINE)
_SHORT = 7  # letters of a commit's hash that people read


@dataclass(frozen=True)
class Version:
    """A version: its number, the day of that release (ISO 8601), the hash of its commit, and the commit's address.

    Each may be empty.
    """

    number: str = ""
    released: str = ""
    commit: str = ""
    permalink: str = ""

    def __str__(self) -> str:
        """In words: "0.1.0 (1a2b3c4)"."""
        return f"{self.number} ({self.commit[:_SHORT]})" if self.commit else self.number


UNKNOWN = Version()


def read(root: Path, repository: str = "") -> Version:
    """The version of a checkout.

    Args:
        root: the checkout. Without git, or outside of a checkout, the commit is left out.
        repository: the address of the repository, if it is known.
    """
    number = _number(root / "pyproject.toml") or _number(Path(__file__).parents[1] / "pyproject.toml")
    commit = _git(root, "rev-parse", "HEAD")
    permalink = f"{repository.rstrip('/')}/tree/{commit}" if repository and commit else ""
    return Version(number, _released(root / "CITATION.cff"), commit, permalink)


def _number(path: Path) -> str:
    if not path.exists():
        return ""
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"])


def _released(path: Path) -> str:
    said = _RELEASED.search(path.read_text(encoding="utf-8")) if path.exists() else None
    return said[1] if said else ""


def _git(root: Path, *arguments: str) -> str:
    """What git says of a checkout whose top is `root`; nothing, if it is not one."""
    if not (root / ".git").exists():
        return ""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], check=False, capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
