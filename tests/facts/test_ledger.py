"""Published ids are entered in the ledger and never leave it."""

from __future__ import annotations

from scripts.facts import ledger, load
from scripts.project import Project
from tests.conftest import run_verb


def test_new_ids_are_those_that_the_ledger_lacks_sorted() -> None:
    assert ledger.missing(["b", "gone"], ["c", "b", "a"]) == ["a", "c"]


def test_additions_come_last_and_nothing_moves() -> None:
    text = "# Head\nz\ngone"
    assert ledger.extended(text, ["a", "b"]) == "# Head\nz\ngone\na\nb\n"


def test_an_empty_ledger_gets_a_head_that_says_what_it_is() -> None:
    assert ledger.extended("", ["a"]).startswith("# Every id")


def test_every_kind_of_record_that_pages_carry_is_promised(small: Project) -> None:
    catalogue, problems = load.read(small.docs)
    assert not problems
    ids = ledger.present(catalogue)
    for one in ("p0-q0-0", "s-p1-2", "e-p0", "d-p1", "o-p0"):
        assert one in ids
    assert "world" not in ids


def test_the_verb_shows_new_ids_enters_them_and_notices_one_that_vanished(whole: Project) -> None:
    shown = run_verb(whole, "ids")
    assert shown.returncode == 1
    assert "p0-q0-0" in shown.stdout
    assert run_verb(whole, "ids", "--fix").returncode == 0
    assert run_verb(whole, "ids").returncode == 0
    events = whole.docs / "data" / "events.yml"
    events.write_text(events.read_text().replace("e-p0", "e-other"))
    gone = run_verb(whole, "ids", "--fix")
    assert gone.returncode == 1
    assert "e-p0" in gone.stderr
    assert "changed id" in gone.stderr
