"""Can the PDFs be read aloud? All that a machine can check of PDF/UA-1, and what one should not need a checker for."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import page as checker
import pikepdf
import pytest

from tests.paper.conftest import Print

pytestmark = pytest.mark.xdist_group("paper")


def broken_rules(pdf: bytes) -> dict[str, str]:
    """The rules of PDF/UA-1 that a PDF breaks, with an example each."""
    report = checker.validate_pdf_bytes(pdf, profile="ua1")
    assert report.rules.total > 100
    return {failure.rule_id: failure.message for failure in report.failures}


def opened(one: Print) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(one.finished))


def elements(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The elements of the tree of tags, in their order."""
    return list(_below(document.Root.StructTreeRoot))


def _below(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


def test_every_pdf_conforms_to_pdf_ua(prints: list[Print]) -> None:
    for one in prints:
        assert broken_rules(one.finished) == {}, one.path.name


def test_the_checker_finds_what_the_browser_leaves_out(prints: list[Print]) -> None:
    (one,) = (one for one in prints if one.page == "guides/linkedin-web/" and one.size == "A4")
    found = broken_rules(one.path.read_bytes())
    assert {"PDFUA1-CONTENT-TAGGING-001", "PDFUA1-LINK-CONTENTS-001", "PDFUA1-LI-KIDS-001"} <= found.keys()


def test_every_pdf_has_its_title_its_language_its_outline_and_the_order_of_its_tags(prints: list[Print]) -> None:
    for one in prints:
        with opened(one) as document:
            assert str(document.docinfo["/Title"]) == one.seen["title"]
            assert str(document.Root.Lang) == "en"
            assert document.Root.MarkInfo.Marked
            assert document.Root.ViewerPreferences.DisplayDocTitle
            assert all(page.Tabs == "/S" for page in document.pages)
            with document.open_outline() as outline:
                entries = sum(1 + len(item.children) for item in outline.root)
            assert entries >= one.seen["headings"], one.path.name


def test_headings_are_in_order_pictures_have_words_and_tables_have_heads(prints: list[Print]) -> None:
    figures = tables = 0
    for one in prints:
        with opened(one) as document:
            tags = elements(document)
            levels = [int(kind[2]) for tag in tags if re.fullmatch(r"/H\d", kind := str(tag.S))]
            assert levels.count(1) == 1 and levels[0] == 1, one.path.name
            assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), levels
            for tag in tags:
                if tag.S == "/Figure":
                    figures += 1
                    assert str(tag.get("/Alt", "")), f"{one.path.name}: a picture without words"
                if tag.S == "/Table":
                    tables += 1
                    heads = [part for part in _below(tag) if part.S == "/TH"]
                    assert heads and any(part.S == "/Caption" for part in _below(tag)), one.path.name
    assert figures > 80 and tables


def test_every_letter_can_be_copied_and_every_font_is_in_the_pdf(prints: list[Print]) -> None:
    for one in prints:
        with opened(one) as document:
            fonts = [thing for thing in document.objects if _has(thing, "/Type", "/Font")]
            assert fonts
            for font in fonts:
                assert font.get("/Subtype") != "/Type3", f"{one.path.name}: letters that are drawings"
                assert "/ToUnicode" in font or font.get("/Subtype") != "/Type0", "letters that cannot be copied"
            for thing in document.objects:
                if _has(thing, "/Type", "/FontDescriptor"):
                    assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys()), one.path.name


def _has(thing: pikepdf.Object, key: str, value: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get(key) == value
