"""The checker of HTML is fetched for a run, and its answer is told; what is missing for it is named."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
from pathlib import Path

import pytest
from rich.console import Console

from scripts import validate
from scripts.validate import CannotCheck

WRONG: list[dict[str, object]] = [
    {"type": "error", "lastLine": 7, "message": "Stray end tag."},
    {"type": "error", "lastLine": 3, "message": "Stray end tag."},
    {"type": "error", "message": "Element x not allowed."},
]


class Desk:
    """A site of three files, and a folder of programs that stand in for npm and Java."""

    def __init__(self, folder: Path) -> None:
        self.site, self.programs = folder / "site", folder / "bin"
        for name in ("index.html", "a/index.html", "assets/site.css", "api/data.json"):
            (self.site / name).parent.mkdir(parents=True, exist_ok=True)
            (self.site / name).write_text("x")
        self.programs.mkdir()
        self.packed = folder / "packed.tgz"
        with tarfile.open(self.packed, "w:gz") as archive:
            archive.addfile(tarfile.TarInfo("package/build/dist/vnu.jar"), io.BytesIO())
        self.program("npm", f'cp {self.packed} "$4/x.tgz"')

    def program(self, name: str, does: str) -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\nPATH={os.defpath}\n{does}\n")
        path.chmod(0o755)

    def answer(self, messages: object) -> None:
        said = self.programs / "said.json"
        said.write_text(json.dumps({"messages": messages}))
        self.program("java", f'printf "%s\\n" "$@" > {self.programs}/asked; cat {said}')

    def run(self) -> tuple[int, str]:
        text = io.StringIO()
        found = validate.validate(self.site, Console(file=text, width=120))
        return found, text.getvalue()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path)
    monkeypatch.setenv("PATH", str(made.programs))
    monkeypatch.setattr(validate, "SHA256", hashlib.sha256(made.packed.read_bytes()).hexdigest())
    return made


def test_pages_styles_and_drawings_are_asked_about_and_data_is_not(desk: Desk) -> None:
    desk.answer([])
    assert desk.run() == (0, "3 files: 0 errors\n")
    asked = (desk.programs / "asked").read_text()
    assert [name for name in ("a/index.html", "site.css", "data.json") if name in asked] == ["a/index.html", "site.css"]


def test_each_fault_is_told_once_with_how_often_and_where(desk: Desk) -> None:
    desk.answer([{**said, "url": f"file:{desk.site}/a/index.html"} for said in WRONG])
    found, text = desk.run()
    assert found == 3
    rows = [line.replace("│", " ").split() for line in text.splitlines() if "a/index.html" in line]
    assert rows == [
        ["2", "1", "Stray", "end", "tag.", "a/index.html:3"],
        ["1", "1", "Element", "x", "not", "allowed.", "a/index.html:0"],
    ]


@pytest.mark.parametrize(("name", "named"), [("java", "Java 17"), ("npm", "npm, which fetches")])
def test_what_is_missing_is_named(desk: Desk, name: str, named: str) -> None:
    desk.answer([])
    (desk.programs / name).unlink()
    with pytest.raises(CannotCheck, match=named):
        desk.run()


def test_a_checker_with_another_hash_does_not_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.answer([])
    monkeypatch.setattr(validate, "SHA256", "0" * 64)
    with pytest.raises(CannotCheck, match="not the file that we know"):
        desk.run()
    assert not (desk.programs / "asked").exists()


def test_a_checker_that_cannot_be_fetched_or_does_not_answer_is_no_good_news(desk: Desk) -> None:
    desk.program("java", "echo too old; exit 1")
    with pytest.raises(CannotCheck, match="does not answer:\ntoo old"):
        desk.run()
    desk.program("npm", "echo no network; exit 1")
    with pytest.raises(CannotCheck, match="cannot be fetched:\nno network"):
        desk.run()


def test_without_a_site_one_is_told_to_build_it(desk: Desk) -> None:
    shutil.rmtree(desk.site)
    with pytest.raises(CannotCheck, match="make build"):
        desk.run()
