"""What the theme writes that HTML does not know is gone from the pages."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from scripts.publish.tidy import tidied

SWITCH = '<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">'
FIELD = '<input type="text" class="md-search__input" autocomplete="off">'


def test_a_switch_loses_what_is_for_fields_and_a_field_keeps_it() -> None:
    assert tidied(SWITCH + FIELD) == SWITCH.replace(' autocomplete="off"', "") + FIELD


def test_empty_lines_and_spaces_go_but_not_within_the_article() -> None:
    article = "<article><pre>\n  one\n\n  two</pre></article>"
    assert tidied(f"<body>\n\n    <div>\n  word\n  </div>{article}\n   \n  </body>\n") == (
        f"<body>\n<div>\n  word\n</div>{article}\n</body>\n"
    )


# What the checker of HTML (`make validate`) found once. That needs Java; this does not.
REFUSED = (
    "input[type=checkbox][autocomplete]",
    "[markdown]",
    "table:not([role]) [role=row], th[role], td[role]",
    'link[href^="data:"][href*=" "]',
)


def test_no_page_has_what_the_checker_of_html_once_refused(built_site: Path) -> None:
    pages = {path: LexborHTMLParser(path.read_text(encoding="utf-8")) for path in sorted(built_site.rglob("*.html"))}
    assert len(pages) > 100
    for rule in REFUSED:
        assert not [path for path, page in pages.items() if page.css(rule)], rule
