"""What grows old is listed in time, where it stands, and nothing else is."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from scripts.project import Project
from scripts.stale import stale

TODAY = dt.date(2026, 11, 22)
PEOPLE = """people:
  - address: https://a.example/x
    date: 2026-06-01
    who: me
  - address: https://a.example/x
    date: 2026-09-01
    who: me
exceptions:
  - address: https://b.example/y
    verdict: changed
    reason: It shows the date.
    owner: me
    until: 2026-12-01
"""


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ignored = shutil.ignore_patterns("assets", "*.png", "*.webp")
    copy = shutil.copytree(Project.here().docs, tmp_path_factory.mktemp("stale") / "docs", ignore=ignored)
    (copy / "ledgers" / "link-watch.yml").write_text(PEOPLE, encoding="utf-8")
    return Path(copy)


def test_everything_grows_old_one_day_and_says_where_and_what_then(docs: Path) -> None:
    found = stale(docs, TODAY, soon=2000)
    kinds = {one.what.split()[0] for one in found}
    assert kinds == {"statement", "screen", "exception", "a"}
    for one in found:
        line = (docs / one.file).read_text(encoding="utf-8").splitlines()[one.line - 1]
        assert any(key in line for key in ("checked", "recheck", "review_by", "address:", "id:"))
        assert one.said(TODAY).startswith(f"{one.file}:{one.line}: {one.what}: ")


def test_the_newest_look_at_a_link_counts_for_90_days_and_an_exception_until_its_end(docs: Path) -> None:
    links = [(one.line, one.due) for one in stale(docs, TODAY, soon=30) if one.file.endswith("link-watch.yml")]
    assert links == [(5, dt.date(2026, 11, 30)), (9, dt.date(2026, 12, 1))]
    assert not [one for one in stale(docs, TODAY, soon=7) if one.file.endswith("link-watch.yml")]
