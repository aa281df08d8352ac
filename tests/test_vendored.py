"""What others made and this checkout keeps is what they published: each file has a version, a licence and a hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from scripts.project import Project

ROOT = Project.here().root
MANIFEST = ROOT / "tests" / "vendor" / "manifest.json"
KEPT = ("tests/vendor", "docs/assets/fonts", "docs/assets/vendor")  # whatever lies here is somebody else's
FILES: list[dict[str, Any]] = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]


@pytest.mark.parametrize("file", FILES, ids=[file["path"] for file in FILES])
def test_a_file_of_others_is_unchanged_and_names_its_version_and_licence(file: dict[str, Any]) -> None:
    assert hashlib.sha256((ROOT / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    assert (ROOT / file["licence_text"]).stat().st_size > 500
    assert file["version"][:1].isdigit()
    assert file["licence"] in {"BSD-3-Clause", "MIT", "OFL-1.1"}
    assert file["home"].startswith("https://")


def test_no_file_of_others_is_missing_from_the_list() -> None:
    listed = {MANIFEST, *(ROOT / file[key] for file in FILES for key in ("path", "licence_text"))}
    there = {path for folder in KEPT for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert there == listed
