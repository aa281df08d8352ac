"""A change of policy comes from dates in the facts alone, keeps its name for ever, and is told once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.facts.changes import KINDS, Change, changes, name
from scripts.facts.load import load
from tests.facts.small import TODAY, edited, write
from tests.real import real_facts

START = "e-2026-01-start"
OLD = """\
  - id: ac-default-us
    question: default
    regions: [us]
    state: "no"
    short: not yet
    sentence: Acme does not use it in the US.
    sources: [s-policy]
    evidence: read
    checked: 2026-08-22
    until: 2026-03-31
"""
NEW = """\
  - id: ac-default-us-2
    question: default
    regions: [us]
    state: "yes"
    short: unless you act
    sentence: Acme uses it in the US.
    sources: [s-press]
    evidence: reported
    checked: 2026-08-22
    from: 2026-04-01
"""


def found(folder: Path, changed: dict[str, str] | None = None, *, today: dt.date = TODAY) -> dict[str, Change]:
    return {change.id: change for change in changes(load(write(folder, **(changed or {})), today))}


def with_claims(*claims: str) -> dict[str, str]:
    changed = edited("claims", "claims:\n", "claims:\n")
    changed["claims"] += "".join(claims)
    return changed


def test_an_event_is_a_change_and_a_claim_that_only_began_is_none(tmp_path: Path) -> None:
    assert list(found(tmp_path)) == [START]


def test_a_claim_that_ended_is_one_change_with_what_was_before_and_after(tmp_path: Path) -> None:
    old = found(tmp_path)
    new = found(tmp_path, with_claims(OLD, NEW))
    assert set(new) - set(old) == {"ac-default-us-ended"}
    assert new[START] == old[START]
    change = new["ac-default-us-ended"]
    assert change.day.iso == "2026-04-01"
    assert [(said.when, said.answer) for said in change.before] == [("until 31 March 2026", "No: not yet")]
    assert [(said.when, said.answer) for said in change.after] == [("from 1 April 2026", "Yes: unless you act")]
    assert change.sources == ("s-policy", "s-press")
    assert change.evidence == "reported"


def test_what_followed_without_a_date_is_told_as_such(tmp_path: Path) -> None:
    change = found(tmp_path, with_claims(OLD))["ac-default-us-ended"]
    assert [(said.where, said.when) for said in change.after] == [("Worldwide", "first day not known")]


def test_what_held_before_the_end_as_well_is_not_told_as_new(tmp_path: Path) -> None:
    for_chat = NEW.replace("ac-default-us-2", "ac-default-us-chat").replace(
        "regions: [us]", "regions: [us]\n    products: [chat]"
    )
    change = found(tmp_path, with_claims(OLD, for_chat.replace("2026-04-01", "2026-01-01")))["ac-default-us-ended"]
    assert "ac-default-us-chat" not in [said.claim for said in change.after]


def test_a_claim_that_begins_some_time_after_another_ended_is_a_change_of_its_own(tmp_path: Path) -> None:
    later = NEW.replace("2026-04-01", "2026-06-01")
    before, after = found(tmp_path, with_claims(OLD)), found(tmp_path, with_claims(OLD, later))
    assert set(after) - set(before) == {"ac-default-us-2-began"}
    assert {key: after[key] for key in before} == before
    assert [said.claim for said in after["ac-default-us-2-began"].before] == ["ac-default-us"]


def test_an_end_that_lies_ahead_is_told_on_the_day_after_it(tmp_path: Path) -> None:
    claims = with_claims(OLD.replace("2026-03-31", "2026-12-31"))
    assert "ac-default-us-ended" not in found(tmp_path, claims, today=dt.date(2026, 12, 31))
    assert "ac-default-us-ended" in found(tmp_path, claims, today=dt.date(2027, 1, 1))


def test_an_event_that_tells_what_ended_tells_it_alone(tmp_path: Path) -> None:
    told = with_claims(OLD, NEW) | edited(
        "events",
        "regions: [world]",
        "regions: [us]\n    before: [ac-default-us]\n    after: [ac-default-us-2]",
    )
    told["events"] = told["events"].replace("2026-01-02", "2026-04-01")
    only = found(tmp_path, told)
    assert list(only) == [START]
    assert [said.claim for said in only[START].before] == ["ac-default-us"]
    assert [said.claim for said in only[START].after] == ["ac-default-us-2"]


def test_a_claim_that_ends_later_does_not_alter_the_change_that_it_began_with(tmp_path: Path) -> None:
    before = found(tmp_path, with_claims(OLD, NEW))
    after = found(tmp_path, with_claims(OLD, NEW + "    until: 2026-10-31\n"))
    assert set(after) - set(before) == {"ac-default-us-2-ended"}
    assert {key: after[key] for key in before} == before


def test_another_look_at_a_source_changes_nothing(tmp_path: Path) -> None:
    looked = with_claims(OLD, NEW.replace("checked: 2026-08-22", "checked: 2026-11-20"))
    assert found(tmp_path, looked) == found(tmp_path, with_claims(OLD, NEW))


def test_a_correction_keeps_the_name_and_the_day_and_says_when_it_was_made(tmp_path: Path) -> None:
    old = found(tmp_path)[START]
    correction = edited("events", "It starts.", "It begins.")
    silent = found(tmp_path, correction)[START]
    assert (silent.urn, silent.day, silent.updated) == (old.urn, old.day, old.updated)
    correction["events"] += "    corrected: 2026-11-20\n"
    said = found(tmp_path, correction)[START]
    assert (said.urn, said.day, said.updated.iso) == (old.urn, old.day, "2026-11-20")


def test_names_are_what_they_were_when_they_were_first_published() -> None:
    # If this fails, every reader of every feed gets everything again.
    assert name("event", "e-2025-11-03-linkedin-training-extended") == "urn:uuid:e19b9298-4172-5ec8-b867-b05a345717b3"
    assert name("ended", "meta-reason-needed-2024") == "urn:uuid:f4d9c355-1331-59cc-872a-bfb34606a4e8"
    assert name("feed", "all") == "urn:uuid:286c6d1b-d76a-5d3a-9d87-497e9fe02577"


@pytest.fixture(scope="module")
def real() -> tuple[Change, ...]:
    return changes(real_facts(dt.date.today()))


def test_every_event_is_a_change_and_no_two_changes_share_a_name(real: tuple[Change, ...]) -> None:
    facts = real_facts(dt.date.today())
    assert set(facts.events) <= {change.id for change in real}
    assert len({change.urn for change in real}) == len(real)
    assert {change.kind for change in real} <= set(KINDS)


def test_every_claim_that_ended_is_told_as_before_by_exactly_one_change(real: tuple[Change, ...]) -> None:
    today = dt.date.today()
    facts = real_facts(today)
    ended = [claim.id for claim in facts.claims.values() if claim.until and claim.until.last < today]
    assert len(ended) >= 9
    for claim in ended:
        telling = [change for change in real if claim in [said.claim for said in change.before]]
        assert len([change for change in telling if change.kind != "answer" or change.id.endswith("-ended")]) == 1, (
            claim
        )


def test_no_change_comes_from_the_day_of_the_build() -> None:
    facts = real_facts(dt.date.today())
    later = replace(facts, today=facts.today + dt.timedelta(days=3650))
    assert changes(later)[-len(changes(facts)) :] == changes(facts)
