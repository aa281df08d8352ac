"""A test that hangs fails, with the place in which it hangs, whatever it waits for; and the rest goes on.

Whatever happens, the last lines of a run name the tests that went wrong, even if pytest itself is broken off.
"""

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


def run(folder: Path, tests: str, *, conftest: str = "", seconds: int = 60, variable: str = "") -> str:
    """What pytest says of some tests, under the hooks of these here."""
    own = f"from tests.conftest import pytest_configure, pytest_timeout_set_timer\n{conftest}"
    (folder / "conftest.py").write_text(own)
    modules = "import os, subprocess, sys, time\nimport pytest\nfrom concurrent.futures import ProcessPoolExecutor\n"
    (folder / "test_it.py").write_text(modules + tests)
    options = ["--max-worker-restart=0", "--timeout-method", "signal", "--timeout", str(seconds)]
    environ = {"PYTHONPATH": str(Project.here().root)} | ({variable: "true"} if variable else {})
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "1", *options, folder],
        cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize("hanging", _HANGING)
def test_one_that_hangs_fails_and_the_rest_goes_on(tmp_path: Path, hanging: str) -> None:
    said = run(tmp_path, f"def test_hangs():\n    {_HANGING[hanging]}\ndef test_is_fine():\n    pass\n", seconds=1)
    assert "1 failed, 1 passed" in said
    assert "Timeout (>1.0s)" in said and "def test_hangs" in said


@pytest.mark.parametrize("name", ["", "CI", "BUILD_NUMBER"])
def test_large_things_that_differ_are_told_apart_at_once_on_every_machine(tmp_path: Path, name: str) -> None:
    large = "random.Random({}).randbytes(100_000)"
    tests = f"import random\ndef test_large():\n    assert {large.format(1)} == {large.format(2)}\n"
    said = run(tmp_path, tests, variable=name)
    assert "1 failed" in said and "AssertionError" in said and "Timeout" not in said


def test_a_worker_that_dies_ends_the_run_and_is_named_with_what_it_left_undone(tmp_path: Path) -> None:
    tests = "@pytest.mark.parametrize('n', range(9))\ndef test_dies(n):\n    n != 3 or os._exit(1)\n"
    said = run(tmp_path, tests)
    assert "failed: test_it.py::test_dies[3], ???" in said
    assert "broken off: gw0 is gone" in said
    assert "never begun: test_it.py::test_dies[8]" in said
    assert "1 failed, 3 passed" in said


def test_an_error_within_pytest_hides_no_test_that_failed(tmp_path: Path) -> None:
    broken = "def pytest_runtest_logreport(report):\n    assert 'strange' not in report.nodeid, 'oh dear'\n"
    tests = "def test_bad():\n    assert 1 == 2\ndef test_strange():\n    pass\n"
    said = run(tmp_path, tests, conftest=broken)
    assert "failed: test_it.py::test_bad, call, 0 s:" in said and "assert 1 == 2" in said
    assert "broken off: an error within:" in said and "oh dear" in said
    assert "never ended: test_it.py::test_strange, begun" in said


def test_a_run_without_a_mistake_says_nothing_of_the_kind(tmp_path: Path) -> None:
    said = run(tmp_path, "def test_good():\n    pass\n")
    assert "1 passed" in said
    assert not any(word in said for word in ("failed", "broken off", "never"))
