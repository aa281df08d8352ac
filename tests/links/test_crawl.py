"""LinkChecker, made fast, checks what it checks when left alone; and when it fails, nobody takes that for a pass."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.links import crawl, gate
from scripts.links.crawl import CRAWLER, SETTINGS
from scripts.links.findings import ToolFailed, Verdict
from scripts.links.lead import Home
from tests.links import trees
from tests.links.faults import FAULTS, PROPS
from tests.links.oddities import ODDITIES
from tests.links.trees import SITE_URL, Case, a

HOME = Home.of(SITE_URL)

# Says again what the crawler said before, after doing to it what the test wants.
_BENT = """
import json, pathlib, sys
said = pathlib.Path({file!r}).read_text().replace({ADDRESS!r}, json.load(sys.stdin)["address"])
result = json.loads(said)
{bend}
print(json.dumps(result))
"""
ADDRESS = "http://address/"
Bent = Callable[[str], tuple[str, ...]]

pytestmark = pytest.mark.xdist_group("gate")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trees.tree(tmp_path_factory.mktemp("small"), [Case("one", a("../good/#there"))])


def record(site: Path, file: Path) -> Bent:
    """Let the crawler say once what it says of a site; then it need not be asked again for each test."""
    with crawl.served(site, HOME) as address:
        begin = ["", "sitemap.xml", "404.html"]
        task = json.dumps({"address": address, "site_url": SITE_URL, "begin": begin})
        done = subprocess.run(CRAWLER, check=True, input=task, capture_output=True, text=True)
        file.write_text(done.stdout.replace(address, ADDRESS))
    return lambda bend: (sys.executable, "-c", _BENT.format(file=str(file), ADDRESS=ADDRESS, bend=bend))


@pytest.fixture(scope="module")
def bent(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Bent:
    """Makes a command that crawls the small site, and bends what comes out."""
    return record(small, tmp_path_factory.mktemp("said") / "said.json")


def plain(address: str) -> list[dict[str, str]]:
    """What the command `linkchecker` says, with the same settings."""
    command = [sys.executable, "-m", "linkcheck", "-f", str(SETTINGS), "-o", "csv", address]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, "LANGUAGE": "en"})
    assert done.returncode in (0, 1), done.stderr
    lines = [line for line in done.stdout.splitlines() if not line.startswith("# ")]  # "#id" is a link
    return list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";"))


def test_nothing_is_checked_less_than_by_linkchecker_left_alone(tmp_path: Path) -> None:
    site = trees.tree(tmp_path, FAULTS + PROPS + ODDITIES)
    with crawl.served(site, HOME) as address:
        alone = plain(address)
        ours = crawl.crawl(address, HOME, [""])
    fast: dict[tuple[str, str], set[bool]] = {}
    for link in ours.links:
        fast.setdefault((link.page, link.written), set()).add(link.verdict is Verdict.FINE)
    named = [row for row in alone if row["parentname"]]
    for row in named:
        link = crawl.as_crawled(row["parentname"], row["urlname"], row["url"], row["line"], address, HOME)
        if row["result"] != "filtered":  # what it leaves alone as foreign, such as our own public address, we check
            fine = row["valid"] == "True" and not row["warningstring"]
            assert fine in fast[link.page, link.written], row
    assert len(named) > 150
    assert len(fast) > len(named), "each address is told for each page that names it, not only for the first"


def test_the_crawl_finds_pages_by_their_links_and_reads_each_once(small: Path) -> None:
    with crawl.served(small, HOME) as address:
        found = crawl.crawl(address, HOME, [""])
    assert {"", "good/", "one/"} <= found.read
    (there,) = [link for link in found.links if link.fragment == "there"]
    assert (there.page, there.path, there.written, there.line) == ("one/", "good/", "../good/#there", 8)


def test_our_public_address_is_followed_on_this_machine(tmp_path: Path) -> None:
    site = trees.tree(tmp_path, [Case("one", a(SITE_URL + "nowhere/") + a("https://other.example/nowhere/"))])
    with crawl.served(site, HOME) as address:
        found = {link.written: link for link in crawl.crawl(address, HOME, [""]).links}
    assert found[SITE_URL + "nowhere/"].verdict is Verdict.BROKEN
    assert found["https://other.example/nowhere/"].verdict is Verdict.FINE


@pytest.mark.parametrize(
    ("bend", "said"),
    [
        ("sys.exit('no memory')", "broke off with exit code 1:\nno memory"),
        ("sys.exit(0)", "output is lost"),
        ("print('[]'); sys.exit(0)", "output is lost"),
        ("print(json.dumps(result)[:-20]); sys.exit(0)", "output is lost"),
        ("del result['links'][-1]['valid']", "output is lost"),
        ("result['internal_errors'] = 2", "2 internal errors"),
        ("result['unjudged'] = ['http://x/y']", "no verdict for 1 addresses, the first being http://x/y"),
        ("result['parsed'] = [page for page in result['parsed'] if 'good' not in page]", "not 1 others: good/"),
        ("result['links'] = []", "no link at all"),
    ],
)
def test_a_crawl_that_failed_is_no_pass(small: Path, bent: Bent, bend: str, said: str) -> None:
    report = gate.run(small, SITE_URL, command=bent(bend))
    assert report.code == 3
    assert said in report.failed


def test_linkchecker_that_cannot_be_started_is_no_pass(small: Path) -> None:
    report = gate.run(small, SITE_URL, command=("/no/such/program",))
    assert report.code == 3
    assert "could not be run" in report.failed


def test_settings_without_anchor_check_are_no_pass(small: Path, tmp_path: Path) -> None:
    settings = tmp_path / "rc"
    settings.write_text(SETTINGS.read_text().replace("[AnchorCheck]", ""))
    report = gate.run(small, SITE_URL, command=(sys.executable, "-m", "scripts.links.crawler", str(settings)))
    assert report.code == 3
    assert "AnchorCheck" in report.failed


@pytest.mark.parametrize("made", [False, True])
def test_a_site_without_a_page_is_no_pass(tmp_path: Path, made: bool) -> None:
    if made:
        trees.write(tmp_path / "site", {"style.css": ""})
    report = gate.run(tmp_path / "site", SITE_URL)
    assert report.code == 3
    assert "nothing to check" in report.failed


def test_a_page_that_the_sitemap_lists_and_the_crawl_missed_is_named() -> None:
    found = crawl.Crawl((crawl.Crawled("", 1, "a/", "a/", "", Verdict.FINE, ""),), frozenset({"", "a/"}))
    crawl.held_against(found, ["index.html"], ["a/index.html"])
    with pytest.raises(ToolFailed, match="b/"):
        crawl.held_against(found, ["index.html"], ["b/index.html"])


@pytest.mark.parametrize(
    ("change", "linkchecker", "own"),
    [
        ("'good' in link['url'] and (link.update(valid=False, result='500 Oops'))", Verdict.BROKEN, Verdict.FINE),
        ("'there' in link['url'] and link.update(warnings=[[None, 'no anchor']])", Verdict.BROKEN, Verdict.FINE),
    ],
)
def test_a_link_that_linkchecker_alone_calls_broken_is_a_disagreement(
    small: Path, bent: Bent, change: str, linkchecker: Verdict, own: Verdict
) -> None:
    report = gate.run(small, SITE_URL, command=bent(f"for link in result['links']: {change}"))
    assert report.code == 1
    assert {finding.rule for finding in report.findings} == {"disagreement"}
    assert {(finding.linkchecker, finding.own) for finding in report.findings} == {(linkchecker, own)}


def test_a_link_that_linkchecker_calls_fine_and_we_do_not_is_a_disagreement(tmp_path: Path) -> None:
    site = trees.tree(tmp_path / "site", [Case("one", a("nowhere"))])
    bend = "for link in result['links']: 'nowhere' in link['url'] and link.update(valid=True)"
    report = gate.run(site, SITE_URL, command=record(site, tmp_path / "said.json")(bend))
    assert [finding.rule for finding in report.findings] == ["disagreement", "missing page"]
    assert (report.findings[0].linkchecker, report.findings[0].own) == (Verdict.FINE, Verdict.BROKEN)


def test_what_linkchecker_alone_comes_across_is_told_as_well(small: Path, bent: Bent) -> None:
    add = "result['links'].append(dict(parent=result['links'][-1]['parent'], written='x', url='http://127.0.0.1:1/x',"
    add += " line=3, valid=False, result='404 Not Found', warnings=[]))"
    report = gate.run(small, SITE_URL, command=bent(add))
    (found,) = report.findings
    assert (found.rule, found.link, found.what, found.own) == ("linkchecker", "x", "404 Not Found", Verdict.UNSEEN)


def test_linkchecker_writes_no_file_that_root_could_lose() -> None:
    settings = SETTINGS.read_text(encoding="utf-8")
    assert "fileoutput" not in settings
    assert "checkextern=0" in settings
