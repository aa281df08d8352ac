"""What stands in a data file stays words: whatever a text tries, no page gets an element more, and nothing runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from scripts import synthetic
from scripts.build import build
from scripts.project import Project
from scripts.server import Served, Server, running
from tests.conftest import TODAY, once
from tests.hostile_facts import HARM, believed, poison

PLANTED = "#planted, [onclick], [onerror], [onfocus], [onload], [onmouseover], [href^='javascript:'], [src$='y']"


@pytest.fixture(scope="module")
def hostile(shared: Path) -> Path:
    """A small site, built from facts that try to become more than words."""

    def make(folder: Path) -> None:
        project = synthetic.make(folder, Project.here(), platforms=2, regions=1)
        assert poison(project) > 200
        with believed():
            build(project, TODAY, say=lambda _: None)

    return Project(once(shared, "hostile", make)).site


@pytest.fixture(scope="module")
def friendly(small_once: Path) -> Path:
    """The same site, built from the same facts in plain words."""
    return Project(small_once).site


def skeleton(path: Path) -> list[tuple[str | None, tuple[str, ...]]]:
    """The elements of a page in their order, each with the names of its attributes."""
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    return [(node.tag, tuple(sorted(node.attributes))) for node in tree.css("html *")]


def pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def each_kind(names: list[str]) -> list[str]:
    """At most two pages of each folder, since those of a folder look alike."""
    by_folder: dict[str, list[str]] = {}
    for name in names:
        by_folder.setdefault(name.split("/")[0], []).append(name)
    return [name for those in by_folder.values() for name in those[:2]]


def test_a_page_of_hostile_words_has_the_elements_of_one_of_plain_words(hostile: Path, friendly: Path) -> None:
    assert pages(hostile) == pages(friendly)
    assert len(pages(hostile)) > 20
    for name in pages(hostile):
        assert skeleton(hostile / name) == skeleton(friendly / name), name


def test_no_hostile_word_runs_in_a_browser_even_without_the_policy(browser: Browser, hostile: Path) -> None:
    context = browser.new_context(bypass_csp=True)
    context.add_init_script("window.hurt = () => { window.harmed = true; }")
    page = context.new_page()
    seen = 0
    with running(Server(Served(hostile))) as server:
        for name in each_kind(pages(hostile)):
            page.goto(server.address + name, wait_until="domcontentloaded")
            seen += page.locator("body").inner_text().count("onload=hurt()")
            assert page.locator(PLANTED).count() == 0, name
            assert page.evaluate("window.harmed") is None, name
        page.goto(server.address)
        page.keyboard.press("Control+k")
        page.keyboard.type("javascript")
        page.locator(".oi-search li a").first.wait_for()
        assert page.locator(PLANTED).count() == 0
        assert page.evaluate("window.harmed") is None
    assert seen > 30  # they are there, as words
    context.close()


def test_feeds_and_data_carry_the_words_as_they_are(hostile: Path) -> None:
    feeds = sorted((hostile / "feeds").rglob("*.atom"))
    titles = [node.text for path in feeds for node in etree.parse(path).iter("{http://www.w3.org/2005/Atom}title")]
    assert any(HARM in (title or "") for title in titles)
    for path in hostile.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    for path in hostile.rglob("index.html"):
        for node in LexborHTMLParser(path.read_text(encoding="utf-8")).css('script[type="application/ld+json"]'):
            json.loads(node.text())
