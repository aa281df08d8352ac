"""What is no plain still picture, or would overwrite something, does not come in, and leaves nothing behind."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from scripts.project import Project
from scripts.screens import files, opened
from scripts.screens.model import Redaction
from scripts.screens.opened import Refused
from tests.conftest import contents
from tests.screens import strange, taken
from tests.screens.taken import MARKED, SIZE, png, take, write


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return taken.checkout(tmp_path / "checkout")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return tmp_path / "outside"


def gif() -> bytes:
    return strange.saved(strange.picture(), "gif")


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (64, 64), (shade, 9, 9)) for shade in (10, 200)]
    return strange.saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def flipped(data: bytes) -> bytes:
    at = data.index(b"IDAT") + 9
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def sized(width: int, height: int) -> bytes:
    return strange.png([strange.header(width, height), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")])


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a GIF": ("x.gif", gif, "give a PNG"),
    "a GIF called PNG": ("x.png", gif, "content is none of these"),
    "a PNG called JPEG": ("x.jpg", lambda: png(strange.picture()), "is called jpeg, and is png"),
    "a JPEG called WebP": ("x.webp", lambda: strange.saved(strange.picture(), "jpeg"), "is called webp, and is jpeg"),
    "a drawing in SVG": ("x.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "give a PNG"),
    "a page called PNG": ("x.png", lambda: b"<!doctype html>", "content is none of these"),
    "an empty file": ("x.png", lambda: b"", "content is none of these"),
    "an animated PNG": ("x.png", lambda: animated("png"), "it is animated"),
    "an animated WebP": ("x.webp", lambda: animated("webp"), "it is animated"),
    "an animated AVIF": ("x.avif", lambda: animated("avif"), "it is animated|more than one picture"),
    "inks for print": ("x.jpg", lambda: strange.saved(Image.new("CMYK", (64, 64)), "jpeg"), "inks for print"),
    "no pixels": ("x.png", lambda: sized(0, 10), "it is 0 x 10 pixels"),
    "50,000 pixels on a side": ("x.png", lambda: sized(50_000, 10), "it is 50000 x 10 pixels"),
    "more than 40 million pixels": ("x.png", lambda: sized(8000, 5001), "40 million"),
    "half a file": ("x.png", lambda: png(strange.picture())[:200], "cut short"),
    "a changed bit": ("x.png", lambda: flipped(png(strange.picture())), "checksum"),
    "half a JPEG": ("x.jpg", lambda: strange.saved(strange.picture(), "jpeg")[:-200], "cannot be decoded"),
    "colours of another kind": (
        "x.png",
        lambda: strange.with_chunks(png(strange.picture()), (b"cICP", bytes((9, 16, 0, 1)))),
        "not sRGB",
    ),
    "a profile for inks": (
        "x.png",
        lambda: strange.saved(strange.picture(), "png", icc_profile=strange.profile().replace(b"RGB ", b"CMYK")),
        "cannot be decoded|profile",
    ),
    "a profile that is none": (
        "x.png", lambda: strange.saved(strange.picture(), "png", icc_profile=b"x" * 200), "cannot be decoded"
    ),
    "16 bits with a clear colour": (
        "x.png",
        lambda: strange.png([
            strange.header(1, 1, 16, 0), (b"tRNS", b"\1\1"), (b"IDAT", zlib.compress(b"\0\1\1")), (b"IEND", b"")
        ]),
        "transparent colour",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_plain_still_picture_is_refused_and_nothing_is_left(
    what: str, project: Project, outside: Path
) -> None:
    name, make, said = REFUSED[what]
    source, before = write(outside, name, make()), contents(project.root)
    with pytest.raises(Refused, match=said) as caught:
        take(source, project)
    assert all(problem.what and problem.cure for problem in caught.value.problems)
    assert contents(project.root) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"theme": "blue"}, "theme is light or dark"),
        ({"scale": 9}, "scale 1, 2, 3 or 4"),
        ({"name": "../up"}, "is not an id"),
        ({"name": "A Name"}, "is not an id"),
        ({"name": "a-screen\n"}, "is not an id"),
        ({"anchors": {"far": (0.0, 0.0, 5000.0, 10.0)}}, "far: .* reaches beyond the picture"),
        ({"anchors": {"void": (300.0, 20.0, 40.0, 20.0)}}, "void: there is nothing around"),
        ({"anchors": {"Bad name": (0.0, 0.0, 50.0, 10.0)}}, "is not an id"),
        ({"redactions": [Redaction(at=(0, 0, 93, 17), size="93x17", why="x")]}, "take row, column"),
        ({"redactions": [Redaction(at=(9999, 0, 93, 17), size="row", why="x")]}, "is not on the picture"),
    ],
)
def test_what_is_said_of_it_must_fit(options: dict[str, Any], said: str, project: Project, outside: Path) -> None:
    source, before = write(outside, "x.png", png(strange.picture(SIZE))), contents(project.root)
    with pytest.raises(Refused, match=said):
        take(source, project, **{"name": "a-screen", **options})
    assert contents(project.root) == before


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(project: Project, outside: Path) -> None:
    outside.mkdir()
    for name in ("gone.png", "."):
        with pytest.raises(Refused, match="there is no such file"):
            take(outside / name, project)


def test_a_file_in_the_checkout_is_refused_by_whatever_name_it_is_reached(project: Project, outside: Path) -> None:
    inside = write(project.docs / "screens", "x.png", png(strange.picture()))
    outside.mkdir()
    (outside / "link.png").symlink_to(inside)
    for source in (inside, outside / "link.png", outside / ".." / "checkout" / "docs" / "screens" / "x.png"):
        with pytest.raises(Refused, match="it lies in the checkout"):
            take(source, project)


def test_a_file_over_64_mb_is_refused_without_reading_all_of_it(project: Project, outside: Path) -> None:
    source = write(outside, "x.png", png(strange.picture()))
    os.truncate(source, 2**40)
    with pytest.raises(Refused, match="more than 64 MB"):
        take(source, project)


def test_nothing_is_overwritten_unless_one_says_so(project: Project, outside: Path) -> None:
    source = write(outside, "x.png", png(strange.picture(SIZE)))
    take(source, project, anchors=MARKED)
    taken.fill_in(project, "a-screen")
    before = contents(project.root)
    with pytest.raises(Refused, match="say --force"):
        take(write(outside, "y.png", png(Image.new("RGB", SIZE))), project)
    assert contents(project.root) == before
    take(outside / "y.png", project, force=True)
    after = contents(project.root)
    assert [path for path in after if before.get(path) != after[path]] == [
        "docs/screens/raw/a-screen.anchors.json",
        "docs/screens/raw/a-screen.light@1.png",
    ]


def test_a_link_in_the_place_of_a_raw_is_not_followed(project: Project, outside: Path) -> None:
    source, victim = write(outside, "x.png", png(strange.picture())), write(outside, "victim", b"precious")
    (taken.screens(project) / "raw" / "a-screen.light@1.png").symlink_to(victim)
    for force in (False, True):
        with pytest.raises(Refused, match="symbolic link"):
            take(source, project, force=force)
    assert victim.read_bytes() == b"precious"


def test_a_schematic_does_not_become_a_screenshot(project: Project, outside: Path) -> None:
    (taken.screens(project) / "a-screen.yml").write_text("schema: 1\nkind: schematic\n")
    with pytest.raises(Refused, match="there is a schematic of this name"):
        take(write(outside, "x.png", png(strange.picture())), project)


def test_files_of_ours_that_cannot_be_read_are_refused_and_not_replaced(project: Project, outside: Path) -> None:
    source = write(outside, "x.png", png(strange.picture()))
    folder = taken.screens(project)
    for path, text in {
        folder / "a-screen.yml": "a: [b",
        folder / "b-screen.yml": "redact: [{at: here}]\n",
        folder / "raw" / "c-screen.anchors.json": "{",
        folder / "raw" / "d-screen.anchors.json": '{"schema": 7}',
    }.items():
        path.write_text(text)
        with pytest.raises(Refused, match="cannot be read"):
            take(source, project, path.name.split(".")[0])
        assert path.read_text() == text


def test_if_writing_fails_in_the_middle_nothing_is_left(
    project: Project, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, before = write(outside, "x.png", png(strange.picture())), contents(project.root)
    replace = Path.replace
    for fails_at in (1, 2, 3):
        calls: list[Path] = []

        def full(self: Path, target: Path, calls: list[Path] = calls, fails_at: int = fails_at) -> Path:
            calls.append(target)
            if len(calls) == fails_at:
                raise OSError("no space left on device")
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="no space"):
            take(source, project)
        monkeypatch.undo()
        assert contents(project.root) == before


def test_several_files_appear_with_rights_to_read_and_no_older_tail(tmp_path: Path) -> None:
    target = tmp_path / "a" / "file"
    files.put({target: b"a long content"})
    files.put({target: b"short"})
    assert target.read_bytes() == b"short"
    assert target.stat().st_mode & 0o777 == 0o644
    assert [path.name for path in target.parent.iterdir()] == ["file"]


def test_half_pictures_are_never_taken_for_whole_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(RuntimeError, match="LOAD_TRUNCATED_IMAGES"):
        opened.decode(png(strange.picture()), "x.png")
