"""Each page carries the styles that it needs: it is drawn from one file, and looks as if it had all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from scripts import weight
from tests.browser.test_look import PHONE, draw_all, opened

KINDS = [*weight.PAGES.values(), "timeline/", "policies/meta/", "newsletter/", "about/link-health/", "c/meta-posts-eu/"]

# What is computed for elements and their generated content, as one text each: for two of each kind, since thousands of
# rows are alike. A kind is what an element is called, and what it stands in.
COMPUTED = """() => {
  const told = new Map();
  const name = element => element ? `${element.tagName}.${element.getAttribute('class') || ''}` : '';
  return [...document.querySelectorAll('body, body *')].filter(element => {
    const kind = [element, element.parentElement, element.parentElement.parentElement].map(name).join();
    told.set(kind, (told.get(kind) || 0) + 1);
    return told.get(kind) < 3;
  }).flatMap(element => [null, '::before', '::after', '::marker'].map(part => {
    const style = getComputedStyle(element, part);
    if (part && part != '::marker' && style.content == 'none') return '';
    const known = [...style].filter(property => !property.startsWith('--'));
    return `${name(element)}${part}: ` + known.map(property => style.getPropertyValue(property)).join();
  }));
}"""

# The sheets that the page named before its own rules were picked out of them, in the same order.
ALL_RULES = """async sheets => {
  const own = document.querySelector('head style');
  await Promise.all(sheets.map(([href, media]) => new Promise(done => {
    const link = Object.assign(document.createElement('link'), {rel: 'stylesheet', href, media, onload: done});
    document.head.append(link);
  })));
  own.remove();
  await new Promise(requestAnimationFrame);
}"""
SHEETS = {"base.css": "", "opted-in.css": "", "print.css": "print"}


@pytest.fixture(scope="module")
def sheets(built_site: Path, site_address: str) -> list[tuple[str, str]]:
    """The address and the medium of each sheet with all rules."""
    found = [(path, medium) for name, medium in SHEETS.items() for path in built_site.rglob(f"assets/{name}")]
    return [(site_address + path.relative_to(built_site).as_posix(), medium) for path, medium in found]


def _differences(
    browser: Browser, address: str, sheets: list[tuple[str, str]], change: str = "", **context: Any
) -> list[str]:
    """What looks otherwise with all rules, in words. Type is held back: when it arrives must make no difference."""
    fresh = browser.new_context(reduced_motion="reduce", **context)
    fresh.route("**/*.woff2", lambda route: route.abort())
    page = fresh.new_page()
    page.goto(address)
    draw_all(page)
    page.evaluate(change)
    own = page.evaluate(COMPUTED)
    page.evaluate(ALL_RULES, sheets)
    with_all = page.evaluate(COMPUTED)
    fresh.close()
    assert len(own) == len(with_all) > 200
    return [f"{before}\n{after}" for before, after in zip(own, with_all, strict=True) if before != after]


# Which rules a page keeps depends on its names alone, so each kind is looked at in one of two ways.
WAYS = [({"width": 390, "height": 900}, "light"), ({"width": 1280, "height": 900}, "dark")]


@pytest.mark.parametrize(("name", "way"), [(name, WAYS[at % 2]) for at, name in enumerate(KINDS)], ids=KINDS)
def test_a_page_looks_as_if_it_had_all_styles_of_the_site(
    browser: Browser, site_address: str, sheets: list[tuple[str, str]], name: str, way: tuple[dict[str, int], str]
) -> None:
    assert len(sheets) == len(SHEETS)
    viewport, scheme = way
    assert _differences(browser, site_address + name, sheets, viewport=viewport, color_scheme=scheme)[:3] == []


def test_a_rule_that_a_page_lacks_is_noticed(
    browser: Browser, site_address: str, sheets: list[tuple[str, str]]
) -> None:
    rules = "[...document.querySelector('head style').sheet.cssRules]"
    lacks = f"{rules}.filter(rule => /oi-button$/.test(rule.selectorText)).forEach(rule => rule.style.padding = '1px')"
    assert any("oi-button" in said for said in _differences(browser, site_address, sheets, lacks, viewport=PHONE))


@pytest.mark.parametrize("name", KINDS)
def test_nothing_but_the_page_itself_is_needed_to_draw_it(browser: Browser, site_address: str, name: str) -> None:
    with opened(browser, site_address + name, viewport=PHONE) as page:
        blocking = page.evaluate(
            "performance.getEntriesByType('resource').filter(entry => entry.renderBlockingStatus == 'blocking')"
            ".map(entry => entry.name)"
        )
        assert blocking == []
