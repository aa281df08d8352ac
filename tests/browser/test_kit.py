"""The blocks for newsletters, drawn by a real browser: wide and narrow, dark, and with pictures off."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.conftest import SITE_URL

BLOCKS = ["guide/linkedin-web", "change/e-2025-11-03-linkedin-training-extended", "change/meta-reason-needed-eu-began"]


@pytest.mark.parametrize("pictures", [True, False], ids=["with pictures", "without pictures"])
@pytest.mark.parametrize("width", [320, 800])
def test_a_mail_is_at_most_600_pixels_wide_fits_a_phone_and_can_be_read(
    browser: Browser, built_site: Path, site_address: str, width: int, pictures: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700}, color_scheme="dark")

    def answer(route: Route) -> None:
        if pictures:
            route.fulfill(path=built_site / route.request.url.removeprefix(SITE_URL))
        else:
            route.abort()

    context.route(f"{SITE_URL}**", answer)
    page = context.new_page()
    for block in BLOCKS:
        page.goto(f"{site_address}kit/{block}.html")
        page.wait_for_load_state("load")
        box = page.locator("body > table").bounding_box()
        assert box and box["width"] <= min(600, width), block
        assert page.evaluate("document.documentElement.scrollWidth") <= width, block
        image = page.locator("img")
        drawn = image.evaluate("image => image.naturalWidth")
        assert (drawn > 0) == pictures, block
        shown = image.bounding_box()
        assert shown and shown["width"] <= min(600, width)
        assert pictures or shown["height"] < 60, "no hole where the picture would be"
        expect(page.locator("p").first).to_be_visible()
        colours = page.locator("body > table").evaluate(
            "table => [getComputedStyle(table).color, getComputedStyle(table).backgroundColor]"
        )
        assert colours == ["rgb(28, 29, 31)", "rgb(255, 255, 255)"]
    context.close()
