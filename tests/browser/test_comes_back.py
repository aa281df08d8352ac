"""A phone does not draw what is far below, and a reader who comes back is all the same where they left the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_look import PHONE, opened

LINK = "article a[href]:not([href^='#'], [href^='http'], .headerlink)"  # to another page of ours
# The link that is nearest to the middle of the screen: its number among all, and how far down it stands.
NEAREST = f"""() => [...document.querySelectorAll("{LINK}")]
  .map((link, number) => [number, link.checkVisibility() ? link.getBoundingClientRect().top : Infinity])
  .sort((one, other) => Math.abs(one[1] - innerHeight / 2) - Math.abs(other[1] - innerHeight / 2))[0]"""
DRAWN = f"""() => [...document.querySelectorAll("{LINK}")]
  .every((link) => link.checkVisibility({{ contentVisibilityAuto: true }}))"""


def read_down_to(page: Page, place: int) -> None:
    """Scroll as a reader does, so that all on the way is drawn."""
    for down in range(0, place, 600):
        page.evaluate("(down) => scrollTo(0, down)", down)
        page.wait_for_timeout(50)
    page.wait_for_timeout(300)


@pytest.mark.parametrize(
    ("name", "place"),
    [("compare/eu/", 20_000), ("guides/facebook/", 12_000), ("sources/", 15_000), ("timeline/", 6_000)],
)
def test_who_comes_back_is_where_they_left_the_page(browser: Browser, site_address: str, name: str, place: int) -> None:
    with opened(browser, site_address + name, viewport=PHONE, is_mobile=True, has_touch=True) as page:
        assert not page.evaluate(DRAWN)
        read_down_to(page, place)
        number, before = page.evaluate(NEAREST)
        page.locator(LINK).nth(number).evaluate("(link) => link.click()")
        page.wait_for_url(lambda address: not address.endswith(name))
        page.go_back()
        page.wait_for_timeout(300)
        after = page.locator(LINK).nth(number).evaluate("(link) => link.getBoundingClientRect().top")
        assert abs(after - before) < PHONE["height"] / 10
