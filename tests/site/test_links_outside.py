"""Links from the built site to other sites: a text that a company may change has its archived copy at hand."""

from __future__ import annotations

import json
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from scripts.facts import outward
from scripts.links import watch_addresses
from scripts.project import Project
from tests.conftest import SITE_URL
from tests.facts.test_real_data import TODAY
from tests.real import real_facts

NAMED = outward.addresses(real_facts(TODAY))


def test_every_link_to_a_companys_text_has_its_archived_copy_on_the_same_page(built_site: Path) -> None:
    seen = 0
    for path in sorted(built_site.rglob("*.html")):
        links = {node.attributes["href"] or "" for node in LexborHTMLParser(path.read_bytes()).css("a[href]")}
        for link in links:
            if link in NAMED and NAMED[link].company and NAMED[link].archives:
                seen += 1
                assert links & set(NAMED[link].archives), f"{path.relative_to(built_site)}: {link}"
    assert seen >= 20


def test_the_watch_sees_every_link_that_the_facts_name(built_site: Path) -> None:
    linked = watch_addresses.in_pages(built_site, SITE_URL)
    assert set(NAMED) <= set(linked)
    assert not [address for address in linked if address.startswith(SITE_URL)]


def test_what_nobody_has_checked_is_not_shown_as_checked(built_site: Path) -> None:
    page = (built_site / "about" / "link-health" / "index.html").read_text(encoding="utf-8")
    results = Project.here().docs / "ledgers" / "link-health.json"
    checked = results.exists() and bool(json.loads(results.read_text(encoding="utf-8"))["links"])
    assert ("No program has checked them yet" in page) != checked


def test_what_people_write_down_for_the_watch_is_not_published(built_site: Path) -> None:
    assert not (built_site / "ledgers").exists()
