"""The gate, with the real LinkChecker over real HTTP: every planted fault is found, nothing legal is called broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.links import gate
from scripts.links.findings import Finding, Level, Verdict
from scripts.links.gate import Report
from tests.links import trees
from tests.links.faults import FAULTS, PROPS
from tests.links.oddities import ODDITIES
from tests.links.trees import SITE_URL, Case


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return gate.run(trees.tree(tmp_path_factory.mktemp("faulty"), FAULTS + PROPS), SITE_URL)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return gate.run(trees.tree(tmp_path_factory.mktemp("odd"), ODDITIES), SITE_URL)


def at(report: Report, page: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.page == page]


pytestmark = pytest.mark.xdist_group("gate")


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.name)
def test_a_planted_fault_is_found_once_where_it_is(faulty: Report, case: Case) -> None:
    found = at(faulty, case.page or case.path)
    assert [(finding.rule, finding.level) for finding in found] == [(case.rule, Level.BROKEN)], found
    assert found[0].what
    assert found[0].cure
    assert found[0].own is Verdict.BROKEN
    assert found[0].line or found[0].element or found[0].rule == "unreadable"


def test_nothing_is_found_but_what_was_planted(faulty: Report) -> None:
    assert faulty.failed == ""
    assert faulty.code == 1
    planted = {case.page or case.path for case in FAULTS}
    assert [finding for finding in faulty.findings if finding.page not in planted] == []
    assert len(faulty.findings) == len(FAULTS) >= 30


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing-page", Verdict.BROKEN),
        ("missing-anchor-there", Verdict.BROKEN),
        ("case-of-file", Verdict.BROKEN),
        ("missing-srcset", Verdict.BROKEN),
        ("own-host", Verdict.BROKEN),
        ("mailto-junk", Verdict.BROKEN),
        ("missing-slash", Verdict.WARNING),
        ("missing-source", Verdict.UNSEEN),
        ("og-image", Verdict.UNSEEN),
        ("empty-link", Verdict.BLIND),
        ("text-fragment", Verdict.BLIND),
        ("double-id", Verdict.BLIND),
    ],
)
def test_linkcheckers_verdict_stands_beside_our_own(faulty: Report, name: str, said: Verdict) -> None:
    (found,) = at(faulty, f"{name}/index.html")
    assert found.linkchecker is said


def test_a_fault_is_told_with_its_line_its_element_and_the_nearest_cure(faulty: Report) -> None:
    (found,) = at(faulty, "case-of-file/index.html")
    assert (found.line, found.element, found.link) == (8, "img src", "../big.png")
    assert found.cure == "write Big.PNG"


@pytest.mark.parametrize("case", ODDITIES, ids=lambda case: case.name)
def test_a_legal_oddity_is_no_fault(odd: Report, case: Case) -> None:
    assert [finding for finding in odd.findings if finding.page.startswith(f"{case.name}/")] == []


def test_a_tree_of_legal_oddities_passes(odd: Report) -> None:
    assert odd.failed == ""
    assert odd.findings == ()
    assert odd.code == 0
    assert len(ODDITIES) >= 20


def test_a_proxy_of_the_machine_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # nobody is there
    report = gate.run(trees.tree(tmp_path, ODDITIES[:1]), SITE_URL)
    assert (report.failed, report.code) == ("", 0)
