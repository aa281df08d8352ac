"""What can be found: each part of a page under its heading, in words that do not run together."""

from __future__ import annotations

from pathlib import Path

from scripts.publish.search import UNSEARCHED, found

HEAD = '<meta name="description" content="About it."><meta name="oi-search" content="{}">'
PAGE = """<nav>Menu</nav><article class="md-typeset">
<h1 id="top">The page<a class="headerlink" href="#top">¶</a></h1><p>First <b>wor</b>ds.</p>
<table><tr><th>Question</th><td>Yes</td><td>No</td></tr></table>
<h2 id="out">The <em>way</em> out</h2><p>Tap it.<sup data-unsearched>1</sup></p><p data-unsearched>checked today</p>
<h3>Without an id</h3><svg><title>Drawing</title></svg><script>code()</script>
</article><footer>Foot</footer>"""


def test_a_page_is_parted_at_its_headings_and_cells_are_lines_of_their_own() -> None:
    whole, way = found(HEAD.format(3) + PAGE, "guides/x/")
    assert whole == {
        "location": "guides/x/",
        "title": "The page",
        "text": "About it.\nFirst words.\nQuestion\nYes\nNo",
        "boost": 3.0,
    }
    assert way == {
        "location": "guides/x/#out", "title": "The way out", "text": "Tap it.\nWithout an id", "boost": 3.0,
    }  # fmt: skip


def test_a_page_that_says_so_is_not_found_and_one_that_says_nothing_counts_once() -> None:
    assert list(found(HEAD.format(0) + PAGE, "x/")) == []
    assert all("boost" not in entry for entry in found(PAGE, "x/"))


def test_hostile_words_stay_words() -> None:
    (only,) = found("<article><h1>&lt;script&gt;</h1><p>&lt;img src=x onerror=hurt()&gt;</p></article>", "")
    assert (only["title"], only["text"]) == ("<script>", "<img src=x onerror=hurt()>")


def test_no_word_to_the_search_is_left_in_a_page(built_site: Path) -> None:
    for path in built_site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert UNSEARCHED not in text and 'name="oi-search"' not in text, path
