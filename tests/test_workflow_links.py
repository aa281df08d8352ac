"""What watches the links on GitHub does so seldom, never in a fork, and writes only where it must."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scripts import link_watch
from scripts.links.forge_proposal import BRANCH
from scripts.project import Project

ROOT = Project.here().root
FOLDER = ROOT / ".github" / "workflows"
LINTERS = {
    "actionlint": ["actionlint", "-no-color", *(str(path) for path in sorted(FOLDER.glob("*.yml")))],
    "zizmor": ["zizmor", "--offline", "--quiet", "--persona", "pedantic", "--no-config", str(FOLDER)],
}


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    found = YAML(typ="safe").load(FOLDER / "links.yml")
    assert isinstance(found, dict)
    return found


def runs(workflow: dict[str, Any], job: str) -> list[str]:
    return [step["run"] for step in workflow["jobs"][job]["steps"] if "run" in step]


def test_the_watch_runs_once_a_week_and_by_hand(workflow: dict[str, Any]) -> None:
    (when,) = workflow["on"]["schedule"]
    minute, hour, day, month, weekday = when["cron"].split()
    assert (day, month) == ("*", "*")
    assert minute.isdigit() and hour.isdigit() and weekday.isdigit()
    assert minute != "0"  # everybody's runs begin at the full hour
    assert "workflow_dispatch" in workflow["on"]


def test_no_job_runs_in_a_fork(workflow: dict[str, Any]) -> None:
    for name, job in workflow["jobs"].items():
        guarded = "github.event.repository.fork == false" in job.get("if", "")
        assert guarded or workflow["jobs"][job["needs"]]["if"], name


def test_a_pull_request_asks_only_what_it_adds(workflow: dict[str, Any]) -> None:
    on_request = [name for name, job in workflow["jobs"].items() if "event_name == 'pull_request'" in job.get("if", "")]
    assert on_request == ["changes", "added"]
    (command,) = [run for run in runs(workflow, "added") if "external" in run]
    assert '--base "$BASE"' in command and "--results build/links.json" in command
    assert [run for run in runs(workflow, "changes") if "links diff" in run and "GITHUB_STEP_SUMMARY" in run]
    assert "docs/data/**" in workflow["on"]["pull_request"]["paths"]


def test_whoever_reads_foreign_pages_may_not_write(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    allowed = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
    assert allowed == {"tell": {"contents": "write", "pull-requests": "write", "issues": "write"}}
    assert not [run for run in runs(workflow, "tell") if "external" in run or "build" in run]


def test_the_results_are_handed_over_whole(workflow: dict[str, Any]) -> None:
    def step(job: str, action: str) -> dict[str, Any]:
        (found,) = [s["with"] for s in workflow["jobs"][job]["steps"] if action in s.get("uses", "")]
        assert isinstance(found, dict)
        return found

    upload, download = step("watch", "upload-artifact"), step("tell", "download-artifact")
    assert upload["name"] == download["name"]
    assert upload["path"] == link_watch.RESULTS.as_posix()
    assert download["path"] == link_watch.RESULTS.parent.as_posix()
    assert workflow["jobs"]["tell"]["needs"] == "watch"
    assert BRANCH in (FOLDER / "links.yml").read_text(encoding="utf-8")


def test_the_watch_says_who_asks(workflow: dict[str, Any]) -> None:
    assert workflow["env"]["REPOSITORY_URL"] == "${{ github.server_url }}/${{ github.repository }}"


def test_nothing_from_an_event_is_pasted_into_a_command(workflow: dict[str, Any]) -> None:
    for job in workflow["jobs"]:
        assert not [run for run in runs(workflow, job) if "${{" in run]


def test_every_verb_that_the_workflow_uses_exists(workflow: dict[str, Any]) -> None:
    known = {command.name for command in link_watch.app.registered_commands}
    used = {
        match for job in workflow["jobs"] for run in runs(workflow, job) for match in re.findall(r"links (\w+)", run)
    }
    assert used == {"external", "report", "diff"}
    assert used <= known


def test_a_checkout_that_compares_has_the_history(workflow: dict[str, Any]) -> None:
    for name, job in workflow["jobs"].items():
        if any("$BASE" in run for run in runs(workflow, name)):
            assert job["steps"][0]["with"]["fetch-depth"] == 0, name


@pytest.mark.parametrize("name", LINTERS)
def test_the_workflows_pass_the_linter(name: str) -> None:
    program = Path(sys.executable).with_name(name)
    wanted = re.search(rf'^\s*"{name}', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    if not program.exists() and not wanted:
        pytest.skip(f"{name} is not among the development libraries")
    command = [str(program), *LINTERS[name][1:]]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
