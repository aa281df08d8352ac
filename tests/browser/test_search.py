"""What a person types finds what they mean, among the first three results."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

# What is typed, and the places of which at least one must be among the results (page, or page with section).
QUERIES = {
    "opt out linkedin": {"guides/linkedin-web/", "guides/linkedin-app/"},
    "private messages": {"policies/linkedin/#messages", "policies/meta/#messages", "policies/meta/#q-private-messages"},
    "microsoft": {"policies/linkedin/#microsoft"},
    "résumé": {"policies/linkedin/#resumes"},
    "resume": {"policies/linkedin/#resumes"},
    "whatsapp": {"guides/whatsapp-meta-ai/"},
    "under 18": {"policies/linkedin/#under-18", "policies/meta/#under-18", "policies/meta/#q-under-18-posts"},
    "objection form": {"guides/linkedin-objection/", "policies/meta/#which-form"},
    "what if I already posted": {"policies/linkedin/#already-posted", "policies/meta/#already-posted"},
    "Switzerland": {"compare/ch/"},
    "delete ai chat": {"guides/whatsapp-meta-ai/#delete-ai-chat"},
    "deadline": {"guides/linkedin-web/#deadline", "guides/facebook/#deadline"},
    "photos of me": {"guides/third-party-information/#photos-of-me"},
    "not retroactive": {"policies/linkedin/#not-retroactive"},
    "facebook": {"guides/facebook/"},
    "instagram": {"guides/instagram/"},
    "opt out": {"guides/"},
    "zurich": {"compare/ch/"},
    "teenager": {"policies/linkedin/#under-18", "policies/meta/#under-18"},
    "uk": {"compare/uk/"},
    "how do i turn off linkedin ai": {"guides/linkedin-app/"},
    "objecting forms": {"guides/linkedin-objection/"},  # other forms of the words
    "stop meta ai whatsapp": {"guides/whatsapp-meta-ai/"},
    "instagram opt out uk": {"guides/instagram/"},
    "my kid": {"policies/meta/#under-18"},
    "sao paulo": {"compare/br/"},
    "privte mesages": {"policies/meta/#q-private-messages"},  # mistyped
}


@pytest.fixture(scope="module")
def search(browser: Browser, site_address: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(site_address)
    page.get_by_role("button", name="Search").click()
    return page


def results(page: Page, query: str, site_address: str) -> list[str]:
    """The places of the first three results, each with the sections that it shows."""
    field = page.locator(".oi-search input")
    field.fill("")
    field.press_sequentially(query)
    expect(page.locator(".oi-search [role=status]")).to_have_text(re.compile(r"^\d+ pages?$"))
    links = [link for item in page.locator(".oi-search ol > li").all()[:3] for link in item.locator("a").all()]
    return [(link.get_attribute("href") or "").removeprefix(site_address) for link in links]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_its_answer_among_the_first_three_results(search: Page, site_address: str, query: str) -> None:
    found = results(search, query, site_address)
    assert set(found) & QUERIES[query], f"{query!r} found {found}"


def test_words_that_are_nowhere_find_nothing(search: Page) -> None:
    field = search.locator(".oi-search input")
    field.fill("xylophonequark")
    expect(search.locator(".oi-search [role=status]")).to_contain_text("No page has these words")
    assert search.locator(".oi-search li").count() == 0
