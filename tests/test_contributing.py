"""What we tell people who want to help is true, and the forms for them ask for what we need."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scripts.project import Project

ROOT = Project.here().root
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
NEEDED = {
    "correction": {"page", "sentence", "right", "source", "date"},
    "changed-screen": {"page", "seen", "date", "place", "device"},
    "dead-link": {"page", "link", "seen", "date"},
}
MADE_LATER = {"docs/ledgers/link-health.json"}  # by the first run of the watch
TYPES = {"markdown", "input", "textarea", "dropdown", "checkboxes"}


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def test_there_is_a_form_for_each_kind_of_report_and_no_other() -> None:
    assert {path.stem for path in FORMS.glob("*.yml")} == {*NEEDED, "config"}


@pytest.mark.parametrize("name", NEEDED)
def test_a_form_is_whole_and_requires_what_we_need(name: str) -> None:
    form = read(FORMS / f"{name}.yml")
    assert set(form) == {"name", "description", "title", "labels", "body"}
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    assert {part["type"] for part in form["body"]} <= TYPES
    assert all(part["attributes"]["label"] for part in fields)
    ids = [part["id"] for part in fields]
    assert len(ids) == len(set(ids))
    assert {part["id"] for part in fields if part.get("validations", {}).get("required")} == NEEDED[name]


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md"])
def test_every_command_and_every_file_that_we_name_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = re.findall(r"`make ([a-z-]+)`", text)
    assert named
    assert set(named) <= set(targets)
    paths = re.findall(r"`((?:docs|scripts|tests|overrides)/[\w./-]*)`", text)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists() and path not in MADE_LATER] == []


def test_the_page_on_corrections_leads_to_the_way() -> None:
    page = (ROOT / "docs" / "about" / "corrections.md").read_text(encoding="utf-8")
    assert "CONTRIBUTING.md" in page
    assert (ROOT / "CONTRIBUTING.md").exists()
