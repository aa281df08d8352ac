"""Facts are read once for one build, and anew whenever anything that they come from has changed."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from scripts.facts.load import load
from scripts.facts.problems import BadData
from tests.facts import small


def test_the_same_files_are_not_read_twice(tmp_path: Path) -> None:
    docs = small.write(tmp_path)
    assert load(docs, small.TODAY) is load(docs, small.TODAY)
    assert load(docs, small.TODAY + dt.timedelta(1)) is not load(docs, small.TODAY)


@pytest.mark.parametrize("name", ["data/sources/acme.yml", "data/platforms.yml"])
def test_a_change_counts_also_if_size_and_time_stay(tmp_path: Path, name: str) -> None:
    docs = small.write(tmp_path)
    before = load(docs, small.TODAY)
    path = docs / name
    status, text = path.stat(), path.read_text()
    path.write_text(text.replace("Acme", "Emca"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    after = load(docs, small.TODAY)
    assert after is not before
    assert "Emca" in str(after.platforms) + str(after.sources)


def test_a_file_that_came_or_went_counts(tmp_path: Path) -> None:
    docs = small.write(tmp_path)
    load(docs, small.TODAY)
    (docs / "data" / "stray.yml").write_text("a: 1\n")
    with pytest.raises(BadData, match="nothing reads this file"):
        load(docs, small.TODAY)
    (docs / "data" / "stray.yml").unlink()
    load(docs, small.TODAY)
    (docs / "data" / "events.yml").unlink()
    with pytest.raises(BadData):
        load(docs, small.TODAY)
