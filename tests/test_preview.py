"""The page that somebody looks at is brought up to date, and nothing else is touched."""

from __future__ import annotations

import pytest

from scripts.engine import spawned
from scripts.facts.problems import BadData
from scripts.preview import preview
from scripts.project import Project
from tests.conftest import TODAY, contents

PAGE = "compare/r0/p0-vs-p1/index.html"


def test_only_the_page_that_is_looked_at_changes_and_the_search_index_stays(small: Project) -> None:
    old = contents(small.site)
    claims = small.docs / "data" / "claims" / "p0.yml"
    claims.write_text(claims.read_text().replace("in its own words", "in borrowed words"))
    preview(small, TODAY, [PAGE], launch=spawned)
    new = contents(small.site)
    assert new.keys() == old.keys()
    # 404.html is no page of the engine's: it is written each time, here with the names of pages that were not read.
    assert {name for name in new if new[name] != old[name]} - {"404.html", "data/claims/p0.yml"} == {PAGE}
    assert b"in borrowed words" in new[PAGE]


def test_a_page_whose_markdown_changed_follows_without_being_named(small: Project) -> None:
    page = small.docs / "timeline.md"
    page.write_text(page.read_text().replace("Some words of prose", "Some better words"))
    preview(small, TODAY, [PAGE], launch=spawned)
    assert "Some better words" in (small.site / "timeline" / "index.html").read_text(encoding="utf-8")


def test_bad_data_is_told_and_leaves_the_site_alone(small: Project) -> None:
    old = contents(small.site)
    claims = small.docs / "data" / "claims" / "p0.yml"
    claims.write_text(claims.read_text().replace("evidence: read", "evidence: rumour"))
    with pytest.raises(BadData, match="rumour"):
        preview(small, TODAY, [PAGE], launch=spawned)
    assert contents(small.site) == old
