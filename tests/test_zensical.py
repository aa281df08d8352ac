"""Zensical is started so that it builds what was written for MkDocs, and leaves no trace of how."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import zensical

# Addresses as our HTML has them: to pages and pictures nearby, and complete ones, which it would leave alone anyway.
NEARBY = ("../../c/li-ms-ai-uk/", "../", "./", "calendar.ics", "assets/a.png", "../b/?x=1#y")
COMPLETE = (
    "#top",
    "https://example.org/a/",
    "mailto:a@example.org",
    "data:image/png;base64,AA",
    "/below/",
    "//example.org/",
)


@pytest.mark.parametrize("address", NEARBY)
@pytest.mark.parametrize("name", ["href", "src", "poster"])
def test_an_address_nearby_reads_as_a_complete_one(name: str, address: str) -> None:
    assert zensical.mark(f'<a x="y" {name}="{address}">') == f'<a x="y" {name}="{zensical.MARK}{address}">'


@pytest.mark.parametrize("address", COMPLETE)
def test_a_complete_address_stays(address: str) -> None:
    assert zensical.mark(f'<a href="{address}">') == f'<a href="{address}">'


def test_each_picture_of_a_set_is_marked() -> None:
    marked = zensical.mark('<img srcset="../a@1.avif 1x, ../a@2.avif 2x">')
    assert marked == f'<img srcset="{zensical.MARK}../a@1.avif 1x, {zensical.MARK}../a@2.avif 2x">'


@given(st.lists(st.sampled_from([f'<a href="{a}">' for a in NEARBY + COMPLETE] + ["text, with commas", "<p>", '"'])))
def test_taking_the_marks_out_gives_what_there_was(parts: list[str]) -> None:
    html = " ".join(parts)
    assert zensical.unmark(zensical.mark(html)) == html


def test_it_is_given_settings_and_marks_and_leaves_neither(tmp_path: Path) -> None:
    config, fragment = tmp_path / "mkdocs.yml", tmp_path / "build" / "fragments" / "a.md"
    settings = "theme:\n  name: material\n"
    config.write_text(settings, encoding="utf-8")
    fragment.parent.mkdir(parents=True)
    fragment.write_text('<a href="../x/">x</a>', encoding="utf-8")
    program = tmp_path / "borrowed" / "bin" / "zensical"  # it copies what it is given into the site
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nmkdir -p build/staged; cp build/fragments/a.md build/staged/index.html; cat "$4"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)

    arguments = ["build", "--strict", "--config-file", str(config), "--site-dir", str(tmp_path / "build" / "staged")]
    with (tmp_path / "said").open("w+b") as out:
        started = zensical.launch(tmp_path / "borrowed")(arguments, tmp_path, os.environ, out)
        assert started.wait() == 0
        out.seek(0, io.SEEK_SET)
        said = out.read().decode()
    assert said.endswith(f"site_dir: {Path('build', 'staged')}\n") and "  variant: classic\n" in said
    for path in (fragment, tmp_path / "build" / "staged" / "index.html"):
        assert path.read_text(encoding="utf-8") == '<a href="../x/">x</a>'
    assert config.read_text(encoding="utf-8") == settings and not (tmp_path / "zensical.yml").exists()


def test_one_that_is_stopped_leaves_the_fragments_as_they_were(tmp_path: Path) -> None:
    config, fragment = tmp_path / "mkdocs.yml", tmp_path / "build" / "fragments" / "a.md"
    config.write_text("theme:\n  name: material\n", encoding="utf-8")
    fragment.parent.mkdir(parents=True)
    fragment.write_text('<a href="../x/">x</a>', encoding="utf-8")
    program = tmp_path / "bin" / "zensical"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    arguments = ["build", "--config-file", str(config), "--site-dir", str(tmp_path / "site")]
    with (tmp_path / "said").open("wb") as out:
        started = zensical.launch(tmp_path)(arguments, tmp_path, os.environ, out)
        assert zensical.MARK in fragment.read_text(encoding="utf-8")
        started.stop()
    assert fragment.read_text(encoding="utf-8") == '<a href="../x/">x</a>'


def test_one_that_cannot_be_started_leaves_the_fragments_as_they_were(tmp_path: Path) -> None:
    config, fragment = tmp_path / "mkdocs.yml", tmp_path / "build" / "fragments" / "a.md"
    config.write_text("theme:\n  name: material\n", encoding="utf-8")
    fragment.parent.mkdir(parents=True)
    fragment.write_text('<a href="../x/">x</a>', encoding="utf-8")
    arguments = ["build", "--config-file", str(config), "--site-dir", str(tmp_path / "site")]
    with (tmp_path / "said").open("wb") as out, pytest.raises(FileNotFoundError):
        zensical.launch(tmp_path / "nothing")(arguments, tmp_path, os.environ, out)
    assert fragment.read_text(encoding="utf-8") == '<a href="../x/">x</a>'
    assert not (tmp_path / "zensical.yml").exists()
