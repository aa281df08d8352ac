"""What does a picture file say of itself, before anybody decodes it?

Its real type, its size, and what a screen never has: several pictures, inks for print, colours beyond what a profile
describes. Read from the bytes with `containers`, so that a decoder never sees a file that is refused here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scripts.screens import containers
from scripts.screens.containers import Broken, Part

Format = Literal["png", "jpeg", "webp", "avif"]

_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG: SOF0 to SOF15 without DHT, JPG and DAC
_JPEG_SCANS = 64  # a usual progressive one has 10; each costs a pass over the whole picture
_SRGB = (1, 13)  # code points of ITU-T H.273 for primaries and transfer
# "Not said", and the transfer curves of video that every program treats as sRGB.
_AS_SRGB = frozenset({_SRGB, (2, 2), (1, 2), (2, 13), (1, 1), (1, 6)})


@dataclass(frozen=True)
class Header:
    """Size in pixels as stored, and a sentence for each thing that keeps the file from being taken."""

    width: int
    height: int
    refused: tuple[str, ...] = ()


def sniff(data: bytes) -> Format | None:
    """The type that the first bytes show, whatever the name says. None: none of ours."""
    if data.startswith(containers.PNG_SIGNATURE):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        brands = {data[at : at + 4] for at in (8, *range(16, min(int.from_bytes(data[:4], "big"), 256), 4))}
        return "avif" if brands & {b"avif", b"avis"} else None
    return None


def read(data: bytes, kind: Format) -> Header:
    """What a file says of itself.

    Args:
        data: the whole file.
        kind: its real type, from `sniff`.

    Raises:
        Broken: if it does not hold together.
    """
    return {"png": _png, "jpeg": _jpeg, "webp": _webp, "avif": _avif}[kind](data)


def _png(data: bytes) -> Header:
    parts, _ = containers.png(data)
    head = parts[0].start
    refused = []
    for part in parts:
        if part.name in ("acTL", "fcTL", "fdAT"):
            refused.append("it is animated")
        if part.name == "cICP" and tuple(data[part.start : part.start + 2]) != _SRGB:
            refused.append("its colours are not sRGB, and it has no profile to convert them by")
        if part.name == "tRNS" and data[head + 8] == 16:
            refused.append("it has 16 bits and a transparent colour")
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (head, head + 4))
    return Header(width, height, tuple(dict.fromkeys(refused)))


def _jpeg(data: bytes) -> Header:
    refused = []
    if data.count(b"\xff\xda") > _JPEG_SCANS:
        refused.append(f"it has more than {_JPEG_SCANS} scans")
    for marker, content in containers.jpeg(data):
        if marker in _FRAME_HEADERS:
            if len(content) < 6:
                raise Broken("its frame header is too short")
            if content[5] == 4:
                refused.append("it is in CMYK, inks for print")
            width, height = (int.from_bytes(content[at : at + 2], "big") for at in (3, 1))
            return Header(width, height, tuple(refused))
    raise Broken("it has no frame header")


def _webp(data: bytes) -> Header:
    parts, _ = containers.riff(data)
    first = parts[0]
    content = data[first.start : first.end]
    if len(content) < 10 and not (first.name == "VP8L" and len(content) >= 5):
        raise Broken("its first chunk is too short")
    if first.name == "VP8X":
        refused = ("it is animated",) if content[0] & 2 or any(p.name in ("ANIM", "ANMF") for p in parts) else ()
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (4, 7))
        return Header(width, height, refused)
    if first.name == "VP8L":
        bits = int.from_bytes(content[1:5], "little")
        return Header((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if first.name == "VP8 ":
        width, height = (int.from_bytes(content[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        return Header(width, height)
    raise Broken(f"its first chunk is {first.name!r}")


def _avif(data: bytes) -> Header:
    top = containers.boxes(data)
    properties = avif_properties(data, containers.find(top, "meta"))
    sizes = [data[part.start + 4 : part.end] for part in properties if part.name == "ispe"]
    if not sizes or any(len(size) != 8 for size in sizes):
        raise Broken("it does not say how large it is")
    refused = []
    if data[8:12] == b"avis" or any(part.name in ("moov", "moof") for part in top):
        refused.append("it is animated")
    codes = [data[part.start : part.end] for part in properties if part.name == "colr"]
    profiled = any(code[:4] in (b"prof", b"rICC") for code in codes)
    for code in codes:
        pair = int.from_bytes(code[4:6], "big"), int.from_bytes(code[6:8], "big")
        if code[:4] == b"nclx" and not profiled and pair not in _AS_SRGB:
            refused.append("its colours are not sRGB, and it has no profile to convert them by")
    # A grid has one size for each tile and one for the whole, which is the largest.
    width, height = (max(int.from_bytes(size[at : at + 4], "big") for size in sizes) for at in (0, 4))
    return Header(width, height, tuple(dict.fromkeys(refused)))


def avif_properties(data: bytes, meta: Part) -> list[Part]:
    """The properties that the items of an AVIF may have: size, colours, profile …"""
    wrapper = containers.find(containers.full_box(data, meta), "iprp")
    container = containers.find(containers.boxes(data, wrapper.start, wrapper.end), "ipco")
    return containers.boxes(data, container.start, container.end)
