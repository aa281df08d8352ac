"""Pictures with everything in them that must not get through, and pictures that are not what they say."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from typing import Any

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from scripts.screens import containers

CANARY = "CANARY-of-Robin-Example"
SIZE = (96, 64)


def picture(size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture without a symmetry, so that one can see which way up it is; flat areas, so that JPEG keeps them."""
    image = Image.new("RGB", size, (240, 240, 235))
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((0, 0, width // 3, height // 4), fill=(200, 30, 40))
    draw.rectangle((width // 2, height // 2, width - 1, height * 3 // 4), fill=(20, 60, 200))
    draw.rectangle((width // 8, height // 2, width // 4, height - 1), fill=(10, 10, 10))
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """A picture as a file of one type."""
    file = io.BytesIO()
    image.save(file, kind.upper(), **options)
    return file.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG, with its checksum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A PNG of these chunks."""
    return containers.PNG_SIGNATURE + b"".join(chunk(name, content) for name, content in chunks)


def header(width: int, height: int, depth: int = 8, colours: int = 2, interlaced: int = 0) -> tuple[bytes, bytes]:
    """The header of a PNG."""
    return b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, interlaced)


def with_chunks(data: bytes, *chunks: tuple[bytes, bytes], before: bytes = b"IDAT") -> bytes:
    """A PNG with more chunks in it, in front of the first one of a name."""
    at = data.index(before) - 4
    return data[:at] + b"".join(chunk(name, content) for name, content in chunks) + data[at:]


def profile(space: str = "sRGB", description: str = "") -> bytes:
    """A colour profile; "P3" is a wide one, made of sRGB by exchanging where its red and green lie."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    if space == "P3":
        # The colorants of Display P3, adapted to D50, as its specification gives them.
        for name, xyz in {
            b"rXYZ": (0.51512, 0.24120, -0.00105),
            b"gXYZ": (0.29198, 0.69225, 0.04189),
            b"bXYZ": (0.15710, 0.06657, 0.78407),
        }.items():
            entry = data.index(name, 128)
            offset = int.from_bytes(data[entry + 4 : entry + 8], "big")
            data[offset + 8 : offset + 20] = b"".join(struct.pack(">i", round(part * 65536)) for part in xyz)
    if description:
        entry = data.index(b"desc", 128)
        offset, size = (int.from_bytes(data[at : at + 4], "big") for at in (entry + 4, entry + 8))
        text = description.encode("utf-16-be")
        tag = b"mluc" + bytes(4) + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(text), 28) + text
        # Appended, and the table made to point at it: the old description is too short.
        data[entry + 4 : entry + 12] = struct.pack(">II", len(data), len(tag))
        data += tag + bytes(-len(tag) % 4)
        data[0:4] = struct.pack(">I", len(data))
        assert offset and size
    return bytes(data)


def exif(orientation: int = 1) -> bytes:
    """EXIF with an orientation and a canary in several fields."""
    data = Image.Exif()
    data[0x0112] = orientation
    for tag in (0x010E, 0x010F, 0x013B, 0x8298):  # description, maker, artist, copyright
        data[tag] = CANARY
    data.get_ifd(0x8825)[29] = CANARY  # GPS: date
    return data.tobytes()


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li>{CANARY}</rdf:li></x:xmpmeta>'.encode()


def texts() -> PngImagePlugin.PngInfo:
    """The three text chunks of PNG, and XMP."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", CANARY)
    info.add_text("Comment", CANARY * 20, zip=True)
    info.add_itxt("Title", CANARY, lang="en", tkey="Title", zip=False)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return info


def laden(size: tuple[int, int] = SIZE) -> dict[str, bytes]:
    """A file of each type with a canary wherever its type has room for one."""
    icc = profile(description=CANARY)
    image, tail = picture(size), CANARY.encode()
    whole = saved(image, "png", pnginfo=texts(), icc_profile=icc, exif=exif())
    return {
        "laden.png": with_chunks(whole, (b"tIME", bytes(7)), (b"prVt", tail)) + tail,
        "laden.jpg": saved(image, "jpeg", quality=95, comment=tail, icc_profile=icc, exif=exif(), xmp=XMP) + tail,
        "laden.webp": saved(image, "webp", lossless=True, icc_profile=icc, exif=exif(), xmp=XMP) + tail,
        "laden.avif": saved(image, "avif", speed=8, icc_profile=icc, exif=exif(), xmp=XMP)
        + struct.pack(">I", 8 + len(tail)) + b"free" + tail,
    }  # fmt: skip


def spellings(text: str = CANARY) -> list[bytes]:
    """A text as it may stand in a file."""
    return [text.encode(), text.encode("utf-16-be"), text.encode("utf-16-le"), text.lower().encode()]
