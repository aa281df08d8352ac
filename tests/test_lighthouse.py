"""What Lighthouse says is read rightly, and who cannot run it is told why."""

from __future__ import annotations

import datetime as dt
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from scripts import benches, lighthouse
from scripts.lighthouse import CannotMeasure, Figures
from scripts.project import Project

GOOD = Figures((100, 100, 100, 100), 0.9, 0.8, 0.0, 40.0, 0.0, 0.0, 1700.0)


def report(**changes: Any) -> dict[str, Any]:
    """A report, cut down to what is read."""
    numbers = {
        "largest-contentful-paint": 1132.7,
        "first-contentful-paint": 903.1,
        "total-blocking-time": 88.0,
        "cumulative-layout-shift": 0.0,
    }
    names = ("performance", "accessibility", "best-practices", "seo")
    own, browser = "http://127.0.0.1/a/", "Unattributable"
    tasks = [{"duration": 61, "url": own}, {"duration": 138.5, "url": own}, {"duration": 200.5, "url": browser}]
    audits: dict[str, Any] = {name: {"numericValue": number} for name, number in numbers.items()}
    return {
        "categories": {name: {"score": 0.99 if name == "performance" else 1} for name in names},
        "audits": audits | {"long-tasks": {"details": {"items": tasks}}},
        "environment": {"benchmarkIndex": 1702.5},
    } | changes


def test_a_report_is_read_in_seconds_and_milliseconds_and_tells_tasks_of_the_page_from_the_browsers_own() -> None:
    found = lighthouse.figures(report())
    assert found == Figures((99, 100, 100, 100), 1.1327, 0.9031, 88.0, 138.5, 200.5, 0.0, 1702.5)


def test_a_page_without_long_tasks_has_none() -> None:
    audits = report()["audits"] | {"long-tasks": {"details": {"items": []}}}
    found = lighthouse.figures(report(audits=audits))
    assert (found.longest, found.browser) == (0, 0)


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"audits": {}}, "lacks a figure: 'long-tasks'"),
        ({"categories": {"performance": {"score": None}}}, "lacks a figure"),
        ({"runtimeError": {"message": "The page did not load."}}, "The page did not load."),
    ],
)
def test_a_report_that_lacks_something_is_no_good_report(spoilt: dict[str, Any], said: str) -> None:
    with pytest.raises(CannotMeasure, match=said):
        lighthouse.figures(report(**spoilt))


def test_of_three_looks_the_middle_one_counts_for_each_figure() -> None:
    looks = [
        Figures((100, 100, 100, 100), 1.2, 0.9, 10.0, 60.0, 0.0, 0.0, 1900.0),
        Figures((98, 100, 100, 100), 1.0, 1.1, 30.0, 90.0, 80.0, 0.2, 1700.0),
        Figures((99, 100, 100, 92), 1.1, 1.0, 20.0, 70.0, 60.0, 0.1, 1800.0),
    ]
    assert lighthouse.middle(looks) == Figures((99, 100, 100, 100), 1.1, 1.0, 20.0, 70.0, 60.0, 0.1, 1800.0)


def test_each_aim_names_the_page_that_is_furthest_from_it() -> None:
    assert all(met for met, _ in lighthouse.verdicts({"home": GOOD}))
    late = Figures((100, 100, 99, 100), 1.04, 0.8, 0.0, 51.0, 52.0, 0.001, 1700.0)
    assert lighthouse.verdicts({"home": GOOD, "region": late}) == [
        (False, "100 in all four categories: 99 (region)"),
        (False, "LCP at most 1.0 s: 1.04 (region)"),
        (False, "no task of a page over 50 ms: 51 (region)"),
        (False, "nor one of the browser's own: 52 (region)"),
        (False, "nothing moves: 0.001 (region)"),
    ]


def test_a_task_of_the_browsers_own_counts_as_well_and_is_called_so() -> None:
    aims = lighthouse.verdicts({"home": replace(GOOD, browser=60.0), "region": GOOD})
    assert aims[2:4] == [
        (True, "no task of a page over 50 ms: 40 (home)"),
        (False, "nor one of the browser's own: 60 (home)"),
    ]


def test_a_page_of_one_line_is_no_page_of_ours_but_stands_beside_what_no_work_of_ours_can_save() -> None:
    slow = Figures((90, 100, 100, 100), 3.0, 0.8, 0.0, 74.0, 98.0, 0.1, 1700.0)
    said = {what: met for met, what in lighthouse.verdicts({lighthouse.BARE: slow, "home": GOOD})}
    assert said["no task of a page over 50 ms: 40 (home)"]
    assert said["nor one of the browser's own: 0 (home; one line: 98)"]
    assert all(said.values())


def program(folder: Path, name: str, text: str) -> None:
    """Put a program of ours where the one is looked for that is meant."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def test_who_has_no_npx_is_told_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotMeasure, match="apt install npm"):
        lighthouse.look("http://127.0.0.1:9/", tmp_path / "chromium", tmp_path / "report.json")


def test_what_cannot_be_fetched_is_said_in_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "npx", "echo 'no such package' >&2; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "report.json").write_text("{}", encoding="utf-8")  # of the page before
    with pytest.raises(CannotMeasure, match="no such package"):
        lighthouse.look("http://127.0.0.1:9/", tmp_path / "chromium", tmp_path / "report.json")


def test_what_is_measured_is_printed_and_what_is_not_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = io.StringIO()
    monkeypatch.setattr(benches, "build", lambda *args, **options: None)
    monkeypatch.setattr(lighthouse, "measure", lambda project, told, looks: {"home": GOOD})
    benches.run(Project.here(), dt.date(2026, 11, 22), Console(file=printed, width=200), ["lighthouse"], quick=True)
    assert "median of 1" in printed.getvalue()
    assert "0.90" in printed.getvalue()
    assert "met     LCP at most 1.0 s: 0.90 (home)" in printed.getvalue()

    def refuse(project: Project, told: object, looks: int) -> dict[str, Figures]:
        raise CannotMeasure("npx is not installed")

    monkeypatch.setattr(lighthouse, "measure", refuse)
    benches.run(Project.here(), dt.date(2026, 11, 22), Console(file=printed, width=200), ["lighthouse"], quick=True)
    assert "not measured: npx is not installed" in printed.getvalue()
