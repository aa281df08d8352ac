"""The machine's lacks are named, each with its cure."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from scripts import doctor
from scripts.copies import add_tools
from scripts.project import Project
from scripts.server import LOOPBACK
from tests.conftest import run_verb


def program(folder: Path, name: str, *, works: bool = True, says: str = "Chromium 156.0") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {0 if works else 1}\n")
    path.chmod(0o755)
    return path


def test_the_browser_that_is_named_comes_before_the_one_on_the_path(tmp_path: Path) -> None:
    named, system = program(tmp_path / "own", "mine"), program(tmp_path / "bin", "chromium")
    path = str(tmp_path / "bin")
    assert doctor.find_chromium({"CHROMIUM": str(named), "PATH": path}) == named
    assert doctor.find_chromium({"PATH": path}) == system
    assert doctor.find_chromium({"CHROMIUM": str(tmp_path / "nowhere"), "PATH": path}) == system


def test_a_stub_that_only_says_how_to_install_a_browser_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "chromium", works=False)
    program(tmp_path / "bin", "chromium-browser", says="please install the snap")
    chrome = program(tmp_path / "bin", "google-chrome", says="Google Chrome 156")
    path = {"PATH": str(tmp_path / "bin")}
    assert doctor.find_chromium(path) == chrome
    chrome.unlink()
    monkeypatch.setattr(doctor, "playwright_chromium", lambda: None)
    assert doctor.find_chromium(path) is None


def test_playwrights_own_browser_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = program(tmp_path / "own", "chrome")
    monkeypatch.setattr(doctor, "playwright_chromium", lambda: own)
    assert doctor.find_chromium({"PATH": str(tmp_path)}) == own


def test_the_system_is_asked_for_a_browser_only_by_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert [what for what, _ in doctor.attempts()] == ["Chromium from Playwright …"]
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    tried = [what for what, _ in doctor.attempts()]
    assert tried == ["Chromium from Playwright …", f"{doctor.SHELL} from the system …", "chromium from the system …"]


def test_a_browser_without_windows_is_got_by_root_and_its_want_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    ran: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        ran.append(command)
        return subprocess.CompletedProcess(command, 100, b"", b"no network")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(shutil, "which", lambda name: None if name == doctor.SHELL else f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    doctor.get_shell(said.append)
    assert said == []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    doctor.get_shell(said.append)
    assert ran == [["/usr/bin/apt-get", "install", "-qq", "-y", "--no-install-recommends", doctor.SHELL]]
    assert said[-1] == "  It cannot be had. The other browser does as well."


def test_attempts_go_on_until_one_brings_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made"
    fails, works = ["sh", "-c", "echo no way >&2; exit 3"], ["touch", str(made)]
    never = ["touch", str(tmp_path / "never")]
    monkeypatch.setattr(doctor, "attempts", lambda: [("one", (fails,)), ("two", (works,)), ("three", (never,))])
    monkeypatch.setattr(doctor, "find_chromium", lambda: made if made.exists() else None)
    said: list[str] = []
    assert doctor.get_chromium(said.append) == made
    assert said == ["one", "  no way", "two"]
    assert not (tmp_path / "never").exists()


def test_whatever_is_missing_comes_with_a_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.lock").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    for finding in (doctor.environment(tmp_path), doctor.chromium(None), doctor.tool("git"), doctor.tool("make")):
        assert not finding.ok
        assert finding.cure


def test_a_port_in_use_is_told_and_is_no_fault() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        finding = doctor.port(taken.getsockname()[1])
    assert finding.ok
    assert "taken" in finding.detail


def test_the_verb_ends_with_1_if_something_is_missing_and_says_how_to_get_it(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "requirements.lock").touch()
    add_tools(Project.here(), project)
    done = run_verb(project, "doctor")
    assert done.returncode == 1
    assert "make setup" in done.stdout


def test_a_machine_whose_letters_are_wider_than_those_of_most_readers_is_told_so_and_root_gets_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    program(folder, "fc-match", says="Liberation Sans")
    assert doctor.typeface().ok
    program(folder, "fc-match", says="DejaVu Sans")
    assert not doctor.typeface().ok and doctor.TYPEFACE in doctor.typeface().cure

    asked = tmp_path / "asked"
    (program(folder, "apt-get")).write_text(f'#!/bin/sh\necho "$@" > {asked}\n')
    said: list[str] = []
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    doctor.get_typeface(said.append)
    assert not asked.exists() and said == []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    doctor.get_typeface(said.append)
    assert asked.read_text().split()[-1] == doctor.TYPEFACE and len(said) == 1
