"""Which measurements there are, and what becomes of a name that is none."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from rich.console import Console
from typer.testing import CliRunner

from scripts import benches, weight_peers
from scripts.__main__ import app
from scripts.project import Project
from scripts.publish import measure as cards
from scripts.screens import measure, peers
from scripts.screens.measure import Bytes, Figures
from scripts.screens.peers import Peer
from scripts.weight import View
from scripts.weight_peers import Searched
from tests.conftest import SITE_URL, TODAY

FIGURES = Figures(
    screens=40, cores=2, cold=50.0, processor=90.0, warm=0.1, memory=200 * 2**20,
    stages={"decode": 1.0, "draw": 4.0, "encode": 92.0}, sizes={"@2.avif": Bytes(80, 20_000, 61_000)},
)  # fmt: skip


def test_all_measurements_are_made_if_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, bool]] = []

    def measure_as(name: str) -> benches.Measure:
        def note(project: Project, today: dt.date, console: Console, quick: bool) -> None:
            made.append((name, quick))

        return note

    for name in benches.MEASURES:
        monkeypatch.setitem(benches.MEASURES, name, measure_as(name))
    console = Console(file=io.StringIO())
    benches.run(Project.here(), dt.date(2026, 11, 22), console, benches.chosen([]), quick=True)
    assert made == [(name, True) for name in ("build", "pictures", "cards", "links", "weight", "lighthouse")]
    assert benches.chosen(["links"]) == ["links"]


def test_a_measurement_that_does_not_exist_is_told_with_those_that_do() -> None:
    done = CliRunner().invoke(app, ["bench", "--only", "speed"])
    assert done.exit_code == 2
    assert "speed: there is no such" in done.output
    with pytest.raises(ValueError, match="no such measurement, but build, pictures, cards, links, weight, lighthouse"):
        benches.chosen(["speed"])


def test_each_aim_of_the_pictures_is_met_or_not() -> None:
    assert measure.verdicts(FIGURES) == [
        (False, "@2.avif at most 60 kB: 61.0 kB"),
        (True, "less than 10 % of the time not in encoders: 8%"),
        (True, "less than 300 MiB in one process: 200 MiB"),
        (True, "nothing to do in less than 0.5 s: 0.10 s"),
    ]


def test_the_tables_of_the_pictures_hold_every_figure() -> None:
    console = Console(width=120, record=True, file=io.StringIO())
    others = [Peer("Pillow", 1.0, 3.0, 30_000, 60, 85.0), Peer("libvips", 1.0, 1.0, 40_000, 55, 84.9)]
    for drawn in (measure.table(FIGURES), measure.sizes_table(FIGURES), measure.peers_table(others)):
        console.print(drawn)
    said = console.export_text()
    for figure in (
        "40",
        "50.0 s",
        "90.0 s",
        "92.0 s",
        "0.10 s",
        "200 MiB",
        "61.0 kB",
        "0.50",
        "84.9",
        str(peers.SAMPLE),
    ):
        assert figure in said


def test_cards_are_measured_without_those_that_were_kept_and_with_them(small: Project) -> None:
    measured = cards.measure(small, TODAY)
    assert measured.count == len(list((small.site / "cards").rglob("*.png"))) > 10
    assert measured.cold.processor > measured.warm.processor > 0
    assert cards.verdicts(measured)[1][0]  # the other one goes by the clock
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(cards.table(measured))
    assert f"What {measured.count} cards cost" in console.export_text()


def test_the_tables_beside_others_hold_every_figure() -> None:
    console = Console(width=120, record=True, file=io.StringIO())
    ours, theirs = View("", True, 4, 20_300, 17_400, 0), View("", True, 5, 178_900, 0, 0)
    console.print(weight_peers.default_table({"home": ours}, {"home": theirs}))
    console.print(weight_peers.search_table([Searched("Pagefind", (10, 4), (158_700, 30_300))]))
    said = console.export_text()
    for figure in ("37.7", "178.9", "Pagefind", "158.7", "30.3", "10", "private messages"):
        assert figure in said


def test_the_search_is_measured_on_the_real_site_even_where_pagefind_cannot_be_had(
    built_site: Path, browser: Browser
) -> None:
    def refused(folder: Path) -> Path:
        raise OSError("no index of packages")

    found, missing = weight_peers.searches(built_site, SITE_URL, browser, refused)
    assert [one.name for one in found] == ["our own"]
    assert found[0].bytes[0] > 64_000 and found[0].requests[1] == 0, "the index comes once, and whole"
    assert missing == "no index of packages"
