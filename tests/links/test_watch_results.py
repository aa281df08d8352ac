"""What is remembered of an address: since when, how often, and which words a person has read."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from scripts.facts import link_ledgers
from scripts.facts.link_health import Accepted, Checked, LinkHealth, Looked, Verdict
from scripts.facts.outward import Outward
from scripts.links import watch_results
from scripts.links.watch_results import entered
from scripts.links.watch_verdict import Finding

ADDRESS = "https://acme.example/policy"
ONE, TWO, THREE = "1" * 64, "2" * 64, "3" * 64
WEEK = dt.timedelta(days=7)
START = dt.datetime(2026, 11, 22, 5, 17, 3, tzinfo=dt.UTC)


def link(*, archived: bool = True, role: str = "source") -> Outward:
    return Outward(ADDRESS, {role}, ["s-one"], ["https://archive.example/1"] if archived else [])  # type: ignore[arg-type]


def follow(
    *findings: Finding | tuple[Finding, str], health: LinkHealth | None = None, to: Outward | None = None
) -> list[Checked]:
    """What is remembered week by week. A finding may come with the day on which a person looked."""
    known, entries = health or LinkHealth(), list[Checked]()
    for week, one in enumerate(findings):
        finding, looked = one if isinstance(one, tuple) else (one, None)
        if looked:
            known.looked[ADDRESS] = Looked(address=ADDRESS, date=dt.date.fromisoformat(looked), who="A")
        entries.append(entered(known, to or link(), finding, START + week * WEEK))
        known = LinkHealth({ADDRESS: entries[-1]}, known.looked, known.accepted)
    return entries


def ok(text: str | None = ONE) -> Finding:
    return Finding("ok", "it answers", None, text)


GONE = Finding("gone", "it answers 404")
BLOCKED = Finding("blocked", "it turns programs away (999)")


def test_a_verdict_keeps_the_day_on_which_it_began() -> None:
    entries = follow(ok(), GONE, GONE, ok())
    assert [entry.since.isoformat() for entry in entries] == ["2026-11-22", "2026-11-29", "2026-11-29", "2026-12-13"]


def test_failures_are_counted_until_one_look_succeeds() -> None:
    assert [entry.failures for entry in follow(GONE, GONE, Finding("TLS", "over"), ok(), GONE)] == [1, 2, 3, 0, 1]


@pytest.mark.parametrize(
    ("looked", "archived", "failures"),
    [(None, True, 1), ("2026-11-01", True, 0), ("2026-11-01", False, 1), ("2026-08-01", True, 1)],
)
def test_being_turned_away_fails_unless_a_person_looked_and_there_is_a_copy(
    looked: str | None, archived: bool, failures: int
) -> None:
    person = {ADDRESS: Looked(address=ADDRESS, date=dt.date.fromisoformat(looked), who="A")} if looked else {}
    for verdict in (BLOCKED, Finding("rate limited", "429")):
        (entry,) = follow(verdict, health=LinkHealth(looked=person), to=link(archived=archived))
        assert entry.failures == failures


def test_words_that_changed_stay_changed_until_a_person_has_read_them() -> None:
    entries = follow(ok(), ok(TWO), ok(TWO), (ok(TWO), "2026-12-10"), ok(TWO))
    assert [entry.verdict for entry in entries] == ["ok", "changed", "changed", "ok", "ok"]
    assert (entries[2].text, entries[2].new_text) == (ONE, TWO)
    assert (entries[4].text, entries[4].new_text) == (TWO, None)


def test_a_person_who_looked_before_the_change_has_not_read_it() -> None:
    assert [e.verdict for e in follow(ok(), (ok(TWO), "2026-11-25"), ok(TWO))] == ["ok", "changed", "changed"]


def test_words_that_change_again_must_be_read_again() -> None:
    entries = follow(ok(), ok(TWO), (ok(THREE), "2026-12-01"), ok(THREE))
    assert [entry.verdict for entry in entries] == ["ok", "changed", "changed", "changed"]
    assert entries[-1].changed_on == dt.date(2026, 12, 6)


def test_words_that_change_back_are_the_ones_that_we_know() -> None:
    entries = follow(ok(), ok(TWO), ok(ONE))
    assert (entries[-1].verdict, entries[-1].new_text) == ("ok", None)


def test_a_change_is_not_forgotten_while_the_page_cannot_be_reached() -> None:
    entries = follow(ok(), ok(TWO), Finding("timeout", "no answer in time"), ok(TWO))
    assert [entry.verdict for entry in entries] == ["ok", "changed", "timeout", "changed"]


def test_a_newer_copy_that_we_read_counts_as_a_look() -> None:
    known = LinkHealth({ADDRESS: follow(ok(), ok(TWO))[-1]})
    for read, verdict in ((dt.date(2026, 11, 28), "changed"), (dt.date(2026, 11, 29), "ok")):
        assert entered(known, link(), ok(TWO), START + 2 * WEEK, read=read).verdict == verdict


def test_a_change_counts_also_if_the_page_has_moved() -> None:
    moved = Finding("moved", "it has another address now", "https://acme.example/new", TWO)
    assert [(e.verdict, e.final) for e in follow(ok(), moved)][1] == ("changed", "https://acme.example/new")


@pytest.mark.parametrize("role", ["archive", "link"])
def test_only_a_source_is_compared(role: str) -> None:
    entries = follow(ok(), ok(TWO), to=link(role=role))
    assert [(entry.verdict, entry.text) for entry in entries] == [("ok", None), ("ok", None)]


def test_a_page_that_says_too_little_is_not_called_changed() -> None:
    assert [entry.verdict for entry in follow(ok(), ok(None), ok())] == ["ok", "ok", "ok"]


def test_the_file_has_one_sorted_line_for_each_address_and_is_read_back_as_it_was(tmp_path: Path) -> None:
    entries = [
        *follow(ok(), ok(TWO)),
        Checked(address="https://a.example/é?x=1", verdict="gone", checked=START, since=START.date(), failures=2),
    ][1:]
    path = tmp_path / "ledgers" / "link-health.json"
    watch_results.write(path, entries)
    text = path.read_text()
    assert [line[:40] for line in text.splitlines() if "address" in line] == [
        '  {"address": "https://a.example/é?x=1",',
        '  {"address": "https://acme.example/poli',
    ]
    assert json.loads(text)["links"][0]["failures"] == 2
    health, problems = link_ledgers.read(tmp_path, dt.date(2026, 11, 22))
    assert problems == []
    assert list(health.results.values()) == sorted(entries, key=lambda entry: entry.address)


def test_no_results_are_a_file_as_well() -> None:
    assert link_ledgers.read_results("x", watch_results.dumps([]).encode()) == ({}, [])


def test_of_two_results_the_later_counts() -> None:
    first, second = follow(ok(), GONE)
    one, other = {ADDRESS: first}, {ADDRESS: second}
    assert watch_results.merged(one, other) == watch_results.merged(other, one) == other


def standing(verdict: Verdict, health: LinkHealth | None = None, *, archived: bool = True) -> tuple[str, str]:
    entry = Checked(address=ADDRESS, verdict=verdict, checked=START, since=START.date(), detail="so it is", failures=2)
    known = health or LinkHealth()
    found = LinkHealth({ADDRESS: entry}, known.looked, known.accepted).standing(
        ADDRESS, START.date(), archived=archived
    )
    return found.level, found.why


@pytest.mark.parametrize(
    ("verdict", "level"),
    [
        ("ok", "fine"), ("moved", "look"), ("changed", "look"), ("gone", "broken"), ("soft 404", "broken"),
        ("TLS", "broken"), ("timeout", "broken"), ("blocked", "broken"), ("rate limited", "broken"),
    ],
)  # fmt: skip
def test_each_verdict_stands_for_something(verdict: Verdict, level: str) -> None:
    assert standing(verdict)[0] == level


def test_an_address_that_nobody_asked_is_unknown_and_not_fine() -> None:
    assert LinkHealth().standing(ADDRESS, START.date(), archived=True).level == "unknown"


@pytest.mark.parametrize(
    ("days", "saw", "archived", "level"),
    [
        (0, "ok", True, "fine"), (90, "ok", True, "fine"), (91, "ok", True, "broken"), (5, "ok", False, "broken"),
        (5, "gone", True, "broken"), (5, "moved", True, "look"),
    ],
)  # fmt: skip
def test_a_person_settles_what_a_program_may_not_see(days: int, saw: Verdict, archived: bool, level: str) -> None:
    person = Looked(address=ADDRESS, date=START.date() - dt.timedelta(days=days), who="A", saw=saw)
    assert standing("blocked", LinkHealth(looked={ADDRESS: person}), archived=archived)[0] == level


def test_a_person_does_not_bring_a_dead_page_back() -> None:
    person = Looked(address=ADDRESS, date=START.date(), who="A")
    assert standing("gone", LinkHealth(looked={ADDRESS: person}))[0] == "broken"


@pytest.mark.parametrize(
    ("address", "verdict", "until", "level"),
    [
        (ADDRESS, "gone", "2026-11-22", "fine"),
        (ADDRESS, "gone", "2026-11-21", "broken"),
        (ADDRESS, "TLS", "2026-12-31", "broken"),
        ("https://acme.example/", "gone", "2026-12-31", "broken"),
        ("https://acme.example/policy/", "gone", "2026-12-31", "broken"),
    ],
)
def test_an_exception_covers_one_verdict_at_one_address_for_a_time(
    address: str, verdict: Verdict, until: str, level: str
) -> None:
    one = Accepted(address=address, verdict=verdict, reason="So.", owner="A", until=dt.date.fromisoformat(until))
    assert standing("gone", LinkHealth(accepted=(one,)))[0] == level
