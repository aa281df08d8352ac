"""Each rule of paper is broken once on purpose: what looks after it must see that, and name the sheet."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from playwright.sync_api import Browser

from scripts.publish import pdfs
from tests.paper import test_paper as rules
from tests.paper import test_pdfs, test_tags
from tests.paper.conftest import Print, printed

pytestmark = pytest.mark.xdist_group("paper")

GUIDE, CHECKLIST, TABLE = "guides/linkedin-web/", "guides/linkedin-web/checklist/", "compare/uk/"
# Words that must be there are others.
_OTHER_WORDS = """
const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const said = walker.currentNode.data;
  walker.currentNode.data = said.replace('Do not trust after', 'Until').replace('re-creation', 'sketch');
}
"""
_LONG_STEP = """
document.querySelector('article > ol > li').insertAdjacentHTML('beforeend', '<p style="height: 240mm"></p>And on.');
"""
# So many that some of them are parted by the end of a sheet, whatever stands before them.
_PARAGRAPHS = """
for (let n = 0; n < 200; n += 1) {
  const words = Array.from({ length: 14 }, (_, k) => `told in words of kind ${n}.${k}`).join(' and ');
  document.querySelector('article').insertAdjacentHTML('beforeend', `<p>${words}</p>`);
}
for (const p of document.querySelectorAll('article p')) p.style.orphans = p.style.widows = 1;
"""
_ONE_STEP_LESS = "document.querySelector('article ol > li').remove();"
_HOW = {"script": True, "dark": False, "backgrounds": True}
# Sets declarations on all elements that a selector finds, before any style sheet; the rest is an at-rule.
_SPOIL = """([selector, declarations, script]) => {
  if (selector.startsWith('@')) {
    document.head.insertAdjacentHTML('beforeend', `<style>${selector} { ${declarations} }</style>`);
  } else if (selector) {
    const each = declarations.split(';').map((one) => one.split(':').map((part) => part.trim()));
    for (const node of document.querySelectorAll(selector))
      for (const [name, value] of each) node.style.setProperty(name, value, 'important');
  }
  eval(script);
}"""


class Spoilt(NamedTuple):
    """A rule, the page on which it is broken, and how: by declarations for a selector, or by a script."""

    rule: Callable[[list[Print]], None]
    page: str
    selector: str = ""
    declarations: str = ""
    script: str = ""

    @property
    def spoil(self) -> str:
        """What breaks the rule."""
        return f"() => ({_SPOIL})({json.dumps([self.selector, self.declarations, self.script])})"


SPOILT = [
    Spoilt(rules.test_a_guide_fits_two_pages_and_a_checklist_one, GUIDE, "article p", "margin: 3em 0"),
    Spoilt(rules.test_a_guide_fits_two_pages_and_a_checklist_one, CHECKLIST, "article li", "margin: 4em 0"),
    Spoilt(rules.test_no_letter_is_closer_than_10_mm_to_the_edge, GUIDE, "@page", "margin: 5mm !important"),
    Spoilt(rules.test_no_letter_is_smaller_than_8_points_and_steps_have_11, GUIDE, "article p", "font-size: 7pt"),
    Spoilt(rules.test_lines_stand_apart_by_1_3_times_the_size_of_their_letters, GUIDE, "article p", "line-height: 1"),
    Spoilt(rules.test_what_is_folded_on_a_screen_is_open_on_paper, "sources/", "details > ul", "display: none"),
    Spoilt(rules.test_nothing_of_the_screen_is_on_paper, GUIDE, ".oi-print, .oi-print *", "display: block"),
    Spoilt(rules.test_every_link_to_another_site_is_there_in_full_and_once, GUIDE, ".oi-url", "display: none"),
    Spoilt(rules.test_every_sheet_says_what_it_is_where_it_is_from_and_how_old_it_is, GUIDE, script=_OTHER_WORDS),
    Spoilt(
        rules.test_the_code_leads_to_the_page_and_is_at_least_20_mm_wide, GUIDE, ".oi-qr", "width: 15mm; height: 15mm"
    ),
    Spoilt(
        rules.test_a_checklist_has_a_box_for_each_step_and_a_code_for_each_direct_address,
        CHECKLIST,
        script=_ONE_STEP_LESS,
    ),
    Spoilt(rules.test_a_picture_stands_beside_its_legend_and_below_its_step, GUIDE, script=_OTHER_WORDS),
    Spoilt(rules.test_table_heads_repeat_and_no_row_is_split, TABLE, "thead", "display: table-row-group"),
    Spoilt(rules.test_no_heading_is_the_last_line_of_a_page_or_column, GUIDE, "h2", "break-after: column"),
    Spoilt(
        rules.test_a_step_stands_in_one_column_with_its_number_and_its_legend,
        GUIDE,
        "article li",
        "break-inside: auto",
        _LONG_STEP,
    ),
    Spoilt(rules.test_no_line_of_a_paragraph_is_left_alone, CHECKLIST, script=_PARAGRAPHS),
    Spoilt(rules.test_words_are_black_enough_whatever_the_screen_was, GUIDE, "article p", "color: #999999"),
    Spoilt(
        rules.test_no_page_wastes_ink_or_paper,
        GUIDE,
        "article p",
        "background: #777777; print-color-adjust: exact",
    ),
    Spoilt(rules.test_no_page_wastes_ink_or_paper, TABLE, "h2", "break-after: page"),
    Spoilt(
        rules.test_the_running_foot_counts_the_pages, GUIDE, "@page", "@bottom-right { content: 'Page' !important; }"
    ),
]


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda one: f"{one.rule.__name__}-{one.page}")
def test_a_rule_that_is_broken_is_seen(browser: Browser, site_address: str, tmp_path: Path, spoilt: Spoilt) -> None:
    folder = tmp_path / str(SPOILT.index(spoilt))  # what was read of a PDF is kept by its name, which may come again
    folder.mkdir()
    one = printed(browser, site_address, spoilt.page, "A4", folder, **_HOW, spoil=spoilt.spoil)
    with pytest.raises(AssertionError, match=one.path.name):
        spoilt.rule([one])


def test_other_words_without_script_are_seen(browser: Browser, site_address: str, tmp_path: Path) -> None:
    less = "() => document.querySelector('article li').remove()"
    ours = printed(browser, site_address, GUIDE, "A4", tmp_path, **_HOW, spoil=less)
    other = printed(browser, site_address, GUIDE, "Letter", tmp_path, **_HOW | {"script": False})
    with pytest.raises(AssertionError, match=GUIDE):
        rules.test_with_and_without_script_the_same_words_are_on_paper([ours, other])


def test_a_guide_that_is_not_printed_other_paper_and_too_many_addresses_are_seen(prints: list[Print]) -> None:
    one = of_guide(prints)
    with pytest.raises(AssertionError):
        rules.test_every_guide_is_printed([each for each in prints if each.page != GUIDE])
    with pytest.raises(AssertionError):
        rules.test_paper_is_as_wide_as_it_says([replace(one, size="Letter")])
    with pytest.raises(AssertionError, match=one.path.name):
        rules.test_addresses_make_a_page_at_most_a_quarter_longer([replace(one, seen=one.seen | {"growth": 1.3})])


def of_guide(prints: list[Print]) -> Print:
    """A good print."""
    return next(one for one in prints if one.page == GUIDE and one.size == "A4")


def doctored(one: Print, folder: Path, change: Callable[[pikepdf.Pdf], None]) -> Print:
    """The same with something changed in its PDF."""
    with pikepdf.open(one.path) as document:
        change(document)
        document.save(folder / one.path.name)
    return replace(one, path=folder / one.path.name)


def without_fonts(document: pikepdf.Pdf) -> None:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            for key in {"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys()):
                del thing[key]


def large(document: pikepdf.Pdf) -> None:
    document.Root.Large = document.make_stream(random.Random(1).randbytes(pdfs.LARGEST))


def without_words_for_pictures(document: pikepdf.Pdf) -> None:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure" and "/Alt" in thing:
            thing.Alt = ""


def without_outline(document: pikepdf.Pdf) -> None:
    del document.Root.Outlines


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (test_tags.test_every_letter_can_be_copied_and_every_font_is_in_the_pdf, without_fonts),
        (test_tags.test_headings_are_in_order_pictures_have_words_and_tables_have_heads, without_words_for_pictures),
        (test_tags.test_every_pdf_has_its_title_its_language_its_outline_and_the_order_of_its_tags, without_outline),
        (test_pdfs.test_every_pdf_is_small, large),
    ],
)
def test_a_pdf_that_breaks_a_rule_is_seen(
    prints: list[Print],
    tmp_path: Path,
    rule: Callable[[list[Print]], None],
    change: Callable[[pikepdf.Pdf], None],
) -> None:
    with pytest.raises(AssertionError, match=of_guide(prints).path.name):
        rule([doctored(of_guide(prints), tmp_path, change)])
