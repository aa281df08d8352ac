"""Whoever wants to pass on a part of a page finds its address beside it.

Statements have more than that: a link to a page of their own.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.facts import addresses
from tests.facts.test_real_data import TODAY
from tests.real import real_facts


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, LexborHTMLParser]:
    """All pages with content of ours, by path below the site."""
    found = {}
    for path in sorted(built_site.rglob("*.html")):
        page = LexborHTMLParser(path.read_bytes())
        if page.css_first("article.md-content__inner"):
            found[path.relative_to(built_site).as_posix()] = page
    assert len(found) > 300
    return found


def unlinked(nodes: list[LexborNode]) -> list[str]:
    """What stands in those elements that have no id, or no link to it within."""
    return [
        node.text()[:60]
        for node in nodes
        if not any(a.attributes.get("href") == f"#{node.attributes.get('id')}" for a in node.css("a.headerlink"))
    ]


def test_every_heading_and_every_row_has_its_address_beside_it(pages: dict[str, LexborHTMLParser]) -> None:
    seen = 0
    for name, page in pages.items():
        nodes = page.css("article h2, article h3")
        if name.startswith("compare/"):
            nodes += page.css("article tbody tr:not(.oi-group)")
        seen += len(nodes)
        assert not unlinked(nodes), name
    assert seen > 2000


def test_every_source_event_disagreement_and_question_has_its_address_beside_it(
    pages: dict[str, LexborHTMLParser],
) -> None:
    facts = real_facts(TODAY)
    places = {
        addresses.SOURCES: list(facts.sources),
        addresses.TIMELINE: list(facts.events),
        addresses.DISAGREEMENTS: list(facts.disagreements),
        addresses.OPEN_QUESTIONS: list(facts.open_questions),
    }
    for markdown, ids in places.items():
        page = pages[addresses.folder(markdown) + "index.html"]
        assert ids and not unlinked([node for one in ids for node in page.css(f'[id="{one}"]')]), markdown


def test_the_address_is_seen_without_a_mouse(built_site: Path) -> None:
    styles = (built_site / "index.html").read_text(encoding="utf-8").partition("<style>")[2].partition("</style>")[0]
    rules = [rule for rule in styles.split("}") if ".md-typeset .headerlink{" in rule]
    assert "opacity:1" in rules[-1]
