"""Pages as people set them up: forced colours, less motion, 400 % zoom, more space in the text, fingers, a keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_access import FOCUS
from tests.browser.test_look import draw_all, opened

KINDS = ("", "compare/eu/", "guides/linkedin-web/", "c/meta-posts-eu/")
ZOOMED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %, as WCAG 1.4.10 counts
PHONE = {"width": 390, "height": 844}

# Buttons without an edge or a picture, states without words, and shapes that one cannot tell from the paper.
LOST = """() => {
  const style = (node, part) => getComputedStyle(node, part);
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility());
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light(style(document.body).backgroundColor);
  const contrast = (colour) => (Math.max(light(colour), paper) + 0.05) / (Math.min(light(colour), paper) + 0.05);
  const drawn = (svg) => [svg, ...svg.querySelectorAll('*')].flatMap((part) => [style(part).fill, style(part).stroke])
    .filter((colour) => colour.startsWith('rgb'));
  return {
    active: matchMedia('(forced-colors: active)').matches,
    edges: shown('.oi-button, article button').filter((node) => !(parseFloat(style(node).borderTopWidth) >= 1
      && style(node).borderTopStyle === 'solid')).map((node) => node.outerHTML.slice(0, 120)),
    icons: shown('header button').filter((node) => !node.querySelector('svg')).length,
    wordless: shown('.oi-state').filter((node) => !/[A-Za-z]{2}/.test(node.innerText)).length,
    states: shown('.oi-state').length,
    faint: [
      ...shown('article svg:not(.oi-qr), header svg').map((svg) => [svg, drawn(svg)]),
      ...shown('.oi-shape').map((shape) => [shape, [style(shape).backgroundColor]]),
      ...shown('.oi-state').map((state) => [state, [style(state, '::before').borderBottomColor]]),
    ].filter(([, colours]) => colours.some((one) => contrast(one) < 3)).map(([node]) => node.outerHTML.slice(0, 120)),
  };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_forced_colours_buttons_have_edges_states_have_words_and_focus_has_a_ring(
    browser: Browser, site_address: str, scheme: Any
) -> None:
    with opened(browser, site_address, viewport=PHONE, forced_colors="active", color_scheme=scheme) as page:
        # Somebody chose the other scheme here before the system's colours were forced.
        page.evaluate("(was) => localStorage.setItem(oiChoice, JSON.stringify({color: {scheme: was}}))", OTHER[scheme])
        for name in KINDS:
            page.goto(site_address + name)
            draw_all(page)
            found = page.evaluate(LOST)
            assert found.pop("active")
            assert found.pop("states") > 0 or name.startswith("guides/")
            assert found == {"edges": [], "icons": 0, "wordless": 0, "faint": []}, name
            for _ in range(6):
                page.keyboard.press("Tab")
                place = page.evaluate(FOCUS)
                assert place["ring"] >= 2, place


OTHER = {"light": "slate", "dark": "default"}

MOVING = """() => [document, ...document.querySelectorAll('*')].slice(1).filter((node) => ['', '::before', '::after']
  .map((part) => getComputedStyle(node, part)).some((style) => style.scrollBehavior === 'smooth'
    || style.animationName !== 'none'
    || (style.transitionProperty !== 'none' && parseFloat(style.transitionDuration) > 0.001)))
  .map((node) => node.outerHTML.slice(0, 120))"""


def test_nothing_moves_for_who_asked_for_less_motion_not_even_in_the_search(
    browser: Browser, site_address: str
) -> None:
    with opened(browser, site_address, viewport=PHONE, reduced_motion="reduce") as page:
        for name in KINDS:
            page.goto(site_address + name)
            assert page.evaluate(MOVING) == [], name
        page.get_by_role("button", name="Search").click()
        page.keyboard.type("photos")
        page.locator(".oi-search li a").first.wait_for()
        assert page.evaluate(MOVING) == []


def focused(page: Page) -> Iterator[dict[str, Any]]:
    """Where the focus goes with each press of Tab, until it leaves the page."""
    for _ in range(600):
        page.keyboard.press("Tab")
        place = page.evaluate(FOCUS)
        if not place:
            return
        yield place
    pytest.fail("the focus never leaves the page")


@pytest.mark.parametrize("name", ["", "guides/linkedin-web/", "c/meta-posts-eu/"])
def test_at_400_percent_no_focus_is_covered_and_the_page_does_not_scroll_sideways(
    browser: Browser, site_address: str, name: str
) -> None:
    with opened(browser, site_address + name, viewport=ZOOMED, reduced_motion="reduce") as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"]
        places = list(focused(page))
        assert {"article", "footer"} <= {place["where"] for place in places}
        assert [place for place in places if not place["shown"] or place["ring"] < 2] == []
        # Some pictures are higher than this view: their ring cannot be seen as a whole.
        assert [place for place in places if place["top"] < 0 and place["box"]["height"] < ZOOMED["height"]] == []
        assert page.evaluate(STUCK) <= ZOOMED["height"] / 3


# How much of the view is taken by what stays when one scrolls.
STUCK = """() => [...document.querySelectorAll('*')]
  .filter((node) => ['fixed', 'sticky'].includes(getComputedStyle(node).position) && node.checkVisibility()
    && node.getBoundingClientRect().width > innerWidth / 2)
  .reduce((most, node) => Math.max(most, node.getBoundingClientRect().height), 0)"""


@pytest.mark.parametrize("name", ["", "guides/linkedin-web/"])
def test_at_400_percent_no_words_are_lost(browser: Browser, site_address: str, name: str) -> None:
    said = []
    for size in (ZOOMED, {"width": 1280, "height": 1024}):
        with opened(browser, site_address + name, viewport=size) as page:
            draw_all(page)
            article = page.locator("article.md-content__inner")
            said.append(" ".join(article.inner_text().split()))
    assert len(said[0]) > 1000
    assert said[0] == said[1]


# WCAG 1.4.12, to the letter.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
# Boxes that cut their words off (what scrolls can be reached, what is one pixel large is for screen readers alone), and
# lines that lie on lines of others.
CUT = """() => [...document.querySelectorAll('.md-container *, .md-header *')]
  .filter((node) => node.checkVisibility({visibilityProperty: true, opacityProperty: true}) && node.clientWidth > 1)
  .filter((node) => ['hidden', 'clip'].includes(getComputedStyle(node).overflowX)
    || ['hidden', 'clip'].includes(getComputedStyle(node).overflowY))
  .filter((node) => node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1)
  .map((node) => node.outerHTML.slice(0, 120))"""
OVERLAPPING = """() => {
  const lines = [];
  const walker = document.createTreeWalker(document.querySelector('.md-container'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || !node.parentElement.checkVisibility({visibilityProperty: true})) continue;
    if (node.parentElement.closest('thead, .oi-note i')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 2) lines.push({box, node});
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  const found = [];
  lines.forEach((one, at) => {
    for (const other of lines.slice(at + 1)) {
      if (other.box.top > one.box.bottom) break;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      if (one.node !== other.node && wide > 2 && high > 0.4 * Math.min(one.box.height, other.box.height))
        found.push(one.node.data.trim().slice(0, 40) + ' / ' + other.node.data.trim().slice(0, 40));
    }
  });
  return found;
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_more_space_between_letters_words_and_lines_cuts_nothing_off(
    browser: Browser, site_address: str, width: int
) -> None:
    with opened(browser, site_address, viewport={"width": width, "height": 900}, bypass_csp=True) as page:
        for name in KINDS:
            page.goto(site_address + name)
            page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
            draw_all(page)
            page.add_style_tag(content=SPACED)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert page.evaluate(CUT) == [], name
            assert page.evaluate(OVERLAPPING) == [], name


# A target within a sentence may be as small as its words; any other one is 24 px wide and high (WCAG 2.5.8).
SMALL = """([selector, least]) => [...document.querySelectorAll(selector)]
  .filter((node) => node.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter((node) => getComputedStyle(node).display !== 'inline')
  .map((node) => [node.getBoundingClientRect(), node])
  .filter(([box]) => Math.min(box.width, box.height) < least)
  .map(([box, node]) => [Math.round(box.width), Math.round(box.height), node.outerHTML.slice(0, 120)])"""
MAIN = ".oi-button, header button, header .oi-home, .oi-nav__close"


def test_what_one_presses_is_large_enough_for_a_finger(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address, viewport=PHONE) as page:
        for name in KINDS:
            page.goto(site_address + name)
            draw_all(page)
            assert page.evaluate(SMALL, ["a, button, input, summary, [tabindex='0']", 24]) == [], name
            assert page.locator(MAIN).locator("visible=true").count() >= 4
            assert page.evaluate(SMALL, [MAIN, 44]) == [], name
        page.get_by_role("button", name="Search").click()
        page.keyboard.type("photos")
        page.locator(".oi-search li a").first.wait_for()
        assert page.evaluate(SMALL, [".oi-search input, .oi-search button", 44]) == []
        assert page.evaluate(SMALL, [".oi-search a", 24]) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Menu").click()
        assert page.evaluate(SMALL, [".oi-nav a, .oi-nav button", 24]) == []
        assert page.evaluate(SMALL, [".oi-nav button", 44]) == []


@pytest.mark.parametrize(
    ("look", "argument", "styles"),
    [
        (MOVING, None, "a { transition: color 1s !important; }"),
        (CUT, None, "h1 { height: 5px; overflow: hidden; }"),
        (OVERLAPPING, None, "h1 { margin-bottom: -60px !important; }"),
        (SMALL, [MAIN, 44], ".oi-button { min-height: 0 !important; padding: 0 !important; }"),
        (SMALL, ["a", 24], "article a { display: inline-block; line-height: 1; }"),
        (STUCK, None, ".md-content { position: sticky; }"),
    ],
)
def test_each_look_sees_what_is_wrong(
    browser: Browser, site_address: str, look: str, argument: Any, styles: str
) -> None:
    with opened(browser, site_address, viewport=PHONE, bypass_csp=True) as page:
        before = page.evaluate(look, argument)
        page.add_style_tag(content=styles)
        after = page.evaluate(look, argument)
        assert after > 300 if isinstance(after, float | int) else len(after) > len(before)
