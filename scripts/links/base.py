"""What did the facts say at another commit?

Takes `docs/data/` and `docs/guides/` out of git into a folder, where the usual loader can read them.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

_PARTS = ("docs/data", "docs/guides")


class NoSuchCommit(Exception):
    """Git does not know the commit, or there were no facts then."""


def extract(root: Path, commit: str, into: Path) -> Path:
    """Write the facts of a commit below a folder.

    Args:
        root: the checkout.
        commit: anything that names a commit.
        into: where to write.

    Returns:
        The folder that stands for `docs`.

    Raises:
        NoSuchCommit: if git does not know it, or if it has no facts.
    """
    whole = _git(root, "rev-parse", "--verify", f"{commit}^{{commit}}").decode().strip()
    parts = _git(root, "ls-tree", "--name-only", whole, "--", *_PARTS).decode().split()
    if _PARTS[0] not in parts:
        raise NoSuchCommit(f"{commit} has no {_PARTS[0]}/")
    archive = _git(root, "archive", "--format=tar", whole, "--", *parts)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(into, filter="data")
    return into / "docs"


def changed_files(root: Path, commit: str, other: str | None = None) -> list[str]:
    """The files below `docs/` that differ between a commit and another one (or the checkout), new ones too.

    Raises:
        NoSuchCommit: if git does not know one of them.
    """
    ends = [commit] if other is None else [commit, other]
    found = _git(root, "diff", "--name-only", "--no-renames", "-z", *ends, "--", "docs").decode().split("\0")
    if other is None:
        found += _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", "docs").decode().split("\0")
    return sorted({name for name in found if name})


def _git(root: Path, *arguments: str) -> bytes:
    done = subprocess.run(["git", "-C", str(root), *arguments], check=False, capture_output=True)
    if done.returncode:
        raise NoSuchCommit(done.stderr.decode(errors="replace").strip() or f"git {arguments[0]} failed")
    return done.stdout
