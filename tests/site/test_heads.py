"""What the head of every page tells networks and mail programs."""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from scripts.edition import Edition
from scripts.project import Project
from scripts.publish import cards
from tests.conftest import SITE_URL, TODAY

HEAD = 32 * 1024
FIRST_PAGES = 35


@pytest.fixture(scope="module")
def site(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with its cards."""
    if cards.MARKER not in (built_site / "index.html").read_text(encoding="utf-8"):
        return built_site
    copy = Path(shutil.copytree(built_site, tmp_path_factory.mktemp("heads") / "site"))
    os.environ["SITE_URL"] = SITE_URL
    try:
        cards.publish(Edition(Project(built_site.parent), TODAY), copy)
    finally:
        del os.environ["SITE_URL"]
    return copy


@pytest.fixture(scope="module")
def heads(site: Path) -> dict[str, dict[str, list[str]]]:
    """Each page's properties and names, with their values."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        values: dict[str, list[str]] = {}
        text = path.read_text(encoding="utf-8")
        html = LexborHTMLParser(text.partition("</head>")[0])
        for node in html.css("meta[property], meta[name]"):
            name = node.attributes.get("property") or node.attributes.get("name") or ""
            values.setdefault(name, []).append(node.attributes.get("content") or "")
        values["canonical"] = [node.attributes["href"] or "" for node in html.css("link[rel=canonical]")]
        if "og:title" in values and not path.is_relative_to(site / "g"):
            found[path.relative_to(site).as_posix()] = values
    assert len(found) >= FIRST_PAGES
    return found


def test_every_page_has_each_tag_once(heads: dict[str, dict[str, list[str]]]) -> None:
    for name, values in heads.items():
        for tag in (
            "og:title", "og:description", "og:type", "og:site_name", "og:locale", "og:image", "og:image:type",
            "og:image:width", "og:image:height", "og:image:alt", "twitter:card",
        ):  # fmt: skip
            assert len(values.get(tag, [])) == 1, f"{name}: {tag} {values.get(tag)}"
        assert values["twitter:card"] == ["summary_large_image"]
        assert values["og:site_name"] == ["Opted In"]
        assert values["og:type"] == ["website" if name in ("index.html", "404.html") else "article"]
        assert re.fullmatch(r"[a-z]{2}_[A-Z]{2}", values["og:locale"][0])


def test_the_address_of_a_page_is_its_canonical_one_and_has_no_query(heads: dict[str, dict[str, list[str]]]) -> None:
    for name, values in heads.items():
        if name == "404.html":
            assert values["robots"] == ["noindex"]
            assert not values.get("og:url")
            assert values["canonical"] == []
            continue
        assert "robots" not in values, name
        (url,) = values["og:url"]
        assert values["canonical"] == [url]
        assert url == SITE_URL + name.removesuffix("index.html")


def test_the_card_of_every_page_exists_and_is_as_the_tags_say(
    site: Path, heads: dict[str, dict[str, list[str]]]
) -> None:
    seen = set()
    for name, values in heads.items():
        (image,) = values["og:image"]
        assert image.startswith("https://"), name
        address, _, version = image.removeprefix(SITE_URL).partition("?v=")
        assert re.fullmatch(r"[0-9a-f]{8}", version), name
        png = (site / address).read_bytes()
        picture = Image.open(io.BytesIO(png))
        assert [str(edge) for edge in picture.size] == [*values["og:image:width"], *values["og:image:height"]]
        assert f"image/{(picture.format or '').lower()}" == values["og:image:type"][0]
        assert len(png) <= 300_000
        seen.add(address)
    assert len(seen) >= FIRST_PAGES


def test_titles_descriptions_and_alternative_texts_keep_to_their_lengths(
    heads: dict[str, dict[str, list[str]]],
) -> None:
    for name, values in heads.items():
        (title,), (about,), (alt,) = (values[f"og:{key}"] for key in ("title", "description", "image:alt"))
        assert 1 <= len(title) <= 60, f"{name}: {title}"
        assert 70 <= len(about) <= 160, f"{name}: {about}"
        assert 20 <= len(alt) <= 125, f"{name}: {alt}"
        assert alt != title, name


def test_titles_and_descriptions_are_unique(heads: dict[str, dict[str, list[str]]]) -> None:
    for tag in ("og:title", "og:description"):
        seen: dict[str, str] = {}
        for name, values in heads.items():
            assert values[tag][0] not in seen, f"{name} and {seen.get(values[tag][0])}: {values[tag][0]}"
            seen[values[tag][0]] = name


def test_pages_with_labels_name_both_platforms_and_the_region(heads: dict[str, dict[str, list[str]]]) -> None:
    for name, region in (("index.html", "EU/EEA"), ("compare/ch/index.html", "Switzerland")):
        (alt,) = heads[name]["og:image:alt"]
        assert alt.startswith(f"LinkedIn and Meta, {region}. In unless you act?"), alt
    assert heads["policies/meta/index.html"]["og:image:alt"][0].startswith("Meta and LinkedIn, EU/EEA.")


def test_the_short_address_of_a_guide_has_the_tags_of_the_guide(
    site: Path, heads: dict[str, dict[str, list[str]]]
) -> None:
    shorts = sorted((site / "g").glob("*/index.html"))
    assert shorts
    for path in shorts:
        guide = heads[f"guides/{path.parent.name}/index.html"]
        html = LexborHTMLParser(path.read_bytes())
        for tag, values in guide.items():
            if tag.startswith(("og:", "twitter:")):
                nodes = html.css(f"meta[property='{tag}'], meta[name='{tag}']")
                assert [node.attributes["content"] for node in nodes] == values, f"{path}: {tag}"
        canonical, robots = html.css_first("link[rel=canonical]"), html.css_first("meta[name=robots]")
        assert canonical and [canonical.attributes["href"]] == guide["canonical"]
        assert robots and robots.attributes["content"] == "noindex"


def test_all_tags_come_early_in_the_page(site: Path, heads: dict[str, dict[str, list[str]]]) -> None:
    for name in heads:
        assert 0 < (site / name).read_bytes().find(b"og:image:alt") < HEAD, name
