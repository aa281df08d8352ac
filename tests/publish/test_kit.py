"""The blocks for newsletters keep to what mail programs can show, and say what the facts say."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from scripts.facts.catalogue import Facts
from scripts.facts.changes import changes
from scripts.publish import kit_mail
from scripts.publish.kit_block import Block, Link, Picture, markdown, text
from tests.conftest import SITE_URL, TODAY
from tests.real import real_facts

ALLOWED = {"table", "tbody", "tr", "td", "p", "a", "img"}
COLOUR = re.compile(r"(?<![-\w])color:(#[0-9a-f]{6})")


@pytest.fixture(scope="module")
def facts() -> Facts:
    return real_facts(TODAY)


@pytest.fixture(scope="module")
def mails(built_site: Path) -> dict[str, LexborHTMLParser]:
    return {
        path.relative_to(built_site / "kit").as_posix(): LexborHTMLParser(path.read_bytes())
        for path in sorted((built_site / "kit").rglob("*.html"))
    }


def test_every_guide_and_every_change_has_a_block_in_three_forms(built_site: Path, facts: Facts) -> None:
    wanted = {f"guide/{slug}" for slug in facts.guides} | {f"change/{change.id}" for change in changes(facts)}
    found = {
        path.relative_to(built_site / "kit").as_posix() for path in (built_site / "kit").rglob("*") if path.is_file()
    }
    assert len(wanted) > 50
    assert found == {f"{name}.{ending}" for name in wanted for ending in ("html", "md", "txt")}


def test_mails_are_small_and_made_of_tables_paragraphs_links_and_pictures(
    built_site: Path, mails: dict[str, LexborHTMLParser]
) -> None:
    for name, html in mails.items():
        data = (built_site / "kit" / name).read_bytes()
        assert len(data) <= 20_000, name
        assert {node.tag for node in html.css("body *")} <= ALLOWED, name
        assert not re.search(rb"<script|<form|<svg|<style|<link|webp|avif|onclick|javascript:", data), name
        (outer,) = html.css("body > table")
        assert outer.attributes["width"] == "600" and "max-width:600px" in (outer.attributes["style"] or "")
        for node in html.css("body [width]"):
            assert int(node.attributes["width"] or 0) <= 600, name
        assert all(node.attributes.get("role") == "presentation" for node in html.css("table"))


def test_every_address_in_a_mail_is_whole_and_without_a_query(mails: dict[str, LexborHTMLParser]) -> None:
    for name, html in mails.items():
        for node in html.css("[href], [src]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            parts = urlsplit(address)
            assert parts.scheme == "https" and parts.netloc, f"{name}: {address}"
            assert "utm_" not in address
            assert not (address.startswith(SITE_URL) and parts.query), f"{name}: {address}"


def test_every_picture_is_there_as_a_png_opaque_and_has_words_in_its_place(
    built_site: Path, mails: dict[str, LexborHTMLParser]
) -> None:
    screens = 0
    for name, html in mails.items():
        (image,) = html.css("img")
        source = image.attributes["src"] or ""
        with Image.open(built_site / source.removeprefix(SITE_URL)) as picture:
            assert picture.format == "PNG"
            assert "transparency" not in picture.info and picture.mode in ("RGB", "P"), name
            assert int(image.attributes["width"] or 0) <= min(600, picture.width), name
        assert "height" not in image.attributes, f"{name}: where pictures are off, it leaves a hole"
        assert 20 <= len(image.attributes["alt"] or "") <= 200, name
        if ".email.png" in source:
            screens += 1
            assert "re-creation" in html.text(), f"{name}: a drawing must not pass for a screenshot"
    assert screens >= 5


def test_text_and_ground_are_both_said_so_that_a_dark_mail_program_turns_both(
    mails: dict[str, LexborHTMLParser],
) -> None:
    for name, html in mails.items():
        for paragraph in html.css("p"):
            (colour,) = COLOUR.findall(paragraph.attributes["style"] or "")
            node = paragraph.parent
            while node and "background-color:" not in (node.attributes.get("style") or ""):
                node = node.parent
            assert node, name
            ground = re.search(r"background-color:(#[0-9a-f]{6})", node.attributes["style"] or "")
            assert ground and contrast(colour, ground[1]) >= 4.5, name


def contrast(one: str, two: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light_, dark = sorted((light(one), light(two)), reverse=True)
    return (light_ + 0.05) / (dark + 0.05)


def test_a_block_of_a_change_has_its_before_its_after_and_its_sources_in_every_form(
    built_site: Path, facts: Facts
) -> None:
    told = 0
    for change in changes(facts):
        for ending in ("txt", "md", "html"):
            written = (built_site / f"kit/change/{change.id}.{ending}").read_text(encoding="utf-8")
            shown = plain(written, ending)
            assert plain(change.title, "txt") in shown, change.id
            assert change.day_in_words in shown
            for said in (*change.before, *change.after):
                assert said.sentence in shown, f"{change.id}.{ending}"
                told += 1
            for source in change.sources:
                record = facts.sources[source]
                for address in (record.address, record.archive):
                    assert not address or address in written.replace("&amp;", "&"), f"{change.id}.{ending}"
    assert told > 20


def plain(written: str, ending: str) -> str:
    """The words of a block, with its white space made even."""
    if ending == "md":
        written = LexborHTMLParser(MarkdownIt().render(written)).text(separator=" ")
    elif ending == "html":
        written = LexborHTMLParser(written).text(separator=" ")
    return " ".join(written.split())


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=30).map(
    lambda said: " ".join(said.split()) or "x"
) | st.sampled_from(["<script>alert(1)</script>", '"><img src=x onerror=y>', "1. a", "# a", "[a](b)", "&amp;", "*a*"])


@given(words=WORDS)
def test_no_word_becomes_markup_in_any_form(words: str) -> None:
    link, picture = (
        Link(words, "https://s.example/"),
        Picture("https://s.example/a.png", 10, 10, words, (words,), words),
    )
    block = Block(words, words, link.address, (words,), ((words, (words,)),), link, picture, ((link,),), words)
    assert words in text(block)
    mail = LexborHTMLParser(kit_mail.document(block))
    assert {node.tag for node in mail.css("body *")} <= ALLOWED
    assert [node.attributes["alt"] for node in mail.css("img")] == [words]
    assert len(mail.css("img")) == 1
    rendered = LexborHTMLParser(MarkdownIt().render(markdown(block)))
    tags = {node.tag for node in rendered.css("body *")}
    assert tags <= {"h3", "em", "p", "a", "img", "ol", "ul", "li", "strong"}, markdown(block)
    assert all((link.attributes["href"] or "").startswith("https://") for link in rendered.css("a"))
