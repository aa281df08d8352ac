"""Pages and screens fit together in the real project; what is taken away or grows old stops the build, and says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scripts.copies import copy
from scripts.edition import Edition
from scripts.facts.problems import BadData, Problem
from scripts.project import Project
from scripts.render import render

TODAY = dt.date.today()
GUIDE = "docs/guides/linkedin-web.md"
INCLUDE = '    --8<-- "guides/linkedin-web/screen/li-web-switch-off.md"\n'


@pytest.fixture
def project(built_site: Path, tmp_path: Path) -> Project:
    """A copy of the real project, with the pictures that were made for the built site."""
    return copy(Project(built_site.parent), tmp_path / "copy")


def problems(project: Project, today: dt.date = TODAY) -> list[Problem]:
    with pytest.raises(BadData) as caught:
        render(Edition(project, today))
    return list(caught.value.problems)


def change(project: Project, name: str, old: str, new: str) -> int:
    """Replace a text in a file, and return the line where it began."""
    path = project.root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{name}: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def test_the_real_project_renders_and_each_figure_is_a_fragment_of_its_page(project: Project) -> None:
    render(Edition(project, TODAY))
    made = sorted(path.relative_to(project.fragments).as_posix() for path in project.fragments.rglob("screen/*.md"))
    assert len(made) >= 40
    assert "guides/linkedin-web/screen/li-web-switch-on.md" in made


def test_a_screen_that_is_taken_away_is_missed_where_it_was_shown(project: Project) -> None:
    (project.docs / "screens/li-web-switch-off.yml").unlink()
    text = (project.root / GUIDE).read_text(encoding="utf-8")
    line = text.count("\n", 0, text.index(INCLUDE)) + 1
    (found,) = [problem for problem in problems(project) if problem.rule == "unknown screen"]
    assert (found.file, found.line) == (GUIDE, line)
    assert 'did you mean "li-web-switch-on"?' in found.cure


def test_a_picture_that_is_taken_out_of_its_step_leaves_a_step_and_a_screen_behind(project: Project) -> None:
    change(project, GUIDE, INCLUDE, "")
    found = {(problem.rule, problem.file) for problem in problems(project)}
    assert found == {("label without picture", GUIDE), ("unused screen", "docs/screens/li-web-switch-off.yml")}


def test_a_label_that_changes_in_the_guide_alone_stops_the_build(project: Project) -> None:
    line = change(project, GUIDE, "Turn off the switch **Use my data for", "Turn off the switch **Use the data for")
    found = [(problem.rule, problem.line) for problem in problems(project) if problem.file == GUIDE]
    assert ("label without picture", line) in found
    assert any(rule == "mark without words" for rule, _ in found)


def test_what_is_wrong_with_a_guide_and_what_is_wrong_with_a_screen_come_in_one_run(project: Project) -> None:
    guide = change(project, GUIDE, "Choose **Settings & Privacy**", "**Choose** **Settings & Privacy**")
    spec = change(project, "docs/screens/li-web-menu.yml", "at: settings", "at: setings")
    found = {(problem.file, problem.line) for problem in problems(project)}
    assert {(GUIDE, guide), ("docs/screens/li-web-menu.yml", spec)} <= found


def test_a_screen_that_grows_old_is_said_aloud_and_stops_the_build_60_days_later(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = project.docs / "screens/li-web-menu.yml"
    lines = spec.read_text(encoding="utf-8").splitlines()
    late = ["review_by: 2026-12-31" if line.startswith("review_by:") else line for line in lines]
    spec.write_text("\n".join(late) + "\n", encoding="utf-8")
    render(Edition(project, dt.date(2026, 12, 31)))
    assert "li-web-menu" not in capsys.readouterr().err
    render(Edition(project, dt.date(2027, 1, 1)))
    said = capsys.readouterr().err
    assert "docs/screens/li-web-menu.yml" in said
    assert "31 December 2026" in said
    (found,) = problems(project, dt.date(2027, 3, 2))
    assert (found.file, found.rule) == ("docs/screens/li-web-menu.yml", "overdue")
