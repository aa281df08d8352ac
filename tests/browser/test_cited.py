"""The number of a source shows the source on the spot, and gives the reader back to where the number stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_access import broken
from tests.browser.test_look import PHONE, opened

REGION = "compare/uk/"
SHEET = "dialog.oi-cited"


def number(page: Page) -> str:
    """Where the focus is."""
    return str(page.evaluate("document.activeElement.textContent"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_number_of_a_source_shows_it_without_leaving_the_place(
    browser: Browser, site_address: str, scheme: str
) -> None:
    with opened(browser, site_address + REGION, viewport=PHONE, color_scheme=scheme, bypass_csp=True) as page:
        link = page.locator(".oi-brief .oi-note a").first
        link.click()
        sheet = page.get_by_role("dialog", name="Source 1", exact=True)
        assert sheet.is_visible()
        listed = " ".join(str(page.locator("#n1").text_content()).split())
        assert listed in " ".join(str(sheet.text_content()).split())
        assert page.evaluate("scrollY") == 0
        assert page.url.endswith(REGION)
        box = sheet.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
        assert box["y"] + box["height"] <= PHONE["height"] and box["height"] < PHONE["height"] / 2
        button = sheet.get_by_role("button", name="Close").bounding_box()
        assert button and button["height"] >= 44
        assert broken(page) == []


def close_by_button(page: Page) -> None:
    page.get_by_role("button", name="Close").click()


def close_by_key(page: Page) -> None:
    page.keyboard.press("Escape")


def close_beside(page: Page) -> None:
    page.mouse.click(20, 20)


@pytest.mark.parametrize("close", [close_by_button, close_by_key, close_beside])
def test_it_closes_and_the_focus_is_on_the_number_again(
    browser: Browser, site_address: str, close: Callable[[Page], None]
) -> None:
    with opened(browser, site_address + REGION, viewport=PHONE) as page:
        for link in page.locator(".oi-brief .oi-note a").all()[:2]:
            link.press("Enter")
            assert number(page) == "Close"
            close(page)
            expect(page.locator(SHEET)).to_have_count(0)
            assert number(page) == link.text_content()


def test_without_script_and_in_a_new_tab_it_leads_to_the_list(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address + REGION, viewport=PHONE, java_script_enabled=False) as page:
        page.locator(".oi-brief .oi-note a").first.click()
        assert page.url.endswith("#n1")
    with opened(browser, site_address + REGION) as page:
        with page.context.expect_page() as fresh:
            page.locator(".oi-brief .oi-note a").first.click(modifiers=["Control"])
        fresh.value.wait_for_url(lambda address: address.endswith("#n1"))  # it is blank at first
        assert page.locator(SHEET).count() == 0


def test_paper_does_not_show_what_is_open_on_the_screen(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address + REGION, viewport=PHONE) as page:
        page.locator(".oi-brief .oi-note a").first.click()
        page.emulate_media(media="print")
        assert not page.locator(SHEET).is_visible()
