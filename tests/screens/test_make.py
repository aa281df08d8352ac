"""Exactly what has changed is made again, the same bytes wherever it is made, and nothing half done is left."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from scripts.facts.problems import BadData
from scripts.project import Project
from scripts.screens import encode, idle, manifest, pool, work
from scripts.screens.jobs import source
from scripts.screens.make import Made, make
from tests.conftest import contents
from tests.screens import made

TODAY = dt.date(2026, 11, 22)

_MAKE = """
import datetime as dt, sys
from pathlib import Path
from scripts.project import Project
from scripts.screens.make import make
make(Project(Path(sys.argv[1])), dt.date(2026, 11, 22), say=print)
"""
_PEAKS = """
import resource
from tests.peak import peak
print(peak())
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""
_MODULES = """
import sys
from scripts.screens import check, plan, work
print(*(name.rpartition(".")[2] for name in sys.modules if name.startswith("scripts.screens.")))
"""
_LIGHT = """
import sys
import scripts.__main__
print(*({"PIL", "pydantic", "rich", "ruamel.yaml", "jinja2", "selectolax", "multiprocessing"} & set(sys.modules)))
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked here does not depend on how hard the encoder tries."""
    monkeypatch.setitem(encode._AVIF, "speed", 10)
    monkeypatch.setitem(encode._WEBP, "method", 0)
    monkeypatch.setattr(encode, "_BETTER", ())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two screens: one with all variants, one with a single raw."""
    project = made.project(tmp_path / "project")
    made.write(project, "one")
    made.write(project, "two", variants=("light@1",), spec={"crop": None})
    return project


def run(project: Project, today: dt.date = TODAY) -> Made:
    return make(project, today, say=lambda line: None)


def pictures(project: Project) -> dict[str, bytes]:
    return contents(manifest.pictures(project))


def python(code: str, *arguments: str, before: tuple[str, ...] = ()) -> str:
    command = [*before, sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, check=True, cwd=Project.here().root, capture_output=True, text=True
    ).stdout  # fmt: skip


def test_every_screen_gets_every_file_in_its_size(project: Project) -> None:
    run(project)
    files = pictures(project)
    pages = {
        f"one.{theme}.{crop}@{scale}.{kind}"
        for theme in ("light", "dark")
        for crop in ("wide", "narrow")
        for scale in (1, 2)
        for kind in ("avif", "webp")
    }
    assert {name for name in files if name.startswith("one.")} == {*pages, "one.print.png", "one.email.png"}
    sizes = {name: Image.open(io.BytesIO(data)).size for name, data in files.items()}
    for name in pages:
        width, height = (400, 240) if "wide" in name else (184, 104)
        scale = int(name[name.index("@") + 1])
        assert sizes[name] == (width * scale, height * scale), name
    assert sizes["one.print.png"] == (368, 208)  # paper has as little room as a phone
    assert sizes["one.email.png"] == (600, 240)


def test_a_second_run_makes_nothing(project: Project) -> None:
    first = run(project)
    before = pictures(project)
    again = run(project)
    assert (again.made, again.deleted, again.kept) == ([], [], len(first.made))
    assert pictures(project) == before


def test_a_screen_without_a_narrow_crop_has_no_narrow_files(project: Project) -> None:
    run(project)
    made.write_spec(project, "one", {"crop": None})
    done = run(project)
    assert list(done.made) == ["one.print.png"]
    assert sorted(done.deleted) == sorted(
        f"one.{theme}.narrow@{scale}.{kind}"
        for theme in ("light", "dark")
        for scale in (1, 2)
        for kind in ("avif", "webp")
    )


def test_a_theme_that_was_never_taken_shows_the_other_one_as_it_is(project: Project) -> None:
    run(project)
    files = pictures(project)
    for name in files:
        if name.startswith("two.light"):
            assert files[name.replace("light", "dark")] == files[name]


@pytest.mark.parametrize(
    ("variants", "theme", "scale", "chosen"),
    [
        ("light@1 light@2", "light", 1, "light@1"),
        ("light@2 light@3", "light", 1, "light@2"),
        ("light@3", "light", 2, "light@3"),
        ("light@1", "light", 2, "light@1"),
        ("dark@2 light@1", "dark", 1, "dark@2"),
        ("dark@2", "light", 2, "dark@2"),
    ],
)
def test_a_picture_is_made_from_the_nearest_raw_that_is_large_enough(
    variants: str, theme: str, scale: int, chosen: str
) -> None:
    assert source(variants.split(), theme, scale) == chosen  # type: ignore[arg-type]


def test_words_that_are_not_in_the_picture_change_no_picture(project: Project) -> None:
    run(project)
    marks = [{**mark, "say": "Something else"} for mark in made.SPEC["marks"]]
    made.write_spec(project, "one", {"marks": marks, "title": "another title", "note": "A note."})
    assert run(project).made == []


def test_a_changed_spec_makes_the_pictures_of_that_screen_anew(project: Project) -> None:
    run(project)
    marks = [made.SPEC["marks"][0], {**made.SPEC["marks"][1], "badge": "end-bottom"}]
    made.write_spec(project, "one", {"marks": marks})
    assert {name.split(".")[0] for name in run(project).made} == {"one"}


def test_a_changed_crop_for_phones_leaves_the_wide_pictures_alone(project: Project) -> None:
    run(project)
    made.write_spec(project, "one", {"crop": {"narrow": {"around": ["switch", "state"], "pad": 44}}})
    again = run(project).made
    assert len(again) == 9 and all(".narrow@" in name or name == "one.print.png" for name in again)


def test_a_changed_raw_makes_what_shows_it_anew(project: Project) -> None:
    run(project)
    data = made.read_anchors(project)
    path = project.docs / "screens" / "raw" / "one.dark@2.png"
    with Image.open(path) as opened:
        changed = opened.copy()
    changed.putpixel((799, 479), (9, 9, 9))
    changed.save(path)
    digest = manifest.inputs(project).raws["one.dark@2.png"]
    data["variants"]["dark@2"]["sha256"] = digest
    made.write_anchors(project, "one", data)
    again = run(project).made
    assert again and all(name.startswith("one.dark") and "@2" in name for name in again), again


def test_another_encoder_makes_all_anew(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    run(project)
    monkeypatch.setattr(encode, "versions", lambda: "pillow 99")
    monkeypatch.setattr(manifest, "_libraries", lambda: ["pillow 99"])
    assert len(run(project).made) == len(pictures(project))


@pytest.mark.parametrize(
    ("name", "again"),
    [("libre-franklin.woff2", True), ("draw.py", True), ("encode.py", True), ("layout.py", False), ("words.py", False)],
)
def test_another_font_or_other_code_makes_all_anew_if_pixels_depend_on_it(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str, again: bool
) -> None:
    run(project)
    real = manifest._file

    def other(file: Path) -> str:
        return "changed" if file.name == name and "facts" not in file.parts else real(file)

    monkeypatch.setattr(manifest, "_file", other)
    assert bool(run(project).made) == again


def test_the_lists_of_modules_that_decide_on_pictures_are_complete() -> None:
    loaded = set(python(_MODULES).split())
    assert loaded <= {*manifest.PIXELS, *manifest.CHECKS}


def test_a_file_that_is_missing_or_was_altered_is_made_again(project: Project) -> None:
    run(project)
    before = pictures(project)
    folder = manifest.pictures(project)
    (folder / "one.print.png").unlink()
    (folder / "two.email.png").write_bytes(b"other")
    assert sorted(run(project).made) == ["one.print.png", "two.email.png"]
    assert pictures(project) == before


def test_what_nobody_wants_any_more_is_deleted(project: Project) -> None:
    run(project)
    (manifest.pictures(project) / ".one.webp.half").write_bytes(b"left by somebody who was killed")
    for path in [*project.docs.glob("screens/two.yml"), *project.docs.glob("screens/raw/two.*")]:
        path.unlink()
    run(project)
    assert {name.split(".")[0] for name in pictures(project)} == {"one"}


def test_without_a_record_all_is_made_and_comes_out_the_same(project: Project) -> None:
    run(project)
    before = pictures(project)
    manifest.path(project).write_text("{not json", encoding="utf-8")
    assert len(run(project).made) == len(before)
    assert pictures(project) == before


def test_nothing_is_made_if_anything_is_wrong_with_any_screen(project: Project) -> None:
    made.write_spec(project, "two", {"platform": "nobody"})
    with pytest.raises(BadData) as error:
        run(project)
    assert [problem.file for problem in error.value.problems] == ["docs/screens/two.yml"]
    assert pictures(project) == {}


def test_old_pictures_stay_when_something_is_wrong(project: Project) -> None:
    run(project)
    before = pictures(project)
    made.write_spec(project, "two", {"marks": []})
    with pytest.raises(BadData):
        run(project)
    assert pictures(project) == before


def test_a_raw_that_is_no_plain_picture_stops_the_run(project: Project) -> None:
    path = project.docs / "screens" / "raw" / "two.light@1.png"
    with Image.open(path) as opened:
        grey = opened.convert("L")
    grey.save(path)
    data = made.read_anchors(project, "two")
    data["variants"]["light@1"]["sha256"] = manifest.inputs(project).raws[path.name]
    made.write_anchors(project, "two", data)
    with pytest.raises(BadData, match="not in RGB"):
        run(project)


def test_a_region_that_should_be_hidden_and_is_not_stops_the_run(tmp_path: Path) -> None:
    project = made.project(tmp_path / "project")
    redact = [{"at": [0, 30, 400, 40], "size": "row", "why": "a name"}]
    keys = {"kind": "screenshot", "page": None, "viewport": None, "redact": redact}
    made.write(project, spec=keys, variants=("light@1",))
    with pytest.raises(BadData, match="not one flat colour"):
        run(project)
    assert pictures(project) == {}


def test_a_run_that_is_stopped_keeps_what_it_made(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    real, count = work.perform, 0

    def perform(*arguments: object) -> object:
        nonlocal count
        count += 1
        if count == 4:
            raise KeyboardInterrupt
        return real(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(pool, "cores", lambda: 1)
        patched.setattr(pool, "perform", perform)
        with pytest.raises(KeyboardInterrupt):
            run(project)
    done = len(pictures(project))
    assert done
    again = run(project)
    assert again.kept == done and len(again.made) == len(pictures(project)) - done


def test_a_stopped_run_does_not_pass_for_the_state_before_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    run(project)
    before = pictures(project)
    marks = [made.SPEC["marks"][0], {**made.SPEC["marks"][1], "badge": "end-bottom"}]
    made.write_spec(project, "one", {"marks": marks})
    real, count = work.perform, 0

    def perform(*arguments: object) -> object:
        nonlocal count
        count += 1
        if count == 3:
            raise KeyboardInterrupt
        return real(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(pool, "cores", lambda: 1)
        patched.setattr(pool, "perform", perform)
        with pytest.raises(KeyboardInterrupt):
            run(project)
    made.write_spec(project, "one")
    run(project)
    assert pictures(project) == before


def test_a_worker_that_cannot_write_leaves_no_half_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        run(project)
    assert pictures(project) == {}


def test_screens_that_are_due_are_told_on_every_run_until_they_are_errors(project: Project) -> None:
    run(project)
    said: list[str] = []
    for day in ("2027-05-01", "2027-05-02", "2027-05-03"):
        make(project, dt.date.fromisoformat(day), say=said.append)
    assert len(said) == 4 and all("overdue" in line for line in said)
    with pytest.raises(BadData, match="looked at again"):
        run(project, dt.date(2027, 7, 1))


def test_the_bytes_are_the_same_in_two_processes_and_on_one_core(tmp_path: Path) -> None:
    projects = []
    for name in ("here", "there"):
        project = made.project(tmp_path / name)
        made.write(project, variants=("light@1",), spec={"crop": None})
        projects.append(project)
    python(_MAKE, str(projects[0].root))
    one_core = ("taskset", "-c", str(min(os.sched_getaffinity(0)))) if hasattr(os, "sched_setaffinity") else ()
    python(_MAKE, str(projects[1].root), before=one_core)
    assert pictures(projects[0]) == pictures(projects[1])


def test_a_run_with_nothing_to_do_loads_neither_the_model_nor_pillow(project: Project) -> None:
    assert python(_LIGHT).split() == []
    run(project)
    code = _MAKE + "\nprint(*({'PIL', 'pydantic', 'ruamel.yaml', 'multiprocessing'} & set(sys.modules)))"
    assert python(code, str(project.root)).split() == []


def test_the_verb_is_over_before_the_command_line_is_read_if_there_is_nothing_to_do(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "import sys, scripts.screens.idle\nprint(*({'typer', 'pydantic', 'PIL'} & set(sys.modules)))"
    assert python(code) == "\n"
    monkeypatch.setattr(Project, "here", lambda: project)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2026, 11, 22, tzinfo=dt.UTC).timestamp())))
    idle.leave_if_idle()  # not made yet: it comes back
    run(project)
    with pytest.raises(SystemExit) as stop:
        idle.leave_if_idle()
    assert not stop.value.code
    assert capsys.readouterr().out == f"0 pictures made, 0 deleted, {len(pictures(project))} as they were\n"
    (manifest.pictures(project) / next(iter(pictures(project)))).unlink()
    idle.leave_if_idle()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    idle.leave_if_idle()


def test_workers_end_with_whoever_started_them(project: Project) -> None:
    code = _MAKE.replace(
        "make(Project", "from scripts.screens import encode, pool\npool.cores = lambda: 2\nmake(Project"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(project.root)], cwd=Project.here().root)
    workers = wait_for(lambda: children(process.pid))
    process.kill()
    process.wait()
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def wait_for(condition: Callable[[], object], seconds: float = 60) -> list[int]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = condition()
        if found:
            return found if isinstance(found, list) else []
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def test_a_process_needs_less_than_three_hundred_megabytes(tmp_path: Path) -> None:
    project = made.project(tmp_path / "project")
    keys = {"viewport": [760, 900], "crop": {"narrow": {"around": ["switch"], "pad": 90}}}
    made.write(project, size=(760, 900), spec=keys, variants=("light@2",))
    peaks = [int(line) for line in python(_MAKE + _PEAKS, str(project.root)).split()]
    assert len(peaks) == 2 and min(peaks) > 2**20
    assert max(peaks) < 300 * 2**20


def test_the_record_says_of_each_file_what_it_was_made_from(project: Project) -> None:
    run(project)
    data = json.loads(manifest.path(project).read_bytes())
    assert set(data["files"]) == set(pictures(project))
    for name, (key, size, _) in data["files"].items():
        assert len(key) == 64 and size == len(pictures(project)[name])
