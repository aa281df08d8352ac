"""Every id that we promised stands in our own words and facts: an engine that makes none itself keeps the promises."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser

from scripts.facts import addresses, promises
from scripts.project import Project

# Without `toc`, which makes ids of headings, and without MkDocs and its theme.
PLAIN = ["attr_list", "md_in_html", "tables", "pymdownx.blocks.html", "pymdownx.snippets"]


@pytest.fixture(scope="module")
def promised() -> dict[str, set[str]]:
    """The ids that hold, by the address of their page."""
    found: dict[str, set[str]] = {}
    ledger, problems = promises.read(Project.here().docs)
    assert not problems
    for address, entry in ledger.ids.items():
        if entry.to is None:
            found.setdefault(address.path, set()).add(address.id)
    return found


def ids(project: Project, page: Path) -> set[str]:
    """The ids of a page as a bare Markdown engine makes it."""
    text = page.read_text(encoding="utf-8")
    body = text.split("---\n", 2)[2] if text.startswith("---\n") else text
    settings = {"pymdownx.snippets": {"base_path": [str(project.fragments)], "check_paths": True}}
    html = LexborHTMLParser(Markdown(extensions=PLAIN, extension_configs=settings).convert(body))
    return {node.attributes["id"] or "" for node in html.css("[id]")}


def pages(project: Project) -> dict[str, Path]:
    """All pages of Markdown, by their address."""
    found = {path.relative_to(project.docs).as_posix(): path for path in project.docs.rglob("*.md")}
    return {
        addresses.folder(name): path for name, path in found.items() if not name.startswith(("screens/", "ledgers/"))
    }


def test_a_bare_engine_keeps_every_promised_id(built_site: Path, promised: dict[str, set[str]]) -> None:
    project = Project(built_site.parent)
    checked = 0
    for address, path in pages(project).items():
        lost = promised.get(address, set()) - ids(project, path)
        assert not lost, f"{address}: only this engine makes {sorted(lost)}"
        checked += len(promised.get(address, set()))
    assert checked > 2000


def test_an_id_that_only_the_engine_makes_would_be_seen(built_site: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title {#top}\n\n## Left to the engine\n", encoding="utf-8")
    assert ids(Project(built_site.parent), page) == {"top"}
