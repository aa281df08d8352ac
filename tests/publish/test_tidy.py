"""What the theme writes that HTML does not know is gone from the pages."""

from __future__ import annotations

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from scripts.publish.tidy import tidied

SWITCH = '<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">'
VEIL = '<label class="md-overlay" for="__drawer"></label>'
NOTICES = (
    '<div class="md-dialog" data-md-component="dialog">\n  <div class="md-dialog__inner md-typeset"></div>\n</div>'
)


def test_what_only_the_themes_script_uses_is_gone_and_fields_stay() -> None:
    field = '<input type="text" autocomplete="off">'
    assert tidied(SWITCH + field + VEIL + "<p>words</p>" + NOTICES) == field + "<p>words</p>"


def test_nothing_of_the_theme_but_its_templates_is_in_a_built_tree(built_site: Path) -> None:
    assert [path.name for path in built_site.rglob("*.js")]
    assert not {"javascripts", "stylesheets", "images"} & {path.name for path in (built_site / "assets").iterdir()}
    for path in built_site.rglob("*.html"):
        assert not re.search(r'class="md-(toggle|overlay|dialog)"', path.read_text(encoding="utf-8")), path


def test_empty_lines_and_spaces_go_but_not_between_words_of_the_article() -> None:
    article = "<article><p>a\n<b>b</b></p><pre>\n  one\n\n  <p>two</pre></article>"
    assert tidied(f"<body>\n\n    <div>\n  word\n  </div>{article}\n   \n  </body>\n") == (
        f"<body>\n<div>\n  word\n</div>{article}\n</body>\n"
    )


def test_items_of_a_list_which_paper_may_set_in_a_line_stay_apart() -> None:
    assert tidied("<article><ol>\n<li>one</li>\n<li>two</li>\n</ol></article>") == (
        "<article><ol>\n<li>one</li>\n<li>two</li></ol></article>"
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
