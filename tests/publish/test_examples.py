"""The examples on the page about data do what they say, exactly as they are printed."""

from __future__ import annotations

import csv
import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import SITE_URL


@pytest.fixture(scope="module")
def examples(built_site: Path) -> dict[str, str]:
    """The examples as readers see them, by the id of the heading above each."""
    html = LexborHTMLParser((built_site / "about/data/index.html").read_bytes())
    found: dict[str, str] = {}
    heading = ""
    for node in html.css(".md-content h2, .md-content h3, .md-content pre > code"):
        if node.tag == "code":
            found[heading] = node.text()
        else:
            heading = str(node.attributes["id"])
    return found


def run(example: str, address: str, folder: Path) -> str:
    """Run an example as a reader would, with nothing but the address of the site replaced."""
    assert example.count(SITE_URL) == 1
    script = folder / "example.py"
    script.write_text(example.replace(SITE_URL, address), encoding="utf-8")
    # -I: nothing of ours can be imported, so the standard library has to do.
    command = [sys.executable, "-I", script.name]
    done = subprocess.run(
        command, check=False, cwd=folder, env={**os.environ, "no_proxy": "*"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_three_examples_and_each_is_run_here(examples: dict[str, str]) -> None:
    assert list(examples) == ["ask", "spreadsheet", "hear"]


def test_a_program_can_ask_for_one_answer(examples: dict[str, str], site_address: str, tmp_path: Path) -> None:
    day, *answers = run(examples["ask"], site_address, tmp_path).splitlines()
    assert day == f"As of {dt.date.today()}"
    assert {line.split(" - ")[0] for line in answers} == {"linkedin", "meta"}
    assert all(f" - {SITE_URL}policies/" in line for line in answers)


def test_a_table_for_a_spreadsheet_has_every_region(
    examples: dict[str, str], site_address: str, tmp_path: Path
) -> None:
    run(examples["spreadsheet"], site_address, tmp_path)
    with (tmp_path / "ways-out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["Region", "Platform", "Answer", "Statement", "Checked", "As of"]
    assert {"EU/EEA", "United Kingdom", "Germany"} <= {row["Region"] for row in rows}
    assert all(row["Answer"] and row["Statement"] and row["As of"] == str(dt.date.today()) for row in rows)


def test_a_change_is_heard_of_once(examples: dict[str, str], site_address: str, tmp_path: Path) -> None:
    first = run(examples["hear"], site_address, tmp_path)
    assert "2025-11-03 LinkedIn extends AI training to more regions" in first
    assert run(examples["hear"], site_address, tmp_path) == ""
    seen = (tmp_path / "seen.txt").read_text().split()
    (tmp_path / "seen.txt").write_text("\n".join(seen[1:]))
    assert run(examples["hear"], site_address, tmp_path) == first.splitlines()[0] + "\n"


def test_every_file_that_the_page_names_is_there(built_site: Path) -> None:
    page = built_site / "about/data/index.html"
    links = [str(link.attributes["href"]) for link in LexborHTMLParser(page.read_bytes()).css(".md-content a[href]")]
    files = [link for link in links if "/api/" in link or "/feeds/" in link]
    assert len(files) > 40
    assert not [link for link in files if not (page.parent / link).is_file()]
