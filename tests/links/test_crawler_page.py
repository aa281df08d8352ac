"""What is found on a page is what LinkChecker finds on it, however badly it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import ParserRejectedMarkup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from linkcheck.htmlutil import htmlsoup, linkparse  # type: ignore[import-untyped]

from scripts.links import crawler_page
from scripts.links.crawler_page import read

NAMES = [
    "a",
    "A",
    "img",
    "link",
    "base",
    "meta",
    "script",
    "style",
    "p",
    "form",
    "source",
    "applet",
    "svg",
    "br",
    "x:y",
]
ATTRIBUTES = [
    "href", "src", "id", "name", "ID", "srcset", "style", "content", "action", "method", "http-equiv", "rel",
    "archive", "codebase", "title", "data-x",
]  # fmt: skip
VALUES = [
    "b.html", "#c", "&amp;", "&eacute;x", "&#x41;", "&nope;", "url(x.png)", "0; url=d.html", "refresh", "a 1x, b 2x",
    "post", " spaced ", "", "ä", "//e.example/", "?a=1&copy=2", "dns-prefetch", "é\nü",
]  # fmt: skip


@st.composite
def tags(draw: st.DrawFn) -> str:
    quote = draw(st.sampled_from(['"', "'", ""]))
    pairs = draw(st.lists(st.tuples(st.sampled_from(ATTRIBUTES), st.none() | st.sampled_from(VALUES)), max_size=3))
    said = "".join(f" {name}" if value is None else f" {name}={quote}{value}{quote}" for name, value in pairs)
    return f"<{draw(st.sampled_from(NAMES))}{said}{draw(st.sampled_from(['>', '/>', '', ' >']))}"


ODD = ["</a>", "</script>", "</p >", "<!-- <a href=x> -->", "<!doctype html>", "<![CDATA[<a href=y>]]>", "<?php ?>"]
ODD += [
    "<",
    ">",
    "&",
    "&#0;",
    "\n",
    "text",
    "<!",
    "</",
    "<!-->",
    "<a href='",
    "\r\n",
    "\t",
    "é",
    "<!DOCTYPE",
    "&#xD800;",
]
pages = st.lists(tags() | st.sampled_from(ODD), max_size=12).map("".join)


def by_linkchecker(data: bytes, encoding: str | None) -> Any:
    """What LinkChecker's own code finds, but for the names of links."""
    try:
        soup = htmlsoup.make_soup(data, encoding)
    except ParserRejectedMarkup:
        return "rejected"
    found: dict[str, list[Any]] = {"links": [], "anchors": []}
    for kind, wanted in (("links", linkparse.LinkTags), ("anchors", linkparse.AnchorTags)):
        linkparse.find_links(soup, lambda url, kind=kind, **place: found[kind].append((url, placed(place))), wanted)
    return soup.original_encoding or "ISO-8859-1", found["links"], found["anchors"]


def by_us(data: bytes, encoding: str | None) -> Any:
    try:
        page = read(data, encoding)
    except ParserRejectedMarkup:
        return "rejected"
    links = [(link["url"], placed(link)) for link in page.links]
    keys = ("line", "column", "name", "base")
    anchors = [(url, placed(dict(zip(keys, place, strict=True)))) for url, *place in page.anchors]
    return page.encoding, links, anchors


def placed(place: dict[str, Any]) -> tuple[int, int, str]:
    return place["line"], place["column"], place["base"]


@given(
    pages,
    st.sampled_from(["utf-8", "iso-8859-1", "utf-16", None]),
    st.sampled_from(["utf-8", "latin-1", "ascii", None]),
)
@example("<![if x]><a href=b>", "utf-8", None)
@settings(max_examples=400, deadline=None)
def test_links_and_anchors_are_those_that_linkchecker_finds(text: str, written: str | None, said: str | None) -> None:
    data = text.encode(written or "utf-8", "ignore")
    assert by_us(data, said) == by_linkchecker(data, said)


def test_so_they_are_on_every_kind_of_page_of_the_real_site(built_site: Path) -> None:
    kinds = {path.relative_to(built_site).parts[0]: path for path in sorted(built_site.rglob("*.html"))}
    assert len(kinds) > 8
    for path in kinds.values():
        data = path.read_bytes()
        assert by_us(data, "utf-8") == by_linkchecker(data, "utf-8"), path


def test_a_link_that_is_left_out_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b'<base href="/x/"><a href="one">One</a><p id="two"><a name="three" href="four" href="five">'
    assert by_us(page, "utf-8") == by_linkchecker(page, "utf-8")
    monkeypatch.setattr(crawler_page, "elements", lambda *_: ([], "utf-8"))
    assert by_us(page, "utf-8") != by_linkchecker(page, "utf-8")
