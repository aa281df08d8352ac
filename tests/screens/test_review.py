"""Before a commit, a person sees which pictures it changes, before and after, and no others."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.facts.problems import BadData
from scripts.project import Project
from scripts.screens.review import review
from tests.screens import made


def git(project: Project, *arguments: str) -> None:
    who = ["-c", "user.name=A Test", "-c", "user.email=test@example.test", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=project.root, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A repository with two screens and the tools."""
    project = made.project(tmp_path / "project")
    for name in ("one", "two"):
        made.write(project, name, variants=("light@1",), spec={"crop": None})
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Project.here().root / "scripts", project.root / "scripts", ignore=ignored)
    git(project, "init", "--quiet")
    git(project, "add", "docs/screens", "docs/assets/fonts", "scripts")
    git(project, "commit", "--quiet", "--message", "Begin")
    return project


def test_the_page_shows_what_differs_from_the_last_commit_and_nothing_else(project: Project) -> None:
    marks = [made.SPEC["marks"][0], {**made.SPEC["marks"][1], "badge": "end-bottom"}]
    made.write_spec(project, "one", {"crop": None, "marks": marks})
    made.write(project, "new", variants=("light@1",), spec={"crop": None})
    status = ["git", "status", "--porcelain"]
    before = subprocess.run(status, cwd=project.root, check=True, capture_output=True).stdout
    page, count = review(project)
    text = page.read_text(encoding="utf-8")
    assert count == 8  # two themes, two sizes, of the changed screen and of the new one
    assert "one.light.wide@1: " in text and "new.light.wide@1: new" in text and "two." not in text
    folder = page.parent
    for name in ("before/one.light.wide@1.png", "after/one.light.wide@1.png", "one.light.wide@1.where.png"):
        assert (folder / name).exists() and name in text
    assert not (folder / "after" / "two.light.wide@1.png").exists() and not (folder / "commit").exists()
    after = subprocess.run(status, cwd=project.root, check=True, capture_output=True).stdout
    assert after.replace(b"?? build/\n", b"") == before


def test_screens_that_are_wrong_have_no_page(project: Project) -> None:
    made.write_spec(project, "one", {"marks": [{"at": "switch", "sy": "It"}]})
    with pytest.raises(BadData, match="sy"):
        review(project)
