"""Pictures of screens as people meet them: one of two, in the best format, large enough, with and without script."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scripts.screens.shapes import BADGE

PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 375, "height": 667}
DESK = {"width": 1280, "height": 900}
GUIDES = ("guides/linkedin-web/", "guides/linkedin-app/", "guides/facebook/")
THEMES = ("light", "dark")
LEAST_BADGE = 16  # CSS pixels
_PATIENCE = 60.0  # seconds until a picture must be there


@contextmanager
def opened(browser: Browser, address: str, **context: Any) -> Iterator[Page]:
    """A page in a fresh context, closed afterwards. What it asks for is in `page.asked`."""
    fresh = browser.new_context(**context)
    try:
        page = fresh.new_page()
        page.goto(address, wait_until="load")
        yield page
    finally:
        fresh.close()


@contextmanager
def seen(browser: Browser, address: str, **context: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page whose pictures have all come into view and arrived; and the pictures of screens that it asked for."""
    fresh = browser.new_context(**context)
    try:
        page = fresh.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/screens/" in request.url else None)
        page.goto(address, wait_until="load")
        look(page)
        yield page, asked
    finally:
        fresh.close()


def look(page: Page) -> None:
    """Bring every picture that has a box into view, and wait for it."""
    figures = page.locator("figure.oi-figure")
    assert figures.count() > 0
    for index in range(figures.count()):
        image = figures.nth(index).locator("img:visible")
        arrived = "(image) => { image.scrollIntoView({block: 'center'}); return image.complete && image.naturalWidth; }"
        end = time.monotonic() + _PATIENCE
        while not image.evaluate(arrived):
            assert time.monotonic() < end, f"{image.get_attribute('src')} never came on {page.url}"
            page.wait_for_timeout(20)


def shown(page: Page) -> list[list[str]]:
    """For each figure, the file that each of its visible pictures took."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => [...document.querySelectorAll('figure.oi-figure')].map((figure) =>
          [...figure.querySelectorAll('img')].filter((image) => image.checkVisibility())
            .map((image) => image.currentSrc.split('/').pop()))"""
    )


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_one_picture_of_each_screen_is_shown_and_fetched_in_the_right_theme_and_as_avif(
    browser: Browser, site_address: str, guide: str, theme: Any, script: bool
) -> None:
    context = {"color_scheme": theme, "java_script_enabled": script, "viewport": DESK}
    with seen(browser, site_address + guide, **context) as (page, asked):
        taken = shown(page)
        assert all(len(files) == 1 for files in taken), taken
        assert all(re.fullmatch(rf"[a-z0-9-]+\.{theme}\.wide@1\.avif", files[0]) for files in taken), taken
        wanted = [files[0] for files in taken]
        if theme == "dark" and not script:  # paper shows the light one, and a browser that prints does not wait for it
            wanted += [name.replace(".dark.", ".light.") for name in wanted]
        assert sorted(url.split("/")[-1] for url in asked) == sorted(wanted)


def test_the_button_changes_the_pictures_as_well(browser: Browser, site_address: str) -> None:
    with seen(browser, site_address + GUIDES[0], color_scheme="light", viewport=DESK) as (page, asked):
        before = shown(page)
        page.get_by_title("Change to dark").click()
        look(page)
        after = shown(page)
        assert [[name.replace(".light.", ".dark.") for name in files] for files in before] == after
        assert len(asked) == 2 * len(before)


@pytest.mark.parametrize("viewport", [PHONE, SMALL_PHONE], ids=["390 px", "375 px"])
@pytest.mark.parametrize("guide", GUIDES)
def test_a_phone_gets_the_narrow_picture_with_numbers_of_at_least_16_px(
    browser: Browser, site_address: str, guide: str, viewport: Any
) -> None:
    narrow = 0
    with seen(browser, site_address + guide, viewport=viewport, device_scale_factor=3) as (page, _):
        for image in page.locator("figure.oi-figure img:visible").all():
            taken = str(image.evaluate("(image) => image.currentSrc"))
            has_narrow = image.evaluate("(image) => !!image.parentNode.querySelector('source[media*=max-width]')")
            assert taken.endswith("@2.avif")
            assert (".narrow@" in taken) == has_narrow, taken
            narrow += has_narrow
            # The picture's own width is that of the file in CSS pixels: how much is it shrunk?
            size = image.evaluate("(image) => [image.getBoundingClientRect().width, image.naturalWidth]")
            assert BADGE * size[0] / size[1] >= LEAST_BADGE, taken
    assert narrow or guide != GUIDES[0]


SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
}"""


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_when_pictures_arrive(browser: Browser, site_address: str, viewport: Any) -> None:
    fresh = browser.new_context(viewport=viewport)
    try:
        page = fresh.new_page()
        held: list[Any] = []
        late: list[Any] = []

        def hold(route: Any) -> None:
            if late:
                route.continue_()
            else:
                held.append(route)

        page.route("**/assets/generated/screens/**", hold)
        page.goto(site_address + GUIDES[1], wait_until="domcontentloaded")
        page.evaluate(SHIFTS)
        images = page.locator("figure.oi-figure img:visible")
        where = "(image) => { const box = image.getBoundingClientRect(); return [box.width, box.height]; }"
        before = [image.evaluate(where) for image in images.all()]
        for image in images.all():
            image.evaluate("(image) => image.scrollIntoView({block: 'center'})")
            page.wait_for_timeout(50)
        assert held
        late.append(True)
        for route in held:
            route.continue_()
        look(page)
        page.wait_for_timeout(200)
        assert [image.evaluate(where) for image in images.all()] == before
        assert page.evaluate("window.shifted") < 0.01
    finally:
        fresh.close()


@pytest.mark.parametrize("theme", THEMES)
def test_a_picture_opens_in_full_size_without_script(browser: Browser, site_address: str, theme: Any) -> None:
    with opened(browser, site_address + GUIDES[0], java_script_enabled=False, color_scheme=theme) as page:
        link = page.locator("figure.oi-figure a.oi-picture:visible").first
        with page.expect_response("**/*.webp") as answer:
            link.click()
        assert answer.value.status == 200
        assert page.url.endswith(f".{theme}.wide@2.webp")


def test_the_link_around_a_picture_shows_that_it_has_the_focus(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address + GUIDES[0], viewport=DESK) as page:
        link = page.locator("figure.oi-figure a.oi-picture:visible").first
        link.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert link.evaluate("(link) => document.activeElement === link")
        assert link.evaluate("(link) => getComputedStyle(link).outlineStyle") == "solid"
        assert link.evaluate("(link) => parseFloat(getComputedStyle(link).outlineWidth)") >= 2


def test_the_list_is_part_of_what_is_read_with_the_picture(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address + GUIDES[0], viewport=DESK) as page:
        figure = page.locator("figure.oi-figure").first
        image = figure.get_by_role("img")
        assert image.count() == 1  # the other theme is not read
        described = image.get_attribute("aria-describedby")
        assert figure.get_by_role("list").get_attribute("id") == described
        assert figure.get_by_role("listitem").count() > 0


@pytest.mark.parametrize("theme", THEMES)
def test_with_forced_colours_legend_numbers_and_one_picture_stay(
    browser: Browser, site_address: str, theme: Any
) -> None:
    context = {"forced_colors": "active", "color_scheme": theme, "viewport": PHONE}
    with seen(browser, site_address + GUIDES[0], **context) as (page, _):
        assert all(len(files) == 1 for files in shown(page))
        for line in page.locator(".oi-legend > li").all():
            assert line.is_visible()
            number = line.evaluate(
                "(line) => { const s = getComputedStyle(line, '::before'); return [s.color, s.backgroundColor]; }"
            )
            assert number[0] != number[1]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_on_paper_each_legend_has_the_light_picture_beside_it(
    browser: Browser, site_address: str, theme: Any, script: bool
) -> None:
    context = {"color_scheme": theme, "java_script_enabled": script, "viewport": DESK}
    with opened(browser, site_address + GUIDES[0], **context) as page:
        page.emulate_media(media="print", color_scheme=theme)
        figures = page.locator("figure.oi-figure")
        for figure in figures.all():
            (picture,) = figure.locator("picture:visible").all()
            name = str(picture.locator("img").evaluate("(image) => image.currentSrc || image.src"))
            assert name.endswith(".print.png") if script else ".light." in name
            box, legend = picture.bounding_box(), figure.locator("ol.oi-legend").bounding_box()
            assert box and legend
            assert box["x"] + box["width"] <= legend["x"]
            assert box["height"] < 300
        assert page.pdf().count(b"/Subtype /Image") >= figures.count()


def test_pictures_stay_within_a_phone_of_320_px(browser: Browser, site_address: str) -> None:
    for guide in GUIDES:
        with opened(browser, site_address + guide, viewport={"width": 320, "height": 700}) as page:
            for picture in page.locator("figure.oi-figure a.oi-picture:visible").all():
                box = picture.bounding_box()
                assert box
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= 320
