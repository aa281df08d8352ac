"""What people write about links is read exactly, and refused with file, line and cure if it is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scripts.facts import link_ledgers
from scripts.facts.link_health import LinkHealth
from scripts.facts.load import load
from scripts.facts.problems import BadData
from scripts.project import Project
from tests.facts.small import TODAY, write

PEOPLE = """\
people:
  - address: https://acme.example/policy
    date: 2026-08-01
    who: A
    saw: gone
  - address: https://acme.example/policy
    date: 2026-11-01
    who: B
exceptions:
  - address: https://acme.example/form
    verdict: timeout
    reason: It answers only in office hours.
    owner: A
    until: 2027-01-31
"""


def read(folder: Path, people: str = "", results: str = "") -> tuple[LinkHealth, list[str]]:
    ledgers = folder / "ledgers"
    ledgers.mkdir(exist_ok=True)
    (ledgers / "link-watch.yml").write_text(people)
    (ledgers / "link-health.json").write_text(results)
    health, problems = link_ledgers.read(folder, TODAY)
    return health, [str(problem) for problem in problems]


def test_without_files_nothing_is_known(tmp_path: Path) -> None:
    assert link_ledgers.read(tmp_path, TODAY) == (LinkHealth(), [])


def test_of_what_people_saw_the_last_counts(tmp_path: Path) -> None:
    health, problems = read(tmp_path, PEOPLE)
    assert problems == []
    assert health.looked["https://acme.example/policy"].who == "B"
    (one,) = health.accepted
    assert (one.verdict, one.until) == ("timeout", dt.date(2027, 1, 31))


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("    reason: It answers only in office hours.\n", "", 10, '"reason" is missing'),
        ("    owner: A\n", "", 10, '"owner" is missing'),
        ("    until: 2027-01-31\n", "", 10, '"until" is missing'),
        ("2027-01-31", "2027-05-22", 10, "2027-05-21 at the latest"),
        ("https://acme.example/form", "https://acme.example/*", 10, "whole address"),
        ("https://acme.example/form", "acme.example", 10, "whole address"),
        ("verdict: timeout", "verdict: bad", 11, "not one of the words allowed"),
        ("2026-11-01", "2026-11-23", 6, "date is after"),
        ("    who: A\n", "", 2, '"who" is missing'),
        ("saw: gone", "saw: blocked", 2, "saw nothing"),
        ("people:", "peoples:", 1, 'did you mean "people"'),
        (PEOPLE, "- people", 1, "not a mapping"),
    ],
)
def test_a_mistake_names_its_line_and_its_cure(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in PEOPLE
    _, (problem, *_) = read(tmp_path, PEOPLE.replace(old, new, 1))
    assert problem.startswith(f"ledgers/link-watch.yml:{line}: ")
    assert says in problem


def test_an_exception_that_comes_twice_is_refused(tmp_path: Path) -> None:
    twice = PEOPLE + PEOPLE[PEOPLE.index("  - address: https://acme.example/form") :]
    _, (problem,) = read(tmp_path, twice)
    assert "comes twice" in problem


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ('"verdict": "fine", "checked": "2026-11-22T05:00:00Z", "since": "2026-11-22"', "not one of the words"),
        ('"verdict": "ok", "checked": "2026-11-22T05:00:00", "since": "2026-11-22"', "needs its zone"),
        ('"verdict": "ok", "checked": "2026-11-22T05:00:00Z"', '"since" is missing'),
        ('"verdict": "ok", "checked": "2026-11-22T05:00:00Z", "since": "2026-11-22", "x": 1', '"x" is not a key'),
    ],
)
def test_a_result_that_was_edited_wrongly_names_its_line(tmp_path: Path, entry: str, says: str) -> None:
    results = f'{{"about": "x",\n "links": [\n  {{"address": "https://acme.example/policy", {entry}}}\n]}}\n'
    _, (problem,) = read(tmp_path, "", results)
    assert problem.startswith("ledgers/link-health.json:3: ")
    assert says in problem


def test_a_mistake_stops_the_build(tmp_path: Path) -> None:
    docs = write(tmp_path)
    (docs / "ledgers").mkdir()
    (docs / "ledgers" / "link-watch.yml").write_text(PEOPLE.replace("    owner: A\n", ""))
    with pytest.raises(BadData, match="owner"):
        load(docs, TODAY)


def test_the_examples_in_the_file_itself_are_right(tmp_path: Path) -> None:
    text = (Project.here().docs / "ledgers" / "link-watch.yml").read_text(encoding="utf-8")
    shown = "\n".join(line.removeprefix("# ") for line in text.splitlines() if line.startswith("#   "))
    people, exceptions = shown.split("  - address: https://example.org", 1)
    entries = f"people:\n{people}\nexceptions:\n  - address: https://example.org{exceptions}\n"
    health, problems = read(tmp_path, entries)
    assert problems == []
    assert (len(health.looked), len(health.accepted)) == (1, 1)
