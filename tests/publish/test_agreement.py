"""The page of a region, its JSON and its table say the same, cell by cell."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.facts.days import Day
from scripts.facts.resolve import Resolver
from scripts.publish import tables
from tests.facts.test_real_data import REGIONS
from tests.real import real_facts

MOST = 2  # sources that a cell of the page names, and a part of the region one; the others stand with the statement
EVIDENCE = {"read": "", "reported": " · reported by others", "inferred": " · our inference"}


def closed(words: str | None) -> str:
    """A text without white space: HTML puts it where it likes."""
    return "".join((words or "").split())


def text(node: LexborNode | None) -> str:
    return closed(node.text(separator=" ")) if node else ""


@pytest.fixture(scope="module")
def names(built_site: Path) -> dict[str, dict[str, Any]]:
    """What ids stand for: regions, platforms and their products."""
    read = {name: json.loads((built_site / f"api/v1/{name}.json").read_text()) for name in ("regions", "platforms")}
    regions = {region["id"]: region["name"] for region in read["regions"]["data"]}
    platforms = {platform["id"]: platform for platform in read["platforms"]["data"]}
    products = {p["id"]: {each["id"]: each["name"] for each in p["products"]} for p in platforms.values()}
    return {"regions": regions, "products": products}


def listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def about(cell: dict[str, Any], names: dict[str, dict[str, Any]]) -> str:
    """What a cell of the page has above the answer: the parts or the products that it is about."""
    if cell["parts"]:
        return f"In {listed([names['regions'][part] for part in cell['parts']])}"
    return listed([names["products"][cell["platform"]][product] for product in cell["products"]])


def named(cell: dict[str, Any]) -> int:
    """How many sources a cell of the page may name."""
    return 1 if cell["parts"] else MOST


def stamp(cell: dict[str, Any]) -> str:
    """What a cell of the page has below the answer, made from the data."""
    day = str(Day.parse(cell["checked"])) if "checked" in cell else ""
    if cell.get("state") == "unchecked":
        said = f"what we found is of {day}" if day else "not looked at yet"
    else:
        said = f"checked {day}" if day else "checked from an undated copy"
        said += (", overdue" if cell["overdue"] else "") + EVIDENCE[cell["evidence"]]
    more = len(cell["sources"]) - named(cell)
    said += f" · details, {more} more source{'s' if more > 1 else ''}" if more > 0 else " · details"
    return f"{cell['rule']} · {said}" if "rule" in cell else said


@pytest.mark.parametrize("region", REGIONS)
def test_the_page_of_a_region_its_json_and_its_table_agree_cell_by_cell(
    built_site: Path, names: dict[str, dict[str, Any]], region: str
) -> None:
    html = LexborHTMLParser((built_site / f"compare/{region}/index.html").read_bytes())
    document = json.loads((built_site / f"api/v1/compare/{region}.json").read_text(encoding="utf-8"))
    with (built_site / f"api/v1/compare/{region}.csv").open(encoding="utf-8", newline="") as file:
        rows = [{key: tables.restored(cell) for key, cell in row.items()} for row in csv.DictReader(file)]
    notes = {str(item.attributes["id"]): text(item.child) for item in html.css("ol.oi-notes > li")}
    sources = json.loads((built_site / "api/v1/sources.json").read_text(encoding="utf-8"))["data"]
    titles = {source["id"]: closed(source["title"]) for source in sources}
    shown = [
        (row, column, cell)
        for row in html.css("table.oi-table tbody tr:not(.oi-group)")
        for column, td in enumerate(row.css("td"))
        for cell in td.css(".oi-cell")
    ]
    platforms = list(names["products"])
    for (tr, column, shown_cell), cell, row in zip(shown, document["data"], rows, strict=True):
        where = f"{region}: {cell['question']}, {cell['platform']}"
        assert tr.attributes["id"] == cell["question"] == row["question"], where
        assert text(tr.css_first(".oi-question")) == closed(cell["wording"]) == closed(row["wording"]), where
        assert platforms[column] == cell["platform"] == row["platform"], where
        assert text(shown_cell.css_first(".oi-products")) == closed(about(cell, names)), where
        assert text(shown_cell.css_first(".oi-answer")) == closed(cell["answer"]) == closed(row["answer"]), where
        links = [str(link.attributes["href"]) for link in shown_cell.css(".oi-direct a")]
        assert links == ([cell["link"]] if "link" in cell else []) == ([row["link"]] if row["link"] else []), where
        cited = [notes[str(link.attributes["href"]).removeprefix("#")] for link in shown_cell.css("sup a")]
        assert cell["sources"] == row["sources"].split(), where
        assert cited == [titles[source] for source in cell["sources"][: named(cell)]], where
        if "claim" in cell:
            sentence = shown_cell.css_first(".oi-answer ~ p:not(.oi-direct)")
            assert sentence, where
            for note in sentence.css("sup"):
                note.decompose()
            assert text(sentence) == closed(cell["sentence"]) == closed(row["sentence"]), where
            meta = shown_cell.css_first(".oi-meta")
            assert text(meta) == closed(stamp(cell)), where
            more = meta.css_first("a") if meta else None
            assert more and str(more.attributes["href"]).endswith(f"/c/{cell['claim']}/"), where
            assert row["claim"] == cell["claim"] and cell["page"] == row["page"], where
        assert (row["overdue"], row["inherited"]) == (str(cell["overdue"]).lower(), str(cell["inherited"]).lower())
        assert (row["checked"], row["evidence"]) == (cell.get("checked", ""), cell.get("evidence", "")), where


def test_no_region_with_a_page_is_left_out_of_the_comparison_above() -> None:
    regions = Resolver(real_facts(dt.date.today())).page_regions()
    assert [region.id for region in regions] == REGIONS
