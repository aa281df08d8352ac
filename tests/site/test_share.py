"""Each guide, each comparison and each statement can be passed on with its date, its region and its address."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.facts.catalogue import Facts
from scripts.facts.resolve import Resolver
from tests.conftest import SITE_URL, TODAY
from tests.real import real_facts

FORMS = ["Plain text", "Markdown", "HTML", "Citation", "BibTeX", "CSL-JSON"]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return real_facts(TODAY)


def forms(built_site: Path, folder: str) -> dict[str, str]:
    html = LexborHTMLParser((built_site / folder / "index.html").read_bytes())
    assert len(html.css("#cite")) == 1, folder
    (script,) = html.css("script[src$='assets/opted-in.js']")
    assert (built_site / folder / (script.attributes["src"] or "")).resolve().is_file()
    found = {}
    for part in html.css(".oi-share .oi-copy"):
        (name,), (text,) = part.css("p"), part.css("pre")
        found[name.text()] = text.text()
    assert list(found) == FORMS, folder
    return found


def test_a_statement_is_passed_on_with_its_date_its_region_and_its_short_address(
    built_site: Path, facts: Facts
) -> None:
    for name, claim in facts.claims.items():
        for form, text in forms(built_site, f"c/{name}").items():
            assert f"{SITE_URL}c/{name}/" in text, f"{name}: {form}"
            looked_at = claim.checked or ("not looked at yet" if claim.state == "unchecked" else "undated copy")
            assert str(looked_at) in text, f"{name}: {form}"
            sure = {"read": "", "reported": "reported by others", "inferred": "our inference"}[claim.evidence]
            assert claim.state == "unchecked" or sure in text, f"{name}: {form}"
            first = facts.regions[claim.regions[0]].in_list
            assert first[1:] in text.replace("\\", ""), f"{name}: {form}"
        assert claim.sentence.replace("**", "") in forms(built_site, f"c/{name}")["Plain text"]


def test_what_is_passed_on_is_as_narrow_and_as_old_as_what_we_know(built_site: Path) -> None:
    world = forms(built_site, "c/li-in-by-default-world")
    assert all("Worldwide, except where a region has its own rule" in text for text in world.values())
    early = forms(built_site, "c/li-in-by-default-hk")
    assert all("announced before that day, in a copy of 27 October 2025" in text for text in early.values())


def test_what_has_ended_is_not_passed_on_as_if_it_were_so(built_site: Path, facts: Facts) -> None:
    resolver = Resolver(facts)
    ended = [claim for claim in facts.claims.values() if claim.until and not resolver.current(claim)]
    assert ended
    for claim in ended:
        texts = forms(built_site, f"c/{claim.id}")
        assert all(f"Until {claim.until}: " in texts[form] for form in FORMS[:3])


def test_a_guide_is_passed_on_under_its_short_address(built_site: Path, facts: Facts) -> None:
    for slug, guide in facts.guides.items():
        for form, text in forms(built_site, f"guides/{slug}").items():
            assert f"{SITE_URL}g/{slug}/" in text, f"{slug}: {form}"
            assert str(guide.reviewed) in text, f"{slug}: {form}"


def test_a_comparison_is_passed_on_with_both_answers(built_site: Path, facts: Facts) -> None:
    for region in (region for region in facts.regions.values() if region.page):
        texts = forms(built_site, f"compare/{region.id}")
        for form, text in texts.items():
            assert f"{SITE_URL}compare/{region.id}/" in text and region.name in text and "as of" in text, form
        assert [line.partition(":")[0] for line in texts["Plain text"].splitlines()[1:3]] == ["LinkedIn", "Meta"]
        assert texts["Plain text"].count("In unless you act?") == texts["Plain text"].count("Way out?") == 2
