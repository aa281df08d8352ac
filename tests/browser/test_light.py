"""A first view is light, nothing moves on it, and the search comes only to those who search."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from scripts import weight
from scripts.project import Project
from tests.browser.test_look import opened

SEARCH = ("/search.js", "/search.css", "/minisearch.js", "/search/index.json")


@pytest.mark.parametrize("page", weight.PAGES.values(), ids=weight.PAGES)
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_first_view_keeps_its_limits(
    browser: Browser, built_site: Path, site_address: str, page: str, script: bool
) -> None:
    view = weight.first_view(browser, built_site, site_address, page, script=script)
    assert view.requests >= 1
    assert view.text > 5_000
    assert weight.too_heavy([view]) == []


@pytest.mark.parametrize(("width", "files"), [(390, 0), (1280, 1)], ids=["phone", "wide screen"])
def test_type_comes_once_to_wide_screens_and_never_to_phones(
    browser: Browser, site_address: str, width: int, files: int
) -> None:
    asked: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(site_address, wait_until="networkidle")
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    context.close()
    assert len(asked) > 1
    assert len([url for url in asked if url.endswith(".woff2")]) == files, asked
    assert ("Libre Franklin" in family) == bool(files)


def test_what_all_pages_share_has_not_grown(built_site: Path) -> None:
    assert weight.grown(weight.shell(built_site), weight.read(Project.here().docs)) == []


def test_what_grows_by_more_than_two_hundredths_is_named() -> None:
    before = weight.Shell(styles=1000, script=1000, type=1000, search_code=1000)
    assert weight.grown(replace(before, styles=1020), before) == []
    (said,) = weight.grown(replace(before, search_code=1021), before)
    assert said.startswith("search code: 1021 bytes, 1000 before")


def test_a_view_that_breaks_a_limit_is_named() -> None:
    view = weight.View("", True, 7, text=50_000, type=5_000, pictures=6_000)
    assert weight.too_heavy([view]) == ["home: 61000 bytes, limit 60000", "home: 7 requests, limit 6"]
    assert weight.too_heavy([replace(view, script=False)]) == ["home: 50000 bytes without script, limit 30000"]


def test_the_code_and_the_index_of_the_search_come_when_it_is_opened(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address + "guides/", viewport={"width": 1280, "height": 900}) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.mouse.wheel(0, 600)
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if any(part in url for part in SEARCH)]
        page.get_by_role("button", name="Search").click()
        expect(page.locator(".oi-search [role=status]")).to_contain_text("Type to start")
        for part in SEARCH:
            assert [url for url in asked if part in url], part


@pytest.mark.parametrize("keys", ["Control+k", "Meta+k"])
def test_two_keys_open_the_search_and_what_is_typed_at_once_is_found(
    browser: Browser, site_address: str, keys: str
) -> None:
    with opened(browser, site_address, viewport={"width": 1280, "height": 900}) as page:
        page.keyboard.press(keys)
        page.keyboard.type("whatsapp")
        page.locator(".oi-search li a").first.wait_for()
        assert page.locator(".oi-search input").input_value() == "whatsapp"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/whatsapp-meta-ai/**")


def test_enter_alone_opens_the_first_result(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address, viewport=weight.PHONE) as page:
        page.keyboard.press("Control+k")
        page.keyboard.type("where is the deadline")  # only the last word tells anything
        first = page.locator(".oi-search li a").first
        first.wait_for()
        marked = {word.lower() for word in page.locator(".oi-search mark").all_inner_texts()}
        assert "deadline" in marked and not marked & {"where", "is", "the"}
        address = str(first.get_attribute("href"))
        page.keyboard.press("Enter")
        page.wait_for_url(address)


def test_no_letter_or_sign_alone_opens_the_search(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address, viewport=weight.PHONE) as page:
        page.keyboard.type("fks/,.pn ")
        assert page.locator("dialog").count() == 0


def test_the_search_knows_forms_of_a_word_and_leads_into_a_page(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address, viewport={"width": 390, "height": 844}) as page:
        page.get_by_role("button", name="Search").click()
        page.keyboard.type("objecting forms")
        page.locator(".oi-search li a[href*='#']").first.wait_for()
        assert {word.lower() for word in page.locator(".oi-search mark").all_inner_texts()} >= {"objection", "form"}
        page.keyboard.press("Escape")
        page.wait_for_function("document.activeElement.classList.contains('oi-find')")


def test_arrows_go_through_the_results_and_one_on_the_same_page_shows_its_place(
    browser: Browser, site_address: str
) -> None:
    with opened(browser, site_address + "policies/linkedin/", viewport=weight.PHONE) as page:
        page.keyboard.press("Control+k")
        page.keyboard.type("microsoft")
        link = page.locator(".oi-search li a[href$='policies/linkedin/#microsoft']")
        link.wait_for()
        for _ in range(12):
            page.keyboard.press("ArrowDown")
            if link.evaluate("node => node === document.activeElement"):
                break
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_function("!document.querySelector('.oi-search').open && location.hash === '#microsoft'")
        assert page.locator("#microsoft").evaluate("node => Math.abs(node.getBoundingClientRect().top) < 400")


def test_a_search_that_cannot_be_loaded_says_so(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address, viewport=weight.PHONE) as page:
        page.route("**/search/index.json", lambda route: route.abort())
        page.get_by_role("button", name="Search").click()
        expect(page.locator(".oi-search [role=status]")).to_have_text(
            "The search cannot be loaded. The menu has all pages."
        )


# Reads as fast as a finger can: 12,000 px a second.
SHIFT = """async () => {
  let shift = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  await document.fonts.ready;
  for (let y = 0; y < document.body.scrollHeight; y += 200) {
    scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(done));
  }
  await new Promise((done) => setTimeout(done, 200));
  return shift;
}"""


@pytest.mark.parametrize("page_name", weight.PAGES.values(), ids=weight.PAGES)
def test_nothing_moves_while_a_page_loads_and_is_read(browser: Browser, site_address: str, page_name: str) -> None:
    with opened(browser, site_address + page_name, viewport=weight.PHONE) as page:
        assert page.evaluate(SHIFT) == 0


def test_every_picture_waits_until_it_is_near(built_site: Path) -> None:
    for path in built_site.rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        assert text.count("<img") == text.count('loading="lazy"'), path
