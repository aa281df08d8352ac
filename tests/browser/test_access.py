"""No rule of axe is broken on any kind of page, light or dark, narrow or wide, with script or without."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.test_look import opened

# One page of each kind, each seen in another way; together every pair of colours, width and script is there.
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}
SEEN: tuple[tuple[str, str, dict[str, int]], ...] = (
    ("", "light", NARROW),
    ("", "dark", WIDE),
    ("compare/", "dark", NARROW),
    ("compare/eu/", "light", WIDE),
    ("compare/us/", "dark", NARROW),
    ("guides/", "light", WIDE),
    ("guides/linkedin-web/", "dark", WIDE),
    ("guides/facebook/", "light", NARROW),
    ("guides/instagram/checklist/", "dark", NARROW),
    ("policies/meta/", "light", NARROW),
    ("policies/linkedin/", "dark", WIDE),
    ("timeline/", "light", NARROW),
    ("disagreements/", "dark", NARROW),
    ("sources/", "light", WIDE),
    ("newsletter/", "dark", NARROW),
    ("about/", "light", WIDE),
    ("about/accessibility/", "dark", NARROW),
    ("about/glossary/", "light", WIDE),
    ("about/link-health/", "light", NARROW),
    ("c/meta-posts-eu/", "dark", WIDE),
    ("no-such-page/", "light", WIDE),
)
# Only what is wrong: telling all that is right takes as long as looking.
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
OPEN_ALL = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"


def broken(page: Page) -> list[tuple[str, str]]:
    """The rules that a page breaks, each with the first place."""
    result: dict[str, Any] = Axe().run(page, options=OPTIONS).response
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in result["violations"]]


@pytest.mark.parametrize(("name", "scheme", "size"), SEEN)
def test_no_rule_of_axe_is_broken(
    browser: Browser, site_address: str, name: str, scheme: Any, size: dict[str, int]
) -> None:
    # The policy of a page keeps strangers' scripts out, and axe is one: the browser is told to let it in.
    context = {"color_scheme": scheme, "viewport": size, "bypass_csp": True, "reduced_motion": "reduce"}
    with opened(browser, site_address + name, **context) as page:
        page.evaluate(OPEN_ALL)
        assert broken(page) == []


def test_no_rule_of_axe_is_broken_in_the_menu_and_in_the_results(browser: Browser, site_address: str) -> None:
    phone = {"width": 390, "height": 844}
    with opened(browser, site_address + "guides/instagram/", viewport=phone, bypass_csp=True) as page:
        page.get_by_role("button", name="Menu").click()
        assert broken(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Search").click()
        page.keyboard.type("photos")
        page.locator(".oi-search li a").first.wait_for()
        assert broken(page) == []


def test_axe_sees_what_is_wrong(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address + "about/", bypass_csp=True) as page:
        page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"x\">')")
        assert [rule for rule, _ in broken(page)] == ["image-alt"]


def test_by_keyboard_alone_from_the_home_page_to_the_end_of_a_guide(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address, viewport=WIDE) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "md-skip"
        page.keyboard.press("Enter")
        for _ in range(8):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.oi-button')"):
                break
        else:
            pytest.fail("the first way out is more than 8 Tab presses from the skip link")
        page.keyboard.press("Enter")
        page.wait_for_url("**/guides/**")
        seen: set[str] = set()
        for _ in range(300):
            page.keyboard.press("Tab")
            place = page.evaluate(FOCUS)
            if not place:
                break
            assert place["shown"], place
            assert place["ring"] >= 2, place
            assert place["top"] >= 0, place
            seen.add(place["where"])
        else:
            pytest.fail("the focus never leaves the page")
        assert {"article", "footer"} <= seen


# Where the focus is, how thick its ring, and whether the point in the middle of it is seen and not covered.
FOCUS = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const box = [...focused.getClientRects()].find((part) => part.width && part.height) || new DOMRect();
  const style = getComputedStyle(focused);
  const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    html: focused.outerHTML.slice(0, 150), box: box.toJSON(),
    where: (focused.closest("article, footer, header, .oi-nav") || document.body).localName,
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), // a width without a style draws nothing
    top: box.y - parseFloat(style.outlineOffset) - parseFloat(style.outlineWidth), // of the ring
    shown: !!above && (focused.contains(above) || above.contains(focused)),
  };
}"""
