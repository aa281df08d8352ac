"""What the head of each page tells programs: feeds and linked data, and nothing that search engines have retired."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from ruamel.yaml import YAML
from selectolax.lexbor import LexborHTMLParser

from scripts.facts.resolve import Resolver
from scripts.project import Project
from scripts.publish import page_days
from tests.conftest import SITE_URL, TODAY
from tests.real import real_facts

RETIRED = {"HowTo", "FAQPage", "ClaimReview", "Question", "Answer"}


@pytest.fixture(scope="module")
def heads(built_site: Path) -> dict[str, LexborHTMLParser]:
    """The head of each page that may be found, by its address below the site."""
    found = {}
    for path in sorted(built_site.rglob("index.html")):
        head = LexborHTMLParser(path.read_text(encoding="utf-8").partition("</head>")[0])
        if not head.css("meta[name=robots]"):
            found[path.parent.relative_to(built_site).as_posix().removeprefix(".") + "/"] = head
    assert len(found) > 300
    return {name.removeprefix("/"): head for name, head in found.items()}


def graph(head: LexborHTMLParser) -> dict[str, dict[str, Any]]:
    (script,) = head.css("script[type='application/ld+json']")
    data = json.loads(script.text())
    assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


def content(head: LexborHTMLParser, name: str) -> str:
    (node,) = head.css(f"meta[property='{name}'], meta[name='{name}']")
    return node.attributes["content"] or ""


def test_every_page_is_an_article_with_its_own_title_picture_and_date(heads: dict[str, LexborHTMLParser]) -> None:
    days = page_days.days(Resolver(real_facts(TODAY)))
    for name, head in heads.items():
        nodes = graph(head)
        assert not RETIRED & set(nodes)
        if not name:
            assert set(nodes) == {"WebSite"} and nodes["WebSite"]["url"] == SITE_URL
            continue
        article = nodes["Article"]
        assert article["headline"] == content(head, "og:title")
        assert article["description"] == content(head, "og:description")
        assert article["url"] == SITE_URL + name
        assert content(head, "og:image").startswith(article["image"])
        assert article.get("dateModified") == (days[name].isoformat() if name in days else None), name
    assert set(days) <= set(heads)


def test_crumbs_lead_from_home_to_the_page_over_pages_that_exist(heads: dict[str, LexborHTMLParser]) -> None:
    for name, head in heads.items():
        if not name:
            continue
        items = graph(head)["BreadcrumbList"]["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        ways = [item["item"].removeprefix(SITE_URL) for item in items]
        assert ways[0] == "" and ways[-1] == name and set(ways) <= set(heads)
    way = graph(heads["c/meta-posts-eu/"])["BreadcrumbList"]["itemListElement"]
    assert [item["item"] for item in way] == [SITE_URL + each for each in ("", "policies/meta/", "c/meta-posts-eu/")]
    assert len(graph(heads["guides/facebook/"])["BreadcrumbList"]["itemListElement"]) == 3


def test_the_page_of_the_data_is_a_data_set_whose_files_exist(
    built_site: Path, heads: dict[str, LexborHTMLParser]
) -> None:
    (data,) = [nodes["Dataset"] for head in heads.values() if "Dataset" in (nodes := graph(head))]
    assert 50 <= len(data["description"]) <= 5000
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert len(data["distribution"]) >= 3
    for file in data["distribution"]:
        assert (built_site / file["contentUrl"].removeprefix(SITE_URL)).is_file()


def test_the_data_set_the_catalogue_and_the_citation_file_agree(
    built_site: Path, heads: dict[str, LexborHTMLParser]
) -> None:
    cited = YAML(typ="safe", pure=True).load((Project.here().root / "CITATION.cff").read_text(encoding="utf-8"))
    data = graph(heads["about/data/"])["Dataset"]
    catalogue = json.loads((built_site / "catalog.jsonld").read_bytes())
    (listed,) = [catalogue["dcat:dataset"]]
    assert cited["title"] == data["name"] == listed["dct:title"]
    assert cited["version"] == data["version"] == listed["dcat:version"]
    assert cited["date-released"] == data["datePublished"] == listed["dct:issued"]["@value"]
    assert data["dateModified"] == listed["dct:modified"]["@value"]
    assert data["license"] == listed["dct:license"]["@id"] and "CC-BY-4.0" in cited["license"]
    assert data["url"] == listed["dcat:landingPage"]["@id"] and data["url"].startswith(catalogue["@id"])
    files = [(file["dcat:downloadURL"]["@id"], file["dcat:mediaType"]["@id"]) for file in listed["dcat:distribution"]]
    assert [(file["contentUrl"], file["encodingFormat"]) for file in data["distribution"]] == [
        (address, kind.removeprefix("https://www.iana.org/assignments/media-types/")) for address, kind in files
    ]
    prefixes = {name for name in re.findall(r'"(\w+):\w+"', json.dumps(catalogue)) if name != "https"}
    assert prefixes == set(catalogue["@context"])


def test_every_page_can_be_embedded_as_a_link_with_its_card(
    built_site: Path, heads: dict[str, LexborHTMLParser]
) -> None:
    for name, head in heads.items():
        (link,) = head.css("link[type='application/json+oembed']")
        address = link.attributes["href"] or ""
        assert address.startswith(SITE_URL)
        said = json.loads((built_site / address.removeprefix(SITE_URL)).read_bytes())
        assert (said["version"], said["type"], said["url"]) == ("1.0", "link", SITE_URL + name)
        assert said["title"] == link.attributes["title"] == content(head, "og:title")
        card = built_site / said["thumbnail_url"].removeprefix(SITE_URL)
        with Image.open(card) as picture:
            assert picture.size == (said["thumbnail_width"], said["thumbnail_height"]), name


def test_what_others_ask_for_stands_in_the_first_32_kilobytes(built_site: Path) -> None:
    for path in built_site.rglob("index.html"):
        text = path.read_bytes()
        for wanted in (b'property="og:', b"application/json+oembed", b'name="twitter:card"'):
            assert text.rfind(wanted, 0, text.find(b"</head>")) < 32 * 1024, path


def test_every_page_names_the_feeds_and_those_of_its_region_or_platform(
    built_site: Path, heads: dict[str, LexborHTMLParser]
) -> None:
    wanted = {"": ["all"], "compare/uk/": ["all", "uk"], "policies/meta/": ["all", "meta"]}
    wanted |= {"c/li-ms-ai-uk/": ["all", "linkedin"], "about/privacy/": ["all"]}
    for name, head in heads.items():
        links = head.css("link[rel=alternate]:not([type*=oembed])")
        kinds = {"application/atom+xml": "atom", "application/feed+json": "json"}
        files = []
        for link in links:
            file = (built_site / name / (link.attributes["href"] or "")).resolve()
            assert file.is_file() and file.suffix == f".{kinds[link.attributes['type'] or '']}", name
            assert (link.attributes["title"] or "").startswith("Opted In: policy changes")
            files.append(file.stem)
        assert files[:2] == ["all", "all"], name
        if name in wanted:
            assert files == [each for each in wanted[name] for _ in kinds]


def test_every_page_keeps_the_address_to_itself(built_site: Path) -> None:
    for path in built_site.rglob("*.html"):
        (meta,) = LexborHTMLParser(path.read_bytes()).css("meta[name=referrer]")
        assert meta.attributes["content"] == "no-referrer", path
