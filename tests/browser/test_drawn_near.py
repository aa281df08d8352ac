"""A phone draws what is far below as a reader comes near. It must then look as if it had been drawn at once.

What is drawn late is also cut off at its own edges, so nothing of it may stick out of them.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from tests.browser.test_comes_back import read_down_to
from tests.browser.test_look import opened

TALL = {"width": 390, "height": 3000}
DEEP = 12_000  # pixels: every kind of part that is drawn late begins above that
# What is drawn late is laid out by itself, and cut off at its edges. This takes away the second, and nothing else.
WHOLE = """(whole) => {
  window.late ??= [...document.querySelectorAll('article *, footer')]
    .filter((node) => getComputedStyle(node).contentVisibility === 'auto');
  for (const picture of document.images) picture.style.visibility = 'hidden'; // scaled a little otherwise each time
  for (const node of late) node.style.cssText = whole ? 'content-visibility: visible; contain: layout style' : '';
  return late.length;
}"""


def seen(page: Page, *, whole: bool) -> Image.Image:
    """What is on the screen, without the content of pictures."""
    page.evaluate(WHOLE, whole)
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


@pytest.mark.parametrize(
    "name",
    [
        "compare/eu/", "compare/", "guides/facebook/", "guides/instagram/", "guides/linkedin-web/",
        "guides/whatsapp-meta-ai/", "policies/linkedin/", "sources/", "timeline/", "c/meta-way-out-world/",
    ],
)  # fmt: skip
def test_what_a_phone_draws_late_is_not_cut_off(browser: Browser, site_address: str, name: str) -> None:
    with opened(browser, site_address + name, viewport=TALL, is_mobile=True, has_touch=True) as page:
        assert page.evaluate(WHOLE, False) > 0
        read_down_to(page, DEEP)
        for down in range(0, DEEP, TALL["height"]):
            page.evaluate("(down) => scrollTo(0, down)", down)
            page.wait_for_timeout(100)
            differs = ImageChops.difference(seen(page, whole=False), seen(page, whole=True)).getbbox()
            assert differs is None, f"{name}, {down} pixels down, within {differs}"
            page.evaluate(WHOLE, False)
