"""Other engines come through the door of our own, and what they build is compared and tested."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from scripts import engines
from scripts.build import build
from scripts.project import Project

TODAY = dt.date(2026, 11, 22)
NONE = engines.Engine("None", (), engines.like_mkdocs("python", "-c", "print('no'); raise SystemExit(3)"))
SAME = engines.Engine("Same", (), engines.like_mkdocs("python", "-m", "mkdocs"))


@pytest.fixture(autouse=True)
def _fetch_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "borrow", lambda folder, *packages: Path(sys.prefix))
    monkeypatch.setattr(engines, "tested", lambda site, root: (1, ()))


def test_an_engine_that_does_the_same_has_every_file_as_ours(small: Project, tmp_path: Path) -> None:
    build(small, TODAY, say=lambda stage: None)
    found = engines.attempt(small, SAME, small.site, TODAY, tmp_path)
    assert found.said == () and found.files == found.same > 20


def test_an_engine_that_stops_is_told_with_its_words(small: Project, tmp_path: Path) -> None:
    found = engines.attempt(small, NONE, small.site, TODAY, tmp_path)
    assert found == engines.Tried("None", ("no",))


def test_a_file_that_differs_or_is_missing_is_counted_and_the_name_of_the_engine_is_not(tmp_path: Path) -> None:
    for name, text in {
        "ours/a.html": '<meta name="generator" content="mkdocs-1.6.1"><p>x</p>',
        "theirs/a.html": '<meta name="generator" content="properdocs-1.6.7"><p>x</p>',
        "ours/b.html": "<p>x</p>",
        "theirs/b.html": "<p>y</p>",
        "ours/c.css": "a{}",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert engines.compared(tmp_path / "ours", tmp_path / "theirs") == (3, 1)


def test_the_tests_of_the_site_run_on_a_tree_that_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    (tmp_path / "test_it.py").write_text(
        "import os\ndef test_a(): assert os.environ['BUILT_SITE'] == 'tree'\ndef test_b(): assert False\n"
    )
    monkeypatch.setattr(engines, "TESTS", ("test_it.py",))
    passed, failed = engines.tested(Path("tree"), tmp_path)
    assert (passed, failed) == (1, ("test_it.py::test_b",))


def test_an_engine_that_stops_or_fails_a_test_is_named() -> None:
    fine = [engines.Tried("MkDocs"), engines.Tried("Zensical")]
    assert engines.failing(fine) == []
    tried = [
        engines.Tried("MkDocs", failed=("test_a",)),
        engines.Tried("ProperDocs"),
        engines.Tried("Zensical", ("no",)),
    ]
    assert [said.split()[0] for said in engines.failing(tried)] == ["MkDocs", "Zensical"]
