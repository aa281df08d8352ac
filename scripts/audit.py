"""Is a library that we build with known to be unsafe?

Asks pip-audit about every line of the lock. It is borrowed for the run, so that it does not get into the lock itself.
A library that could not be looked up counts as a failure: nobody knows about it then.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.borrowed import borrow

TOOL = "pip-audit>=2.10"


class CouldNotAudit(Exception):
    """The audit could not be done. The text says why."""


@dataclass(frozen=True)
class Unsafe:
    """A library with a known weakness: its version, the name of the weakness, and the versions that mend it."""

    name: str
    version: str
    weakness: str
    mended: tuple[str, ...]

    def __str__(self) -> str:
        """What is wrong, and the cure."""
        cure = f"raise it to {' or '.join(self.mended)}: make lock" if self.mended else "no version mends it yet"
        return f"{self.name} {self.version}: {self.weakness}: {cure}"


def audit(lock: Path) -> tuple[int, list[Unsafe]]:
    """Look every library of a lock up.

    Args:
        lock: the requirements, with hashes.

    Returns:
        How many were looked up, and which of them are unsafe.

    Raises:
        CouldNotAudit: if pip-audit cannot be had, breaks off, or does not know a library.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            program = borrow(Path(folder), TOOL) / "bin" / "pip-audit"
        except subprocess.CalledProcessError as error:
            raise CouldNotAudit(f"pip-audit cannot be installed: {(error.stderr or b'').decode().strip()}") from None
        command = [str(program), "--requirement", str(lock), "--require-hashes", "--disable-pip"]
        command += ["--format", "json", "--progress-spinner", "off"]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    try:
        return judged(json.loads(done.stdout))
    except ValueError:
        raise CouldNotAudit(f"pip-audit broke off: {done.stderr.strip()}") from None


def judged(said: dict[str, Any]) -> tuple[int, list[Unsafe]]:
    """What pip-audit's report comes to: see `audit`.

    Raises:
        CouldNotAudit: if a library was not looked up, or there was none.
    """
    libraries = said["dependencies"]
    skipped = [one["name"] for one in libraries if "skip_reason" in one]
    if skipped:
        raise CouldNotAudit(f"{len(skipped)} of {len(libraries)} libraries are not known there: {', '.join(skipped)}")
    if not libraries:
        raise CouldNotAudit("there was nothing to look up")
    return len(libraries), sorted(_unsafe(libraries), key=str)


def _unsafe(libraries: list[dict[str, Any]]) -> Iterator[Unsafe]:
    for one in libraries:
        for found in one["vulns"]:
            names = " ".join([found["id"], *found.get("aliases", [])])
            yield Unsafe(one["name"], one["version"], names, tuple(found["fix_versions"]))
