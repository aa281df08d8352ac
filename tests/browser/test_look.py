"""Pages as people see them: nothing sticks out, the answer comes first, and it works without script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 390, "height": 844}
WIDTHS = (320, 390, 768, 1280)


@contextmanager
def opened(browser: Browser, address: str, **context: Any) -> Iterator[Page]:
    """A page in a fresh context, closed afterwards."""
    fresh = browser.new_context(**context)
    try:
        page = fresh.new_page()
        page.goto(address)
        yield page
    finally:
        fresh.close()


STATEMENTS = {"li-in-by-default-world", "li-paused-uk", "meta-where-eu-until-2026", "meta-posts-eu"}


@pytest.fixture(scope="module")
def addresses(built_site: Path, site_address: str) -> list[str]:
    """Every page of the site; of the pages of statements, which all look alike, a few."""
    names = sorted(path.relative_to(built_site).as_posix() for path in built_site.rglob("index.html"))
    names = [name for name in names if not name.startswith(("c/", "g/")) or name.split("/")[1] in STATEMENTS]
    assert len(names) >= 34 + len(STATEMENTS)
    return [site_address + name.removesuffix("index.html") for name in names]


# A new width takes a while until it is drawn, longer on a busy machine: a page is wide if it stays so.
STAYS_WIDE = """async () => {
  for (let tries = 0; tries < 60; tries += 1) {
    await new Promise((drawn) => requestAnimationFrame(drawn));
    if (document.documentElement.scrollWidth <= window.innerWidth) return false;
  }
  return true;
}"""


def draw_all(page: Page) -> None:
    """Let a phone draw the whole page at once. Before, rows far below have neither size nor words of their own.

    The rule is not in the page's own style, so that it outlives it.
    """
    page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { content-visibility: visible !important; }');
      document.adoptedStyleSheets.push(sheet);
    }""")


@dataclass
class Visit:
    """What a browser saw on its way through all pages."""

    wide: list[tuple[str, int]]
    asked: list[str]
    cookies: int
    stored: list[str]
    refused: list[str]


@pytest.fixture(scope="module")
def visit(browser: Browser, addresses: list[str], site_address: str) -> Iterator[Visit]:
    """Open every page once, look at it in each width, search, and ask for a page that is not there."""
    seen = Visit([], [], 0, [], [])
    context = browser.new_context()
    context.on("request", lambda request: seen.asked.append(request.url))
    context.on("console", lambda said: seen.refused.append(said.text) if "Security Policy" in said.text else None)
    page = context.new_page()
    for address in [*addresses, site_address + "no-such-page/"]:
        page.goto(address, wait_until="domcontentloaded")
        draw_all(page)  # else what is too wide far below would not widen the page
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate(STAYS_WIDE):
                seen.wide.append((address, width))
    page.goto(site_address)
    page.get_by_role("button", name="Search").click()
    page.locator(".oi-search input").press_sequentially("whatsapp")
    page.locator(".oi-search li a").first.wait_for()
    seen.cookies = len(context.cookies())
    seen.stored = page.evaluate("Object.keys(localStorage)")
    yield seen
    context.close()


@pytest.mark.xdist_group("visit")
def test_no_page_scrolls_sideways_at_320_390_768_and_1280_px(visit: Visit) -> None:
    assert visit.wide == []


# Where a row is when the page has come to rest, and whether it is what one sees there.
LANDED = """async (id) => {
  for (let frames = 0; frames < 20; frames += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
  const box = document.getElementById(id).getBoundingClientRect();
  const seen = document.elementFromPoint(60, box.top + 20);
  return [box.top, seen !== null && seen.closest(`[id="${id}"]`) !== null];
}"""


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("compare/eu/", ("way-out", "deletes", "ads", "n40")),
        ("compare/", ("differs-way-out", "differs-ads")),
        ("sources/", ("s-li-r5", "s-mpp-eu-2026")),
        ("policies/meta/", ("meta-posts-eu", "meta-ads-uk")),
    ],
)
def test_on_a_phone_a_link_to_a_row_leads_to_it_though_rows_are_drawn_as_one_comes_near(
    browser: Browser, site_address: str, name: str, ids: tuple[str, ...]
) -> None:
    with opened(browser, site_address + name, viewport=PHONE) as page:
        rows = page.locator(".oi-answers-2, .oi-sources > li, .oi-differs, article.oi-claim")
        assert rows.first.evaluate("row => getComputedStyle(row).contentVisibility") == "auto"
        for identifier in ids:
            page.goto(f"{site_address}{name}#{identifier}")
            top, seen = page.evaluate(LANDED, identifier)
            assert 40 <= top <= 150 and seen, identifier
            with opened(browser, f"{site_address}{name}#{identifier}", viewport=PHONE) as afresh:
                again, seen = afresh.evaluate(LANDED, identifier)
                assert abs(again - top) < 1 and seen, identifier


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_home_page_answers_on_a_phone_without_scrolling(browser: Browser, site_address: str, script: bool) -> None:
    with opened(browser, site_address, viewport=PHONE, java_script_enabled=script) as page:
        cards = page.locator(".oi-card")
        assert cards.count() == 2
        for index, (name, action) in enumerate((("LinkedIn", "Switch it off"), ("Meta", "Object on Facebook"))):
            card = cards.nth(index)
            assert name in card.inner_text()
            assert "In unless you act?" in card.inner_text()
            button = card.get_by_role("link", name=action, exact=True)
            box = button.bounding_box()
            assert box
            assert box["y"] + box["height"] <= PHONE["height"], f"{action} is below the fold"
            assert box["height"] >= 44


def test_one_click_leads_from_home_to_the_steps(browser: Browser, site_address: str) -> None:
    for action, slug in (("Switch it off", "linkedin-web"), ("Object on Facebook", "facebook")):
        with opened(browser, site_address, viewport=PHONE) as page:
            page.get_by_role("link", name=action, exact=True).click()
            page.wait_for_url(f"**/guides/{slug}/")
            assert page.locator("article > ol > li a").first.is_visible()


def test_the_region_choice_works_without_script(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address, viewport=PHONE, java_script_enabled=False) as page:
        links = page.locator(".oi-regions a")
        assert links.count() == 9
        links.filter(has_text="United Kingdom").click()
        assert page.url.endswith("/compare/uk/")


CROWDED = """(words) => {
  const root = document.documentElement;
  root.style.fontSize = (parseFloat(getComputedStyle(root).fontSize) * 2) + 'px';
  if (words) for (const dd of document.querySelectorAll('.oi-label dd, .oi-label__title span')) dd.append(' ' + words);
}"""
OVERFLOW = """() => [...document.querySelectorAll('.oi-label')].flatMap((label) => {
  const box = label.getBoundingClientRect();
  return [label, ...label.querySelectorAll('*')]
    .filter((node) => !(node instanceof SVGElement))
    .filter((node) => {
      const own = node.getBoundingClientRect();
      return node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline'
        || own.right > box.right + 1 || own.left < box.left - 1 || box.right > innerWidth;
    })
    .map((node) => node.outerHTML.slice(0, 120));
})"""
LONGEST = "Donaudampfschifffahrtsgesellschaftskapitänspatent"


@pytest.mark.parametrize("page_name", ["", "compare/uk/", "policies/linkedin/"])
def test_labels_never_overflow_at_320_px_and_200_percent_text(
    browser: Browser, site_address: str, page_name: str
) -> None:
    with opened(browser, site_address + page_name, viewport={"width": 320, "height": 800}) as page:
        page.evaluate(CROWDED, LONGEST)
        assert page.locator(".oi-label").count() >= 2
        assert page.evaluate(OVERFLOW) == []
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


WORDS = """() => [...document.querySelectorAll('.oi-table tbody tr')].map((row) =>
  [...row.querySelectorAll('th, td')].map((cell) => [...cell.children]
    .filter((part) => !part.matches('.oi-who'))
    .map((part) => part.innerText.replace(/\\s+/g, ' ').trim()).join(' ')))"""


def test_the_comparison_says_the_same_on_a_phone_as_on_a_desk(browser: Browser, site_address: str) -> None:
    said = []
    for width in (390, 1280):
        with opened(browser, site_address + "compare/uk/", viewport={"width": width, "height": 900}) as page:
            draw_all(page)
            said.append(page.evaluate(WORDS))
    assert len(said[0]) > 28
    assert said[0] == said[1]


def test_on_a_phone_each_cell_names_its_company(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address + "compare/uk/", viewport=PHONE) as page:
        draw_all(page)
        names = page.locator(".oi-table td .oi-who")
        assert names.first.is_visible()
        assert {"LinkedIn", "Meta"} == {name.strip() for name in names.all_inner_texts()}


def test_the_table_stays_a_table_for_a_screen_reader_on_a_phone(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address + "compare/uk/", viewport=PHONE) as page:
        assert page.get_by_role("table").count() == 1
        assert page.get_by_role("columnheader").count() == 3
        assert page.get_by_role("row").count() > 28
        assert page.get_by_role("cell").count() > 56


@pytest.mark.xdist_group("visit")
def test_no_page_asks_another_site_for_anything(visit: Visit, addresses: list[str], site_address: str) -> None:
    host = "/".join(site_address.split("/")[:3]) + "/"
    assert len(visit.asked) > len(addresses)
    assert not [url for url in visit.asked if not url.startswith((host, "blob:", "data:"))]


@pytest.mark.xdist_group("visit")
def test_the_policy_of_no_page_refuses_anything(visit: Visit) -> None:
    assert visit.refused == []


@pytest.mark.xdist_group("visit")
def test_nothing_is_kept_on_the_way_through_all_pages_and_a_search(visit: Visit) -> None:
    assert visit.cookies == 0
    assert visit.stored == []


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_light_and_dark_follow_the_system(browser: Browser, site_address: str, script: bool) -> None:
    colours = []
    for scheme in ("light", "dark"):
        with opened(browser, site_address, color_scheme=scheme, java_script_enabled=script) as page:
            shot = page.screenshot(clip={"x": 2, "y": 300, "width": 1, "height": 1})
            colours.append(shot)
    assert colours[0] != colours[1]


def test_the_button_changes_the_scheme_and_the_choice_is_kept(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address, color_scheme="light") as page:
        before = paper(page)
        page.get_by_title("Change to dark").click()
        assert paper(page) != before
        page.reload()
        assert paper(page) != before
        assert page.get_by_title("Change to light").is_visible()
        stored = page.evaluate("Object.keys(localStorage)")
        assert [name.rpartition(".")[2] for name in stored] == ["__palette"]


def test_the_facts_are_there_without_script(browser: Browser, site_address: str) -> None:
    texts = []
    for script in (True, False):
        with opened(browser, site_address + "compare/uk/", java_script_enabled=script) as page:
            texts.append(page.locator("article").inner_text())
    assert texts[0] == texts[1]


CONTRAST = """() => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
  };
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('.md-container'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest('script, style')) continue;
    const [one, two] = [luminance(parse(getComputedStyle(node).color)), luminance(behind(node))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 4.5) found.push(ratio.toFixed(2) + ' ' + walker.currentNode.data.trim().slice(0, 40));
  }
  return [...new Set(found)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["", "compare/eu/", "guides/facebook/", "policies/linkedin/", "disagreements/"])
def test_all_text_has_a_contrast_of_at_least_4_5(browser: Browser, site_address: str, scheme: Any, name: str) -> None:
    with opened(browser, site_address + name, color_scheme=scheme) as page:
        assert page.evaluate(CONTRAST) == []


def test_what_we_are_not_sure_about_is_open_when_one_is_led_to_it(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address + "compare/uk/", viewport=PHONE) as page:
        unsure = page.locator("#unsure-linkedin")
        assert not unsure.is_visible()
        page.locator(".oi-brief a[href='#unsure-linkedin']").click()
        unsure.wait_for()
        expect(unsure).to_be_in_viewport()
