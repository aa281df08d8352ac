"""Whatever is put into a finished picture beside its pixels is named."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest

from scripts.screens import encode
from scripts.screens.audit import audit
from tests.screens import strange
from tests.screens.strange import XMP, chunk, exif, picture, profile, saved, with_chunks

PNG = saved(picture(), "png")
WEBP = saved(picture(), "webp", lossless=True)
AVIF = saved(picture(), "avif", speed=8, max_threads=1, autotiling=False)


def grown(data: bytes, box: bytes, more: bytes) -> bytes:
    """An AVIF with more bytes at the end of a box, which knows of them."""
    at = data.index(box) - 4
    size = int.from_bytes(data[at : at + 4], "big")
    return data[:at] + struct.pack(">I", size + len(more)) + data[at + 4 : at + size] + more + data[at + size :]


def behind_the_pixels() -> bytes:
    stream = zlib.compress((b"\0" + bytes(30)) * 10)
    return strange.png([strange.header(10, 10), (b"IDAT", stream + b"secret"), (b"IEND", b"")])


def in_another_piece() -> bytes:
    stream = zlib.compress((b"\0" + bytes(30)) * 10)
    return strange.png([strange.header(10, 10), (b"IDAT", stream), (b"IDAT", b"secret"), (b"IEND", b"")])


def too_many_rows() -> bytes:
    stream = zlib.compress((b"\0" + bytes(30)) * 11)
    return strange.png([strange.header(10, 10), (b"IDAT", stream), (b"IEND", b"")])


def riff(*parts: bytes) -> bytes:
    content = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(content)) + content


PLANTED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "PNG text": ("png", lambda: with_chunks(PNG, (b"tEXt", b"Author\0Robin")), "chunk tEXt"),
    "PNG packed text": ("png", lambda: with_chunks(PNG, (b"zTXt", b"A\0\0" + zlib.compress(b"x"))), "chunk zTXt"),
    "PNG text in any language": ("png", lambda: with_chunks(PNG, (b"iTXt", b"A\0\0\0\0\0x")), "chunk iTXt"),
    "PNG time": ("png", lambda: with_chunks(PNG, (b"tIME", bytes(7))), "chunk tIME"),
    "PNG EXIF": ("png", lambda: saved(picture(), "png", exif=exif()), "chunk eXIf"),
    "PNG profile": ("png", lambda: saved(picture(), "png", icc_profile=profile()), "chunk iCCP"),
    "PNG chunk of one's own": ("png", lambda: with_chunks(PNG, (b"prVt", b"x")), "chunk prVt"),
    "PNG resolution": ("png", lambda: saved(picture(), "png", dpi=(96, 96)), "chunk pHYs"),
    "PNG rendering intent with more in it": ("png", lambda: with_chunks(PNG, (b"sRGB", b"\0secret")), "sRGB has 7"),
    "PNG with a tail": ("png", lambda: PNG + b"secret", "6 bytes after the end"),
    "PNG with a second PNG behind it": ("png", lambda: PNG + PNG, "bytes after the end"),
    "PNG with bytes behind the pixels": ("png", behind_the_pixels, "bytes behind the pixels"),
    "PNG with a piece behind the pixels": ("png", in_another_piece, "bytes behind the pixels"),
    "PNG with a hidden row": ("png", too_many_rows, "another length than its size"),
    "PNG with a content in its end": ("png", lambda: PNG[:-12] + chunk(b"IEND", b"secret"), "IEND has 6"),
    "PNG that is animated": (
        "png", lambda: saved(picture(), "png", save_all=True, append_images=[picture().rotate(90)]), "chunk acTL"
    ),
    "WebP EXIF": ("webp", lambda: saved(picture(), "webp", exif=exif()), "EXIF"),
    "WebP XMP": ("webp", lambda: saved(picture(), "webp", xmp=XMP), "XMP"),
    "WebP profile": ("webp", lambda: saved(picture(), "webp", icc_profile=profile()), "ICCP"),
    "WebP with a tail": ("webp", lambda: WEBP + b"secret", "6 bytes after the end"),
    "WebP with a chunk of one's own": ("webp", lambda: riff(WEBP[12:], b"prVt\2\0\0\0xx"), "prVt"),
    "WebP that promises EXIF": (
        "webp", lambda: riff(b"VP8X\12\0\0\0" + bytes((8, 0, 0, 0, 95, 0, 0, 63, 0, 0)), WEBP[12:]), "promises metadata"
    ),
    "AVIF EXIF": ("avif", lambda: saved(picture(), "avif", exif=exif()), "item Exif"),
    "AVIF XMP": ("avif", lambda: saved(picture(), "avif", xmp=XMP), "item mime"),
    "AVIF profile": ("avif", lambda: saved(picture(), "avif", icc_profile=profile()), "colour profile"),
    "AVIF with a box behind it": ("avif", lambda: AVIF + b"\0\0\0\x0efreesecret", "boxes ftyp meta mdat free"),
    "AVIF with a tail": ("avif", lambda: AVIF + b"secret", "not a whole avif"),
    "AVIF with bytes between the pixels": ("avif", lambda: grown(AVIF, b"mdat", b"secret"), "between the coded"),
    "AVIF with a box in its description": ("avif", lambda: grown(AVIF, b"meta", b"\0\0\0\x0efreesecret"), "box free"),
    "AVIF with a name": ("avif", lambda: AVIF.replace(b"pict" + bytes(13), b"pictsecret-secre\0"), "with a name"),
    "a PNG that is none": ("png", lambda: b"GIF89a", "not a whole png"),
    "a PNG cut short": ("png", lambda: PNG[:-5], "not a whole png"),
    "a WebP that is a PNG": ("webp", lambda: PNG, "not a whole webp"),
    "nothing": ("avif", lambda: b"", "boxes"),
}  # fmt: skip


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_planted_is_named(what: str) -> None:
    kind, make, said = PLANTED[what]
    assert said in "; ".join(audit(make(), kind))


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA", "1"])
def test_every_plain_picture_of_our_encoders_is_clean(mode: str) -> None:
    image = picture((97, 63)).convert(mode)
    assert audit(saved(image, "png"), "png") == []
    assert audit(saved(image, "png", optimize=True), "png") == []
    for kind, options in (("webp", {"lossless": True}), ("webp", {"quality": 50}), ("avif", {"speed": 8})):
        assert audit(saved(image.convert("RGBA" if "A" in mode else "RGB"), kind, **options), kind) == []


def test_what_our_own_encoder_writes_is_clean() -> None:
    image = picture((120, 80))
    mask = image.convert("L")
    for kind, data in {
        "png": encode.print_png(image),
        "webp": encode.webp(image, mask),
        "avif": encode.avif(image, mask),
    }.items():
        assert audit(data, kind) == []


def test_clear_pictures_with_a_palette_are_clean() -> None:
    image = picture().convert("P")
    assert audit(saved(image, "png", transparency=0), "png") == []


def test_a_type_that_nobody_can_look_through_is_an_error() -> None:
    with pytest.raises(ValueError, match="jpeg is not png, webp or avif"):
        audit(b"", "jpeg")
