"""What every page of the built site has, read from its HTML."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.facts import addresses
from scripts.facts.catalogue import Facts
from scripts.facts.resolve import Resolver
from scripts.links import internal
from scripts.pages.includes import NO_PAGES
from scripts.project import Project
from tests.facts.test_real_data import REGIONS, TODAY
from tests.real import real_facts


@pytest.fixture(scope="module")
def facts() -> Facts:
    return real_facts(TODAY)


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, LexborHTMLParser]:
    """All pages, by path below the site, without short addresses, which only lead on, and without mails."""
    others = {built_site / addresses.SHORT_GUIDES, built_site / "kit"}
    found = {
        path.relative_to(built_site).as_posix(): LexborHTMLParser(path.read_bytes())
        for path in sorted(built_site.rglob("*.html"))
        if others.isdisjoint(path.parents)
    }
    for html in found.values():  # the sign of a link to a part of the page is no word of it
        for sign in html.css("a.headerlink"):
            sign.decompose()
    assert len(found) >= 35
    return found


def page(pages: dict[str, LexborHTMLParser], markdown: str) -> LexborHTMLParser:
    return pages[addresses.folder(markdown) + "index.html"]


def text(node: LexborNode | LexborHTMLParser) -> str:
    """The words of an element, with a space wherever an element ends."""
    return " ".join((node.text(separator=" ") or "").split())


def closed(words: str) -> str:
    """A text without any white space, to compare what is said and not how it is spaced."""
    return "".join(words.split())


def test_every_internal_link_leads_somewhere(built_site: Path) -> None:
    problems, count = internal.check(built_site, "/")
    assert count >= 35
    assert [problem for problem in problems if problem.file != "404.html"] == []


def test_every_page_of_the_design_exists(pages: dict[str, LexborHTMLParser]) -> None:
    guides = [
        "linkedin-web", "linkedin-app", "linkedin-objection", "facebook", "instagram", "whatsapp-meta-ai",
        "third-party-information", "fewer-public-posts",
    ]  # fmt: skip
    about = ["method", "open-questions", "corrections", "link-health", "data", "privacy", "accessibility"]
    wanted = ["index.md", "timeline.md", "disagreements.md", "sources.md", "newsletter.md", "compare/index.md"]
    wanted += ["guides/index.md", "about/index.md", "policies/linkedin.md", "policies/meta.md"]
    wanted += [f"compare/{region}.md" for region in REGIONS]
    wanted += [f"guides/{guide}.md" for guide in guides] + [f"about/{name}.md" for name in about]
    assert not [name for name in wanted if addresses.folder(name) + "index.html" not in pages]
    assert "404.html" in pages


def test_every_page_has_one_title_a_description_and_a_language(pages: dict[str, LexborHTMLParser]) -> None:
    titles = []
    for name, html in pages.items():
        assert len(html.css("h1")) == 1, name
        title = html.css_first("title")
        description = html.css_first("meta[name=description]")
        root = html.css_first("html")
        assert title and description and root, name
        assert root.attributes["lang"] == "en", name
        titles.append(title.text())
        if name != "404.html":
            assert 60 <= len(description.attributes["content"] or "") <= 165, name
    assert len(set(titles)) == len(titles)


def test_every_heading_has_an_id_that_a_writer_chose(pages: dict[str, LexborHTMLParser]) -> None:
    for name, html in pages.items():
        for heading in html.css(".md-content h1, .md-content h2, .md-content h3, .md-content h4"):
            identifier = heading.attributes.get("id")
            assert identifier, f"{name}: {heading.text()}"
            assert not re.search(r"_\d+$", identifier), f"{name}: {identifier} was made by the engine"
    docs = Project.here().docs
    for path in docs.rglob("*.md"):
        if path.relative_to(docs).as_posix().startswith(NO_PAGES):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.match(r"#{1,6} ", line):
                assert re.search(r"\{ ?#[a-z0-9-]+( \.[a-z-]+)? ?\}$", line), f"{path.name}: {line}"


def test_every_page_says_who_we_are_not_and_how_to_correct_us(pages: dict[str, LexborHTMLParser]) -> None:
    for name, html in pages.items():
        footer = html.css_first("footer")
        assert footer, name
        for words in (
            "independent",
            "not affiliated with LinkedIn, Microsoft or Meta",
            "legal advice",
            "does not track",
        ):
            assert words in text(footer), name
        assert [link for link in footer.css("a") if link.text() == "Tell us, and we mend it"], name


def test_every_page_says_when_the_facts_were_last_checked(pages: dict[str, LexborHTMLParser]) -> None:
    for name, html in pages.items():
        if name != "404.html":
            assert re.search(r"Facts last checked: (\d+ )?[A-Z][a-z]+ 20\d\d, from archived copies", text(html)), name


def test_every_statement_source_event_and_disagreement_has_its_id_on_its_page(
    pages: dict[str, LexborHTMLParser], facts: Facts
) -> None:
    places: dict[str, list[str]] = {
        addresses.SOURCES: list(facts.sources),
        addresses.TIMELINE: list(facts.events),
        addresses.DISAGREEMENTS: list(facts.disagreements),
        addresses.OPEN_QUESTIONS: list(facts.open_questions),
    }
    for claim, platform in facts.platform_of.items():
        places.setdefault(addresses.policy(platform), []).append(claim)
    for markdown, identifiers in places.items():
        html = page(pages, markdown)
        assert identifiers
        assert not [i for i in identifiers if len(html.css(f'[id="{i}"]')) != 1], markdown


@pytest.mark.parametrize("region", REGIONS)
def test_the_comparison_is_a_real_table(pages: dict[str, LexborHTMLParser], facts: Facts, region: str) -> None:
    html = page(pages, addresses.region(region))
    tables = html.css("table.oi-table")
    assert len(tables) == 1
    table = tables[0]
    assert table.css_first("caption")
    assert [text(head) for head in table.css("thead th[scope=col]")] == ["Question", "LinkedIn", "Meta"]
    rows = table.css("tbody tr:not(.oi-group)")
    assert len(rows) == len(facts.questions)
    # Not a header cell: no screen reader tells one that spans all columns, but each leads from heading to heading.
    assert [text(head) for head in table.css("tbody > tr:first-child > td > h3")] == [
        group.title for group in facts.groups.values()
    ]
    for row in rows:
        assert len(row.css("th[scope=row]")) == 1
        cells = row.css("td")
        assert len(cells) == 2
        for cell in cells:
            assert cell.css_first(".oi-state, .oi-value"), text(row)


@pytest.mark.parametrize("region", REGIONS)
def test_every_answer_shows_its_check_and_its_sources_by_number(
    pages: dict[str, LexborHTMLParser], region: str
) -> None:
    html = page(pages, addresses.region(region))
    numbers = {item.attributes["id"] for item in html.css("ol.oi-notes > li")}
    cited = set()
    for cell in html.css("td .oi-cell"):
        said = text(cell)
        assert "checked" in said.lower() or "what we found is of" in said or "not looked at yet" in said, said
        notes = [link.attributes["href"] or "" for link in cell.css("sup a")]
        assert notes or "Not checked" in said, said
        cited |= {note.removeprefix("#") for note in notes}
    assert cited == numbers


def test_the_table_says_what_the_facts_say(pages: dict[str, LexborHTMLParser], facts: Facts) -> None:
    resolver = Resolver(facts)
    for region in REGIONS:
        html = page(pages, addresses.region(region))
        for question in facts.questions:
            row = html.css_first(f'tr[id="{question}"]')
            assert row
            for cell, platform in zip(row.css("td"), ("linkedin", "meta"), strict=True):
                for answer in resolver.answers(platform, region, question):
                    assert closed(answer.claim.sentence.replace("**", "")) in closed(text(cell))


def test_regions_say_in_words_what_they_inherit(pages: dict[str, LexborHTMLParser]) -> None:
    assert "Worldwide rule, applies in Hong Kong" in text(page(pages, "compare/hk.md"))
    assert "In Germany" in text(page(pages, "compare/eu.md"))


@pytest.mark.parametrize(
    "markdown", ["index.md", "policies/linkedin.md", "policies/meta.md", *(f"compare/{r}.md" for r in REGIONS)]
)
def test_labels_have_the_seven_rows_in_their_order(pages: dict[str, LexborHTMLParser], markdown: str) -> None:
    labels = page(pages, markdown).css(".oi-label")
    assert len(labels) >= 2
    for label in labels:
        assert [text(row) for row in label.css("dt")] == [
            "In unless you act?", "What is used", "Private messages", "Way out", "Reaches back?", "Also used for",
            "In force since",
        ]  # fmt: skip
        assert "As of" in text(label)
        for row in label.css("dd"):
            words = (
                re.sub(r"^(Not checked|\w+ does not say|Yes|No|Depends)\s*:?\s*", "", text(row))
                .replace(" :", ":")
                .split()
            )
            assert len(words) <= 6, text(row)


def test_overdue_checks_show_as_overdue(pages: dict[str, LexborHTMLParser], facts: Facts, built_site: Path) -> None:
    resolver = Resolver(facts)
    late = resolver.overdue_claims
    assert late
    for claim in late:
        html = page(pages, addresses.policy(facts.platform_of[claim.id]))
        node = html.css_first(f'[id="{claim.id}"]')
        assert node
        assert "check overdue" in text(node), claim.id


def test_ended_statements_keep_their_place_and_say_so(pages: dict[str, LexborHTMLParser]) -> None:
    node = page(pages, "policies/linkedin.md").css_first("#li-paused-uk")
    assert node
    assert "No longer so" in text(node)
    assert "20 September 2024 to 2 November 2025" in text(node)


@pytest.mark.parametrize(
    "guide", ["linkedin-web", "linkedin-app", "linkedin-objection", "facebook", "instagram", "third-party-information"]
)
def test_a_guide_begins_with_the_direct_link(pages: dict[str, LexborHTMLParser], guide: str) -> None:
    html = page(pages, f"guides/{guide}.md")
    link = html.css_first("#steps ~ ol > li:first-child a, #steps ~ p a[href^='https']")
    assert link
    assert re.match(r"https://(www\.|help\.)?(linkedin|facebook|meta|instagram)\.com/", link.attributes["href"] or "")


def test_every_guide_says_for_whom_what_you_need_how_long_what_it_reaches_and_its_sources(
    pages: dict[str, LexborHTMLParser], facts: Facts
) -> None:
    for slug in facts.guides:
        html = page(pages, addresses.guide(slug))
        head = html.css_first(".oi-facts")
        assert head, slug
        assert [text(row) for row in head.css("dt")] == ["Works for", "Device", "You need", "Time", "Evidence"]
        assert html.css("ol > li strong"), slug
        assert "It does not, or not surely" in text(html), slug
        for identifier in ("steps", "reach", "different", "sources"):
            assert html.css_first(f"#{identifier}"), f"{slug}: {identifier}"


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, LexborHTMLParser], built_site: Path) -> None:
    for name, html in pages.items():
        loaded = html.css(
            "script[src], img[src], iframe, source, link[rel=stylesheet], link[rel=icon], link[rel=preload]"
        )
        assert loaded, name
        for node in loaded:
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            assert not re.match(r"(https?:)?//", address), f"{name}: {address}"
    for style in built_site.rglob("*.css"):
        assert not re.search(r"url\(\"?(https?:)?//", style.read_text(encoding="utf-8")), style.name


def test_table_cells_do_not_run_together_in_the_search_index(
    built_site: Path, pages: dict[str, LexborHTMLParser]
) -> None:
    entries = json.loads((built_site / "search/index.json").read_text(encoding="utf-8"))["docs"]
    checked = 0
    for region in REGIONS:
        words = set(re.findall(r"\w+", text(page(pages, addresses.region(region)))))
        parts = [e for e in entries if e["location"].startswith(f"compare/{region}/#")]
        indexed = " ".join(str(entry["text"]) for entry in parts)
        strange = [word for word in re.findall(r"\w+", indexed) if word not in words]
        assert not strange, f"{region}: {strange[:5]}"
        checked += len(indexed.split())
    assert checked > 9 * 1000


def test_every_open_question_says_what_would_settle_it(pages: dict[str, LexborHTMLParser], facts: Facts) -> None:
    html = page(pages, addresses.OPEN_QUESTIONS)
    assert text(html).count("What would settle it:") == len(facts.open_questions)


def test_every_source_lists_what_rests_on_it(pages: dict[str, LexborHTMLParser], facts: Facts) -> None:
    html = page(pages, addresses.SOURCES)
    for claim, record in facts.claims.items():
        for source in record.sources:
            item = html.css_first(f'[id="{source}"]')
            assert item
            assert item.css_first(f'a[href$="#{claim}"]'), f"{source} does not name {claim}"
