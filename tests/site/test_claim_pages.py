"""Each statement has a page of its own, under a short address, that stays."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.facts import addresses, label, promises
from scripts.facts.catalogue import Facts
from scripts.facts.prose import listed
from scripts.facts.resolve import Resolver
from scripts.project import Project
from tests.conftest import SITE_URL, TODAY
from tests.real import real_facts
from tests.site.test_pages import closed, text


@pytest.fixture(scope="module")
def facts() -> Facts:
    return real_facts(TODAY)


@pytest.fixture(scope="module")
def pages(built_site: Path, facts: Facts) -> dict[str, LexborHTMLParser]:
    """The page of each claim, by its id."""
    found = {claim: LexborHTMLParser((built_site / f"c/{claim}/index.html").read_bytes()) for claim in facts.claims}
    for page in found.values():
        for node in page.css("sup.oi-paper-only"):
            node.decompose()  # the number of a note, which only paper shows
    return found


def test_every_claim_has_a_page_with_its_sentence_its_answer_and_its_dates(
    pages: dict[str, LexborHTMLParser], facts: Facts
) -> None:
    for name, claim in facts.claims.items():
        platform, question = facts.platforms[facts.platform_of[name]], facts.questions[claim.question]
        (box,) = pages[name].css(".oi-claim--page")
        heading = pages[name].css_first("h1")
        assert heading and closed(text(heading)).startswith(closed(question.wording.replace("**", "")))
        assert closed(claim.sentence.replace("**", "")) in closed(text(box)), name
        assert closed(label.said(claim, question, platform).text) in closed(text(box)), name
        for day in (claim.from_, claim.until, claim.checked):
            assert day is None or str(day) in text(box), name


def test_every_page_shows_the_answers_of_both_platforms_as_they_are_today(
    pages: dict[str, LexborHTMLParser], facts: Facts
) -> None:
    resolver = Resolver(facts)
    for name, claim in facts.claims.items():
        (table,) = pages[name].css("table.oi-both")
        rows = table.css("tbody tr")
        assert len(rows) == len(claim.regions)
        for region, row in zip(claim.regions, rows, strict=True):
            for platform, cell in zip(facts.platforms.values(), row.css("td"), strict=True):
                answers = resolver.answers(platform.id, region, claim.question)
                assert len(cell.css(".oi-cell")) == max(1, len(answers)), name
                for answer in answers:
                    said = label.said(answer.claim, facts.questions[claim.question], platform)
                    assert closed(said.text) in closed(text(cell)), name
        shown = bool(facts.questions[claim.question].label)
        assert len(pages[name].css(".oi-label")) == (len(facts.platforms) if shown else 0), name


def test_every_page_lists_its_sources_with_their_archived_copies(
    pages: dict[str, LexborHTMLParser], facts: Facts
) -> None:
    copies = 0
    for name, claim in facts.claims.items():
        links = [str(link.attributes.get("href")) for link in pages[name].css("#sources ~ .oi-notes a")]
        for source in (facts.sources[identifier] for identifier in claim.sources):
            assert source.address is None or source.address in links, name
            assert source.archive is None or source.archive in links, name
            assert f"../../sources/#{source.id}" in links, name
            copies += source.archive is not None
    assert copies > 100


def said(resolver: Resolver, region: str) -> set[str]:
    """The statements that say in a region whether one is in at LinkedIn."""
    return {answer.claim.id for answer in resolver.answers("linkedin", region, "in-by-default")}


def test_region_pages_are_said_in_words(pages: dict[str, LexborHTMLParser], facts: Facts) -> None:
    world = text(pages["li-in-by-default-world"])
    places = [
        region.place.removeprefix("in ")
        for region in facts.regions.values()
        if region.parent and "li-in-by-default-world" in said(Resolver(facts), region.id)
    ]
    assert {"the US", "Brazil", "Australia", "other countries", "California", "South Korea"} <= set(places)
    assert f"Worldwide rule. It applies in {listed(places)}." in world
    assert re.search(r"These have a rule of their own: EU/EEA ?, UK ?, Switzerland ?, Canada ?, Hong Kong ?,", world)
    assert "EU/EEA rule. It applies in Belgium, Germany, France" in text(pages["li-in-by-default-europe"])


def test_the_history_says_what_was_so_from_when_to_when_and_what_came_after(
    pages: dict[str, LexborHTMLParser],
) -> None:
    for name in ("li-paused-uk", "li-in-by-default-uk"):
        items = pages[name].css(".oi-history > li")
        assert [text(item).partition(" ·")[0] for item in items] == [
            "20 September 2024 to 2 November 2025",
            "3 November 2025 to today",
        ]
        mine = [item for item in items if "This statement" in text(item)]
        assert len(mine) == 1
    assert "No longer so. It held from 20 September 2024 to 2 November 2025." in text(pages["li-paused-uk"])
    # A pause that ended without a new rule of its own: what holds now was made for somewhere wider, or has no date.
    assert "To today; first day not known" in text(pages["meta-paused-uk"])


def test_short_addresses_are_short_and_promised_for_good(built_site: Path, facts: Facts) -> None:
    ledger, problems = promises.read(Project.here().docs)
    assert not problems
    wanted = [addresses.claim(claim) for claim in facts.claims] + [addresses.short_guide(slug) for slug in facts.guides]
    for page in wanted:
        address = addresses.folder(page)
        assert len(f"/{address}") <= 40
        entry = ledger.entry(promises.Address(address))
        assert entry and entry.to is None, f"{address} is not promised yet: make ids"
        assert (built_site / address / "index.html").is_file()


def test_every_statement_of_a_policy_page_leads_to_its_page(built_site: Path, facts: Facts) -> None:
    for platform in facts.platforms:
        html = LexborHTMLParser((built_site / f"policies/{platform}/index.html").read_bytes())
        articles = html.css("article.oi-claim")
        assert len(articles) == list(facts.platform_of.values()).count(platform)
        for article in articles:
            name = article.attributes["id"] or ""
            (link,) = article.css(f'a[href="../../c/{name}/"]')
            assert name in (link.attributes["aria-label"] or "") and "Page" in (link.attributes["aria-label"] or "")


def test_the_frame_of_a_page_is_that_of_the_site(built_site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    like = LexborHTMLParser((built_site / "policies/meta/index.html").read_bytes())
    html = pages["meta-posts-eu"]
    for selector in ("header", "footer", ".oi-nav__site", "head style", "script[src]"):
        assert len(html.css(selector)) == len(like.css(selector)) > 0, selector
    assert not html.css(".oi-nav__page, [aria-current], link[rel=prev], link[rel=next]")
    for node in html.css("nav a"):
        href = node.attributes["href"] or ""
        assert href == "../.." or href.startswith("../../"), href
    canonical = html.css_first("link[rel=canonical]")
    assert canonical and canonical.attributes["href"] == f"{SITE_URL}c/meta-posts-eu/"


def test_pages_of_statements_are_not_in_the_search_index(built_site: Path) -> None:
    index = json.loads((built_site / "search/index.json").read_text(encoding="utf-8"))
    assert not [entry["location"] for entry in index["docs"] if entry["location"].startswith(("c/", "g/"))]
