"""What grows old is listed in time, where it stands, and nothing else is."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scripts.__main__ import app
from scripts.project import Project
from scripts.stale import MARK, TITLE, rolling, stale
from tests.links.forge_server import FakeForge, serving

TODAY = dt.date.today()  # the facts of the checkout may be as new as that
IN_8_DAYS, IN_9_DAYS = TODAY + dt.timedelta(days=8), TODAY + dt.timedelta(days=9)
PEOPLE = f"""people:
  - address: https://a.example/x
    date: {IN_8_DAYS - dt.timedelta(days=200)}
    who: me
  - address: https://a.example/x
    date: {IN_8_DAYS - dt.timedelta(days=90)}
    who: me
exceptions:
  - address: https://b.example/y
    verdict: changed
    reason: It shows the date.
    owner: me
    until: {IN_9_DAYS}
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
    assert links == [(5, IN_8_DAYS), (9, IN_9_DAYS)]
    assert not [one for one in stale(docs, TODAY, soon=7) if one.file.endswith("link-watch.yml")]


def test_the_rolling_issue_names_each_thing_and_closes_when_there_is_none(docs: Path) -> None:
    found = stale(docs, TODAY)
    issue = rolling(found, TODAY)
    assert issue.wanted and len(issue.items) == len(found) > 50
    assert all(item in issue.text for item in issue.items)
    assert len(issue.text) < 60_000, "GitHub takes 65,536 letters"
    late = sum(one.due is None or one.due < TODAY for one in found)
    assert issue.text.startswith(f"As of {TODAY}: {late} overdue, {len(found) - late} due within 30 days.")
    assert all(f"docs/{one.file}, line {one.line}" in issue.text for one in found)
    assert not rolling([], TODAY).wanted


def test_github_is_told_by_the_verb_and_only_in_a_workflow() -> None:
    state, verb = FakeForge(), ["stale", "--as-of", f"{TODAY}", "--tell"]
    with serving(state) as forge:
        environ = {"GITHUB_API_URL": forge.api, "GITHUB_REPOSITORY": forge.repository, "GITHUB_TOKEN": forge.token}
        done = CliRunner().invoke(app, verb, env=environ)
        assert done.exit_code == 0 and "issue: opened" in done.output
        (issue,) = state.issues
        assert issue["title"] == TITLE and MARK in issue["body"] and "`statement " in issue["body"]
        assert "issue: updated" in CliRunner().invoke(app, verb, env=environ).output
        assert not any(state.comments.values()), "nothing is new"
    assert CliRunner().invoke(app, verb, env=dict.fromkeys(environ, "")).exit_code == 1
