"""What the page about data names, and what the timeline says of a corrected entry."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from scripts.facts.load import load
from scripts.facts.resolve import Resolver
from scripts.pages import fragments
from scripts.pages.includes import Wanted
from tests.facts.small import TODAY, edited, write

URL = "https://example.org/below/"


def made(folder: Path, part: str, page: str = "about/data.md", **changes: str) -> str:
    want = Wanted(page, part, 7)
    found, _ = fragments.render(Resolver(load(write(folder, **changes), TODAY)), [want], URL)
    return found[want.name]


def test_examples_name_the_site_that_one_reads_them_on(tmp_path: Path) -> None:
    assert made(tmp_path, "address") == f'site = "{URL}"'


def test_downloads_are_named_for_everything_each_platform_and_each_region_with_a_page(tmp_path: Path) -> None:
    html = LexborHTMLParser(made(tmp_path, "downloads"))
    links = {str(link.attributes["href"]) for link in html.css("a")}
    assert {f"../../feeds/{name}.atom" for name in ("all", "acme", "eu", "us")} <= links
    assert {f"../../api/v1/compare/{name}.csv" for name in ("all", "eu", "us")} <= links
    assert "../../api/v1/index.json" in links and "../../api/v1/claims.json" in links
    assert "../../feeds/de.atom" not in links  # it has no page of its own; the index names it
    labels = [str(link.attributes["aria-label"]) for link in html.css("a[aria-label]")]
    assert len(set(labels)) == len(labels), "two links sound alike"


def test_the_timeline_says_when_an_entry_was_corrected(tmp_path: Path) -> None:
    changes = edited("events", "evidence: read", "evidence: read\n    corrected: 2026-11-20")
    assert "corrected 20 November 2026" in made(tmp_path, "timeline", "timeline.md", **changes)
    assert "corrected" not in made(tmp_path, "timeline", "timeline.md")
