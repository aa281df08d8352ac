"""Whoever reads a pull request learns what changes for readers, in the words of the pages."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from pathlib import Path

import pytest

from scripts import touched
from scripts.facts.resolve import Resolver
from scripts.links.base import NoSuchCommit, changed_files
from scripts.project import Project
from scripts.summary import summary
from tests.facts import small

ROOT = Project.here().root
TODAY = dt.date.today()
PAGE = '# Page {{#top}}\n\n--8<-- "{0}"\n'


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def has(commit: str) -> bool:
    command = ["git", "-C", str(ROOT), "cat-file", "-e", f"{commit}^1"]
    return not subprocess.run(command, check=False, capture_output=True).returncode


real = pytest.mark.skipif(not has("HEAD"), reason="the history is not here")  # a shallow clone, or a copy


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The small set of facts and three pages, committed."""
    found = Project(tmp_path)
    small.write(found.docs)
    found.config.write_text('site_url: !ENV [SITE_URL, "https://opted-in.example/"]\n')
    for name, part in (("timeline", "timeline"), ("policies/acme", "claims/acme"), ("compare/us", "labels/us")):
        path = found.docs / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE.format(f"{name}/{part}.md"))
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "x")
    return found


def edit(project: Project, name: str, old: str, new: str) -> None:
    path = project.docs / "data" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def said(project: Project, commit: str = "HEAD") -> str:
    return summary(project, commit, small.TODAY)


def section(text: str, title: str) -> list[str]:
    """The lines of a section, without empty ones."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return [line for line in found[1].splitlines() if line] if found else []


def test_where_nothing_changes_it_says_so(project: Project) -> None:
    text = said(project)
    assert "No fact changes." in text
    assert section(text, "Pages") == section(text, "Addresses") == ["None."]


def test_a_changed_statement_is_shown_before_and_after_in_words(project: Project) -> None:
    edit(project, "claims/acme.yml", 'state: "yes"', 'state: "depends"')
    edit(project, "claims/acme.yml", "regions: [eu]", "regions: [eu, us]")
    edit(
        project,
        "claims/acme.yml",
        "checked: 2026-08-22\n    from: 2026-01-01",
        "checked: 2026-11-01\n    from: 2026-02-01",
    )
    lines = section(said(project), "Statements")
    assert "### Acme: In by default? (Worldwide) `#ac-default`" in lines
    assert "| answer | Yes: unless you act | Depends: unless you act |" in lines
    assert "| regions | EU/EEA | EU/EEA and United States |" in lines
    assert "| from | 1 January 2026 | 1 February 2026 |" in lines
    assert "| checked | 22 August 2026 | 1 November 2026 |" in lines
    assert not [line for line in lines if line.startswith("| sentence")]


def test_a_new_statement_names_its_sources(project: Project) -> None:
    edit(project, "claims/acme.yml", "claims:", (
        "claims:\n  - id: ac-new\n    question: used\n    regions: [us]\n    value: Posts | pictures\n"
        "    sentence: It uses posts.\n    sources: [s-policy]\n    evidence: reported\n    checked: 2026-08-22"
    ))  # fmt: skip
    lines = section(said(project), "Statements")
    assert "### New: Acme: What is used? (United States) `#ac-new`" in lines
    assert {"- answer: Posts \\| pictures", "- sources: Policy (Acme)", "- evidence: reported by others"} <= set(lines)


def test_a_statement_that_is_gone_is_told(project: Project) -> None:
    path = project.docs / "data" / "claims" / "acme.yml"
    path.write_text(path.read_text()[: path.read_text().index("  - id: ac-since")])
    edit_guide = project.docs / "guides" / "switch.md"
    edit_guide.write_text(edit_guide.read_text().replace("does_not: [ac-since]", "does_not: [ac-default]"))
    text = said(project)
    assert "### Gone: Acme: Since when? (Worldwide) `#ac-since`" in section(text, "Statements")
    assert "- <https://opted-in.example/policies/acme/>" in section(text, "Pages")


def test_only_pages_that_look_different_are_touched(project: Project) -> None:
    edit(project, "events.yml", "title: Start", "title: Beginning")
    text = said(project)
    assert section(text, "Pages") == ["- <https://opted-in.example/timeline/>"]
    assert "| title | Start | Beginning |" in section(text, "Events")
    assert section(text, "Addresses") == [
        "- <https://opted-in.example/timeline/#e-2026-01-start>",
        "- <https://opted-in.example/data/events.yml>",
    ]


def test_a_page_that_inherits_a_statement_is_touched(project: Project) -> None:
    edit(project, "claims/acme.yml", "short: unless you act", "short: unless you object")
    assert section(said(project), "Pages") == [
        "- <https://opted-in.example/compare/us/>",
        "- <https://opted-in.example/policies/acme/>",
    ]


def test_the_foot_of_all_pages_is_told_once(project: Project) -> None:
    edit(project, "claims/acme.yml", "checked: 2026-08-22", "checked: 2026-11-20")
    assert "The line at the foot of every page changes as well." in section(said(project), "Pages")


def test_prose_that_changed_is_a_page_that_is_touched(project: Project) -> None:
    (project.docs / "about.md").write_text("# New {#top}\n")
    assert section(said(project), "Pages") == ["- <https://opted-in.example/about/>"]


def test_a_feed_that_is_not_what_it_was_is_touched(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(resolver: Resolver, site: str) -> dict[str, bytes]:
        titles = " ".join(event.title for event in resolver.facts.events.values())
        return {"feeds/all.xml": titles.encode(), "feeds/other.xml": b""}

    edit(project, "events.yml", "title: Start", "title: Beginning")
    monkeypatch.setattr(touched, "FEEDS", made)
    assert section(said(project), "Feeds") == ["- <https://opted-in.example/feeds/all.xml>"]
    assert section(said(project, "HEAD"), "Pages") == ["- <https://opted-in.example/timeline/>"]


def test_links_to_other_sites_that_come_and_go_are_told(project: Project) -> None:
    edit(project, "sources/acme.yml", "https://daily.example/story", "https://daily.example/another")
    assert section(said(project), "Links to other sites") == [
        "- new: <https://daily.example/another>",
        "- gone: <https://daily.example/story>",
    ]


def test_an_older_version_that_breaks_todays_rules_is_compared_as_far_as_it_can_be_read(project: Project) -> None:
    edit(project, "claims/acme.yml", "sentence: It began in November 2025.", "sentenze: It began in November 2025.")
    git(project.root, "commit", "--quiet", "--all", "--message", "wrong")
    edit(project, "claims/acme.yml", "sentenze", "sentence")
    edit(project, "claims/acme.yml", "short: unless you act", "short: unless you object")
    text = said(project)
    assert "places of the older version do not fit today's rules" in text
    assert len([line for line in section(text, "Statements") if line.startswith("### ")]) == 1
    assert "- <https://opted-in.example/policies/acme/>" in section(text, "Pages")


def test_a_commit_that_is_not_there_is_an_error(project: Project) -> None:
    for name in ("no-such-commit", "--output=x", "HEAD~9"):
        with pytest.raises(NoSuchCommit):
            said(project, name)


@real
@pytest.mark.skipif(not has("f943842"), reason="that commit is not here")
def test_a_real_commit_is_told_as_it_was() -> None:
    text = summary(Project.here(), "f943842~1", dt.date(2026, 11, 22), until="f943842")
    lines = section(text, "Statements")
    assert "### Meta: Does it train another company's AI? (Worldwide) `#meta-other-company-ai-world`" in lines
    assert "| evidence | we read the source | our inference |" in lines
    assert [line for line in lines if line.startswith("### New: ") and "`#meta-other-company-ai-eu-uk-us`" in line]
    pages = section(text, "Pages")
    for page in ("policies/meta", "compare/eu", "compare/us"):
        assert f"- <https://opted-in.example/{page}/>" in pages
    assert "- <https://opted-in.example/policies/linkedin/>" not in pages
    assert "- <https://opted-in.example/data/claims/meta.yml>" in section(text, "Addresses")


@real
def test_every_commit_of_the_facts_so_far_can_be_told() -> None:
    commits = git(ROOT, "log", "-n", "6", "--format=%H", "--", "docs/data").split()
    told = 0
    for commit in commits:
        if not has(commit):
            continue
        try:
            text = summary(Project.here(), f"{commit}^1", TODAY, until=commit)
        except NoSuchCommit:
            assert commit == commits[-1]  # before the first facts there were none
            continue
        claims = [name for name in changed_files(ROOT, f"{commit}^1", commit) if name.startswith("docs/data/claims/")]
        assert bool(section(text, "Statements")) or not claims, commit
        told += 1
    assert told


def test_every_field_of_a_statement_can_be_told(project: Project) -> None:
    everything = (
        "  - id: ac-all\n    question: used\n    products: [mail]\n    regions: [us]\n    value: Posts\n"
        "    short: a few\n    sentence: It uses posts.\n    note: And more.\n    link: https://acme.example/x\n"
        "    from: 2026-01\n    until: 2026-02\n    sources: [s-policy]\n    evidence: inferred\n"
        "    checked: 2026-08\n    how: live\n    stoppable: true\n    recheck: 2027-01-01\n"
    )
    edit(project, "claims/acme.yml", "claims:\n", "claims:\n" + everything)
    lines = section(said(project), "Statements")
    assert {
        "- products: mail", "- answer: Posts: a few", "- note: And more.", "- link: https://acme.example/x",
        "- from: January 2026", "- until: February 2026", "- evidence: our inference", "- checked: August 2026",
        "- copy: live page", "- can be stopped: yes", "- check again: 1 January 2027",
    } <= set(lines)  # fmt: skip
