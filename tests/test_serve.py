"""A change is on the page soon, and a mistake does no more than say so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from watchfiles import Change

from scripts.project import Project
from scripts.serve import Sources, has_desktop
from tests.conftest import SITE_URL

# The aim is two seconds. A small machine that does much else beside needs far more; only a hang takes longer than this.
_SOON = 180.0


@dataclass
class Serving:
    """A running `python -m scripts serve`, and what it said."""

    project: Project
    address: str
    lines: list[str] = field(default_factory=list)

    def change(self, path: Path, old: str, new: str) -> None:
        """Edit a file as an editor would."""
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def wait_for(self, true: Callable[[], bool], what: str) -> None:
        """Wait until something is so."""
        end = time.monotonic() + _SOON
        while time.monotonic() < end:
            if true():
                return
            time.sleep(0.05)
        pytest.fail(f"{what}; it said: {''.join(self.lines)}")

    def wait_for_line(self, word: str) -> None:
        """Wait until the terminal shows a word."""
        self.wait_for(lambda: any(word in line for line in self.lines), f'"{word}" was never said')

    def shows(self, path: str, text: str) -> bool:
        """Whether a page shows a text."""
        return text in self.get(path)[2]

    def get(self, path: str) -> tuple[int, str, str]:
        """Status, where to, and text of an answer."""
        parts = urlsplit(self.address)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read().decode()


@pytest.fixture
def serving(whole: Project) -> Iterator[Serving]:
    with serve(whole) as serving:
        yield serving


@contextmanager
def serve(project: Project) -> Iterator[Serving]:
    command = [sys.executable, "-u", "-m", "scripts", "serve", "--no-open", "--port", "0", "--as-of", "2026-11-22"]
    environ = {**os.environ, "SITE_URL": SITE_URL}
    with subprocess.Popen(
        command, cwd=project.root, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        serving = Serving(project, "")
        assert process.stdout
        for line in process.stdout:
            serving.lines.append(line)
            found = re.search(r"http://\S+", line)
            if found:
                serving.address = found[0]
                break
        assert serving.address, "".join(serving.lines)
        reader = threading.Thread(target=serving.lines.extend, args=(process.stdout,), daemon=True)
        reader.start()
        try:
            yield serving
        finally:  # or whoever failed would wait for it for ever
            process.terminate()
            try:
                ended = process.wait(timeout=_SOON)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        assert ended == 0
        reader.join()


def open_page(browser: Browser, serving: Serving, path: str) -> Page:
    page = browser.new_page()
    page.goto(serving.address + path)
    return page


def test_an_open_page_shows_a_change_of_prose_of_data_and_of_a_template(serving: Serving, browser: Browser) -> None:
    project = serving.project
    path = "compare/r0/p0-vs-p1"
    page = open_page(browser, serving, f"{path}/")
    changes = (
        (project.docs / f"{path}.md", "Some words of prose", "Some better words"),
        (project.docs / "data" / "claims" / "p0.yml", "in its own words", "in borrowed words"),
        (project.root / "scripts" / "pages" / "templates" / "table.html", "point by point", "bit by bit"),
        (project.root / "overrides" / "partials" / "footer.html", "is independent", "is on its own"),
        (project.root / "scripts" / "pages" / "words.py", "checked {claim.checked}", "looked at {claim.checked}"),
    )
    for file, old, new in changes:
        serving.change(file, old, new)
        text = new.split(" {")[0]
        page.wait_for_function("text => document.body.innerText.includes(text)", arg=text, timeout=_SOON * 1000)
    serving.change(project.docs / "assets" / "opted-in.css", ":root", "h1::after { content: 'x' }\n:root")
    mark = "getComputedStyle(document.querySelector('h1'), '::after').content"
    page.wait_for_function(f"{mark} === '\"x\"'", timeout=_SOON * 1000)
    page.close()


def test_pages_that_nobody_looks_at_follow(serving: Serving, browser: Browser) -> None:
    page = open_page(browser, serving, "timeline/")
    claims = serving.project.docs / "data" / "claims" / "p0.yml"
    serving.change(claims, "in its own words", "in borrowed words")
    base = urlsplit(serving.address).path
    for path in ("compare/r0/p0-vs-p1/", "policies/p0/"):
        serving.wait_for(partial(serving.shows, base + path, "in borrowed words"), f"{path} did not change")
    index = serving.project.site / "search" / "index.json"
    serving.wait_for(lambda: "in borrowed words" in index.read_text(), "the search index did not change")
    page.close()


def test_a_mistake_is_told_the_last_good_site_stays_and_the_next_good_save_counts(serving: Serving) -> None:
    claims = serving.project.docs / "data" / "claims" / "p0.yml"
    base = urlsplit(serving.address).path
    serving.change(claims, "evidence: read", "evidence: rumour")
    serving.wait_for_line("problems; nothing was published")
    assert sum("Mend it:" in line for line in serving.lines) >= 24, "all of them are told"
    status, _, text = serving.get(base + "policies/p0/")
    assert status == 200
    assert "in its own words" in text
    serving.change(claims, "in its own words", "in its new words")
    serving.change(claims, "evidence: rumour", "evidence: read")
    serving.wait_for(lambda: "in its new words" in serving.get(base + "policies/p0/")[2], "it did not recover")


def test_it_lives_below_the_path_of_the_public_address_and_puts_the_script_that_reloads_into_no_file(
    serving: Serving,
) -> None:
    base = urlsplit(serving.address).path
    assert base == urlsplit(SITE_URL).path
    assert serving.get("/")[:2] == (302, base)
    status, _, text = serving.get(base + "nowhere/")
    assert status == 404
    assert "This page is not here" in text
    assert serving.get("/timeline/")[0] == 404, "an address without the path must fail here as it will when published"
    assert "__live" in serving.get(base)[2]
    assert "__live" not in (serving.project.site / "index.html").read_text()


def test_a_start_with_bad_data_and_no_site_says_so_and_recovers(whole: Project) -> None:
    shutil.rmtree(whole.site)
    claims = whole.docs / "data" / "claims" / "p0.yml"
    good = claims.read_text()
    claims.write_text(good.replace("evidence: read", "evidence: rumour"))
    with serve(whole) as serving:
        base = urlsplit(serving.address).path
        assert serving.get(base)[0] == 404
        claims.write_text(good)
        serving.wait_for(lambda: serving.get(base)[0] == 200, "it did not recover")


def test_only_what_the_site_is_made_from_sets_off_a_build(tmp_path: Path) -> None:
    project = Project(tmp_path)
    wanted = Sources(project)
    assert wanted(Change.modified, str(project.config))
    assert wanted(Change.modified, str(project.docs / "data" / "events.yml"))
    assert wanted(Change.deleted, str(tmp_path / "overrides" / "main.html"))
    assert not wanted(Change.modified, str(tmp_path / "README.md"))
    assert not wanted(Change.added, str(project.docs / "assets" / "generated" / "card.png"))
    assert not wanted(Change.added, str(project.docs / ".index.md.swp"))


def test_a_browser_is_opened_only_where_somebody_can_see_it() -> None:
    assert has_desktop({"DISPLAY": ":0"}, "linux")
    assert has_desktop({}, "darwin")
    assert not has_desktop({}, "linux")
    assert not has_desktop({"DISPLAY": ":0", "CI": "true"}, "linux")
    assert not has_desktop({"DISPLAY": ":0", "SSH_CONNECTION": "1"}, "linux")
