"""The feeds are valid, change only when policy does, and go nowhere but to whole addresses."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser

from scripts.facts.catalogue import Facts
from scripts.facts.changes import Change, Said, name
from scripts.facts.days import Day
from scripts.facts.load import load
from scripts.facts.resolve import Resolver
from scripts.pages import words
from scripts.publish import atom, feeds, json_feed
from scripts.publish.entry import EVIDENCE, Feed, entry
from tests.facts.small import TODAY, edited, write
from tests.publish.formats import CHECKER
from tests.real import real_facts

URL = "https://somewhere.example/below/"
HERE = Path(__file__).parent
A = "{http://www.w3.org/2005/Atom}"
EVENT = """\
  - id: e-2026-02-next
    date: 2026-02-03
    title: Next
    text: It goes on.
    kind: court
    platforms: [acme]
    regions: [de]
    sources: [s-press]
    evidence: reported
"""


def made(folder: Path, changed: dict[str, str] | None = None, *, today: dt.date = TODAY) -> dict[str, bytes]:
    return feeds.files(Resolver(load(write(folder, **(changed or {})), today)), URL)


def entries(feed: bytes) -> dict[str, bytes]:
    """The entries of an Atom or JSON feed, each as it stands, by id."""
    if feed.startswith(b"<"):
        found = etree.fromstring(feed).iterfind(f"{A}entry")
        return {str(node.findtext(f"{A}id")): etree.tostring(node) for node in found}
    return {item["id"]: json.dumps(item).encode() for item in json.loads(feed)["items"]}


def more_events(event: str = EVENT) -> dict[str, str]:
    changed = edited("events", "events:\n", "events:\n")
    changed["events"] += event
    return changed


@pytest.fixture(scope="module")
def real() -> dict[str, bytes]:
    return feeds.files(Resolver(real_facts(dt.date.today())), URL)


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    text = json.loads((HERE / "json-feed.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(text)
    known = CHECKER.checkers
    assert {"date-time", "uri"} <= set(known)
    return jsonschema.Draft202012Validator(text, format_checker=CHECKER)


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(HERE / "atom.rng")))


def test_there_is_a_feed_of_everything_of_each_platform_and_of_each_region(real: dict[str, bytes]) -> None:
    facts = real_facts(dt.date.today())
    wanted = {"all", *facts.platforms, *facts.regions} - {"world"}
    assert set(real) == {f"feeds/{each}.{ending}" for each in wanted for ending in ("atom", "json")}


def test_every_atom_feed_keeps_to_the_grammar_of_rfc_4287(real: dict[str, bytes], grammar: etree.RelaxNG) -> None:
    for path, content in real.items():
        if path.endswith(".atom"):
            assert grammar.validate(etree.fromstring(content)), f"{path}: {grammar.error_log}"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<updated>2", b"<updated>yesterday 2"),
        (b"<id>urn:uuid:", b"<id>no address "),
        (b'rel="self" href="https:', b'rel="self" href="no address '),
        (b"<subtitle>", b"<subtitle><b/>"),
        (b"<published>", b"<publishing/><published>"),
    ],
)
def test_the_grammar_refuses_what_rfc_4287_does(
    real: dict[str, bytes], grammar: etree.RelaxNG, right: bytes, wrong: bytes
) -> None:
    content = real["feeds/all.atom"]
    assert right in content
    assert not grammar.validate(etree.fromstring(content.replace(right, wrong, 1)))


def test_every_json_feed_keeps_to_the_schema_of_json_feed_1_1(
    real: dict[str, bytes], schema: jsonschema.Draft202012Validator
) -> None:
    for path, content in real.items():
        if path.endswith(".json"):
            assert not [error.message for error in schema.iter_errors(json.loads(content))], path


def test_every_feed_names_its_own_address_and_no_id_comes_twice(real: dict[str, bytes]) -> None:
    for path, content in real.items():
        if path.endswith(".atom"):
            (own,) = etree.fromstring(content).iterfind(f"{A}link[@rel='self']")
            assert own.get("href") == URL + path
            ids = [node.text for node in etree.fromstring(content).iterfind(f"{A}entry/{A}id")]
        else:
            assert json.loads(content)["feed_url"] == URL + path
            ids = [item["id"] for item in json.loads(content)["items"]]
        assert ids and len(set(ids)) == len(ids), path


def test_entries_come_newest_first_and_the_feed_is_as_new_as_the_newest(real: dict[str, bytes]) -> None:
    for path, content in real.items():
        if path.endswith(".atom"):
            root = etree.fromstring(content)
            days = [node.text or "" for node in root.iterfind(f"{A}entry/{A}published")]
            assert days == sorted(days, reverse=True), path
            assert root.findtext(f"{A}updated") == max(n.text or "" for n in root.iterfind(f"{A}entry/{A}updated"))


def test_atom_and_json_say_the_same(real: dict[str, bytes]) -> None:
    for path in (path for path in real if path.endswith(".atom")):
        root, other = etree.fromstring(real[path]), json.loads(real[path.replace(".atom", ".json")])
        nodes = list(root.iterfind(f"{A}entry"))
        for node, item in zip(nodes, other["items"], strict=True):
            assert node.findtext(f"{A}id") == item["id"]
            assert node.findtext(f"{A}title") == item["title"]
            assert node.findtext(f"{A}content") == item["content_html"]
            assert node.findtext(f"{A}published") == item["date_published"]
            assert node.findtext(f"{A}updated") == item["date_modified"]
            terms = [category.get("term") for category in node.iterfind(f"{A}category")]
            own = item["_opted_in"]
            assert terms == [*own["platforms"], *own["regions"], own["kind"]]


def test_every_link_in_every_entry_is_whole_and_the_sources_are_the_publishers_own(real: dict[str, bytes]) -> None:
    facts = real_facts(dt.date.today())
    seen = 0
    for item in json.loads(real["feeds/all.json"])["items"]:
        html = LexborHTMLParser(item["content_html"])
        links = [str(link.attributes.get("href")) for link in html.css("a")]
        assert all(link.startswith("https://") for link in links), item["title"]
        assert item["url"] in links and item["url"].startswith(URL)
        for source in item["_opted_in"]["sources"]:
            record = facts.sources[source["id"]]
            for address in (record.address, record.archive):
                assert address is None or address in links
                seen += address is not None
    assert seen > 50


def test_every_link_back_leads_to_an_element_with_that_id(real: dict[str, bytes]) -> None:
    facts = real_facts(dt.date.today())
    for item in json.loads(real["feeds/all.json"])["items"]:
        page, anchor = item["url"].removeprefix(URL).split("#")
        assert page == "timeline/" or page.removeprefix("policies/").rstrip("/") in facts.platforms
        assert anchor in facts.events or anchor in facts.claims


def test_nothing_is_null(real: dict[str, bytes]) -> None:
    def walk(node: Any) -> None:
        assert node is not None
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(child)

    for path, content in real.items():
        if path.endswith(".json"):
            walk(json.loads(content))


def test_a_rebuild_without_a_change_makes_the_same_bytes_even_on_another_day(tmp_path: Path) -> None:
    assert made(tmp_path) == made(tmp_path) == made(tmp_path, today=TODAY + dt.timedelta(days=900))


def test_one_more_event_adds_one_entry_to_the_feeds_it_belongs_to_and_changes_no_other_entry(tmp_path: Path) -> None:
    before, after = made(tmp_path), made(tmp_path, more_events())
    for path, content in after.items():
        old, new = entries(before[path]), entries(content)
        added = set(new) - set(old)
        assert len(added) == (0 if "/us." in path else 1), path
        assert {key: new[key] for key in old} == old
        assert (content == before[path]) == ("/us." in path)


def test_a_region_hears_of_wider_regions_and_of_its_parts_but_not_of_others(tmp_path: Path) -> None:
    files = made(tmp_path, more_events())
    titles = {
        path: [item["title"] for item in json.loads(files[f"feeds/{path}.json"])["items"]]
        for path in ("eu", "de", "us")
    }
    assert titles == {"eu": ["Next", "Start"], "de": ["Next", "Start"], "us": ["Start"]}


def test_an_entry_keeps_its_id_when_the_site_moves(tmp_path: Path) -> None:
    resolver = Resolver(load(write(tmp_path), TODAY))
    here, there = (feeds.files(resolver, url)["feeds/all.atom"] for url in (URL, "https://elsewhere.example/"))
    assert here != there
    assert list(entries(here)) == list(entries(there))
    assert etree.fromstring(here).findtext(f"{A}id") == etree.fromstring(there).findtext(f"{A}id")
    assert not [identifier for identifier in entries(here) if "example" in identifier]


def test_a_correction_is_the_same_entry_with_a_new_date(tmp_path: Path) -> None:
    correction = edited("events", "It starts.", "It begins.")
    correction["events"] += "    corrected: 2026-11-20\n"
    (old,) = json.loads(made(tmp_path)["feeds/all.json"])["items"]
    (new,) = json.loads(made(tmp_path, correction)["feeds/all.json"])["items"]
    assert (new["id"], new["date_published"]) == (old["id"], old["date_published"])
    assert (old["date_modified"], new["date_modified"]) == ("2026-01-02T00:00:00Z", "2026-11-20T00:00:00Z")


def test_a_feed_without_entries_is_valid_and_never_changes(
    tmp_path: Path, grammar: etree.RelaxNG, schema: jsonschema.Draft202012Validator
) -> None:
    files = made(tmp_path, edited("events", "regions: [world]", "regions: [de]"))
    assert grammar.validate(etree.fromstring(files["feeds/us.atom"]))
    assert not list(schema.iter_errors(json.loads(files["feeds/us.json"])))
    assert (
        files["feeds/us.atom"] == made(tmp_path, edited("events", "regions: [world]", "regions: [eu]"))["feeds/us.atom"]
    )


def test_evidence_reads_as_it_does_on_pages() -> None:
    assert EVIDENCE == words.EVIDENCE


@functools.cache
def known() -> Facts:
    return real_facts(dt.date.today())


ANYTHING = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=30) | st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=y>', "]]>", "&lt;b&gt;", "a & b", "**<b>**"]
)


@settings(deadline=None)  # the first run loads the facts
@given(title=ANYTHING, text=ANYTHING, said=ANYTHING)
def test_no_text_can_become_markup(title: str, text: str, said: str) -> None:
    quote = Said("c", said, said, said, said)
    change = Change(
        id="e", urn=name("event", "e"), day=Day(2026, 1, 2), day_in_words=said, updated=Day(2026, 1, 2), title=title,
        text=text, kind="other", platforms=("meta",), regions=("eu",), before=(quote,), after=(quote,), sources=(),
        evidence="read", page="timeline.md", anchor="e",
    )  # fmt: skip
    one = entry(change, known(), URL)
    feed = Feed("all", name("feed", "all"), "t", "s", URL, URL, one.updated, (one,))
    (node,) = etree.fromstring(atom.write(feed)).iterfind(f"{A}entry")
    (item,) = json.loads(json_feed.write(feed))["items"]
    assert (node.findtext(f"{A}title"), item["title"]) == (title, title)
    assert node.findtext(f"{A}content") == item["content_html"] == one.html
    html = LexborHTMLParser(one.html)
    assert {tag.tag for tag in html.css("body *")} <= {"p", "ul", "li", "a", "strong"}
    assert all(re.match(r"https://", str(link.attributes.get("href"))) for link in html.css("a"))
