"""A card says what the page says: the same words, from the same facts, and its alternative text is within the rules."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.facts.resolve import Resolver
from scripts.pages import guide as guide_page
from scripts.pages import label as label_page
from scripts.pages.context import Context
from scripts.publish import card_text
from scripts.publish.card_alt import LEAST, MOST, alt_text
from scripts.publish.card_text import ClaimCard, Content, LabelCard, TitleCard
from tests.publish import card_samples as samples


def text(node: LexborNode) -> str:
    return " ".join((node.text(separator=" ") or "").split()).replace(" :", ":")


@pytest.mark.parametrize("region", samples.resolver().facts.regions)
def test_the_label_of_a_card_has_the_words_of_the_one_on_the_page(region: str) -> None:
    card = samples.real()[f"cards/region/{region}.png"]
    assert isinstance(card, LabelCard)
    html = label_page.labels(Context(samples.resolver(), "index.md", samples.SITE_URL), region)
    sections = LexborHTMLParser(html).css(".oi-label")
    assert [column.platform.name for column in card.columns] == [
        text(node) for section in sections for node in section.css(".oi-label__title strong")
    ]
    drawn = samples.words(card)
    for column, section in zip(card.columns, sections, strict=True):
        assert list(card.wordings) == [text(node) for node in section.css("dt")]
        assert [answer.text for answer in column.answers] == [text(node) for node in section.css("dd")]
        shown = section.css_first(".oi-label__title span")
        foot = section.css_first(".oi-label__foot")
        assert shown and text(shown) == card.region
        assert foot and text(foot).startswith(f"As of {column.as_of}")
        for node in section.css("dd"):
            for word in text(node).replace(": ", " ").split():
                assert word in drawn, word
    assert set(card.region.split()) <= set(drawn)


def test_a_guide_card_says_where_it_works_as_its_page_does() -> None:
    resolver = samples.resolver()
    for slug, guide in resolver.facts.guides.items():
        card = card_text.of_guide(resolver, guide, guide.title, "x")
        html = guide_page.head(Context(resolver, f"guides/{slug}.md", samples.SITE_URL), slug)
        rows = LexborHTMLParser(html).css("dl > div:first-child dd")
        said = [text(row).lower() for row in rows]
        assert [f"{point.lead} {point.more}".strip().lower() for point in card.points] == said, slug
        assert card.as_of in html, slug


@pytest.mark.parametrize("claim", ["li-way-out-world", "li-paused-uk", "meta-in-force-since-br"])
def test_a_claim_card_shows_question_answer_sentence_region_platform_date_and_address(claim: str) -> None:
    facts = samples.resolver().facts
    record, card = facts.claims[claim], samples.real()[f"cards/claim/{claim}.png"]
    assert isinstance(card, ClaimCard)
    drawn = " ".join(samples.words(card))
    for part in (facts.questions[record.question].wording, card.answer.lead, card.answer.more, record.sentence):
        assert part.replace("**", "") in drawn
    for part in (card.region, card.platform.name, f"As of {record.checked}", f"opted-in.example/c/{claim}"):
        assert part in drawn


def test_a_claim_that_holds_no_more_or_not_yet_says_so() -> None:
    ended = samples.real()["cards/claim/li-paused-uk.png"]
    assert isinstance(ended, ClaimCard)
    assert "No longer so: it held until 2 November 2025" in " ".join(samples.words(ended))
    assert alt_text(ended).startswith("No longer so.")
    early = Resolver(replace(samples.resolver().facts, today=dt.date(2025, 1, 1)))
    card = card_text.of_claim(early, early.facts.claims["li-in-by-default-uk"], "x")
    assert card.ended == "Not yet so: it holds from 3 November 2025"
    current = samples.real()["cards/claim/li-way-out-world.png"]
    assert isinstance(current, ClaimCard)
    assert current.ended == ""


def test_the_platform_that_a_page_is_about_comes_first() -> None:
    resolver = samples.resolver()
    for name, first in (("linkedin", ["LinkedIn", "Meta"]), ("meta", ["Meta", "LinkedIn"])):
        columns = card_text.columns(resolver, resolver.facts.platforms[name])
        assert [platform.name for platform in columns] == first


@given(samples.contents)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_alternative_text_has_20_to_125_characters(content: Content) -> None:
    said = alt_text(content)
    assert LEAST <= len(said) <= MOST
    assert said == " ".join(said.split())
    if isinstance(content, LabelCard | TitleCard):
        assert said != content.title


def test_alternative_texts_of_real_cards_name_the_platform_the_region_and_the_answer() -> None:
    for address, content in samples.real().items():
        said = alt_text(content)
        if isinstance(content, LabelCard):
            assert content.region in said, address
            for wording in (content.wordings[0], content.wordings[3]):  # in unless you act, and the way out
                assert wording.rstrip("?") + "?" in said, address
            for column in content.columns:
                assert column.platform.name in said
        elif isinstance(content, ClaimCard):
            assert content.platform.name in said, address
            assert content.answer.lead in said or said.endswith("…"), address


def test_alternative_texts_are_made_of_the_facts_on_the_card() -> None:
    card = samples.real()["cards/region/eu.png"]
    assert isinstance(card, LabelCard)
    left, right = card.columns
    changed = replace(right, answers=(replace(right.answers[0], state="no", lead="No"), *right.answers[1:]))
    assert "LinkedIn yes, Meta no" in alt_text(replace(card, columns=(left, changed)))
    assert "LinkedIn yes, Meta no" not in alt_text(card)


def test_marks_for_bold_never_reach_a_card() -> None:
    for address, content in samples.real().items():
        assert "**" not in repr(content), address


def test_dates_are_those_of_the_copies_that_were_read() -> None:
    for address, content in samples.real().items():
        if isinstance(content, ClaimCard):
            claim = samples.resolver().facts.claims[re.sub(r".*/|\.png", "", address)]
            wanted = f"As of {claim.checked}" if claim.checked else ("Not looked at yet", "From an undated copy")
            assert content.as_of in wanted, address
