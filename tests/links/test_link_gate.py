"""The verbs of the gate and of the ledgers, typed as people type them; and the real site, which must pass."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scripts import link_gate
from scripts.links import gate, promised
from scripts.project import Project
from tests.conftest import SITE_URL as REAL_URL
from tests.links.trees import SITE_URL, Case, a, tree
from tests.links.versions import PAGES, Versions

pytestmark = pytest.mark.xdist_group("gate")


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Versions]:
    made = Versions(tmp_path)
    made.publish()
    monkeypatch.setattr(Project, "here", lambda: made.project)
    monkeypatch.delenv("SITE_URL", raising=False)
    yield made


def typed(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(link_gate.app, list(words), env={"COLUMNS": "200"})
    return result.exit_code, " ".join(result.output.split())


def test_the_gate_prints_writes_json_and_exits_as_it_found(versions: Versions, tmp_path: Path) -> None:
    code, said = typed()
    assert code == 2, said
    assert "not entered" in said
    broken = tree(tmp_path / "broken", [Case("one", a("nowhere"))])
    file = tmp_path / "found.json"
    code, said = typed("--site", str(broken), "--site-url", SITE_URL, "--json", str(file), "--no-promises")
    assert code == 1
    assert "missing page" in said
    found = json.loads(file.read_text())
    assert (found["exit_code"], found["address"], len(found["findings"])) == (1, SITE_URL, 1)
    assert typed("--site", str(tmp_path / "none"))[0] == 3


def test_the_ledgers_are_kept_redirected_and_mended_by_typing(versions: Versions) -> None:
    code, said = typed("keep")
    assert (code, said) == (0, "Entered 4 addresses and 11 ids")
    assert typed("keep") == (0, "Entered 0 addresses and 0 ids")
    versions.publish({**PAGES, "guide/index.html": PAGES["guide/index.html"].replace("Afterwards", "And then")})
    code, said = typed("mend")
    assert (code, said) == (0, "/guide/#afterwards -> /guide/#and-then")
    assert typed("redirect", "/guide/#the-steps", f"{SITE_URL}guide/")[1] == "/guide/#the-steps -> /guide/"
    code, said = typed("redirect", "guide", "/")
    assert code == 1
    assert "begins with one slash" in said


def test_what_cannot_be_mended_by_itself_is_named(versions: Versions) -> None:
    typed("keep")
    versions.publish({name: text for name, text in PAGES.items() if "guide" not in name})
    code, said = typed("mend")
    assert code == 1
    assert "/guide/: nothing like it was found" in said


def test_the_real_site_keeps_its_promises_and_linkchecker_sees_no_link_that_we_do_not(built_site: Path) -> None:
    project = Project.here()
    kept = partial(promised.check, docs=project.docs, root=project.root)
    found = gate.run(built_site, REAL_URL, sources=project.docs, checks=[kept])
    assert found.failed == ""
    assert found.findings == ()
    assert found.code == 0
    assert found.counts["pages"] >= 35
    # What only LinkChecker counts are pictures that stand within style sheets as data, and on each page the two files
    # within a <template> that a script fetches for the search.
    assert found.counts["links_linkchecker"] - found.counts["links_both"] < 60 + 2 * found.counts["pages"]
    assert found.counts["links_both"] > 5000
