"""What runs on GitHub is pinned, may write only where it must, and does the same as on a desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from scripts.project import Project

ROOT = Project.here().root
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
_USES = re.compile(r"^\s*(?:- )?uses:\s*(?P<what>\S+)(?P<rest>.*)$", re.MULTILINE)


def workflow() -> dict[str, Any]:
    found = YAML(typ="safe").load(ROOT / ".github" / "workflows" / "ci.yml")
    assert isinstance(found, dict)
    return found


def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it() -> None:
    uses = [match for path in WORKFLOWS for match in _USES.finditer(path.read_text(encoding="utf-8"))]
    assert len(uses) >= 5
    for match in uses:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", match["what"]), match[0]
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", match["rest"]), match[0]


def test_one_action_has_one_commit() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    pins = {match["what"] for match in _USES.finditer(text)}
    assert len(pins) == len({pin.split("@")[0] for pin in pins})


def test_nothing_may_write_but_the_job_that_publishes() -> None:
    found = workflow()
    assert found["permissions"] == {"contents": "read"}
    allowed = {name: job["permissions"] for name, job in found["jobs"].items() if "permissions" in job}
    assert allowed == {"deploy": {"pages": "write", "id-token": "write"}}


def test_only_a_push_to_main_that_passed_the_tests_is_published() -> None:
    jobs = workflow()["jobs"]
    assert jobs["build"]["if"] == "github.event_name == 'push' && github.ref == 'refs/heads/main'"
    assert jobs["build"]["needs"] == "test"
    assert jobs["deploy"]["needs"] == "build"
    assert {"push", "pull_request"} <= set(workflow()["on"])


def test_the_published_site_knows_its_address_and_its_repository() -> None:
    assert {"SITE_URL", "REPOSITORY_URL"} <= set(workflow()["jobs"]["build"]["env"])


def test_ci_does_what_make_test_does_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    lines = [line for line in script.read_text().splitlines() if line and not line.startswith("#")]
    assert lines == ["exec make test"]
    assert script.stat().st_mode & 0o111
    steps = workflow()["jobs"]["test"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == [".ci/run"]


@pytest.mark.parametrize("target", ["setup", "serve", "build", "test", "bench", "render", "ids", "picture", "lock"])
def test_the_makefile_has_one_line_for_each_target(target: str) -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:.* ## .+\n\t@.+\n(\n|$)", text, re.MULTILINE)
