"""Raw pictures of our drawings: the same bytes each time, names as the browser knows them, no fault left unsaid."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from scripts.facts.problems import BadData, Problem
from scripts.picture import chromium
from scripts.project import Project
from scripts.screens import load
from scripts.screens.capture import capture
from scripts.screens.drawing import file_of, fingerprint, state_of
from scripts.screens.lens import ARGUMENTS
from tests.conftest import contents

SPEC = """\
schema: 1
kind: schematic
platform: acme
surface: web
language: en
title: the switch
sources: [s-policy]
labels: own
captured: 2026-11-01
verified: 2026-10
review_by: 2027-05-01
page: {page}
viewport: [200, 120]
marks:
  - {{at: {at}, say: The switch}}
"""
PAGE = """\
<!doctype html>
<html lang="en" data-states="on off">
<meta charset="utf-8">
<link rel="stylesheet" href="small.css">
<body>
<p id="text">Use <b>my</b>   data</p>
<button role="switch" aria-checked="true" aria-labelledby="text" data-anchor="switch" aria-label="Not this"></button>
<h2 data-anchor="title">Data</h2>
<script>document.body.dataset.now = new URLSearchParams(location.search).get("show")</script>
</body>
</html>
"""
STYLE = """\
body { margin: 10px; font: 16px/20px sans-serif; background: white }
p, h2 { margin: 0; font-size: 16px }
button { box-sizing: border-box; display: block; width: 40px; height: 20px; margin: 4px 0 0 0.25px; border: 1px solid }
[data-now=off] button { background: black }
@media (prefers-color-scheme: dark) { body { background: black; color: white } }
"""

Start = Callable[[], Browser]


@pytest.fixture(scope="module")
def start(browser: Browser) -> Iterator[Start]:
    """Starts a browser with the settings of a capture."""
    started: list[Browser] = []

    def one() -> Browser:
        started.append(browser.browser_type.launch(executable_path=chromium(), args=list(ARGUMENTS)))
        return started[-1]

    yield one
    for each in started:
        each.close()


@pytest.fixture(scope="module")
def running(start: Start) -> Browser:
    return start()


def small(root: Path) -> Path:
    """A folder of screens with one page and one spec."""
    folder = root / "docs" / "screens"
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "small.css").write_text(STYLE)
    (folder / "pages" / "acme.html").write_text(PAGE)
    add(folder, "acme-switch")
    return folder


def add(folder: Path, name: str, *, at: str = "switch", page: str = "acme.html?show=on", html: str = "") -> None:
    """One more screen; with `html`, on a page of its own."""
    if html:
        page = page if page.startswith(name) else f"{name}.html"
        (folder / "pages" / f"{name}.html").write_text(
            f"<!doctype html><link rel=stylesheet href=small.css><body>{html}</body>"
        )
    (folder / f"{name}.yml").write_text(SPEC.format(at=at, page=page))


def take(folder: Path, browser: Browser, *names: str) -> list[str]:
    return capture(folder, names or None, lambda _: None, browser=browser)


def problems(folder: Path, browser: Browser, *names: str) -> list[Problem]:
    with pytest.raises(BadData) as caught:
        take(folder, browser, *names)
    return list(caught.value.problems)


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory, running: Browser) -> Path:
    """Two screens of one page, captured. Tests leave them as they are."""
    folder = small(tmp_path_factory.mktemp("taken"))
    add(folder, "acme-off", page="acme.html?show=off")
    assert take(folder, running) == ["acme-off", "acme-switch"]
    return folder


def anchors(folder: Path, name: str = "acme-switch") -> Any:
    return json.loads((folder / "raw" / f"{name}.anchors.json").read_bytes())


def test_a_second_capture_touches_nothing(taken: Path, running: Browser) -> None:
    times = {path: path.stat().st_mtime_ns for path in (taken / "raw").iterdir()}
    assert len(times) == 10
    told: list[str] = []
    assert capture(taken, None, told.append, browser=running) == [] == told
    assert {path: path.stat().st_mtime_ns for path in (taken / "raw").iterdir()} == times


def test_another_browser_and_folder_give_the_same_bytes(taken: Path, start: Start, tmp_path: Path) -> None:
    folder, told = small(tmp_path), list[str]()
    assert capture(folder, None, told.append, browser=start()) == ["acme-switch"] == told
    same = contents(taken / "raw")
    assert contents(folder / "raw") == {name: same[name] for name in same if name.startswith("acme-switch.")}


def test_raws_are_plain_pictures_in_two_themes_and_scales_with_anchors_in_their_own_pixels(
    taken: Path, running: Browser
) -> None:
    known = anchors(taken)
    assert known["made_with"] == f"Chromium {running.version}"
    assert known["page_sha256"] == fingerprint(taken / "pages" / "acme.html", "on")
    grounds = set()
    for variant, scale in (("light@1", 1), ("light@2", 2), ("dark@1", 1), ("dark@2", 2)):
        path = taken / "raw" / f"acme-switch.{variant}.png"
        assert chunks(path.read_bytes()) == {"IHDR", "IDAT", "IEND"}
        with Image.open(path) as image:
            assert (image.mode, image.size) == ("RGB", (200 * scale, 120 * scale))
            grounds.add((variant[:4], image.getpixel((0, 0))))
        assert known["variants"][variant]["size"] == [200 * scale, 120 * scale]
        rect = known["variants"][variant]["anchors"]["switch"]["rect"]
        assert rect == [10.25 * scale, 34 * scale, 40 * scale, 20 * scale]
    assert grounds == {("ligh", (255, 255, 255)), ("dark", (0, 0, 0))}


def chunks(png: bytes) -> set[str]:
    found, at = set(), 8
    while at < len(png):
        found.add(png[at + 4 : at + 8].decode())
        at += 12 + int.from_bytes(png[at : at + 4])
    return found


def test_roles_and_names_are_those_that_the_browser_tells_a_screen_reader(taken: Path) -> None:
    found = anchors(taken)["variants"]["dark@2"]["anchors"]
    assert {name: (one["role"], one["name"]) for name, one in found.items()} == {
        "switch": ("switch", "Use my data"),  # as aria-labelledby says, which outdoes aria-label
        "title": ("heading", "Data"),
    }


def test_the_address_chooses_the_state_of_the_page(taken: Path) -> None:
    on, off = (taken / "raw" / f"{name}.light@1.png" for name in ("acme-switch", "acme-off"))
    assert on.read_bytes() != off.read_bytes()


BUTTON = "<button data-anchor=switch></button>"
ASTRAY = """\
<style>@media (prefers-color-scheme: dark) { #dark { display: none } }</style>
<button data-anchor=switch></button>
<button data-anchor=twice></button><button data-anchor=twice></button>
<i data-anchor=empty></i>
<button data-anchor=outside style='margin-left: 170px'></button>
<div style='position: relative'><button data-anchor=below></button>
<i style='position: absolute; inset: 0; pointer-events: none'></i></div>
<button data-anchor=clear style='opacity: 0'></button>
<button data-anchor=dark id=dark></button>
"""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good screen, and others with each fault that there can be."""
    folder = small(tmp_path_factory.mktemp("faulty"))
    (folder / "pages" / "small.css").write_text(STYLE + "button { height: 6px; margin-top: 2px }")
    add(folder, "astray", at="swich", html=ASTRAY)
    with (folder / "astray.yml").open("a") as spec:
        for name in ("twice", "empty", "outside", "below", "clear", "dark"):
            spec.write(f"  - {{at: {name}, say: This}}\n")
        spec.write("crop: {narrow: {around: [switch, nowhere]}}\nkeep_clear: [neither]\n")
    add(folder, "state", page="acme.html?show=onn")
    add(folder, "stateless", page="acme.html")
    add(folder, "no-states", page="no-states.html?show=on", html=BUTTON)
    add(folder, "no-page", page="acne.html")
    add(folder, "beyond", page="../../secret.html")
    add(folder, "script", html=f"{BUTTON}<script>nothing.at.all()</script>")
    add(folder, "stuck", html=f"{BUTTON}<script>Object.defineProperty(document, 'fonts', {{ value: null }})</script>")
    add(folder, "lost", html=f"{BUTTON}<img src=lost.png>")
    (folder / "broken.yml").write_text("schema: 1\nkind: schematic\npage: acme.html\nview: [1, 2]\n")
    (folder.parent / "secret.html").write_text(BUTTON)
    return folder


@pytest.fixture(scope="module")
def said(faulty: Path, running: Browser) -> list[Problem]:
    """What one capture of them says."""
    return problems(faulty, running)


def test_everything_wrong_is_said_in_one_go_with_file_and_line_and_nothing_is_written(
    said: list[Problem], faulty: Path
) -> None:
    expected = [
        ("astray", 15, "no anchor"),
        ("astray", 16, "double anchor"),
        ("astray", 17, "no size"),
        ("astray", 18, "off canvas"),
        ("astray", 19, "covered"),
        ("astray", 20, "covered"),
        ("astray", 21, "no size"),
        ("astray", 22, "no anchor"),
        ("astray", 23, "no anchor"),
        ("beyond", 12, "no page"),
        ("broken", 4, "unknown key"),
        ("lost", 12, "absent"),
        ("no-page", 12, "no page"),
        ("no-states", 12, "state"),
        ("script", 12, "script"),
        ("state", 12, "state"),
        ("stateless", 12, "state"),
        ("stuck", 12, "script"),
    ]
    found = [(problem.file, problem.line, problem.rule) for problem in said if problem.rule != "missing key"]
    assert found == [(f"screens/{name}.yml", line, rule) for name, line, rule in expected]
    assert not (faulty / "raw").exists()


def test_a_problem_says_what_was_probably_meant_and_which_variants_have_it(said: list[Problem]) -> None:
    found = {(problem.file.removeprefix("screens/"), problem.line): problem for problem in said}
    assert found["astray.yml", 15].cure == 'did you mean "switch"?'
    assert found["state.yml", 12].cure == 'did you mean "on"?'
    assert found["no-page.yml", 12].cure == 'did you mean "acme.html"?'
    assert "(in" not in found["astray.yml", 17].what
    assert found["astray.yml", 21].what.endswith("(in dark@1, dark@2)")


def test_a_page_reaches_nobody_and_its_attempts_are_faults(tmp_path: Path, running: Browser) -> None:
    folder, asked = small(tmp_path), list[str]()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there = f"127.0.0.1:{server.server_port}"
        add(
            folder,
            "leak",
            html=f"{BUTTON}<img src=http://{there}/picture><link rel=stylesheet href=http://{there}/style>"
            f"<link rel=preconnect href=http://{there}><script>new WebSocket('ws://{there}/socket');"
            f"navigator.sendBeacon('http://{there}/beacon')</script>",
        )
        found = problems(folder, running, "leak")
        server.shutdown()
    assert asked == []
    assert {(problem.file, problem.line, problem.rule) for problem in found} == {("screens/leak.yml", 12, "elsewhere")}
    said = " ".join(problem.what for problem in found)
    assert all(f"{there}/{path}" in said for path in ("picture", "style", "socket", "beacon"))


def test_only_those_that_are_named_are_taken(tmp_path: Path, running: Browser) -> None:
    folder = small(tmp_path)
    add(folder, "faulty", at="nowhere")
    (folder / "broken.yml").write_text("schema: 2")
    assert take(folder, running, "acme-switch") == ["acme-switch"]


def test_wrong_names_are_faults(tmp_path: Path, running: Browser) -> None:
    folder = small(tmp_path)
    shot = SPEC.format(at="switch", page="x").replace("schematic", "screenshot")
    lines = [line for line in shot.splitlines() if not line.startswith(("page", "viewport"))]
    (folder / "shot.yml").write_text("\n".join(lines))
    found = {problem.file: problem for problem in problems(folder, running, "acme-swich", "shot")}
    assert found["screens/acme-swich.yml"].cure == 'did you mean "acme-switch"?'
    assert "screenshot" in found["screens/shot.yml"].what


def test_every_state_of_our_drawings_is_shown() -> None:
    folder = Project.here().docs / "screens"
    specs, _ = load.specs(folder)
    used = {(page.name, state_of(spec)) for spec, _ in specs.values() if (page := file_of(folder, spec))}
    drawn = set()
    for page in (folder / "pages").glob("*.html"):
        states = page.read_text(encoding="utf-8").split('data-states="')[1].split('"')[0]
        drawn |= {(page.name, state) for state in states.split()}
    assert used == drawn
