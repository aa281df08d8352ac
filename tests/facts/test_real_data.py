"""The facts that we publish: whole, and right on the points that readers find wrong elsewhere."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from scripts.facts.resolve import Resolver
from scripts.project import Project
from tests.real import real_facts, real_page_regions

TODAY = dt.date.today()  # what is published is checked against the day of its publication
FIRST_EDITION = dt.date(2026, 11, 22)
REGIONS = ["eu", "uk", "ch", "us", "ca", "hk", "br", "au", "elsewhere"]


@pytest.fixture(scope="module")
def known() -> Resolver:
    return Resolver(real_facts(TODAY))


def state(known: Resolver, platform: str, region: str, question: str) -> str | None:
    """The state that holds for all products, else for the first."""
    return known.answers(platform, region, question)[0].claim.state


def test_at_least_28_questions_are_answered_for_both_companies_in_nine_regions(known: Resolver) -> None:
    assert {region.id for region in known.page_regions()} >= set(REGIONS)
    assert len(known.facts.questions) >= 28
    for platform in ("linkedin", "meta"):
        for region in REGIONS:
            empty = [q for q in known.facts.questions if not known.answers(platform, region, q)]
            assert not empty, f"{platform} in {region}"


@pytest.mark.parametrize("platform", ["linkedin", "meta"])
def test_at_least_28_questions_have_more_than_not_checked_somewhere(known: Resolver, platform: str) -> None:
    answered = {
        question
        for question in known.facts.questions
        for claim in known.claims(platform, question)
        if claim.state != "unchecked"
    }
    assert len(answered) >= 28


# What each row says, by platform, region and question. The reasons are in the notes of the claims.
DISTINCTIONS = [
    ("linkedin", "uk", "other-company-ai", "yes"),  # Microsoft's AI: named for the UK alone
    ("linkedin", "eu", "other-company-ai", "no"),
    ("linkedin", "ch", "other-company-ai", "no"),
    ("linkedin", "us", "other-company-ai", "depends"),
    ("linkedin", "us", "ads", "yes"),  # Microsoft ads: another switch, other regions
    ("linkedin", "uk", "ads", "yes"),  # but ads of LinkedIn's own, as the next test says
    ("linkedin", "eu", "ads", "yes"),
    ("linkedin", "ch", "ads", "yes"),
    ("linkedin", "ca", "ads", "unchecked"),
    ("linkedin", "us", "other-models", "no"),  # the switch does not reach ranking and security
    ("linkedin", "eu", "private-messages", "no"),
    ("linkedin", "eu", "group-messages", "yes"),
    ("linkedin", "eu", "job-data", "yes"),
    ("linkedin", "eu", "reaches-back", "no"),
    ("linkedin", "eu", "right-to-object", "yes"),
    ("linkedin", "uk", "right-to-object", "yes"),
    ("linkedin", "ch", "right-to-object", "yes"),
    ("linkedin", "us", "right-to-object", "silent"),
    ("linkedin", "eu", "regulator-approval", "no"),
    ("linkedin", "uk", "regulator-approval", "no"),
    ("linkedin", "eu", "in-by-default", "yes"),
    ("linkedin", "us", "in-by-default", "yes"),
    ("linkedin", "us", "way-out", "yes"),
    ("meta", "eu", "under-18-posts", "no"),
    ("meta", "eu", "under-18-chats", "yes"),
    ("meta", "us", "right-to-object", "no"),
    ("meta", "ca", "right-to-object", "no"),
    ("meta", "au", "right-to-object", "no"),
    ("meta", "eu", "right-to-object", "yes"),
    ("meta", "uk", "right-to-object", "yes"),
    ("meta", "br", "right-to-object", "yes"),
    ("meta", "ch", "way-out", "unchecked"),
    ("meta", "us", "way-out", "no"),
    ("meta", "eu", "switch", "no"),
    ("meta", "eu", "regulator-approval", "no"),
    ("meta", "uk", "regulator-approval", "no"),
    ("meta", "eu", "wrong-forms", "yes"),
    ("meta", "us", "ads", "yes"),
    ("meta", "eu", "ads", "no"),
    ("meta", "uk", "ads", "no"),
    ("meta", "kr", "ads", "no"),
    ("meta", "eu", "private-messages", "no"),
    ("meta", "eu", "reaches-back", "no"),
    ("meta", "eu", "deadline", "no"),
]


@pytest.mark.parametrize(("platform", "region", "question", "expected"), DISTINCTIONS)
def test_the_distinctions_that_readers_do_not_find_elsewhere_hold(
    known: Resolver, platform: str, region: str, question: str, expected: str
) -> None:
    found = state(known, platform, region, question)
    assert found == expected, "if the fact has really changed, change this line as well: it is here to be noticed"


def test_sharing_for_microsofts_ads_leaves_out_europe(known: Resolver) -> None:
    def said(region: str) -> str | None:
        return known.answers("linkedin", region, "ads")[0].claim.short

    assert {said(region) for region in ("eu", "uk", "ch")} == {"LinkedIn's own, not Microsoft's"}
    assert {said(region) for region in ("us", "br", "au", "elsewhere")} == {"more goes to Microsoft"}


@pytest.mark.parametrize("region", real_page_regions())
def test_the_first_words_on_a_region_say_that_meta_offers_no_way_out_just_where_the_facts_do(
    known: Resolver, region: str
) -> None:
    page = (Project.here().docs / "compare" / f"{region}.md").read_text(encoding="utf-8")
    lead = " ".join(page.split("{#top}")[1].partition("--8<--")[0].split())
    none = state(known, "meta", region, "way-out") == "no"
    assert bool(re.search("no form and no switch|no way out|get no .opt-out|way out exists only", lead)) == none, lead
    # Who is in, and how to get out, comes from the facts, in the lines that follow.
    assert "by default" not in lead, lead


def test_the_start_dates_are_right(known: Resolver) -> None:
    def since(platform: str, region: str) -> str | None:
        return known.answers(platform, region, "in-force-since")[0].claim.value

    assert {since("linkedin", region) for region in ("eu", "uk", "ch", "ca", "hk")} == {"2025-11-03"}
    assert {since("linkedin", region) for region in ("us", "br", "au", "elsewhere")} == {"2024-09"}
    assert since("meta", "eu") == "2025-05-27"


def test_metas_entry_point_changed_on_23_july_2026(known: Resolver) -> None:
    links = {claim.link: (claim.from_, claim.until) for claim in known.claims("meta", "where") if "eu" in claim.regions}
    begun, _ = links["https://help.meta.com/support/privacy/"]
    assert begun is not None
    assert begun.iso == "2026-07-23"
    ended = {until.iso for _, until in links.values() if until}
    assert "2026-07-22" in ended


def test_pauses_that_ended_keep_their_place(known: Resolver) -> None:
    ended = {c.id: (c.from_, c.until) for c in known.facts.claims.values() if c.until and not known.current(c)}
    uk = next(span for name, span in ended.items() if name == "li-paused-uk")
    assert [day.iso for day in uk if day] == ["2024-09-20", "2025-11-02"]
    regions = {region for c in known.facts.claims.values() if c.until for region in c.regions}
    assert regions >= {"uk", "hk", "ca", "eu", "br"}


def test_italys_stricter_reading_stands_beside_linkedins_own(known: Resolver) -> None:
    narrower = known.narrower("linkedin", "eu", "late-old-posts")
    assert [place.id for _, places in narrower for place in places] == ["it"]


def test_all_disagreements_and_events_of_both_companies_are_there(known: Resolver) -> None:
    firsts = [dispute.platforms[0] for dispute in known.facts.disagreements.values()]
    assert firsts.count("linkedin") >= 28
    assert firsts.count("meta") >= 21
    assert len(known.facts.events) >= 65
    assert len(known.facts.open_questions) >= 20
    assert sorted(d.top for d in known.facts.disagreements.values() if d.top) == [1, 2, 3, 4, 5]


def test_the_four_articles_each_have_something_right_and_something_wrong(known: Resolver) -> None:
    articles = [source for source in known.facts.sources.values() if source.kind == "article"]
    assert len(articles) == 4
    assert all(article.right and article.wrong for article in articles)


MIRRORS = (
    "tfdracing", "guatda", "sipoch", "mastodawn", "romanticpoetry", "stockwatchindex", "deepmind.blog", "vuink",
    "pathoyeastract", "4565v3", "zagla", "promo-sale", "briefly.co", "greekcryptocommunity", "wired-gov",
    "globalregulatoryinsights",
)  # fmt: skip


def test_no_mirror_is_linked(known: Resolver) -> None:
    linked = [address for s in known.facts.sources.values() for address in (s.address, s.archive) if address]
    linked += [claim.link for claim in known.facts.claims.values() if claim.link]
    assert len(linked) > 100
    assert not [address for address in linked if any(mirror in address for mirror in MIRRORS)]


def test_archived_copies_are_commits_of_the_open_terms_archive(known: Resolver) -> None:
    archives = [source.archive for source in known.facts.sources.values() if source.archive]
    assert len(archives) >= 15
    prefix = "https://github.com/OpenTermsArchive/"
    assert all(archive.startswith(prefix) and "/commit/" in archive for archive in archives)


def test_nothing_of_the_first_edition_claims_that_anybody_looked_at_the_live_platforms(known: Resolver) -> None:
    first = [c for c in known.facts.claims.values() if c.checked is None or c.checked.last <= FIRST_EDITION]
    assert {claim.how for claim in first} == {"archived"}
