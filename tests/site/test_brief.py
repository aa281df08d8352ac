"""Does the top of a region's page say in brief just what the page says further down?"""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

REGIONS = ["eu", "uk", "ch", "us", "ca", "hk", "br", "au", "elsewhere"]
PLATFORMS = ["LinkedIn", "Meta"]


def words(node: LexborNode) -> str:
    for extra in node.css(".oi-note, .oi-brief__way"):  # sources, and the direct address
        extra.decompose()
    return " ".join(node.text().split())


@pytest.mark.parametrize("region", REGIONS)
def test_the_brief_says_what_the_labels_and_the_list_of_limits_say(built_site: Path, region: str) -> None:
    html = LexborHTMLParser((built_site / "compare" / region / "index.html").read_bytes())
    brief = {words(part.css("dt")[0]): [words(line) for line in part.css("dd")] for part in html.css(".oi-brief > div")}
    labels = [
        {words(row.css("dt")[0]): words(row.css("dd")[0]) for row in label.css("dl > div")}
        for label in html.css(".oi-label")
    ]
    assert brief["What they use"] == [
        f"{name}: {label['What is used']}" for name, label in zip(PLATFORMS, labels, strict=True)
    ]
    assert brief["How to stop it"] == [
        f"{name}: {label['Way out']}" for name, label in zip(PLATFORMS, labels, strict=True)
    ]

    lists = html.css(".oi-limits")
    assert len(lists) == len(brief["What you cannot stop"]) == len(PLATFORMS)
    for line, whole in zip(brief["What you cannot stop"], lists, strict=True):
        certain = [words(limit) for limit in whole.css("ul > li")]
        unsure = whole.css("summary")
        said = line.partition(": ")[2].partition("not sure about ")
        assert said[0].removesuffix("; ") == ", ".join(certain)
        assert bool(said[1]) == bool(unsure)
        assert not unsure or words(unsure[0]).endswith(f"can stop {said[2]}")


@pytest.mark.parametrize("region", REGIONS)
def test_each_line_of_the_brief_leads_to_where_the_page_says_more(built_site: Path, region: str) -> None:
    html = LexborHTMLParser((built_site / "compare" / region / "index.html").read_bytes())
    targets = [(link.attributes["href"] or "")[1:] for link in html.css(".oi-brief dt a")]
    assert targets == ["data-used", "get-out", "limits"]
    assert all(html.css(f"[id={target}]") for target in targets)


@pytest.mark.parametrize("region", REGIONS)
def test_the_notes_of_the_brief_are_those_of_the_same_answers_in_the_table(built_site: Path, region: str) -> None:
    html = LexborHTMLParser((built_site / "compare" / region / "index.html").read_bytes())
    seen = 0
    for at, row in enumerate(("data-used", "way-out")):
        cells = html.css(f"[id={row}] td")
        for line, cell in zip(html.css(".oi-brief > div")[at].css("dd"), cells, strict=True):
            first = [link.attributes["href"] for link in cell.css(".oi-cell")[0].css(".oi-note a")][:1]
            assert [link.attributes["href"] for link in line.css(".oi-note a")] == first
            seen += len(first)
    assert seen
