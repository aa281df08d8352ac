"""The verbs of the watch: from the facts and the built site over the net to the file, the summary and GitHub."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
import urllib3
from requests.adapters import HTTPAdapter
from typer.testing import CliRunner

from scripts import link_watch
from scripts.facts import outward
from scripts.facts.link_health import LinkHealth
from scripts.facts.load import load
from scripts.facts.problems import BadData
from scripts.links import watch
from scripts.links.base import NoSuchCommit
from scripts.links.forge import NotOnGitHub
from scripts.links.watch_fetch import Fetcher, agent
from scripts.links.watch_report import BROKEN, FAILED, FINE, WARNED
from scripts.project import Project
from tests.facts import small
from tests.links.conftest import REPOSITORY
from tests.links.forge_server import REPOSITORY as NAME
from tests.links.forge_server import TOKEN, FakeForge, serving
from tests.links.internet import FakeClock, Internet, Reply, page
from tests.real import real_facts

RESULTS = link_watch.RESULTS
POLICY, STORY = "https://acme.example/policy", "https://daily.example/story"
OTHER = "https://other.web.test/page"

Look = Callable[..., int]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The small set of facts with a page that links elsewhere."""
    found = Project(tmp_path / "checkout")
    small.write(found.docs)
    found.config.write_text('site_url: !ENV [SITE_URL, "https://opted-in.example/"]\n')
    found.site.mkdir()
    own = '<a href="https://opted-in.example/a/">own</a> <a href="a/">a</a> <a href="mailto:a@b.example">mail</a>'
    (found.site / "index.html").write_text(f'{own} <a href="{OTHER}#part">other</a> <a href="{POLICY}">policy</a>')
    return found


@pytest.fixture
def look(project: Project, clock: FakeClock, internet: Internet, certificates: Path) -> Look:
    internet.add("acme.example", "/policy", page())
    internet.add("daily.example", "/story", page("Story"))
    internet.add("other.web.test", "/page", page("Other"))
    trusted = str(certificates / "ca.pem")

    def run(since: str | None = None, results: Path = RESULTS, **options: object) -> int:
        environ = {"REPOSITORY_URL": REPOSITORY, **options.pop("environ", {})}  # type: ignore[dict-item]
        return link_watch.look(
            project, since, results, environ=environ, clock=clock, certificates=trusted, timeout=0.4,
            **{"summary": None, **options},  # type: ignore[arg-type]
        )  # fmt: skip

    return run


def git(project: Project, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(project.root), *who, *arguments], check=True, capture_output=True)


def commit(project: Project) -> None:
    if not (project.root / ".git").exists():
        git(project, "init", "--quiet")
    git(project, "add", "docs")
    git(project, "commit", "--quiet", "--message", "x")


def written(project: Project, name: Path = RESULTS) -> dict[str, str]:
    links = json.loads((project.root / name).read_text())["links"]
    return {link["address"]: link["verdict"] for link in links}


def add_source(project: Project, address: str) -> None:
    path = project.docs / "data" / "sources" / "acme.yml"
    added = (
        f"  - id: s-new\n    title: New\n    publisher: N\n    kind: press\n    address: {address}\n    read: whole\n"
    )
    path.write_text(path.read_text() + added)
    claims = project.docs / "data" / "claims" / "acme.yml"
    claims.write_text(claims.read_text().replace("sources: [s-policy, s-press]", "sources: [s-policy, s-press, s-new]"))


def test_a_run_asks_the_facts_and_the_pages_and_writes_what_it_found(
    look: Look,
    project: Project,
    internet: Internet,
    tmp_path: Path,
) -> None:
    assert look(summary=tmp_path / "summary.md") == FINE
    assert written(project) == {POLICY: "ok", STORY: "ok", OTHER: "ok"}
    assert {one.host for one in internet.asked} == {"acme.example", "daily.example", "other.web.test"}
    assert "| ok | 3 |" in (tmp_path / "summary.md").read_text()
    assert set(load(project.docs, dt.date(2026, 11, 22)).links.results) == {POLICY, STORY, OTHER}


def test_links_that_are_gone_from_the_site_are_forgotten(
    look: Look,
    project: Project,
    clock: FakeClock,
) -> None:
    look()
    (project.site / "index.html").write_text("nothing")
    clock.sleep(7 * 24 * 3600)
    look()
    assert set(written(project)) == {POLICY, STORY}


def test_a_failure_is_a_warning_once_and_an_error_twice(
    look: Look,
    internet: Internet,
    clock: FakeClock,
) -> None:
    internet.add("daily.example", "/story", Reply(404))
    assert look() == WARNED
    clock.sleep(7 * 24 * 3600)
    assert look() == BROKEN


def test_only_new_addresses_are_asked_on_a_pull_request(
    look: Look,
    project: Project,
    internet: Internet,
) -> None:
    commit(project)
    add_source(project, internet.add("new.web.test", "/story", page()))
    assert look("HEAD", Path("build", "links.json")) == FINE
    assert {one.host for one in internet.asked} == {"new.web.test"}
    assert written(project, Path("build", "links.json")) == {"https://new.web.test/story": "ok"}
    assert not (project.root / RESULTS).exists()


def test_a_new_address_must_work_at_once(look: Look, project: Project, internet: Internet) -> None:
    commit(project)
    add_source(project, internet.add("new.web.test", "/story", Reply(404)))
    assert look("HEAD", Path("build", "links.json")) == BROKEN


def test_a_second_push_on_one_day_asks_nothing_again(
    look: Look,
    project: Project,
    internet: Internet,
    clock: FakeClock,
) -> None:
    commit(project)
    add_source(project, internet.add("new.web.test", "/story", page()))
    for _ in range(2):
        assert look("HEAD", Path("build", "links.json")) == FINE
        clock.sleep(3600)
    assert len(internet.times("new.web.test", "/story")) == 1


def test_a_pull_request_without_new_addresses_asks_nobody(
    look: Look,
    project: Project,
    internet: Internet,
) -> None:
    commit(project)
    assert look("HEAD", Path("build", "links.json")) == FINE
    assert internet.asked == []


def test_a_run_goes_on_from_results_that_wait(
    look: Look,
    project: Project,
    internet: Internet,
    clock: FakeClock,
) -> None:
    internet.add("daily.example", "/story", Reply(404))
    look()
    state = FakeForge()
    text = (project.root / RESULTS).read_text()
    state.branches["link-health"] = state.commit({RESULTS.as_posix(): text}, [])
    (project.root / RESULTS).unlink()
    clock.sleep(7 * 24 * 3600)
    with serving(state) as forge:
        environ = {"GITHUB_API_URL": forge.api, "GITHUB_REPOSITORY": NAME, "GITHUB_TOKEN": TOKEN}
        assert look(waiting=True, environ=environ) == BROKEN


def test_whoever_interrupts_a_run_keeps_what_was_found(
    look: Look, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(line: str, **_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(link_watch.out, "print", stop)
    with pytest.raises(KeyboardInterrupt):
        look()
    assert len(written(project)) == 1


def test_the_watch_does_not_ask_without_saying_who_asks(look: Look, internet: Internet) -> None:
    with pytest.raises(link_watch.ToolFailed, match="REPOSITORY_URL"):
        look(environ={"REPOSITORY_URL": ""})
    assert internet.asked == []


def test_without_a_site_there_is_nothing_to_watch(look: Look, project: Project) -> None:
    (project.site / "index.html").unlink()
    with pytest.raises(link_watch.ToolFailed, match="make build"):
        look()


def test_results_that_cannot_be_read_stop_the_run(look: Look, project: Project, internet: Internet) -> None:
    (project.root / RESULTS).parent.mkdir()
    (project.root / RESULTS).write_text('{"links": [{"address": "x"}]}')
    with pytest.raises(BadData):
        look()
    assert internet.asked == []


def test_a_commit_that_git_does_not_know_stops_the_run(look: Look, project: Project) -> None:
    commit(project)
    for name in ("no-such-commit", "--output=x"):
        with pytest.raises(NoSuchCommit):
            look(name)


def test_the_results_reach_github(look: Look, project: Project, internet: Internet, clock: FakeClock) -> None:
    internet.add("daily.example", "/story", Reply(404))
    look()
    clock.sleep(7 * 24 * 3600)
    look()
    state = FakeForge()
    with serving(state) as forge:
        environ = {
            "GITHUB_API_URL": forge.api, "GITHUB_REPOSITORY": NAME, "GITHUB_TOKEN": TOKEN, "GITHUB_REF_NAME": "main",
        }  # fmt: skip
        assert link_watch.tell(project, environ, clock.now().date()) == FINE
    assert STORY in state.issues[0]["body"]
    assert state.files("link-health")[RESULTS.as_posix()] == (project.root / RESULTS).read_text()
    assert "| gone | 1 |" in state.pulls[0]["body"]


def test_telling_github_needs_its_variables(project: Project) -> None:
    with pytest.raises(NotOnGitHub, match="GITHUB_API_URL"):
        link_watch.tell(project, {}, dt.date(2026, 11, 22))


def test_every_address_that_we_have_is_asked_as_it_is_written(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def send(self: HTTPAdapter, request: requests.PreparedRequest, *_: object, **__: object) -> requests.Response:
        asked.append(str(request.url))
        rules = asked[-1].endswith("/robots.txt")
        body = io.BytesIO(b"" if rules else page().body.encode())
        return self.build_response(
            request, urllib3.HTTPResponse(body, status=404 if rules else 200, preload_content=False)
        )

    monkeypatch.setattr(HTTPAdapter, "send", send)
    links = outward.addresses(real_facts(dt.date.today()))
    run = watch.Run(LinkHealth())
    watch.run(links, Fetcher(agent(REPOSITORY), clock), clock, run)
    assert len(links) > 100
    assert {(entry.verdict, entry.final) for entry in run.found.values()} == {("ok", None)}
    assert {address for address in asked if not address.endswith("/robots.txt")} == set(links)


def test_the_verbs_say_what_is_wrong_and_that_the_tool_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPOSITORY_URL", raising=False)
    monkeypatch.delenv("GITHUB_API_URL", raising=False)
    for arguments in (["external"], ["report"], ["diff", "no-such-commit"]):
        done = CliRunner().invoke(link_watch.app, arguments)
        assert done.exit_code == FAILED, done.output


def test_every_source_without_a_copy_is_listed() -> None:
    done = CliRunner().invoke(link_watch.app, ["archive"])
    assert done.exit_code == FINE
    sources = real_facts(dt.date.today()).sources.values()
    for source in sources:
        assert (f": {source.id}: no archived copy" in done.output) == (source.archive is None), source.id
    *_, last = done.output.splitlines()
    assert last.startswith(f"{sum(source.archive is None for source in sources)} of {len(sources)} sources")
