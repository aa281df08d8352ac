"""A check that fails does not hide the others, and no success hides a failure."""

from __future__ import annotations

import sys

import pytest

from scripts import testing

GOOD, BAD = [sys.executable, "-c", "print('fine')"], [sys.executable, "-c", "print('broken'); raise SystemExit(3)"]
TESTS = "import os; print('tests ran after:', os.environ['CHECKS_FAILED_BEFORE'])"


@pytest.mark.parametrize(("bad", "code"), [([], 0), (["one"], 1), (["one", "three"], 1)])
def test_everything_runs_whatever_fails_and_the_tests_come_last(
    bad: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    checks = {name: BAD if name in bad else GOOD for name in ("one", "two", "three")}
    monkeypatch.setattr(testing, "CHECKS", checks)
    monkeypatch.setattr(testing, "TESTS", [sys.executable, "-c", TESTS])
    assert testing.main() == code
    lines = capfd.readouterr().out.splitlines()
    assert lines[-1] == f"tests ran after: {', '.join(bad)}"
    assert sum("ok " in line for line in lines) == 3 - len(bad)
    assert lines.count("broken") == len(bad)


def test_tests_that_fail_are_enough_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "CHECKS", {"one": GOOD})
    monkeypatch.setattr(testing, "TESTS", BAD)
    assert testing.main() == 1


def test_style_format_types_promises_and_the_machine_are_all_checked() -> None:
    said = " ".join(word for command in testing.CHECKS.values() for word in command)
    for word in ("ruff check", "ruff format --check", "mypy", "scripts ids", "scripts words", "doctor --fix"):
        assert word in said
    assert testing.TESTS[3:5] == ["-n", "auto"]
