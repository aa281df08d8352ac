"""A bare machine gets what it needs, once, and again when it must."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import bootstrap
from scripts.project import Project

pytestmark = pytest.mark.xdist_group("bootstrap")


def run(root: Path) -> subprocess.CompletedProcess[str]:
    # Without uv: the plain way is the one that every machine has.
    environ = {**os.environ, "PATH": "/usr/bin:/bin"}
    command = [sys.executable, str(root / "scripts" / "bootstrap.py")]
    return subprocess.run(command, check=False, env=environ, capture_output=True, text=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with nothing but the script, a lock that asks for nothing, so that no network is needed, and an
    environment. To make one takes ten seconds: these tests share it, and each leaves it in step."""
    root = tmp_path_factory.mktemp("checkout")
    (root / "scripts").mkdir()
    shutil.copy(Project.here().root / "scripts" / "bootstrap.py", root / "scripts")
    (root / "requirements.lock").write_text("# nothing\n")
    half = root / ".venv" / "bin" / "python"  # somebody stopped it the first time
    half.parent.mkdir(parents=True)
    half.touch()
    done = run(root)
    assert done.returncode == 0, done.stderr
    assert "Making" in done.stdout
    return root


def test_of_a_half_made_environment_it_makes_a_whole_one_and_then_does_nothing(made: Path) -> None:
    assert bootstrap.in_step(made)
    subprocess.run([made / ".venv" / "bin" / "python", "-c", "import pip"], check=True)
    done = run(made)
    assert (done.returncode, done.stdout) == (0, "")


def test_it_installs_what_changed(made: Path) -> None:
    (made / "requirements.lock").write_text("# nothing, but other words\n")
    assert not bootstrap.in_step(made)
    done = run(made)
    assert done.returncode == 0
    assert "Installing" in done.stdout
    assert "Making" not in done.stdout
    assert bootstrap.in_step(made)


def test_libraries_that_cannot_be_installed_are_told_and_tried_again(made: Path) -> None:
    before = (made / "requirements.lock").read_text()
    (made / "requirements.lock").write_text("./no-such-library.whl\n")
    for _ in range(2):
        done = run(made)
        assert done.returncode == 1
        assert "could not be installed" in done.stderr
        assert not bootstrap.in_step(made)
    (made / "requirements.lock").write_text(before)
    assert run(made).returncode == 0
    assert bootstrap.in_step(made)


def test_it_mends_what_broke(made: Path) -> None:
    (made / ".venv" / "bin" / "python").unlink()
    (made / ".venv" / "bin" / "python").symlink_to("/nowhere/python")
    assert not bootstrap.in_step(made)
    done = run(made)
    assert done.returncode == 0, done.stderr
    assert "making it again" in done.stdout
    assert bootstrap.in_step(made)


def test_a_checkout_that_was_moved_is_not_in_step(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    (old / ".venv" / "bin").mkdir(parents=True)
    (old / ".venv" / "bin" / "python").touch()
    (old / "requirements.lock").touch()
    bootstrap.write_stamp(old)
    assert bootstrap.in_step(old)
    old.rename(new)
    assert not bootstrap.in_step(new)


def test_an_old_python_looks_for_a_newer_one_and_is_not_fooled_by_a_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in, real = tmp_path / "python3.13", tmp_path / "python3.12"
    stand_in.write_text("#!/bin/sh\necho not installed >&2\nexit 127\n")
    real.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    for path in (stand_in, real):
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.find_python() == str(real)
    real.unlink()
    with pytest.raises(bootstrap.Failed, match="Get it:"):
        bootstrap.find_python()


def test_it_needs_nothing_but_the_standard_library() -> None:
    script = Project.here().root / "scripts" / "bootstrap.py"
    code = f"import runpy; runpy.run_path({str(script)!r}, run_name='looked at')"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
