"""What a build is made from is read once, and anew for the next build."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from scripts import edition as module
from scripts.build import build
from scripts.edition import Edition
from scripts.facts.load import load
from scripts.facts.problems import BadData
from scripts.project import Project
from tests.facts import small as facts
from tests.facts.small import TODAY


def test_a_whole_build_reads_the_facts_once(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[dt.date] = []

    def counted(docs: Path, today: dt.date) -> Any:
        read.append(today)
        return load(docs, today)

    monkeypatch.setattr(module, "load", counted)
    build(small, dt.date(2026, 11, 22), say=lambda _: None)
    assert read == [dt.date(2026, 11, 22)]
    build(small, dt.date(2026, 11, 23), say=lambda _: None)
    assert read == [dt.date(2026, 11, 22), dt.date(2026, 11, 23)]


def test_the_next_edition_sees_what_changed(tmp_path: Path) -> None:
    project = Project(tmp_path)
    facts.write(project.docs)
    before = Edition(project, TODAY)
    assert "Emca" not in str(before.resolver.facts.platforms)
    path = project.docs / "data" / "platforms.yml"
    path.write_text(path.read_text().replace("Acme", "Emca"))
    assert "Emca" not in str(before.resolver.facts.platforms)
    assert "Emca" in str(Edition(project, TODAY).resolver.facts.platforms)
    (project.docs / "data" / "events.yml").unlink()
    with pytest.raises(BadData, match=r"events\.yml"):
        _ = Edition(project, TODAY).resolver
