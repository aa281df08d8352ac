"""What people copy says the same in each form, and no word of ours becomes a mark in any of them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from scripts.facts import cite
from scripts.facts.cite import Quote
from scripts.facts.days import Day
from scripts.version import Version

QUOTE = Quote(
    key="li-x",
    title="LinkedIn: Is there a way out?",
    lines=("There is a switch.", "It is 100 % new & shiny."),
    where="EU/EEA and UK",
    as_of="as of 22 August 2026",
    day=Day(2026, 8, 22),
    address="https://opted-in.example/c/li-x/",
    version=Version("0.1.0", "2026-11-22", "1a2b3c4d5e6f", "https://forge.example/r/tree/1a2b3c4d5e6f"),
)
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split()) or "x"
)
NASTY = st.sampled_from(
    ["1. first", "- item", "# head", "*a* _b_ `c`", "[a](b)", "<script>alert(1)</script>", "a & b", "\\begin{x}", "~~~"]
)


def test_each_form_is_as_expected() -> None:
    forms = dict(cite.forms(QUOTE))
    assert list(forms) == ["Plain text", "Markdown", "HTML", "Citation", "BibTeX", "CSL-JSON"]
    assert forms["Plain text"] == (
        "There is a switch.\nIt is 100 % new & shiny.\n(EU/EEA and UK, as of 22 August 2026)\n"
        "Source: Opted In, CC BY 4.0: https://opted-in.example/c/li-x/"
    )
    assert forms["Citation"] == (
        "Opted In. (22 August 2026). LinkedIn: Is there a way out? (Version 0.1.0 (1a2b3c4)). EU/EEA and UK, as of"
        " 22 August 2026."
        " https://opted-in.example/c/li-x/"
    )
    assert forms["BibTeX"].splitlines()[:5] == [
        "@misc{optedin-li-x,",
        "  author = {{Opted In}},",
        "  title = {{LinkedIn: Is there a way out?}},",
        "  year = {2026},",
        "  month = aug,",
    ]
    note = "EU/EEA and UK, as of 22 August 2026. CC BY 4.0. Made from https://forge.example/r/tree/1a2b3c4d5e6f"
    assert forms["BibTeX"].splitlines()[5:] == [
        "  version = {0.1.0 (1a2b3c4)},",
        "  url = {https://opted-in.example/c/li-x/},",
        f"  note = {{{note}}}",
        "}",
    ]
    assert json.loads(forms["CSL-JSON"]) == [
        {
            "id": "optedin-li-x",
            "type": "webpage",
            "title": "LinkedIn: Is there a way out?",
            "author": [{"literal": "Opted In"}],
            "container-title": "Opted In",
            "issued": {"date-parts": [[2026, 8, 22]]},
            "version": "0.1.0 (1a2b3c4)",
            "URL": "https://opted-in.example/c/li-x/",
            "language": "en",
            "note": note,
        }
    ]


@pytest.mark.parametrize(
    ("day", "year", "month"), [(Day(2026, 8), True, True), (Day(2026), True, False), (None, False, False)]
)
def test_a_date_is_as_exact_as_it_is_known(day: Day | None, year: bool, month: bool) -> None:
    quote = Quote("k", "Title", ("It is so.",), "UK", "undated", day, "https://s.example/")
    assert ("year = {2026}" in cite.bibtex(quote)) == year
    assert ("month = aug" in cite.bibtex(quote)) == month
    (issued,) = json.loads(cite.csl(quote))[0].get("issued", {"date-parts": [[]]})["date-parts"]
    assert issued == [2026, 8][: year + month]
    assert f"({day or 'n.d.'}). Title. UK, undated. https://s.example/" in cite.line(quote)


@given(said=WORDS | NASTY, where=WORDS | NASTY)
def test_every_form_says_the_words_and_makes_nothing_of_them(said: str, where: str) -> None:
    quote = Quote("k", said, (said,), where, "as of May 2026", Day(2026, 5), "https://s.example/c/k/")
    assert said in cite.plain(quote) and said in cite.line(quote) and where in cite.line(quote)
    html = LexborHTMLParser(cite.html(quote))
    assert {node.tag for node in html.css("body *")} == {"blockquote", "p", "a"}
    paragraphs = html.css("p")
    assert paragraphs[0].text() == said
    assert paragraphs[1].text().startswith(f"({where}, as of May 2026)")
    rendered = LexborHTMLParser(MarkdownIt().render(cite.markdown(quote)))
    assert {node.tag for node in rendered.css("body *")} == {"blockquote", "p", "a"}, cite.markdown(quote)
    assert rendered.css("p")[0].text().strip() == said
    assert [link.attributes["href"] for link in rendered.css("a")] == [quote.address, cite.LICENCE]


@given(said=WORDS | NASTY)
def test_braces_of_bibtex_balance_and_its_signs_are_escaped(said: str) -> None:
    text = cite.bibtex(Quote("k", said, (said,), said, "undated", None, "https://s.example/"))
    bare = re.sub(r"\\[{}&%$#_]", "", text)
    depth = 0
    for letter in bare:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
    values = "".join(line for line in bare.splitlines() if line.strip().startswith(("title", "note")))
    assert not set("&%$#_~^") & set(values)
