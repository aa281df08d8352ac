"""Are pages drawn in several short tasks?"""

from __future__ import annotations

from pathlib import Path

from scripts.publish.pauses import PAUSE, paused

FOOT = '<footer class="md-footer oi-footer">z</footer></body>'


def test_a_page_pauses_below_its_title_before_its_sections_and_before_its_foot() -> None:
    page = f'<body><h2>Menu</h2><h1 id="top">A</h1><p>b</p><h2 id="c">C</h2><p>d</p>{FOOT}'
    assert paused(page) == (
        f'<body><h2>Menu</h2><h1 id="top">A</h1>{PAUSE}<p>b</p>{PAUSE}<h2 id="c">C</h2><p>d</p>{PAUSE}{FOOT}'
    )


def test_a_long_page_pauses_before_its_first_sections_only() -> None:
    assert paused("<h1>A</h1>" + "<h2>b</h2>" * 40 + FOOT).count(PAUSE) == 1 + 4 + 1


def test_a_page_that_only_sends_readers_on_is_left_alone() -> None:
    page = "<body><h1>Moved</h1><p>It is there now.</p></body>"
    assert paused(page) == page


def test_the_real_pages_pause_and_none_does_so_too_often(built_site: Path) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in built_site.rglob("*.html")}
    read = [text for text in pages.values() if '<footer class="md-footer' in text]
    assert len(read) > 200
    assert {min(text.count(PAUSE), 2) for text in read} == {2}
    assert max(text.count(PAUSE) for text in read) <= 6
