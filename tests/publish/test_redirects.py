"""Old addresses lead on, in a real browser, with script and without; and old ids stay on their pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from scripts.edition import Edition
from scripts.facts.problems import BadData
from scripts.publish import aliases, redirects
from scripts.server import Served, Server, running
from tests.links.trees import SITE_URL
from tests.links.versions import Versions

TALL = '<div style="height: 3000px"></div>\n\n'
PAGES = {
    "index.html": "# Welcome\n",
    "new/index.html": f"# The new page\n\n{TALL}## Steps\n\n{TALL}",
    "other/index.html": f"# Another page\n\n{TALL}## Part {{#part}}\n\n{TALL}",
    "stays/index.html": f"# It stays\n\n{TALL}## New name\n\n<table><tr id='row'><td>Cell</td></tr></table>\n\n{TALL}",
}
URLS = "/old/ -> /new/\n/split/ -> /new/\n"
IDS = """\
/old/#steps
/split/#gone -> /other/#part
/split/#steps
/stays/#away -> /other/#part
/stays/#old-name -> /stays/#new-name
/stays/#old-row -> /stays/#row
/stays/#whole -> /stays/
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    versions = Versions(tmp_path_factory.mktemp("moved"))
    promise(versions, URLS, IDS)
    versions.publish(PAGES)
    return versions.project.site


def promise(versions: Versions, urls: str, ids: str = "") -> None:
    folder = versions.project.docs / "ledgers"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "urls.lock").write_text(urls)
    (folder / "ids.lock").write_text(ids)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with running(Server(Served.under(site, SITE_URL))) as server:
        yield server.address


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def page(browser: Browser, script: bool) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=script)
    yield context.new_page()
    context.close()


def heading(page: Page) -> str:
    return page.locator("h1").inner_text().rstrip("¶")


def in_view(page: Page, selector: str) -> None:
    expect(page.locator(selector)).to_be_in_viewport()


def test_an_old_address_leads_to_the_new_page(page: Page, address: str) -> None:
    page.goto(f"{address}old/")
    page.wait_for_url(f"{address}new/")
    assert heading(page) == "The new page"


@pytest.mark.parametrize("script", [True], ids=["with script"])
def test_the_fragment_and_the_query_go_along(page: Page, address: str) -> None:
    page.goto(f"{address}old/?from=letter#steps")
    page.wait_for_url(f"{address}new/?from=letter#steps")
    in_view(page, "#steps")


@pytest.mark.parametrize("script", [False], ids=["without script"])
def test_without_script_the_fragment_still_leads_to_the_right_page(page: Page, address: str) -> None:
    page.goto(f"{address}old/#steps")
    page.wait_for_url(f"{address}new/*")
    assert heading(page) == "The new page"


@pytest.mark.parametrize(("old", "now"), [("old-name", "#new-name"), ("old-row", "#row")])
def test_an_old_id_shows_what_has_a_new_one(page: Page, address: str, old: str, now: str) -> None:
    page.goto(f"{address}stays/#{old}")
    in_view(page, now)
    assert page.url == f"{address}stays/#{old}"


def test_an_id_whose_part_is_gone_shows_the_top_of_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}stays/#whole")
    assert page.locator("#whole").count() == 1
    assert heading(page) == "It stays"


@pytest.mark.parametrize("path", ["stays/#away", "split/#gone"])
def test_an_id_that_went_to_another_page_leads_there(page: Page, address: str, path: str, script: bool) -> None:
    page.goto(f"{address}{path}")
    if not script:
        in_view(page, f"#{path.partition('#')[2]}")
        page.get_by_role("link", name="Another page: Part").click()
    page.wait_for_url(f"{address}other/#part")
    in_view(page, "#part")


@pytest.mark.parametrize("script", [True], ids=["with script"])
def test_a_link_within_the_page_to_what_went_elsewhere_leads_there_too(page: Page, address: str) -> None:
    page.goto(f"{address}stays/#row")
    page.evaluate("location.hash = 'away'")
    page.wait_for_url(f"{address}other/#part")


def test_a_page_that_was_split_sends_on_with_script_and_lets_readers_choose_without(
    page: Page, address: str, script: bool
) -> None:
    page.goto(f"{address}split/")
    if script:
        page.wait_for_url(f"{address}new/")
        page.goto(f"{address}split/#steps")
        page.wait_for_url(f"{address}new/#steps")
    else:
        assert page.url == f"{address}split/"
        assert page.get_by_role("link", name="The new page", exact=True).is_visible()
        assert page.get_by_role("link", name="Another page: Part").is_visible()


def test_going_back_does_not_end_in_the_old_page(page: Page, address: str, script: bool) -> None:
    page.goto(address)
    page.goto(f"{address}old/")
    page.wait_for_url(f"{address}new/")
    page.go_back()
    assert page.url == address


def test_search_engines_are_told_the_new_address(site: Path) -> None:
    html = LexborHTMLParser((site / "old" / "index.html").read_bytes())
    canonical, robots = html.css_first("link[rel=canonical]"), html.css_first("meta[name=robots]")
    assert canonical and canonical.attributes["href"] == f"{SITE_URL}new/"
    assert robots and robots.attributes["content"] == "noindex"
    assert "/old/" not in (site / "sitemap.xml").read_text()


def test_nothing_is_added_where_nothing_has_moved(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    versions.publish(PAGES, lead_on=False)
    before = {path: path.read_bytes() for path in versions.project.site.rglob("*") if path.is_file()}
    promise(versions, "/\n/new/\n", "/new/#steps\n")
    redirects.publish(Edition(versions.project, dt.date(2026, 11, 22)), versions.project.site)
    assert {path: path.read_bytes() for path in versions.project.site.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("urls", "ids", "said"),
    [
        ("/old/ -> /nowhere/\n", "", "/old/ leads to /nowhere/, which is not there"),
        ("/new/ -> /other/\n", "", "/new/ is said to have moved, but it is there"),
        ("/old/ -> /sitemap.xml\n", "", "one is a page, one is not"),
        ("/a/ -> /b/\n/b/ -> /new/\n", "", "leads to /b/, which leads on itself"),
        ("/a/ -> /b/\n/b/ -> /a/\n", "", "leads back to itself"),
        ("/a/ -> /a/\n", "", "leads back to itself"),
        ("", "/nowhere/#x -> /new/\n", "the page is not there and has not moved"),
        ("", "/new/#x -> /new/#nothing\n", "there is no nothing on /new/"),
        ("", "/new/#steps -> /other/\n", "/new/#steps is said to have moved, but it is there"),
        ("/b/\n/a/\n", "", "not sorted"),
        ("/a/\n/a/\n", "", "comes twice"),
        ("a/\n", "", "begins with one slash"),
        ("/a/#b\n", "", "stand in ids.lock"),
        ("", "/a/\n", "PAGE#ID"),
    ],
)
def test_a_ledger_that_cannot_be_kept_stops_the_build(tmp_path: Path, urls: str, ids: str, said: str) -> None:
    versions = Versions(tmp_path)
    promise(versions, urls, ids)
    with pytest.raises(BadData, match=said):
        versions.publish(PAGES)


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ('<h2 id="new">A</h2>', '<h2 id="new">|A</h2>'),
        ("<h2 class='>' id=new>A</h2>", "<h2 class='>' id=new>|A</h2>"),
        ('<table><tr id="new"><th>A</th></tr></table>', '<table><tr id="new"><th>|A</th></tr></table>'),
        ('<table id="new"><tr><td>A</td></tr></table>', '<table id="new"><tr><td>|A</td></tr></table>'),
        ('<ul id="new"><li>A</li></ul>', '<ul id="new"><li>|A</li></ul>'),
        ('<dl id="new"><dt>A</dt></dl>', '<dl id="new"><dt>|A</dt></dl>'),
        ('<p><img id="new" src="a.png"></p>', '<p>|<img id="new" src="a.png"></p>'),
        ('<svg id="new"><path/></svg>', '|<svg id="new"><path/></svg>'),
        ('ä\r\n\u2028<!-- <p id="new"> -->\n<p\n id=new>A', 'ä\r\n\u2028<!-- <p id="new"> -->\n<p\n id=new>|A'),
        ('<script>"<p id=new>"</script><p id="new">A</p>', '<script>"<p id=new>"</script><p id="new">|A</p>'),
    ],
)
def test_an_old_id_goes_where_html_allows_it_and_nothing_else_changes(html: str, place: str) -> None:
    assert aliases.add(html, {"old": "new"}) == place.replace("|", '<span id="old" data-old></span>')


def test_several_old_ids_find_room_side_by_side() -> None:
    html = aliases.add('<h1>T</h1><p id="a">A</p><p id="b">B</p>', {"1": "a", "2": "b", "3": "a", "4": ""})
    assert aliases.ids(html) == {"1", "2", "3", "4", "a", "b"}
    assert html.index('id="1"') < html.index('id="3"') < html.index(">A") < html.index('id="2"')
    with pytest.raises(aliases.NoSuchId):
        aliases.add("<p>", {"old": "new"})
