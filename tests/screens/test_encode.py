"""Files are small, true to what was drawn, the same everywhere, and nothing but pictures."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from scripts.project import Project
from scripts.screens import containers, decode, draw, encode, header, manifest
from scripts.screens.audit import audit
from scripts.screens.encode import AVIF_GATE, EMAIL_BYTES, WEBP_GATE, TooLarge
from scripts.screens.geometry import Rect
from scripts.screens.shapes import Placed, Scene
from tests.screens import made

SCENE = Scene(
    Rect(0, 0, 400, 240),
    (
        Placed(1, "underline", Rect(60, 40, 220, 60), (43, 50)),
        Placed(2, "box", Rect(300, 144, 344, 168), (354, 134)),
    ),
)
MASK = draw.mask(SCENE, 1)

# Prints the hash of every kind of file, made in a process of its own.
_HASHES = """
import hashlib
from tests.screens.test_encode import everything
print({name: hashlib.sha256(data).hexdigest() for name, data in everything().items()})
"""


def picture(theme: str = "light") -> Image.Image:
    return draw.paint(made.raw(theme, 1), SCENE, 1, manifest.font(Project.here()).read_bytes())


def everything() -> dict[str, bytes]:
    drawn = picture()
    return {
        "avif": encode.avif(drawn, MASK),
        "webp": encode.webp(drawn, MASK),
        "print.png": encode.print_png(drawn),
        "email.png": encode.email_png(drawn),
    }


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def rainbow() -> Image.Image:
    """A smooth picture with far more colours than a palette has."""
    image = Image.merge(
        "RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L").rotate(90)]
    )
    return image.resize((400, 240))


def test_files_carry_nothing_but_a_picture() -> None:
    for name, data in everything().items():
        assert audit(data, name.rpartition(".")[2]) == []


def test_nothing_that_a_picture_had_with_it_is_carried_on() -> None:
    canary = b"canary"
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "canary")
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + canary
    picture().save(out, "PNG", pnginfo=text, icc_profile=profile, exif=b"Exif\0\0MM\0*\0\0\0\x08" + canary)
    assert canary in out.getvalue()
    drawn = opened(out.getvalue())
    drawn.load()
    drawn.info["comment"] = canary
    for data in (
        encode.avif(drawn, MASK), encode.webp(drawn, MASK), encode.print_png(drawn), encode.email_png(drawn)
    ):  # fmt: skip
        assert canary not in data
        assert "icc_profile" not in opened(data).info


def test_avif_keeps_the_colour_of_every_pixel_and_not_of_every_fourth() -> None:
    data = encode.avif(picture(), MASK)
    meta = containers.find(containers.boxes(data), "meta")
    settings = next(part for part in header.avif_properties(data, meta) if part.name == "av1C")
    assert not data[settings.start + 2] & 0b00001100  # the two bits that say that colour is halved, across and down


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_are_as_true_as_the_gates_ask_for(theme: str) -> None:
    drawn = picture(theme)
    assert AVIF_GATE.passes(drawn, encode.seen(encode.avif(drawn, MASK)), MASK)
    assert WEBP_GATE.passes(drawn, encode.seen(encode.webp(drawn, MASK)), MASK)


def test_a_gate_closes_when_marks_are_off_and_all_else_is_right() -> None:
    drawn = picture()
    wrong, around = drawn.copy(), (284, 128, 370, 184)
    wrong.paste(drawn.crop(around).point(lambda level: abs(level - 20)), around)
    assert not WEBP_GATE.passes(drawn, wrong, MASK)
    assert WEBP_GATE.passes(drawn, wrong, Image.new("L", drawn.size))


def test_a_picture_with_too_many_colours_for_a_palette_is_kept_exactly() -> None:
    data = encode.webp(rainbow(), Image.new("L", (400, 240), 255))
    assert opened(data).convert("RGB").tobytes() == rainbow().tobytes()


def test_a_flat_picture_is_smaller_with_a_palette_than_exact() -> None:
    drawn = picture()
    exact = io.BytesIO()
    drawn.save(exact, "WEBP", lossless=True, quality=80, method=4)
    assert len(encode.webp(drawn, MASK)) <= len(exact.getvalue())


def test_avif_takes_more_bytes_where_few_are_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = len(encode.avif(rainbow(), MASK))
    monkeypatch.setattr(encode, "AVIF_GATE", encode.Gate(marks=0, mean=0, most=0))
    assert len(encode.avif(rainbow(), MASK)) > plain


def test_print_is_grey_and_keeps_light_and_dark_apart() -> None:
    grey = opened(encode.print_png(picture()))
    assert grey.mode == "L"
    assert grey.getpixel((322, 134)) == 255 or min(grey.crop((290, 130, 354, 182)).tobytes()) < 80


@pytest.mark.parametrize("width", [200, 401, 600, 601, 1300])
def test_mail_pictures_are_six_hundred_wide_opaque_and_in_a_palette(width: int) -> None:
    image = opened(encode.email_png(picture().resize((width, 240))))
    assert image.width == 600
    assert image.mode == "P" and "transparency" not in image.info


def test_a_narrow_mail_picture_stands_in_the_middle_of_white() -> None:
    image = opened(encode.email_png(Image.new("RGB", (200, 10), (0, 0, 0)))).convert("RGB")
    assert [image.getpixel((x, 5)) for x in (199, 200, 399, 400)] == [(255,) * 3, (0,) * 3, (0,) * 3, (255,) * 3]


def test_a_mail_picture_gives_up_colours_until_it_fits() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((600, 300), 40) for _ in range(3)])
    assert len(encode.email_png(noise)) <= EMAIL_BYTES


def test_a_mail_picture_that_cannot_fit_is_refused_with_its_size() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((600, 900), 90) for _ in range(3)])
    with pytest.raises(TooLarge, match="100000 is the limit"):
        encode.email_png(noise)


def test_the_bytes_are_the_same_in_other_processes_and_on_one_core() -> None:
    here = {name: hashlib.sha256(data).hexdigest() for name, data in everything().items()}
    commands = [[sys.executable, "-c", _HASHES]]
    if hasattr(os, "sched_setaffinity"):
        commands.append(["taskset", "-c", str(min(os.sched_getaffinity(0))), *commands[0]])
    for command in commands:
        done = subprocess.run(command, check=True, cwd=Project.here().root, capture_output=True, text=True)
        assert done.stdout.strip() == str(here)


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "one.webp"
    encode.write(path, encode.webp(picture(), MASK))
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        encode.write(path, encode.webp(rainbow(), MASK))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_shorter_file_leaves_nothing_of_a_longer_one(tmp_path: Path) -> None:
    path = tmp_path / "one.webp"
    long, short = encode.webp(rainbow(), MASK), encode.webp(picture(), MASK)
    encode.write(path, long)
    known = encode.write(path, short)
    assert path.read_bytes() == short and known.st_size == len(short) < len(long)


def test_a_file_with_something_at_its_end_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="more than a picture"):
        encode.write(tmp_path / "one.webp", encode.webp(picture(), MASK) + b"hidden")
    assert list(tmp_path.iterdir()) == []


def saved(image: Image.Image, **settings: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", **settings)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not a picture", "no whole PNG"),
        (saved(Image.new("RGB", (4, 4)))[:-9], "no whole PNG"),
        (saved(Image.new("L", (4, 4))), "not in RGB"),
        (saved(Image.new("P", (4, 4))), "not in RGB"),
        (saved(Image.new("RGBA", (4, 4))), "not in RGB"),
        (saved(Image.new("I;16", (4, 4))), "not in RGB"),
        (saved(Image.new("RGB", (4, 4)), transparency=(0, 0, 0)), "not in RGB"),
        (saved(Image.new("RGB", (4, 4)), exif=b"Exif\0\0MM\0*\0\0\0\x08"), "more than pixels"),
        (saved(Image.new("RGB", (4, 4))) + b"tail", "more than pixels"),
        (saved(Image.new("RGB", (8000, 5001))), "40 million"),
    ],
    ids=["text", "cut", "grey", "palette", "alpha", "16 bit", "transparent", "exif", "tail", "large"],
)
def test_a_raw_that_is_not_as_our_tools_write_it_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(decode.BadRaw, match=reason):
        decode.decode(data)


def test_a_raw_that_was_exchanged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    path.write_bytes(saved(Image.new("RGB", (4, 4))))
    with pytest.raises(decode.BadRaw, match="not the picture"):
        decode.raw(path, "0" * 64)
    assert decode.raw(path, hashlib.sha256(path.read_bytes()).hexdigest()).size == (4, 4)
