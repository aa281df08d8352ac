"""Pictures of screens in the built guides: all there, all of their size, all explained in words."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.facts.catalogue import Facts
from scripts.facts.prose import plain
from scripts.project import Project
from scripts.screens import load as screens_load
from scripts.screens.audit import audit
from scripts.screens.load import Screen
from tests.real import real_facts

DOCS = Project.here().docs


@pytest.fixture(scope="module")
def facts() -> Facts:
    return real_facts(dt.date.today())


@pytest.fixture(scope="module")
def screens() -> dict[str, Screen]:
    found, problems = screens_load.load(DOCS / screens_load.FOLDER)
    assert not problems
    assert len(found) >= 30
    return found


@pytest.fixture(scope="module")
def guides(built_site: Path, facts: Facts) -> dict[str, LexborHTMLParser]:
    """The pages of all guides, by slug."""
    return {slug: LexborHTMLParser((built_site / f"guides/{slug}/index.html").read_bytes()) for slug in facts.guides}


def words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def figures(guides: dict[str, LexborHTMLParser]) -> Iterator[tuple[str, str, LexborNode]]:
    for slug, html in guides.items():
        for node in html.css("figure.oi-figure"):
            yield slug, (node.attributes["id"] or "").removeprefix("screen-"), node


def files(node: LexborNode) -> Iterator[tuple[str, int, LexborNode]]:
    """Every picture that a figure names: its address, its scale, and the element that names it."""
    for part in node.css("picture > :not([media*=scripting])"):
        for candidate in filter(None, (part.attributes.get("srcset") or "").split(", ")):
            address, scale = candidate.split(" ")
            yield address, int(scale.removesuffix("x")), part
        single = part.attributes.get("src")
        if single:
            yield single, 2 if single.endswith(".print.png") else 1, part
    for link in node.css("a.oi-picture"):
        (image,) = link.css("img")
        yield link.attributes["href"] or "", 2, image


def test_every_screen_is_shown_by_a_guide(guides: dict[str, LexborHTMLParser], screens: dict[str, Screen]) -> None:
    assert {name for _, name, _ in figures(guides)} == set(screens)


def test_every_picture_file_exists_in_the_size_that_its_page_says(
    guides: dict[str, LexborHTMLParser], built_site: Path
) -> None:
    checked = 0
    for slug, name, node in figures(guides):
        for address, scale, part in files(node):
            path = built_site / posixpath.normpath(f"guides/{slug}/{address}")
            assert path.is_file(), f"{slug}: {address}"
            said = int(part.attributes["width"] or 0) * scale, int(part.attributes["height"] or 0) * scale
            with Image.open(path) as image:
                # On paper marks are drawn larger, in units of up to two pixels; what is left over is cut off.
                left_over = 8 if address.endswith(".print.png") else 0
                assert all(0 <= a - b <= left_over for a, b in zip(said, image.size, strict=True)), (
                    f"{slug}: {name}: {address}"
                )
            checked += 1
    assert checked > 30 * 2 * 6


def test_every_mark_has_its_line_in_the_legend(guides: dict[str, LexborHTMLParser], screens: dict[str, Screen]) -> None:
    for slug, name, node in figures(guides):
        said = [words(line) for line in node.css("ol.oi-legend > li")]
        assert said == [plain(mark.say) for mark in screens[name].spec.marks], f"{slug}: {name}"


def test_every_picture_says_what_it_is_to_those_who_do_not_see_it(guides: dict[str, LexborHTMLParser]) -> None:
    for slug, name, node in figures(guides):
        images = node.css("img")
        assert len(images) == 3, name  # light, dark, paper
        for image in images:
            alt = image.attributes["alt"] or ""
            assert 40 <= len(alt) <= 150, alt
            assert alt.startswith(("Schematic re-creation of", "Screenshot of")), alt
            described = image.attributes["aria-describedby"]
            assert len(guides[slug].css(f'ol[id="{described}"]')) == 1, name


def test_every_caption_says_what_it_is_how_old_and_after_which_sources(
    guides: dict[str, LexborHTMLParser], screens: dict[str, Screen]
) -> None:
    for _, name, node in figures(guides):
        (caption,) = node.css("figcaption")
        spec = screens[name].spec
        kind = "Schematic re-creation" if spec.kind == "schematic" else "Screenshot"
        assert words(caption).startswith(kind), name
        day = spec.verified if spec.kind == "schematic" else spec.captured
        assert (str(day) if day else "undated source") in words(caption), name
        anchors = [(link.attributes["href"] or "").rpartition("#")[2] for link in caption.css("a")]
        assert anchors == list(spec.sources), name


def sections(html: LexborHTMLParser) -> Iterator[tuple[str, list[LexborNode]]]:
    """The numbered steps of a page, by the heading that they stand under."""
    article = html.css_first("article")
    assert article
    heading, steps = "", list[LexborNode]()
    for node in article.iter():
        if node.tag in ("h1", "h2", "h3", "h4"):
            yield heading, steps
            heading, steps = node.attributes["id"] or "", []
        elif node.tag == "ol" and "oi-notes" not in (node.attributes.get("class") or ""):
            steps += [step for step in node.iter() if step.tag == "li"]
    yield heading, steps


def test_each_step_that_names_a_label_has_a_picture_in_its_list_of_steps(
    guides: dict[str, LexborHTMLParser], facts: Facts
) -> None:
    labelled = 0
    for slug, html in guides.items():
        excused = {item.label for item in facts.guides[slug].no_screen}
        for heading, steps in sections(html):
            pictures = [figure for step in steps for figure in step.css("figure.oi-figure")]
            for step in steps:
                bold = {words(label) for label in step.css("li > strong, li > p > strong")}
                labels = bold - excused
                labelled += bool(labels)
                assert pictures or not labels, f"{slug}#{heading}: {words(step)[:60]}"
    assert labelled > 30


def test_no_picture_of_the_site_carries_anything_but_pixels(built_site: Path) -> None:
    pictures = [path for kind in ("png", "webp", "avif") for path in built_site.rglob(f"*.{kind}")]
    assert len(pictures) > 700  # screens in all variants, and cards
    found = {path.name: audit(path.read_bytes(), path.suffix[1:]) for path in pictures}
    assert {name: faults for name, faults in found.items() if faults} == {}
