"""Does the top of a region's page say in brief just what the page says further down?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.facts.catalogue import Facts
from tests.facts.test_real_data import TODAY
from tests.real import real_facts, real_page_regions

REGIONS = real_page_regions()
PLATFORMS = ["LinkedIn", "Meta"]
REPORTED = " (reported by others)"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return real_facts(TODAY)


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
    for line, name, label in zip(brief["Are you in unless you act?"], PLATFORMS, labels, strict=True):
        answer, _, since = line.removesuffix(REPORTED).partition(", since ")
        default = label["In unless you act?"]
        assert answer.removesuffix(REPORTED) == f"{name}: {'Yes' if default.startswith('Yes') else default}"
        if re.search(r"^(Not checked|\w+ does not say)", label["In force since"]):
            assert not since
        else:
            assert since == label["In force since"]
    for wording, row in (("What they use", "What is used"), ("Can you stop it?", "Way out")):
        found = [line.removesuffix(REPORTED) for line in brief[wording]]
        assert found == [f"{name}: {label[row]}" for name, label in zip(PLATFORMS, labels, strict=True)]

    rules = [words(rule).removesuffix(" details") for rule in html.css("#under-18 ~ ul")[0].css("li")]
    young = " ".join(brief["Used if you are under 18?"]).replace(REPORTED, "")
    for rule in rules:
        name, about, said = re.fullmatch(r"(\w+), (.*?): ?(.*)", rule).groups()  # type: ignore[union-attr]
        both = len([other for other in rules if other.startswith(name)]) > 1
        assert (f"{about}: {said}" if both else f"{name}: {said}") in young, rule
    assert len(rules) >= len(PLATFORMS)
    advice = "Where it says No, we have only their word. Take the steps all the same."
    assert (brief["Used if you are under 18?"][-1] == advice) == any(": No" in rule for rule in rules)

    lists = html.css(".oi-limits")
    assert len(lists) == len(brief["What you cannot stop"]) == len(PLATFORMS)
    for line, whole in zip(brief["What you cannot stop"], lists, strict=True):
        certain = [words(limit) for limit in whole.css("ul > li")]
        unsure = whole.css("summary")
        said = line.partition(": ")[2].partition("not sure about ")
        assert said[0].removesuffix(" · ") == " · ".join(certain)
        assert bool(said[1]) == bool(unsure)
        assert not unsure or words(unsure[0]).endswith(f"can stop {said[2]}")


@pytest.mark.parametrize("region", REGIONS)
def test_each_line_of_the_brief_leads_to_where_the_page_says_more(built_site: Path, region: str) -> None:
    html = LexborHTMLParser((built_site / "compare" / region / "index.html").read_bytes())
    targets = [(link.attributes["href"] or "")[1:] for link in html.css(".oi-brief dt a")]
    assert targets == ["in-by-default", "data-used", "get-out", "limits", "under-18"]
    assert all(html.css(f"[id={target}]") for target in targets)


@pytest.mark.parametrize("region", REGIONS)
def test_how_to_stop_it_leads_to_where_one_does_or_to_what_one_can_try(built_site: Path, region: str) -> None:
    html = LexborHTMLParser((built_site / "compare" / region / "index.html").read_bytes())
    for line in html.css(".oi-brief > div")[2].css("dd"):
        (link,) = line.css(".oi-brief__way a")
        state = line.css("strong")[0].text().strip()
        target = (link.attributes["href"] or "").removeprefix("#")
        if target in ("get-out-linkedin", "get-out-meta"):
            assert html.css_first(f"h3[id={target}]")
            assert link.text() == "How"
        else:
            several = ", plus " in line.text()
            assert (link.text(), state) == ("Open the switch" if several else "Open it", "Yes")
            assert (link.attributes["href"] or "").startswith("https://")


@pytest.mark.parametrize("region", REGIONS)
def test_the_notes_of_the_brief_are_those_of_the_same_answers_in_the_table(built_site: Path, region: str) -> None:
    html = LexborHTMLParser((built_site / "compare" / region / "index.html").read_bytes())
    seen = 0
    for at, row in enumerate(("in-by-default", "data-used", "way-out")):
        cells = html.css(f"[id={row}] td")
        for line, cell in zip(html.css(".oi-brief > div")[at].css("dd"), cells, strict=True):
            first = [link.attributes["href"] for link in cell.css(".oi-cell")[0].css(".oi-note a")][:1]
            assert [link.attributes["href"] for link in line.css(".oi-note a")][:1] == first
            seen += len(first)
    assert seen


@pytest.mark.parametrize("region", REGIONS)
def test_an_answer_in_the_table_names_at_most_two_sources_and_counts_the_others(
    built_site: Path, facts: Facts, region: str
) -> None:
    html = LexborHTMLParser((built_site / "compare" / region / "index.html").read_bytes())
    notes = {f"#{note.id}": words(note) for note in html.css(".oi-notes > li")}
    cited = set[str]()
    counted = 0
    for cell in html.css(".oi-table .oi-cell"):
        details = [link for link in cell.css(".oi-meta a") if "/c/" in (link.attributes["href"] or "")]
        if not details:
            assert words(cell) == "Not checked"
            continue
        claim = facts.claims[(details[0].attributes["href"] or "").strip("/").rpartition("/")[2]]
        named = [link.attributes["href"] or "" for link in cell.css(".oi-note a")]
        titles = [facts.sources[source].title for source in claim.sources]
        most = 1 if "oi-narrow" in (cell.attributes["class"] or "") else 2  # where it holds in a part of the region
        for address, title in zip(named, titles[:most], strict=True):
            assert notes[address].startswith(" ".join(title.split()))
        more = len(titles) - most
        said = re.findall(r"details, (\d+) more sources?$", words(cell.css(".oi-meta")[0]))
        assert said == ([str(more)] if more > 0 else [])
        cited.update(named)
        counted += more > 0
    assert cited == set(notes)  # no source is listed that nothing names
    assert counted


@pytest.mark.parametrize("region", REGIONS)
def test_paper_counts_the_same_checks_as_the_page(built_site: Path, region: str) -> None:
    page = LexborHTMLParser((built_site / "compare" / region / "index.html").read_bytes())
    sheet, line = page.css_first(".oi-sheet__facts"), page.css_first(".oi-checks")
    assert sheet and line
    total, late = re.search(r"(\d+) statements", line.text()), re.search(r"(\d+) checks are overdue", line.text())
    counted = re.search(r"Overdue: (\d+) of (\d+) checks", sheet.text())
    assert total
    assert (counted.groups() if counted else None) == ((late[1], total[1]) if late else None)
