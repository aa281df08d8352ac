"""What the gate found is readable by people and by programs, and its exit code says how bad it is."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from scripts.costs import Cost
from scripts.links import measure, report
from scripts.links.findings import Finding, Level, ToolFailed, Verdict
from scripts.links.gate import Report
from scripts.links.measure import Checked, Compared
from tests.links import trees
from tests.links.trees import SITE_URL, Case, a

BROKEN = Finding(
    "a/index.html", 7, "a href", "../no/", "missing page", "there is no page no/", "did you mean so/?",
    linkchecker=Verdict.BROKEN, own=Verdict.BROKEN,
)  # fmt: skip
WARNING = Finding("b.xml", 0, "", "x", "no sitemap", "there is none", "make one", Level.WARNING, own=Verdict.WARNING)
COUNTS = {"pages": 2, "files": 3, "links_own": 9, "links_linkchecker": 8, "links_both": 7}


def made(*findings: Finding, failed: str = "") -> Report:
    return Report(Path("site"), SITE_URL, findings, failed, COUNTS, 1.25)


def printed(of: Report, width: int = 160) -> str:
    console = Console(width=width, record=True, file=io.StringIO())
    report.show(of, console)
    return console.export_text()


@pytest.mark.parametrize(
    ("of", "code"),
    [
        (made(), 0),
        (made(BROKEN), 1),
        (made(WARNING), 2),
        (made(WARNING, BROKEN), 1),
        (made(failed="no"), 3),
        (made(BROKEN, failed="no"), 3),
    ],
)
def test_the_exit_code_tells_broken_from_warnings_and_both_from_a_failed_tool(of: Report, code: int) -> None:
    assert of.code == code


def test_the_table_says_place_link_fault_cure_and_both_verdicts() -> None:
    text = " ".join(printed(made(BROKEN, WARNING)).split())
    for part in ("a/index.html:7", "<a href>", "../no/", "missing page: there is no page no/", "did you mean so/?"):
        assert part in text
    assert "LinkChecker" in text
    assert "our pass" in text
    assert "2 pages; links: 8 by LinkChecker, 9 by our pass, 7 by both; 1.2 s" in text
    assert text.endswith("1 fault, 1 warning")


def test_a_fault_that_many_pages_share_is_one_row() -> None:
    findings = [Finding(f"{n}/index.html", 3, "a href", "../no/", "missing page", "none", "cure") for n in range(9)]
    text = printed(made(*findings))
    assert text.count("../no/") == 1
    assert "8 more pages" in text
    assert "9 faults" in text


def test_a_hundred_faults_of_one_kind_do_not_bury_the_rest() -> None:
    many = [Finding("a.lock", n, "", f"/x/#{n}", "promise", f"{n} is gone", "cure") for n in range(1, 101)]
    text = printed(made(*many, BROKEN))
    assert "88 more like this" in text
    assert "missing page: " in text
    assert "101 faults" in text


def test_a_failed_check_is_never_read_as_a_pass() -> None:
    text = printed(made(failed="LinkChecker broke off"))
    assert "The check itself failed" in text
    assert "LinkChecker broke off" in text
    assert "holds" not in text
    assert "Every link holds" in printed(made())


def test_brackets_in_a_link_are_shown_as_they_are() -> None:
    odd = Finding("a.html", 1, "a href", "[red]x[/]", "missing page", "[bold]", "[link]")
    assert "[red]x[/]" in printed(made(odd))


def test_the_json_has_the_documented_shape() -> None:
    shape = json.loads(report.as_json(made(BROKEN)))
    assert list(shape) == ["site", "address", "exit_code", "failed", "seconds", "counts", "findings"]
    for name in shape:
        assert f"    {name} " in (report.__doc__ or "")
    assert shape["counts"] == COUNTS
    assert shape["findings"] == [
        {
            "page": "a/index.html", "line": 7, "element": "a href", "link": "../no/", "rule": "missing page",
            "what": "there is no page no/", "cure": "did you mean so/?", "level": "broken",
            "linkchecker": "broken", "own": "broken",
        }
    ]  # fmt: skip


def told(measured: Compared) -> str:
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(measure.table(measured))
    return console.export_text()


@pytest.mark.xdist_group("gate")
def test_the_gate_is_measured_also_where_lychee_cannot_be_had(tmp_path: Path) -> None:
    def nowhere(folder: Path) -> Path:
        raise OSError("no network")

    measured = measure.measure(trees.tree(tmp_path, [Case("one", a("../good/"))]), SITE_URL, runs=1, fetch=nowhere)
    assert measured.ratio is None
    assert measured.gate.cost.seconds > 0
    assert measured.gate.cost.processor > 0
    assert "not measured: no network" in told(measured)


def test_a_gate_that_failed_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed):
        measure.measure(tmp_path, SITE_URL, runs=1)


def test_the_measurement_is_told_as_a_ratio() -> None:
    measured = Compared(40, Checked(Cost(5.0, 6.0), 7000), Checked(Cost(0.5, 0.6), 8000))
    assert measured.ratio == 10
    (line,) = [line for line in told(measured).splitlines() if "the gate / lychee" in line]
    assert "10.0" in line
    assert measure.verdicts(measured) == [(True, "the gate takes at most 10 s: 5.0 s")]
    assert measure.verdicts(Compared(40, Checked(Cost(10.1, 6.0), 7000), None, "")) == [
        (False, "the gate takes at most 10 s: 10.1 s")
    ]
