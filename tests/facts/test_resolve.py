"""What holds today, here, and from where it was inherited."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.facts.days import Day
from scripts.facts.how import seen
from scripts.facts.load import load
from scripts.facts.resolve import Resolver
from tests.facts.small import FILES, TODAY, edited, write
from tests.real import real_facts


def resolver(folder: Path, changes: dict[str, str] | None = None, *, today: dt.date = TODAY) -> Resolver:
    return Resolver(load(write(folder, **(changes or {})), today))


def test_a_region_inherits_from_the_nearest_wider_one_that_has_a_claim(tmp_path: Path) -> None:
    found = resolver(tmp_path)
    (germany,) = found.answers("acme", "de", "default")
    assert (germany.claim.id, germany.given_for.id, germany.inherited) == ("ac-default-eu", "eu", True)
    (america,) = found.answers("acme", "us", "default")
    assert (america.claim.id, america.given_for.id) == ("ac-default", "world")


def test_a_regions_own_claim_is_not_inherited(tmp_path: Path) -> None:
    (own,) = resolver(tmp_path).answers("acme", "eu", "default")
    assert not own.inherited


def test_a_claim_that_has_not_begun_does_not_hold_yet(tmp_path: Path) -> None:
    changes = edited("claims", "from: 2026-01-01", "from: 2027-01-01")
    (before,) = resolver(tmp_path, changes).answers("acme", "eu", "default")
    assert before.claim.id == "ac-default"


def test_a_claim_that_has_ended_does_not_hold_any_more(tmp_path: Path) -> None:
    changes = edited("claims", "from: 2026-01-01", "from: 2026-01-01\n    until: 2026-11-21")
    (after,) = resolver(tmp_path, changes).answers("acme", "eu", "default")
    assert after.claim.id == "ac-default"


def test_a_claim_holds_on_its_last_day(tmp_path: Path) -> None:
    changes = edited("claims", "from: 2026-01-01", "from: 2026-01-01\n    until: 2026-11-22")
    (last,) = resolver(tmp_path, changes).answers("acme", "eu", "default")
    assert last.claim.id == "ac-default-eu"


def test_a_claim_for_some_products_wins_over_one_for_all_at_the_same_place(tmp_path: Path) -> None:
    extra = """\
  - id: ac-default-chat
    question: default
    products: [chat]
    regions: [eu]
    state: "depends"
    short: on the chat
    sentence: Chat has its own rule.
    sources: [s-policy]
    evidence: read
    checked: 2026-08-22
"""
    answers = resolver(tmp_path, {"claims": FILES["data/claims/acme.yml"] + extra}).answers("acme", "eu", "default")
    assert [(answer.claim.id, answer.products) for answer in answers] == [
        ("ac-default-eu", ()),
        ("ac-default-chat", ("Acme Chat",)),
    ]


def test_a_question_that_nobody_answered_has_no_answer_and_never_a_no(tmp_path: Path) -> None:
    assert resolver(tmp_path).answers("acme", "eu", "used") == ()


def test_a_claim_for_a_part_of_a_region_is_named_on_the_wider_page(tmp_path: Path) -> None:
    changes = edited("claims", "regions: [eu]", "regions: [de]")
    found = resolver(tmp_path, changes)
    assert [(claim.id, place.id) for claim, (place,) in found.narrower("acme", "eu", "default")] == [
        ("ac-default-eu", "de")
    ]
    assert found.narrower("acme", "world", "default") == (), "a region with a page of its own speaks for its parts"


@pytest.mark.parametrize(
    ("today", "late"), [(dt.date(2027, 2, 18), False), (dt.date(2027, 2, 19), True)], ids=["day 180", "day 181"]
)
def test_a_check_is_overdue_from_the_day_after_its_interval(tmp_path: Path, today: dt.date, late: bool) -> None:
    found = resolver(tmp_path, today=today)
    assert found.overdue(found.facts.claims["ac-default"]) is late


def test_recheck_overrides_the_interval(tmp_path: Path) -> None:
    found = resolver(tmp_path, edited("claims", "checked: 2026-08-22", "checked: 2026-08-22\n    recheck: 2026-09-01"))
    assert found.overdue(found.facts.claims["ac-default"])


def test_an_undated_copy_is_always_overdue(tmp_path: Path) -> None:
    found = resolver(tmp_path, edited("claims", "    checked: 2026-08-22\n", ""))
    assert found.overdue(found.facts.claims["ac-default"])


def test_an_ended_claim_is_never_overdue(tmp_path: Path) -> None:
    changes = edited(
        "claims", "checked: 2026-08-22\n    from: 2026-01-01", "checked: 2024-01-01\n    until: 2026-01-01"
    )
    found = resolver(tmp_path, changes)
    assert not found.overdue(found.facts.claims["ac-default-eu"])


def test_the_label_has_the_label_questions_only_and_in_order(tmp_path: Path) -> None:
    found = resolver(tmp_path)
    rows = found.label(found.facts.platforms["acme"], "eu")
    assert [row.question.id for row in rows] == ["default"]


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_a_date_survives_being_written_and_read(date: dt.date) -> None:
    day = Day.parse(date.isoformat())
    assert day.iso == date.isoformat()
    assert day.first == day.last == date


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_a_month_spans_all_of_its_days(year: int, month: int) -> None:
    day = Day.parse(f"{year}-{month:02}")
    assert day.first.day == 1
    assert (day.last + dt.timedelta(days=1)).day == 1
    assert day.first.month == day.last.month == month


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "26-01-01", "2026/01/01", "soon", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Day.parse(text)


def test_dates_are_said_in_plain_english() -> None:
    assert [str(Day.parse(text)) for text in ("2025-11-03", "2025-11", "2025")] == [
        "3 November 2025",
        "November 2025",
        "2025",
    ]


def test_what_was_looked_at_is_told_by_the_facts() -> None:
    claims = [claim for claim in real_facts(dt.date.today()).claims.values() if claim.evidence == "read"][:2]
    assert seen(claims) == "archived copies"
    assert seen([claims[0], claims[1].model_copy(update={"how": "live"})]) == "archived copies and live pages"
    assert seen([claims[0].model_copy(update={"how": "device", "evidence": "reported"})]) == ""
