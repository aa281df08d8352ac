"""How does one get a copy of a checkout, to build or break it elsewhere?

A copy has what a build needs. The pictures that are finished come along, with the times of their files, so that they
are not made again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.project import Project
from scripts.screens import manifest

_MADE = "build", "site", ".venv", ".git", "__pycache__", "tests", ".*_cache", ".hypothesis"


def copy(project: Project, target: Path) -> Project:
    """What a build needs of a project, in a new folder."""
    shutil.copytree(project.root, target, ignore=shutil.ignore_patterns(*_MADE))
    copied = Project(target)
    made = manifest.path(project).parent
    if made.exists():
        shutil.copytree(made, manifest.path(copied).parent)
    return copied


def add_tools(source: Project, target: Project) -> None:
    """Give a project a copy of the tools, and of what says their version."""
    shutil.copy2(source.root / "pyproject.toml", target.root)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(source.root / "scripts", target.root / "scripts", ignore=ignored)
