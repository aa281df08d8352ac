"""A build that fails or is killed leaves the old site alone, and a build that succeeds can be repeated."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from scripts import build as building
from scripts.build import BrokenLinks, build, put_beside
from scripts.day import which_day
from scripts.engine import EngineFailed
from scripts.facts.problems import BadData
from scripts.lock import only_one
from scripts.project import Project
from scripts.server import Served, Server, running
from tests.conftest import TODAY, contents, run_verb

# Builds, and is killed when a stage has begun and some more time has passed.
_KILLED = """
import datetime, os, signal, sys, threading
from pathlib import Path
from scripts.build import build
from scripts.project import Project
folder, fatal, seconds = sys.argv[1:]
def kill():
    os.kill(os.getpid(), signal.SIGKILL)
def say(stage):
    print(stage, flush=True)
    if stage == fatal:
        threading.Timer(float(seconds), kill).start() if float(seconds) else kill()
build(Project(Path(folder)), datetime.date(2026, 11, 22), say=say)
threading.Event().wait(5)
"""


def silent(stage: str) -> None:
    pass


@pytest.mark.parametrize(
    ("stage", "seconds"),
    [("render", 0), ("engine", 0), ("engine", 0.1), ("engine", 0.3), ("links", 0), ("publish", 0), ("swap", 0)],
)
def test_a_build_that_is_killed_leaves_the_old_site_whole_and_served(
    small: Project, stage: str, seconds: float
) -> None:
    old = contents(small.site)
    (small.docs / "index.md").open("a").write("\nNew words.\n")
    with running(Server(Served(small.site))) as server:
        command = [sys.executable, "-c", _KILLED, str(small.root), stage, str(seconds)]
        done = subprocess.run(command, check=False, cwd=Project.here().root, capture_output=True, text=True)
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert done.stdout.split()[-1] == stage
        assert contents(small.site) == old
        with urlopen(server.address) as answer:
            assert answer.read() == old["index.html"]


def test_the_build_after_a_killed_one_succeeds_and_leaves_nothing_of_it_behind(small: Project) -> None:
    (small.docs / "index.md").open("a").write("\nNew words.\n")
    command = [sys.executable, "-c", _KILLED, str(small.root), "engine", "0.4"]
    subprocess.run(command, check=False, cwd=Project.here().root, capture_output=True)
    build(small, TODAY, say=silent)
    assert "New words." in (small.site / "index.html").read_text(encoding="utf-8")
    assert not (small.build / building.STAGED).exists()


def test_a_build_waits_for_the_engine_that_a_killed_one_left_running(small: Project) -> None:
    slow = small.root / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 3\n")
    slow.chmod(0o755)
    code = "import os, sys; from pathlib import Path; from scripts import engine; from scripts.lock import only_one\n"
    code += "from scripts.project import Project\n"
    code += "with only_one(Project(Path(sys.argv[1])), print):\n  print('held', flush=True)\n"
    code += "  engine.sys.executable = sys.argv[1] + '/slow'\n  engine.spawned([], Path(sys.argv[1]), os.environ, "
    code += "open(os.devnull, 'wb'))"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(small.root)], cwd=Project.here().root, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        time.sleep(0.5)
        holder.kill()
        holder.wait()
        said: list[str] = []
        begun = time.monotonic()
        with only_one(small, said.append):
            waited = time.monotonic() - begun
        assert said == ["wait for another build"]
        assert waited > 1


def test_bad_data_stops_the_build_and_leaves_the_old_site_alone(small: Project) -> None:
    old = contents(small.site)
    claims = small.docs / "data" / "claims" / "p0.yml"
    claims.write_text(claims.read_text().replace('state: "yes"', "state: yes").replace("q1\n", "q99\n"))
    with pytest.raises(BadData) as error:
        build(small, TODAY, say=silent)
    rules = {problem.rule for problem in error.value.problems}
    assert {"state", "unknown question"} <= rules, "one run shows them all"
    assert contents(small.site) == old


def test_a_warning_of_the_engine_stops_the_build_is_told_and_leaves_the_old_site_alone(small: Project) -> None:
    old = contents(small.site)
    (small.docs / "index.md").open("a").write("\n[Gone](nowhere.md)\n")
    with pytest.raises(EngineFailed) as error:
        build(small, TODAY, say=silent)
    assert "nowhere.md" in str(error.value)
    assert "INFO" not in str(error.value)
    assert contents(small.site) == old


def test_a_broken_link_in_html_stops_the_build_and_leaves_the_old_site_alone(small: Project) -> None:
    old = contents(small.site)
    (small.docs / "index.md").open("a").write('\n<p><a href="timeline/#no-such-event">Then</a></p>\n')
    with pytest.raises(BrokenLinks) as error:
        build(small, TODAY, say=silent)
    assert "no-such-event" in str(error.value)
    assert contents(small.site) == old


def test_a_fragment_that_nobody_makes_stops_the_build(small: Project) -> None:
    old = contents(small.site)
    (small.docs / "index.md").open("a").write('\n--8<-- "index/no-such-part.md"\n')
    with pytest.raises(BadData, match="no-such-part"):
        build(small, TODAY, say=silent)
    assert contents(small.site) == old


def test_a_fragment_that_vanishes_stops_the_build(small: Project) -> None:
    old = contents(small.site)

    def lose(stage: str) -> None:
        if stage == "engine":
            (small.fragments / "timeline" / "timeline.md").unlink()

    with pytest.raises(EngineFailed, match=r"timeline/timeline\.md"):
        build(small, TODAY, say=lose)
    assert contents(small.site) == old


def test_a_fact_that_no_page_shows_stops_the_build(small: Project) -> None:
    page = small.docs / "timeline.md"
    page.write_text(page.read_text().replace('--8<-- "timeline/timeline.md"', ""))
    with pytest.raises(BadData, match="timeline"):
        build(small, TODAY, say=silent)


def test_two_builds_in_two_folders_are_the_same_to_the_byte(small: Project, tmp_path: Path) -> None:
    epoch = str(int(dt.datetime(2027, 1, 5, 15, tzinfo=dt.UTC).timestamp()))  # another day than today
    other = Project(tmp_path / "a folder with a much longer name" / "below")
    shutil.copytree(small.root, other.root, ignore=shutil.ignore_patterns("build", "site"))
    for project, zone in ((small, "Pacific/Auckland"), (other, "America/Los_Angeles")):
        code = "import os, sys; from pathlib import Path\nfrom scripts.build import build\n"
        code += "from scripts.day import which_day\n"
        code += "from scripts.project import Project\n"
        code += "build(Project(Path(sys.argv[1])), which_day(None, os.environ), say=print)"
        subprocess.run(
            [sys.executable, "-c", code, str(project.root)],
            check=True,
            cwd=Project.here().root,
            env={**os.environ, "SOURCE_DATE_EPOCH": epoch, "TZ": zone, "PYTHONHASHSEED": "random"},
            stdout=subprocess.DEVNULL,
        )
        time.sleep(1.1)  # a file time that found its way in would now differ
    one, two = contents(small.site), contents(other.site)
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert len(one) > 20
    assert b"Expires: 2027-07-04T" in one[".well-known/security.txt"]  # 180 days later
    assert b"2027" not in one["sitemap.xml"]


def test_the_day_asked_for_decides_what_is_overdue(whole: Project) -> None:
    page = whole.fragments / "about" / "open-questions" / "overdue.md"
    for day, late in (("2026-11-22", False), ("2027-11-22", True)):
        done = run_verb(whole, "render", "--as-of", day)
        assert done.returncode == 0, done.stderr
        assert ("p0-q0-0" in page.read_text(encoding="utf-8")) is late


def test_the_day_is_the_one_asked_for_then_that_of_the_environment_then_the_calendars() -> None:
    day, epoch = dt.date(2026, 11, 22), {"SOURCE_DATE_EPOCH": "1790000000"}
    assert which_day(day, epoch) == day
    assert which_day(None, epoch) == dt.datetime.fromtimestamp(1790000000, dt.UTC).date()
    assert which_day(None, {}) == dt.date.today()
    with pytest.raises(ValueError, match="soon"):
        which_day(None, {"SOURCE_DATE_EPOCH": "soon"})


def test_all_problems_are_printed_to_stderr_with_file_line_and_cure(whole: Project) -> None:
    claims = whole.docs / "data" / "claims" / "p1.yml"
    claims.write_text(claims.read_text().replace("evidence: read", "evidence: rumour"))
    done = run_verb(whole, "build")
    assert done.returncode == 1
    for number, line in enumerate(claims.read_text().splitlines(), 1):
        if "rumour" in line:
            assert f"\ndocs/data/claims/p1.yml:{number}: evidence" in "\n" + done.stderr
    assert f"{done.stderr.count('Mend it:')} problems" in done.stderr
    assert "rumour" not in done.stdout
    assert "Traceback" not in done.stderr


def test_what_is_made_beside_the_pages_takes_the_place_of_none(tmp_path: Path) -> None:
    made, staged = tmp_path / "made", tmp_path / "staged"
    for folder in (made, staged):
        (folder / "a").mkdir(parents=True)
        (folder / "a" / "index.html").write_text(folder.name)
    (made / "new.json").write_text("{}")
    with pytest.raises(FileExistsError, match=r"a/index\.html is a page"):
        put_beside(made, staged)
    assert (staged / "a" / "index.html").read_text() == "staged"
    (made / "a" / "index.html").unlink()
    put_beside(made, staged)
    assert (staged / "new.json").read_text() == "{}"
    assert not made.exists()
