"""Does everything hold?

Runs every check, the quick ones side by side, and the tests last, so that pytest's own last line is the last one on
the screen. A check that fails does not keep the others from running; it makes the whole fail.

    python -m scripts.testing
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from rich.console import Console

from scripts.project import Project

FAILED_BEFORE = "CHECKS_FAILED_BEFORE"  # pytest says it again beside its own result (tests/conftest.py)

_PYTHON = [sys.executable, "-m"]
CHECKS: dict[str, list[str]] = {
    "machine": [*_PYTHON, "scripts", "doctor", "--fix"],
    "style": [*_PYTHON, "ruff", "check", "--quiet"],
    "format": [*_PYTHON, "ruff", "format", "--check", "--quiet"],
    "types": [*_PYTHON, "mypy", "--no-error-summary"],
    "promised ids": [*_PYTHON, "scripts", "ids"],
    "words": [*_PYTHON, "scripts", "words"],
    "pictures": [*_PYTHON, "scripts", "screens"],  # the tests copy them, instead of making them again and again
}
TESTS = [*_PYTHON, "pytest", "-n", "auto", "--durations", "20", "--durations-min", "5"]


@dataclass(frozen=True)
class Outcome:
    """How a check went, and what it said."""

    name: str
    code: int
    said: str
    seconds: float


def check(name: str, command: Sequence[str]) -> Outcome:
    """Run one check."""
    begun = time.monotonic()
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    return Outcome(name, done.returncode, done.stdout, time.monotonic() - begun)


def main() -> int:
    """Run everything. The exit code is 0 only if nothing failed."""
    console = Console(highlight=False, emoji=False, soft_wrap=True)
    os.chdir(Project.here().root)
    failed = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for outcome in pool.map(check, CHECKS, CHECKS.values()):
            mark = "[red]failed[/]" if outcome.code else "[green]ok[/]"
            console.print(f"{mark} {outcome.name} ({outcome.seconds:.1f} s)")
            if outcome.code:
                failed.append(outcome.name)
                console.print(outcome.said.rstrip(), markup=False)
    tests = subprocess.run(TESTS, check=False, env={**os.environ, FAILED_BEFORE: ", ".join(failed)})
    return 1 if failed or tests.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
