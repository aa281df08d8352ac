"""The comparison as a screen reader gets it: the browser's own tree of it, and the way through it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scripts.picture import CHROMIUM_ARGUMENTS, chromium
from tests.browser.test_look import opened

NAME = "compare/uk/"
QUESTIONS = 28
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@dataclass
class Node:
    """A part of what a screen reader is told."""

    role: str
    name: str
    children: list[Node] = field(default_factory=list)

    def all(self, *roles: str) -> Iterator[Node]:
        """The parts of some roles below this one, in reading order."""
        for child in self.children:
            if child.role in roles:
                yield child
            yield from child.all(*roles)

    def words(self) -> str:
        """All text below."""
        return " ".join(part.name for part in self.all("StaticText"))


def tree(page: Page) -> Node:
    """What Chromium hands to screen readers; what it leaves out for them is left out."""
    told: list[dict[str, Any]] = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    nodes = {one["nodeId"]: one for one in told}

    def below(one: dict[str, Any]) -> Iterator[Node]:
        for child in (nodes[name] for name in one.get("childIds", ()) if name in nodes):
            if child.get("ignored"):
                yield from below(child)
            else:
                yield Node(child["role"]["value"], child.get("name", {}).get("value", ""), list(below(child)))

    return Node("root", "", list(below(told[0])))


def said(table: Node) -> list[tuple[str, str, str]]:
    """Each cell as it is announced: the header of its row, the header of its column, its own words."""
    rows = list(table.all("row"))
    columns = [part.name.strip() for part in rows[0].all("columnheader")]
    found = []
    for row in rows[1:]:
        parts = list(row.all("rowheader", "columnheader", "cell", "gridcell"))
        if len(parts) == 1:
            continue  # the title of a group, which is a heading
        assert [part.role for part in parts] == ["rowheader", *["cell"] * (len(columns) - 1)], row.words()
        found += [(parts[0].words(), column, part.words()) for column, part in zip(columns[1:], parts[1:], strict=True)]
    return found


@pytest.fixture(scope="module")
def heard(browser: Browser) -> Iterator[Browser]:
    """A browser with a screen reader, as far as it can tell: it tells of all rows then, drawn yet or not."""
    arguments = [*CHROMIUM_ARGUMENTS, "--force-renderer-accessibility"]
    started = browser.browser_type.launch(executable_path=chromium(), args=arguments)
    yield started
    started.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_each_cell_is_announced_with_its_question_and_its_company(
    heard: Browser, site_address: str, size: dict[str, int], script: bool
) -> None:
    with opened(heard, site_address + NAME, viewport=size, java_script_enabled=script) as page:
        (table,) = tree(page).all("table")
        titles = page.locator(".oi-group").all_text_contents()  # a phone has not drawn them yet
    cells = said(table)
    assert table.name == "United Kingdom: LinkedIn and Meta, point by point"
    assert len(cells) > 2 * QUESTIONS
    assert [column for _, column, _ in cells[:4]] == ["LinkedIn", "Meta"] * 2
    assert all(question.strip() and len(words) > 5 for question, _, words in cells)
    assert len({question for question, _, _ in cells}) == len(cells) / 2
    headings = [heading.name.replace("¶", "").strip() for heading in table.all("heading")]
    assert headings == [title.replace("¶", "").strip() for title in titles]


def test_by_keyboard_alone_through_the_comparison_each_stop_says_where_one_is(
    browser: Browser, site_address: str
) -> None:
    with opened(browser, site_address + NAME, viewport=DESK, reduced_motion="reduce") as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # to the content
        links = page.locator(".oi-table a")
        wanted = links.evaluate_all("(links) => links.map((link, at) => (link.dataset.at = at))")
        stops = []
        for _ in range(600):
            page.keyboard.press("Tab")
            stop = page.evaluate(STOP)
            if stop["inside"]:
                stops.append(stop)
            elif stops:
                break
        assert [stop["at"] for stop in stops] == wanted  # none left out, none twice, in reading order
        for stop in stops:
            # What it is called alone says where it leads; the links that all look alike name question and company.
            assert stop["shown"], stop
            assert stop["name"].lower() not in {"more", "here", "link", ""}, stop
            assert stop["look"] != "more" or (stop["question"] in stop["name"] and stop["company"] in stop["name"]), (
                stop
            )


STOP = """() => {
  const focused = document.activeElement, cell = focused.closest('td, th'), row = focused.closest('tr');
  if (!focused.closest('.oi-table')) return {inside: false};
  const box = focused.getClientRects()[0];
  const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    inside: true, at: Number(focused.dataset.at), look: focused.innerText.trim(),
    name: (focused.getAttribute('aria-label') || focused.innerText).trim(),
    question: row.querySelector('.oi-question, h3').innerText.trim(),
    company: document.querySelectorAll('.oi-table thead th')[cell.cellIndex].innerText.trim(),
    shown: !!above && (focused.contains(above) || above.contains(focused)),
  };
}"""


def test_a_table_that_lost_its_headers_is_seen(browser: Browser, site_address: str) -> None:
    with opened(browser, site_address + NAME, viewport=DESK, java_script_enabled=False) as page:
        page.evaluate("document.querySelectorAll('th[scope=row]').forEach((th) => th.setAttribute('role', 'cell'))")
        (table,) = tree(page).all("table")
    with pytest.raises(AssertionError):
        said(table)
