"""A figure fits into a step, names every file by its address from the page, and ties the list to the picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import markdown
import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts.facts.catalogue import Facts
from scripts.facts.load import load
from scripts.facts.yaml_lines import parse
from scripts.screens import figure
from scripts.screens.figure import Ask
from scripts.screens.load import Screen
from scripts.screens.model import Anchors, Spec
from tests.facts.small import TODAY, write

PAGE = "guides/switch.md"
YAML = """\
schema: 1
kind: schematic
platform: acme
surface: web
language: en
title: the switch, shown On
sources: [s-policy]
labels: reported
note: We know "it" & more.
captured: 2026-11-22
verified: 2026-03
review_by: 2027-05-22
page: acme.html
viewport: [700, 480]
crop:
  narrow: {around: [switch], pad: 20}
marks:
  - {at: title, draw: underline, say: "The title **Data** *x* [y](z)", label: Data}
  - {at: switch, say: "The switch"}
"""


def screen(text: str = YAML, name: str = "switch-on") -> Screen:
    """A screen of 700 x 480, with a switch of 40 x 20 in it."""
    document, problems = parse(f"screens/{name}.yml", text)
    assert not problems
    anchors = {"title": {"rect": [20, 20, 300, 30]}, "switch": {"rect": [600, 100, 40, 20]}}
    variants = {
        f"{theme}@1": {"file": f"{theme}.png", "sha256": "0", "size": [700, 480], "anchors": anchors}
        for theme in figure.THEMES
    }
    known = Anchors.model_validate({"schema": 1, "made_with": "test", "variants": variants})
    return Screen(name, Spec.model_validate(document.data), known, Path("docs/screens"), document)


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return load(write(tmp_path), TODAY)


def html(facts: Facts, shown: Screen | None = None, page: str = PAGE) -> LexborHTMLParser:
    return LexborHTMLParser(figure.figure(Ask(page, "switch-on", 7), shown or screen(), facts))


def attributes(node: Any) -> dict[str, str]:
    return {key: value or "" for key, value in node.attributes.items()}


def test_a_figure_stays_whole_inside_a_step_and_the_count_goes_on(facts: Facts) -> None:
    block = figure.figure(Ask(PAGE, "switch-on", 7), screen(), facts)
    inside = "".join(f"    {line}\n" if line else "\n" for line in block.splitlines())
    source = f"1. One.\n2. Two, with a picture.\n\n{inside}\n3. Three.\n4. Four.\n"
    made = markdown.markdown(source, extensions=["attr_list", "md_in_html", "toc", "pymdownx.blocks.html"])
    tree = LexborHTMLParser(made)
    assert len(tree.css("body > ol")) == 1
    assert len(tree.css("body > ol > li")) == 4
    assert len(tree.css("body > ol > li:nth-child(2) > div.oi-screen > figure.oi-figure")) == 1
    assert len(tree.css("figure picture > img")) == 3  # light, dark, paper
    assert "The title <strong>Data</strong> *x* [y](z)" in made
    assert "///" not in made
    assert "\n\n" not in block.strip()


def test_each_theme_has_a_narrow_and_a_wide_picture_with_their_sizes(facts: Facts) -> None:
    tree = html(facts)
    links = tree.css("a.oi-picture")
    assert [link.attributes["class"] for link in links] == [
        "oi-picture oi-picture--light",
        "oi-picture oi-picture--dark",
    ]
    for theme, link in zip(figure.THEMES, links, strict=True):
        stem = f"../../assets/generated/screens/switch-on.{theme}"
        sources = [attributes(source) for source in link.css("picture > source[type]")]
        assert [(source["type"], source.get("media")) for source in sources] == [
            ("image/avif", "(max-width: 30em)"), ("image/webp", "(max-width: 30em)"), ("image/avif", None),
        ]  # fmt: skip
        assert sources[0]["srcset"] == f"{stem}.narrow@1.avif 1x, {stem}.narrow@2.avif 2x"
        assert sources[2]["srcset"] == f"{stem}.wide@1.avif 1x, {stem}.wide@2.avif 2x"
        assert [(source["width"], source["height"]) for source in sources] == [
            ("80", "60"),
            ("80", "60"),
            ("700", "480"),
        ]
        image = link.css_first("picture > img")
        assert image
        assert attributes(image) | {"alt": ""} == {
            "src": f"{stem}.wide@1.webp",
            "srcset": f"{stem}.wide@1.webp 1x, {stem}.wide@2.webp 2x",
            "width": "700",
            "height": "480",
            "loading": "lazy",
            "fetchpriority": "low",
            "decoding": "async",
            "alt": "",
            "aria-describedby": "screen-switch-on-legend",
        }
        assert link.attributes["href"] == f"{stem}.wide@2.webp"


def test_a_screen_without_a_narrow_crop_asks_for_no_narrow_files(facts: Facts) -> None:
    tree = html(facts, screen(YAML.replace("narrow:", "wide:")))
    assert len(tree.css("source[type]")) == 2
    assert "narrow" not in (tree.html or "")
    assert len(tree.css("figure.oi-figure--slim")) == 1


def test_the_list_has_one_line_for_each_mark_and_is_tied_to_the_picture(facts: Facts) -> None:
    tree = html(facts)
    (legend,) = tree.css("ol.oi-legend")
    assert legend.attributes["id"] == "screen-switch-on-legend"
    assert [line.text() for line in legend.css("li")] == ["The title Data *x* [y](z)", "The switch"]


def test_the_caption_says_what_it_is_how_old_and_after_what(facts: Facts) -> None:
    caption = html(facts).css_first("figcaption")
    assert caption
    assert caption.css_first("strong:first-child").text() == "Schematic re-creation"  # type: ignore[union-attr]
    assert " ".join(caption.text().split()) == (
        "Schematic re-creation of the switch, shown On. Acme, web, English. Drawn from a source of March 2026, not "
        'from the live site. We have the labels from others. We know "it" & more. Source: Acme.'
    )
    (link,) = caption.css("a")
    assert link.attributes["href"] == "../../sources/#s-policy"


def test_a_screen_that_does_not_exist_is_named_with_the_nearest_one_and_the_line() -> None:
    (problem,) = figure.unknown([Ask(PAGE, "swich-on", 7), Ask(PAGE, "switch-on", 9)], ["switch-on", "menu"])
    assert (problem.file, problem.line) == (PAGE, 7)
    assert problem.cure == 'did you mean "switch-on"?'


def test_a_screen_that_no_page_shows_is_a_problem() -> None:
    screens = {"switch-on": screen(), "menu": screen(name="menu")}
    (problem,) = figure.unshown(screens, [Ask(PAGE, "switch-on", 7)])
    assert (problem.file, problem.rule) == ("screens/menu.yml", "unused screen")


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "said"),
    [
        ("language: en", "language: xx", "language", 5, "xx"),
        ("marks:", "alt: Too short\nmarks:", "alt", 17, "9 characters"),
    ],
)
def test_what_a_spec_says_must_be_sayable(old: str, new: str, rule: str, line: int, said: str) -> None:
    (problem,) = figure.faults({"switch-on": screen(YAML.replace(old, new))})
    assert (problem.file, problem.line, problem.rule) == ("screens/switch-on.yml", line, rule)
    assert said in problem.what + problem.cure


def test_the_specs_of_this_test_are_right_to_begin_with() -> None:
    assert list(figure.faults({"switch-on": screen()})) == []
