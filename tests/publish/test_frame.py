"""A page in the frame of another: its own words, and links that lead where they led."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from scripts.publish.frame import NoFrame, cut, moved

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Old &ndash; Site</title>
<meta name="description" content="about old"><link rel="canonical" href="https://s.example/policies/meta/">
<link rel="prev" href="../../guides/"><meta property="og:title" content="Old"><meta property="og:description"
content="about old"><meta property="og:url" content="https://s.example/policies/meta/">
<link rel="stylesheet" href="../../a.css"><!-- card --></head><body><nav class="md-nav">
<a href="./">Here</a> <a href="../linkedin/">There</a> <a href="../..">Home</a> <a href="#top">Down</a>
<a href="https://e.example/x">Out</a></nav><article class="a"><h1>Old</h1><article>inner</article></article>
<footer>Foot</footer></body></html>"""
AT, TO = "policies/meta/", "c/x/"
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("./", "../../policies/meta/"),
        ("../linkedin/", "../../policies/linkedin/"),
        ("../linkedin/#q-x", "../../policies/linkedin/#q-x"),
        ("../../a.css?v=1", "../../a.css?v=1"),
        ("../..", "../../"),
        ("#top", "#top"),
        ("/all/", "/all/"),
        ("https://e.example/x", "https://e.example/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("", ""),
    ],
)
def test_a_link_leads_to_the_same_place_from_elsewhere(link: str, wanted: str) -> None:
    assert moved(link, AT, TO) == wanted


@given(title=WORDS, about=WORDS)
def test_a_framed_page_has_its_own_words_and_nothing_of_the_other_page(title: str, about: str) -> None:
    made = cut(PAGE, AT, TO).page(title, about, "https://s.example/c/x/", "<h1>New</h1>")
    html = LexborHTMLParser(made)

    def content(selector: str) -> str | None:
        node = html.css_first(selector)
        return node.attributes["content"] if node else None

    assert content("meta[property='og:title']") == title
    assert content("meta[name=description]") == content("meta[property='og:description']") == about
    assert content("meta[property='og:url']") == "https://s.example/c/x/"
    assert "Old" not in html.text() and "about old" not in made and "inner" not in made
    assert [node.text() for node in html.css("article h1")] == ["New"]
    assert not html.css("link[rel=prev]")
    assert made.count("<!-- card -->") == 1
    assert "Foot" in html.text()


def test_a_page_without_what_a_frame_needs_is_refused() -> None:
    with pytest.raises(NoFrame, match="canonical"):
        cut(PAGE.replace("canonical", "else"), AT, TO)
    with pytest.raises(NoFrame, match="article"):
        cut(PAGE.replace("article", "section"), AT, TO)


def test_a_frame_for_another_depth_is_refused() -> None:
    with pytest.raises(ValueError, match="equally deep"):
        cut(PAGE, AT, "c/")
