"""Short addresses lead on, and the pages behind them look right, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_short_address_of_a_guide_leads_to_it(browser: Browser, site_address: str, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{site_address}g/facebook/")
    page.wait_for_url(f"{site_address}guides/facebook/")
    expect(page.locator("h1")).to_contain_text("Facebook")
    context.close()


def test_the_fragment_goes_along(browser: Browser, site_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site_address}g/linkedin-web/?utm_source=letter#sources")
    page.wait_for_url(f"{site_address}guides/linkedin-web/?utm_source=letter#sources")
    expect(page.locator("#sources")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("claim", ["li-in-by-default-world", "meta-where-eu-until-2026"])
def test_the_page_of_a_statement_fits_and_its_table_can_be_read(
    browser: Browser, site_address: str, width: int, claim: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{site_address}c/{claim}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not failed
    expect(page.get_by_role("table")).to_have_count(1)
    page.locator("nav.oi-nav__site a[href='../../timeline/']").first.evaluate("link => link.click()")
    page.wait_for_url(f"{site_address}timeline/")
    context.close()
