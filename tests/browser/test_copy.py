"""Copying what is there to be shared, with script and without, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect


def test_a_button_copies_the_text_and_says_so(browser: Browser, site_address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site_address}guides/facebook/")
    page.get_by_text("Share or cite this page").click()
    page.get_by_role("button", name="Copy: Markdown").click()
    expect(page.get_by_role("button", name="Copied: Markdown")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".oi-copy pre").nth(1).text_content()
    assert copied.startswith("> ") and "/g/facebook/" in copied
    expect(page.get_by_role("button", name="Copy: Markdown")).to_be_visible(timeout=4000)
    context.close()


def test_where_copying_is_not_allowed_the_text_is_selected(browser: Browser, site_address: str) -> None:
    context = browser.new_context()
    context.add_init_script("navigator.clipboard.writeText = () => Promise.reject()")
    page = context.new_page()
    page.goto(f"{site_address}c/li-ms-ai-uk/")
    page.get_by_role("button", name="Copy: BibTeX").click()
    expect(page.get_by_role("button", name="Selected: BibTeX")).to_be_visible()
    assert page.evaluate("getSelection().toString()").startswith("@misc{optedin-li-ms-ai-uk,")
    context.close()


def test_without_script_the_text_is_there_and_no_button(browser: Browser, site_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}compare/uk/")
    page.get_by_text("Share or cite this page").click()
    expect(page.locator(".oi-copy pre")).to_have_count(6)
    expect(page.locator(".oi-copy pre").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Copy:"))).to_have_count(0)
    context.close()


def test_nothing_of_it_is_on_paper(browser: Browser, site_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site_address}c/li-ms-ai-uk/")
    expect(page.locator(".oi-share")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".oi-share")).to_be_hidden()
    context.close()
