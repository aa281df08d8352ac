"""Every page names its card, every card has an address for good, and the whole set is quickly drawn."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts import edition
from scripts.cores import cores
from scripts.edition import Edition
from scripts.facts.problems import BadData
from scripts.project import Project
from scripts.publish import card_cache, cards
from scripts.publish.card_alt import alt_text
from scripts.publish.card_text import LabelCard, TitleCard
from tests.facts.test_real_data import TODAY
from tests.publish import card_samples as samples

SITE_URL = "https://opted-in.example/below/"


def page(staged: Path, name: str, title: str, body: str = "", marker: str = cards.MARKER) -> Path:
    """Write a page such as the engine leaves it."""
    path = staged / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<html><head><meta property="og:title" content="{title}">\n'
        f'<meta property="og:description" content="All about {title}, with sources.">\n{marker}\n</head>'
        f"<body>{body}</body></html>",
        encoding="utf-8",
    )
    return path


def label(*names: str) -> str:
    sections = (f'<section class="oi-label oi-platform--square" aria-label="{name}: the label">' for name in names)
    return "".join(sections)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The real facts, and nothing drawn yet."""
    monkeypatch.setenv("SITE_URL", SITE_URL)
    here = Project.here()
    made = Project(tmp_path / "project")
    made.root.mkdir()
    made.docs.symlink_to(here.docs)
    made.config.symlink_to(here.config)
    return made


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    folder = tmp_path / "staged"
    page(folder, "index.html", "Am I in?", label("LinkedIn, EU/EEA", "Meta, EU/EEA"))
    page(folder, "404.html", "Not here")
    page(folder, "about/index.html", "About &amp; more")
    page(folder, "compare/uk/index.html", "In the UK", label("LinkedIn, United Kingdom", "Meta, United Kingdom"))
    page(folder, "policies/meta/index.html", "Meta", label("Meta, EU/EEA", "Meta, United States"))
    page(folder, "guides/facebook/index.html", "Facebook")
    page(folder, "c/li-way-out-world/index.html", "A claim")
    page(folder, "g/facebook/index.html", "A guide")
    (folder / "moved.html").write_text("<html><head><title>Moved</title></head></html>", encoding="utf-8")
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts are read once for all tests, and nothing is really drawn."""
    monkeypatch.setattr(edition, "load", lambda _, today: replace(samples.resolver().facts, today=today))
    monkeypatch.setattr(cards, "_drawn", lambda contents, *_: [repr(content).encode() for content in contents])


def properties(path: Path) -> dict[str, list[str]]:
    """All properties in the head of a page, each with its values."""
    found: dict[str, list[str]] = {}
    for node in LexborHTMLParser(path.read_bytes()).css("head meta[property]"):
        found.setdefault(node.attributes["property"] or "", []).append(node.attributes["content"] or "")
    return found


def test_addresses_of_cards_are_what_they_have_always_been() -> None:
    """Somebody has copied them. A change here breaks pictures in mails that were sent."""
    assert cards.card_address("page", "") == "cards/index.png"
    assert cards.card_address("page", "compare/eu/") == "cards/compare/eu.png"
    assert cards.card_address("page", "compare/") == "cards/compare.png"
    assert cards.card_address("page", "404") == "cards/404.png"
    assert cards.card_address("region", "de") == "cards/region/de.png"
    assert cards.card_address("claim", "li-way-out-world") == "cards/claim/li-way-out-world.png"


@pytest.mark.usefixtures("quick")
def test_every_page_every_region_and_every_claim_has_a_card(project: Project, staged: Path) -> None:
    cards.publish(Edition(project, TODAY), staged)
    facts = samples.resolver().facts
    wanted = {cards.card_address("region", region) for region in facts.regions}
    wanted |= {cards.card_address("claim", claim) for claim in facts.claims}
    pages = ("", "404", "about/", "compare/uk/", "policies/meta/", "guides/facebook/")
    wanted |= {cards.card_address("page", folder) for folder in pages}
    assert {path.relative_to(staged).as_posix() for path in staged.rglob("*.png")} == wanted


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("index.html", "cards/index.png"),
        ("404.html", "cards/404.png"),
        ("compare/uk/index.html", "cards/compare/uk.png"),
        ("c/li-way-out-world/index.html", "cards/claim/li-way-out-world.png"),
        ("g/facebook/index.html", "cards/guides/facebook.png"),
    ],
)
def test_a_page_names_its_card_once_with_size_type_and_words(
    project: Project, staged: Path, name: str, address: str
) -> None:
    cards.publish(Edition(project, TODAY), staged)
    text = (staged / name).read_text(encoding="utf-8")
    assert cards.MARKER not in text
    found = properties(staged / name)
    (image,) = found["og:image"]
    version = card_cache.seal((staged / address).read_bytes())[:8]
    assert image == f"{SITE_URL}{address}?v={version}"
    assert found["og:image:width"] == ["1200"]
    assert found["og:image:height"] == ["630"]
    assert found["og:image:type"] == ["image/png"]
    (alt,) = found["og:image:alt"]
    assert 20 <= len(alt) <= 125


@pytest.mark.usefixtures("quick")
def test_a_page_without_a_head_of_ours_is_left_alone(project: Project, staged: Path) -> None:
    before = (staged / "moved.html").read_bytes()
    cards.publish(Edition(project, TODAY), staged)
    assert (staged / "moved.html").read_bytes() == before


def contents(project: Project, staged: Path) -> dict[str, object]:
    found = cards._of_pages(samples.resolver(), cards._pages(staged), project.site_url())
    return {card.address: card.content for card in found}


def test_a_page_with_labels_shows_them_its_own_platform_first_and_others_their_title(
    project: Project, staged: Path
) -> None:
    found = contents(project, staged)
    for address, region, names in (
        ("cards/index.png", "EU/EEA", ["LinkedIn", "Meta"]),
        ("cards/compare/uk.png", "United Kingdom", ["LinkedIn", "Meta"]),
        ("cards/policies/meta.png", "EU/EEA", ["Meta", "LinkedIn"]),
    ):
        card = found[address]
        assert isinstance(card, LabelCard)
        assert (card.region, [column.platform.name for column in card.columns]) == (region, names)
    about, guide, missing = (found[f"cards/{name}.png"] for name in ("about", "guides/facebook", "404"))
    assert isinstance(about, TitleCard)
    assert (about.title, about.points[0].lead) == ("About & more", "All about About & more, with sources.")
    assert about.address == "opted-in.example/below/about"
    assert isinstance(guide, TitleCard)
    assert guide.heading == "Works for"
    assert isinstance(missing, TitleCard)
    assert missing.address == "opted-in.example/below"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("marker", ["", cards.MARKER * 2])
def test_a_page_without_the_marker_stops_the_build(project: Project, staged: Path, marker: str) -> None:
    page(staged, "lost/index.html", "Lost", marker=marker)
    with pytest.raises(BadData, match=r"lost/index\.html.*exactly once"):
        cards.publish(Edition(project, TODAY), staged)


@pytest.mark.usefixtures("quick")
def test_a_page_that_wants_the_address_of_a_claim_stops_the_build(project: Project, staged: Path) -> None:
    page(staged, "claim/li-way-out-world/index.html", "Mine")
    with pytest.raises(BadData, match="two cards want this address"):
        cards.publish(Edition(project, TODAY), staged)


@pytest.mark.usefixtures("quick")
def test_a_short_address_of_nothing_stops_the_build(project: Project, staged: Path) -> None:
    page(staged, "c/no-such-claim/index.html", "Gone")
    with pytest.raises(BadData, match=r"no cards/claim/no-such-claim\.png"):
        cards.publish(Edition(project, TODAY), staged)


@pytest.mark.usefixtures("quick")
def test_quotes_in_a_title_cannot_break_out_of_a_tag(project: Project, staged: Path) -> None:
    page(staged, "about/index.html", "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
    cards.publish(Edition(project, TODAY), staged)
    assert "<script" not in (staged / "about/index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("quick")
def test_another_day_changes_no_card_unless_an_answer_changed(project: Project, staged: Path, tmp_path: Path) -> None:
    cards.publish(Edition(project, TODAY), staged)
    later = tmp_path / "later"
    page(later, "about/index.html", "About &amp; more")
    cards.publish(Edition(project, TODAY + dt.timedelta(days=400)), later)
    for path in later.rglob("*.png"):
        assert path.read_bytes() == (staged / path.relative_to(later)).read_bytes(), path.name


def test_the_whole_set_is_drawn_and_then_kept(
    project: Project, staged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(35):
        page(staged, f"about/{number}/index.html", f"Page number {number} and what it says about LinkedIn and Meta")
    cards.publish(Edition(project, TODAY), staged)
    drawn = {path.relative_to(staged): path.read_bytes() for path in staged.rglob("*.png")}
    assert len(drawn) >= 330
    assert max(map(len, drawn.values())) <= 300_000
    assert all(png[:8] == b"\x89PNG\r\n\x1a\n" for png in drawn.values())
    again = tmp_path / "again"
    page(again, "about/index.html", "About &amp; more")
    monkeypatch.setattr(cards, "Press", None)  # nothing can be drawn, so it must be there
    cards.publish(Edition(project, TODAY), again)
    for path in again.rglob("*.png"):
        assert path.read_bytes() == drawn[path.relative_to(again)], path.name


def test_as_many_processes_draw_as_there_are_cores_to_use() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


def test_alternative_text_and_address_are_to_be_had_for_a_page_of_a_claim() -> None:
    content = samples.real()[cards.card_address("claim", "li-way-out-world")]
    head = cards.tags(SITE_URL, cards.card_address("claim", "li-way-out-world"), b"png", alt_text(content))
    assert head.count('property="og:image"') == 1
    assert "LinkedIn, Worldwide. Is there a way out? Yes (one switch in your settings)." in head


@pytest.mark.usefixtures("quick")
def test_a_word_with_a_letter_that_the_font_lacks_is_refused_and_never_misspelt(project: Project, staged: Path) -> None:
    page(
        staged,
        "zizek/index.html",
        "What Žižek says",
    )
    with pytest.raises(BadData) as error:
        cards.publish(Edition(project, TODAY), staged)
    (problem,) = error.value.problems
    assert problem.file == "cards/zizek.png"
    assert "ž" in problem.what and "Žižek" in problem.what
    assert "spell it without" in problem.cure
    page(
        staged,
        "zizek/index.html",
        "What Résumés say",
    )
    cards.publish(Edition(project, TODAY), staged)
