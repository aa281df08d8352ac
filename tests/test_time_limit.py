"""A test that hangs fails, with the place in which it hangs, whatever it waits for; and the rest goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.project import Project

_HANGING = {
    "itself": "time.sleep(1000)",
    "a child": "subprocess.run([sys.executable, '-c', 'import time; time.sleep(1000)'])",
    "a copy": "os.fork() or time.sleep(1000); os.wait()",
    "a pool": "with ProcessPoolExecutor(1) as pool: pool.submit(time.sleep, 1000).result()",
}


@pytest.mark.parametrize("hanging", _HANGING)
def test_one_that_hangs_fails_and_the_rest_goes_on(tmp_path: Path, hanging: str) -> None:
    here = Project.here().root
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_timeout_set_timer\n")
    (tmp_path / "test_it.py").write_text(
        "import os, subprocess, sys, time\nfrom concurrent.futures import ProcessPoolExecutor\n"
        f"def test_hangs():\n    {_HANGING[hanging]}\ndef test_is_fine():\n    pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "1", "--timeout", "1", "--timeout-method", "signal", tmp_path],
        cwd=tmp_path, env={"PYTHONPATH": str(here)}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "1 failed, 1 passed" in done.stdout
    assert "Timeout (>1.0s)" in done.stdout and "def test_hangs" in done.stdout
