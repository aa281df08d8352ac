"""Which links get a number on paper, and what stands beside those that do not?"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from scripts.publish.paper_notes import Notes, annotate, leave_out

SITE = "https://site.example/"
PAGE = f"{SITE}guides/a/"


def noted(html: str, fits: int = 0) -> tuple[Notes, str]:
    body = LexborHTMLParser(html).body
    assert body
    leave_out(body)
    return annotate(body, PAGE, SITE, fits), body.inner_html or ""


def test_a_link_to_a_part_that_paper_leaves_out_says_that_it_is_on_the_site() -> None:
    parts = '<h2 id="on">On</h2><h2 id="off" class="oi-off-paper">Off</h2><p>Words.</p>'
    notes, html = noted(f'<p><a href="#off">menus</a> <a href="#on">above</a></p>{parts}')
    assert notes.extra == []
    assert '<a href="#off">menus</a><span class="oi-paper-only"> (on the site)</span>' in html
    assert html.count("(on the site)") == 1


def test_small_print_numbers_other_sites_and_not_our_own_pages() -> None:
    links = '<a href="../b/">b</a> <a href="https://other.example/x#y">x</a> <a href="/elsewhere/">z</a>'
    notes, html = noted(f'<p class="oi-meta">{links}</p>')
    assert notes.extra == ["https://other.example/x#y"]
    assert html.count("oi-ref") == 1
    notes, _ = noted(f"<p>{links}</p>")
    assert notes.extra == [f"{SITE}guides/b/", "https://other.example/x#y", f"{SITE}elsewhere/"]


def test_an_address_in_a_list_of_sources_breaks_only_where_it_does_not_fit() -> None:
    address = "https://other.example/a/long/way/to/go"
    item = f'<ol class="oi-notes"><li><a href="{address}">Title</a></li></ol>'
    assert "<wbr>" not in noted(item, len(address))[1]
    assert "<wbr>" in noted(item, len(address) - 1)[1]
