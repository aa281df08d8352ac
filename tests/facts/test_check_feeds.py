"""What an event says was before and after it fits the claims, and no two feeds share a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.facts.load import load
from scripts.facts.problems import BadData
from tests.facts.small import FILES, TODAY, edited, write

ENDED = "    from: 2026-01-01\n    until: 2026-06-30"


def problems(folder: Path, changed: dict[str, str]) -> list[str]:
    with pytest.raises(BadData) as found:
        load(write(folder, **changed), TODAY)
    return [problem.what for problem in found.value.problems]


def event(told: str, date: str = "2026-07-01") -> dict[str, str]:
    """An event that tells something, and a claim that ended before it."""
    changed = edited("events", "regions: [world]", f"regions: [world]\n    {told}")
    changed["events"] = changed["events"].replace("2026-01-02", date)
    return changed | edited("claims", "    from: 2026-01-01", ENDED)


def test_an_event_may_tell_what_ended_and_what_began_with_it(tmp_path: Path) -> None:
    facts = load(write(tmp_path, **event("before: [ac-default-eu]\n    after: [ac-default]")), TODAY)
    assert facts.events["e-2026-01-start"].before == ("ac-default-eu",)


@pytest.mark.parametrize(
    ("told", "date", "what"),
    [
        ("before: [ac-default-e]", "2026-07-01", 'there is no claim "ac-default-e"'),
        ("before: [ac-default]", "2026-07-01", '"ac-default" has not ended by 1 July 2026'),
        ("before: [ac-default-eu]", "2026-05-01", '"ac-default-eu" has not ended by 1 May 2026'),
        ("after: [ac-default-eu]", "2025-12-31", '"ac-default-eu" begins after 31 December 2025'),
        ("corrected: 2026-06-30", "2026-07-01", "corrected is 30 June 2026, before the event itself"),
        ("corrected: 2027-01-01", "2026-07-01", "corrected is 1 January 2027, which is after"),
    ],
)
def test_an_event_that_does_not_fit_its_claims_is_refused(tmp_path: Path, told: str, date: str, what: str) -> None:
    (said,) = problems(tmp_path, event(told, date))
    assert said.startswith(what)


def test_two_events_cannot_tell_the_same_end(tmp_path: Path) -> None:
    changed = event("before: [ac-default-eu]")
    one = changed["events"].partition("events:\n")[2]
    changed["events"] += one.replace("e-2026-01-start", "e-2026-07-again")
    assert problems(tmp_path, changed) == ['"e-2026-01-start" has "ac-default-eu" as well']


def test_an_event_cannot_tell_a_claim_about_another_platform(tmp_path: Path) -> None:
    other = (
        FILES["data/platforms.yml"]
        .partition("platforms:\n")[2]
        .replace("acme", "other")
        .replace("prefix: ac", "prefix: ot")
    )
    changed = event("before: [ac-default-eu]") | edited("platforms", "platforms:\n", f"platforms:\n{other}")
    changed["events"] = changed["events"].replace("platforms: [acme]", "platforms: [other]")
    assert problems(tmp_path, changed) == ['"ac-default-eu" is about acme, the event is not']


def test_no_two_feeds_have_one_name(tmp_path: Path) -> None:
    region = "  - {id: %s, name: X, rule: X, place: in X, parent: world}\n"
    for name, what in (("acme", '"acme" is a platform as well'), ("all", '"all" is the feed of everything')):
        changed = edited("regions", "  - {id: us,", region % name + "  - {id: us,")
        (said,) = problems(tmp_path, changed)
        assert said.startswith(what)
