"""Packed copies say the same as the plain files, and are the smaller ones."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from scripts.pack import LEAST, pack
from tests.conftest import contents


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("<p>again and again</p>" * 200)
    (tmp_path / "feed.atom").write_text("<feed>again and again</feed>" * 100)
    (tmp_path / "small.txt").write_text("x" * (LEAST - 1))
    (tmp_path / "picture.avif").write_bytes(b"x" * 5000)
    return tmp_path


def test_each_text_has_two_packed_copies_that_unpack_to_it(site: Path) -> None:
    done = pack(site)
    assert done.files == 2
    names = set(contents(site))
    for name in ("a/index.html", "feed.atom"):
        plain = (site / name).read_bytes()
        assert gzip.decompress((site / f"{name}.gz").read_bytes()) == plain
        assert brotli.decompress((site / f"{name}.br").read_bytes()) == plain
    assert {name for name in names if name.endswith((".gz", ".br"))} == {
        f"{name}{ending}" for name in ("a/index.html", "feed.atom") for ending in (".gz", ".br")
    }
    assert 0 < done.packed[".br"] < done.packed[".gz"] < done.plain


def test_the_same_files_make_the_same_bytes_and_only_changed_ones_are_packed_anew(site: Path) -> None:
    pack(site)
    before = contents(site)
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*.gz")}
    page = site / "a" / "index.html"
    page.write_text("<p>something else</p>" * 100)
    later = page.stat().st_mtime_ns + 10**9
    os.utime(page, ns=(later, later))
    pack(site)
    changed = {name for name, data in contents(site).items() if before[name] != data}
    assert changed == {"a/index.html", "a/index.html.gz", "a/index.html.br"}
    assert (site / "feed.atom.gz").stat().st_mtime_ns == times[site / "feed.atom.gz"]


def test_nothing_to_pack_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing to pack"):
        pack(tmp_path)
