"""The benchmark measures the real thing, and its comparison is fair."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from scripts import bench
from scripts.costs import watch
from scripts.project import Project
from tests.conftest import TODAY


def words(page: Path) -> list[str]:
    """What a page says on a screen. What it has for paper, and in its head, is published after the engine."""
    html = LexborHTMLParser(page.read_bytes())
    for node in html.css(".oi-paper-only, script"):
        node.decompose()
    article = html.css_first("article")
    assert article
    return article.text(separator=" ").split()


def test_the_bare_site_has_the_same_words_and_needs_no_fragment(small: Project) -> None:
    bare = bench.strip(small, small.root.with_name("bare"))
    run = watch([sys.executable, "-m", "mkdocs", "build", "--strict"], bare.root)
    assert run.seconds > 0
    assert run.memory > 10 * 2**20
    for page in ("index.html", "compare/r0/p0-vs-p1/index.html", "timeline/index.html"):
        assert words(bare.site / page) == words(small.site / page)
        assert len(words(bare.site / page)) > 50


def test_a_small_site_is_measured_and_the_table_holds_every_figure(whole: Project) -> None:
    figures = bench.measure("small", whole, TODAY, runs=1)
    assert figures.pages > 10
    assert 0 < figures.render < figures.cold
    assert 0 < figures.ours < figures.ratio
    assert figures.memory > 10 * 2**20
    console = Console(record=True, width=100)
    console.print(bench.table([figures]))
    said = console.export_text()
    for row in ("cold build", "one-word change", "render alone", "bare engine", "our part / bare", "peak memory"):
        assert row in said


def test_aims_that_are_missed_are_said_to_be_missed(small: Project) -> None:
    good = bench.Figures("a", 100, 2, 2, 1, 0.5, 2, 1.1, 0.1, 0.05, 1, 1)
    assert all(met for met, _ in bench.verdicts([good, good, replace(good, pages=200, cold=4)]))
    slow = replace(good, render=1.2, ours=0.2)
    assert [met for met, _ in bench.verdicts([slow])] == [False, False]
    missed = [what for met, what in bench.verdicts([good, good, replace(good, cold=3)]) if not met]
    assert len(missed) == 1 and missed[0].startswith("growth")
