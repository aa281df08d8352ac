"""The page on links says what was checked, and admits what was not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.edition import Edition
from scripts.facts.link_health import VERDICTS
from scripts.facts.load import load
from scripts.facts.resolve import Resolver
from scripts.pages import fragments, health
from scripts.pages.includes import Wanted
from scripts.project import Project
from scripts.publish import link_health
from tests.facts.small import TODAY, edited, write

POLICY, STORY, OTHER = "https://acme.example/policy", "https://daily.example/story", "https://other.example/"


def facts_with(folder: Path, *entries: dict[str, Any], people: str = "", **changes: str) -> Resolver:
    docs = write(folder, **changes)
    if entries or people:
        (docs / "ledgers").mkdir()
        (docs / "ledgers" / "link-health.json").write_text(json.dumps({"links": entries}))
        (docs / "ledgers" / "link-watch.yml").write_text(people)
    return Resolver(load(docs, TODAY))


def entry(address: str, verdict: str, day: str = "2026-11-20", **more: Any) -> dict[str, Any]:
    detail = "so it is"
    return {
        "address": address, "verdict": verdict, "checked": f"{day}T05:00:00Z", "since": day, "detail": detail, **more,
    }  # fmt: skip


def shown(resolver: Resolver, part: str, page: str = "about/link-health.md") -> str:
    want = Wanted(page, part, 1)
    made, _ = fragments.render(resolver, [want], "https://example.org/")
    return " ".join(LexborHTMLParser(made[want.name]).body.text(separator=" ").split())  # type: ignore[union-attr]


def test_before_the_first_run_the_page_says_that_nothing_was_checked(tmp_path: Path) -> None:
    text = shown(facts_with(tmp_path), "links-outside")
    assert "2 addresses" in text
    assert "No program has checked them yet." in text
    assert not any(word in text for word, _ in health.MEANING.values())


def test_after_a_run_the_page_counts_and_dates(tmp_path: Path) -> None:
    found = facts_with(
        tmp_path, entry(POLICY, "ok", "2026-11-01"), entry(STORY, "gone", failures=3), entry(OTHER, "blocked")
    )
    text = shown(found, "links-outside")
    assert "Last checked: 20 November 2026. The oldest check is of 1 November 2026." in text
    assert "Does not work: 33 %. Turns programs away, so that we cannot tell: 33 %." in text
    for words in ("Works 1 The page is there.", "Gone 1 ", "Turns programs away 1 "):
        assert words in text
    assert "No program has checked" not in text
    assert "Story : gone, since 20 November 2026 (so it is)" in text
    assert f"{OTHER} : turns programs away" in text


def test_an_address_that_waits_for_its_first_check_is_counted(tmp_path: Path) -> None:
    text = shown(facts_with(tmp_path, entry(POLICY, "ok")), "links-outside")
    assert "1 addresses wait" not in text
    assert "1 address waits for its first check." in text
    assert "No link needs a person now." in text


def test_a_dead_link_has_its_archived_copy_beside_it(tmp_path: Path) -> None:
    copied = edited("sources", "published: 2026-01-02", "archive: https://archive.example/1\n    retrieved: 2026-08-22")
    found = facts_with(tmp_path, entry(POLICY, "gone", failures=2), **copied)
    assert "Policy : gone, since 20 November 2026 (so it is) · archived copy of 22 August 2026" in shown(
        found, "links-outside"
    )
    sources = shown(found, "all-sources", "sources.md")
    assert "Policy (did not work on 20 November 2026) · archived copy of 22 August 2026" in sources


@pytest.mark.parametrize(("verdict", "failures"), [("gone", 1), ("blocked", 5), ("timeout", 5), ("ok", 0)])
def test_a_reader_is_not_told_that_a_link_is_dead_unless_it_is(tmp_path: Path, verdict: str, failures: int) -> None:
    found = facts_with(tmp_path, entry(POLICY, verdict, failures=failures))
    assert "did not work" not in shown(found, "all-sources", "sources.md")


def test_the_companies_texts_without_a_copy_are_listed(tmp_path: Path) -> None:
    text = shown(facts_with(tmp_path), "links-archived")
    assert "We cite 1 text of the companies. 0 of them have an archived copy." in text
    assert "Policy · about this source" in text
    assert "Story" not in text


def test_every_verdict_has_words_for_readers() -> None:
    assert set(health.MEANING) == set(VERDICTS)


def test_the_real_page_shows_both_fragments() -> None:
    text = (Project.here().docs / "about" / "link-health.md").read_text(encoding="utf-8")
    assert '--8<-- "about/link-health/links-outside.md"' in text
    assert '--8<-- "about/link-health/links-archived.md"' in text


def test_programs_can_read_that_nothing_was_checked(tmp_path: Path) -> None:
    project = Project(tmp_path)
    facts_with(project.docs)
    link_health.publish(Edition(project, TODAY), tmp_path / "staged")
    found = json.loads((tmp_path / "staged" / "status" / "links.json").read_text())
    assert (found["checked"], found["addresses"], found["never_checked"]) == (False, 2, 2)
    assert (found["oldest_check"], found["share_dead"], found["links"]) == (None, None, [])


def test_programs_can_read_what_was_found(tmp_path: Path) -> None:
    people = f"people:\n  - address: {STORY}\n    date: 2026-11-01\n    who: A\n"
    found = link_health.status(
        facts_with(
            tmp_path, entry(POLICY, "ok", "2026-11-01"), entry(STORY, "blocked"), entry(OTHER, "gone"), people=people
        ).facts
    )
    assert (found["addresses"], found["never_checked"], found["oldest_check"]) == (3, 0, "2026-11-01T05:00:00Z")
    assert (found["verdicts"]["gone"], found["share_dead"], found["share_turned_away"]) == (1, 0.3333, 0.3333)
    assert found["links"][1] == {
        "address": STORY, "verdict": "blocked", "checked": "2026-11-20T05:00:00Z", "since": "2026-11-20",
        "detail": "so it is", "seen_by_a_person": "2026-11-01", "archived_copies": [],
    }  # fmt: skip
    assert dt.date.fromisoformat(found["links"][0]["since"]) == dt.date(2026, 11, 1)
