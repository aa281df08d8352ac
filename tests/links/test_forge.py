"""GitHub is told what matters, once: one issue that follows the links, one pull request with the results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from scripts.facts.link_health import Accepted, Checked, LinkHealth, Looked, Verdict
from scripts.facts.outward import Outward
from scripts.links import forge_issue, forge_proposal
from scripts.links.forge import Forge, Refused
from scripts.links.watch_report import BROKEN, FINE, MARK, WARNED, Report
from tests.links.forge_server import BOT, FakeForge, serving

TODAY = dt.date(2026, 11, 22)
PATH = "docs/ledgers/link-health.json"


@pytest.fixture
def state() -> FakeForge:
    return FakeForge()


@pytest.fixture
def forge(state: FakeForge) -> Iterator[Forge]:
    with serving(state) as found:
        yield found


def report(*entries: tuple[str, Verdict, int], accepted: tuple[Accepted, ...] = ()) -> Report:
    """A report on `https://acme.example/NAME`, one for each name, verdict and number of failures in a row."""
    results, links = {}, {}
    for name, verdict, failures in entries:
        address = f"https://acme.example/{name}"
        moment = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
        results[address] = Checked(
            address=address, verdict=verdict, checked=moment, since=TODAY, detail="so it is", failures=failures
        )
        links[address] = Outward(address, {"source"}, [f"s-{name}"], ["https://archive.example/1"])
    return Report(links, LinkHealth(results, {}, accepted), TODAY)


FINE_NOW = report(("a", "ok", 0), ("b", "moved", 0))
ONE = report(("a", "gone", 2), ("b", "gone", 1))
TWO = report(("a", "gone", 3), ("b", "gone", 2))


def test_nothing_is_said_while_nothing_is_wrong(state: FakeForge, forge: Forge) -> None:
    assert forge_issue.follow(forge, FINE_NOW.rolling()) == "nothing"
    assert state.issues == []


def test_the_first_failure_opens_no_issue_and_the_second_does(state: FakeForge, forge: Forge) -> None:
    assert forge_issue.follow(forge, report(("a", "gone", 1)).rolling()) == "nothing"
    assert forge_issue.follow(forge, report(("a", "gone", 2)).rolling()) == "opened"
    (issue,) = state.issues
    assert "| <https://acme.example/a> | gone | 2026-11-22 | 2 |" in issue["body"]
    assert "`s-a`" in issue["body"]


def test_a_change_is_told_at_once(state: FakeForge, forge: Forge) -> None:
    assert forge_issue.follow(forge, report(("a", "changed", 0)).rolling()) == "opened"


def test_an_open_issue_is_rewritten_and_told_what_is_new(state: FakeForge, forge: Forge) -> None:
    forge_issue.follow(forge, ONE.rolling())
    assert forge_issue.follow(forge, TWO.rolling()) == "updated"
    (issue,) = state.issues
    assert "<https://acme.example/b>" in issue["body"]
    assert state.comments == {1: ["New since the last run:\n\n- <https://acme.example/b>\n"]}
    assert forge_issue.follow(forge, TWO.rolling()) == "updated"
    assert len(state.comments[1]) == 1


def test_the_issue_closes_by_itself_and_opens_again(state: FakeForge, forge: Forge) -> None:
    forge_issue.follow(forge, ONE.rolling())
    assert forge_issue.follow(forge, FINE_NOW.rolling()) == "closed"
    assert (state.issues[0]["state"], len(state.issues)) == ("closed", 1)
    assert forge_issue.follow(forge, FINE_NOW.rolling()) == "nothing"
    assert forge_issue.follow(forge, ONE.rolling()) == "reopened"
    assert (state.issues[0]["state"], len(state.issues)) == ("open", 1)
    assert state.comments[1] == ["New since the last run:\n\n- <https://acme.example/a>\n"]


def test_nobody_elses_issue_is_touched(state: FakeForge, forge: Forge) -> None:
    state.add_issue("mallory", f"{MARK} mine")
    state.add_issue(BOT, "without the mark")
    state.add_issue(BOT, f"{MARK} a pull request", pull=True)
    assert forge_issue.follow(forge, ONE.rolling()) == "opened"
    assert [issue["body"] for issue in state.issues[:3]] == [
        f"{MARK} mine",
        "without the mark",
        f"{MARK} a pull request",
    ]


def test_the_issue_is_found_behind_many_others(state: FakeForge, forge: Forge) -> None:
    forge_issue.follow(forge, ONE.rolling())
    for number in range(230):
        state.add_issue(BOT, f"issue {number}")
    assert forge_issue.follow(forge, TWO.rolling()) == "updated"


def test_an_exception_that_is_over_is_told(state: FakeForge, forge: Forge) -> None:
    over = Accepted(
        address="https://acme.example/a", verdict="gone", reason="So.", owner="A", until=TODAY - dt.timedelta(1)
    )
    assert forge_issue.follow(forge, report(("a", "ok", 0), accepted=(over,)).rolling()) == "opened"
    assert "accepted until 2026-11-21, which is over" in state.issues[0]["body"]


def test_the_results_come_as_one_commit_on_top_of_the_main_branch(state: FakeForge, forge: Forge) -> None:
    done = forge_proposal.propose(forge, base="main", path=PATH, text="one\n", summary="So it is.")
    assert done == "proposed"
    (pull,) = state.pulls
    assert (pull["base"], pull["head"], pull["body"]) == ("main", "link-health", "So it is.")
    assert state.files("link-health") == {"README.md": "Hello", PATH: "one\n"}
    assert state.commits[state.branches["link-health"]]["parents"] == [state.branches["main"]]
    assert state.files("main") == {"README.md": "Hello"}


def test_a_proposal_that_nobody_merged_is_made_anew(state: FakeForge, forge: Forge) -> None:
    forge_proposal.propose(forge, base="main", path=PATH, text="one\n", summary="First.")
    state.branches["main"] = state.commit({"README.md": "Hello, all"}, [state.branches["main"]])
    assert forge_proposal.propose(forge, base="main", path=PATH, text="two\n", summary="Second.") == "updated"
    (pull,) = state.pulls
    assert pull["body"] == "Second."
    assert state.files("link-health") == {"README.md": "Hello, all", PATH: "two\n"}
    assert state.commits[state.branches["link-health"]]["parents"] == [state.branches["main"]]


def test_a_merged_proposal_is_followed_by_a_new_one(state: FakeForge, forge: Forge) -> None:
    forge_proposal.propose(forge, base="main", path=PATH, text="one\n", summary="First.")
    state.branches["main"], state.pulls[0]["state"] = state.branches["link-health"], "closed"
    assert forge_proposal.propose(forge, base="main", path=PATH, text="one\n", summary="Same.") == "nothing"
    assert forge_proposal.propose(forge, base="main", path=PATH, text="two\n", summary="Second.") == "proposed"
    assert len(state.pulls) == 2


def test_what_waits_in_a_proposal_can_be_read(state: FakeForge, forge: Forge) -> None:
    assert forge_proposal.waiting(forge, path=PATH) is None
    forge_proposal.propose(forge, base="main", path=PATH, text="é\n", summary="x")
    assert forge_proposal.waiting(forge, path=PATH) == "é\n"


def test_what_github_refuses_is_an_error_that_names_the_call(state: FakeForge, forge: Forge) -> None:
    state.refusing = True
    with pytest.raises(Refused, match="GET issues: 403"):
        forge_issue.follow(forge, ONE.rolling())
    with pytest.raises(Refused, match="401"):
        forge_issue.follow(replace(forge, token="none"), ONE.rolling())
    with pytest.raises(Refused, match="no answer"):
        forge_issue.follow(replace(forge, api="http://127.0.0.1:9"), ONE.rolling())


@pytest.mark.parametrize(
    ("entries", "at_once", "code"),
    [
        ([("a", "ok", 0)], False, FINE),
        ([("a", "moved", 0)], False, WARNED),
        ([("a", "changed", 0)], False, WARNED),
        ([("a", "gone", 1)], False, WARNED),
        ([("a", "gone", 1)], True, BROKEN),
        ([("a", "gone", 2)], False, BROKEN),
        ([("a", "blocked", 1)], True, BROKEN),
    ],
)
def test_the_exit_code_says_how_bad_it_is(entries: list[tuple[str, Verdict, int]], at_once: bool, code: int) -> None:
    assert report(*entries).code(at_once=at_once) == code


def test_an_exception_that_nothing_needs_is_a_warning_and_one_that_is_over_a_failure() -> None:
    def one(days: int, name: str) -> Accepted:
        until = TODAY + dt.timedelta(days)
        return Accepted(address=f"https://acme.example/{name}", verdict="gone", reason="So.", owner="A", until=until)

    for name in ("a", "elsewhere"):
        found = report(("a", "ok", 0), accepted=(one(9, name),))
        assert found.code(at_once=False) == WARNED
        assert "nothing needs this exception" in found.summary(whole=True)
        assert "nothing needs this exception" not in found.summary(whole=False)
    assert report(("a", "gone", 5), accepted=(one(9, "a"),)).code(at_once=False) == FINE
    assert report(("a", "ok", 0), accepted=(one(-1, "a"),)).code(at_once=False) == BROKEN
    assert report(("a", "gone", 2), accepted=(one(-1, "a"),)).code(at_once=False) == BROKEN


def test_the_summary_counts_and_says_what_to_do() -> None:
    found = report(("a", "ok", 0), ("b", "blocked", 1), ("c", "moved", 0))
    person = Looked(address="https://acme.example/b", date=TODAY, who="A")
    text = found.summary(whole=True)
    assert "| ok | 1 |\n| moved | 1 |\n| blocked | 1 |" in text
    assert "## Broken" in text and "no person has looked" in text and "link-watch.yml" in text
    seen = replace(found, health=replace(found.health, looked={person.address: person}))
    assert "## Broken" not in seen.summary(whole=True)
