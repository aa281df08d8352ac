"""Of which parts does a picture file consist, byte by byte?

Walks the chunks of a PNG, the chunks of a RIFF file (WebP), the boxes of an ISO base media file (AVIF) and the segments
of a JPEG, without decoding anything. A file whose own structure does not hold together is `Broken`. Knows nothing
of what may be in a file: `header` reads what a stranger's file says of itself, `audit` what ours may not carry.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PARTS = 20_000  # a 64 MB PNG in pieces of 8 kB has 8,000; more is meant to keep us busy

_LONE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})  # JPEG: TEM, restarts and the start, which have no length


class Broken(ValueError):
    """The file does not hold together. The text says where."""


@dataclass(frozen=True)
class Part:
    """One chunk, box or segment: its four-letter name and where its content lies (`start` to `end`, in bytes)."""

    name: str
    start: int
    end: int


def png(data: bytes) -> tuple[list[Part], int]:
    """The chunks of a PNG, each with a checksum that holds, and where the last one (IEND) ends.

    Raises:
        Broken: if it is cut short, a checksum does not hold, or there is no end.
    """
    if not data.startswith(PNG_SIGNATURE):
        raise Broken("it does not begin as a PNG does")
    parts: list[Part] = []
    at = len(PNG_SIGNATURE)
    while not parts or parts[-1].name != "IEND":
        if len(parts) == PARTS:
            raise Broken(f"it has more than {PARTS} chunks")
        start = at + 8
        end = start + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : start]
        if end + 4 > len(data):
            raise Broken(f"it is cut short at byte {len(data)}")
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise Broken(f"the checksum of the chunk at byte {at} does not hold")
        if not name.isalpha():
            raise Broken(f"the chunk at byte {at} has no name")
        parts.append(Part(name.decode("ascii"), start, end))
        at = end + 4
    if parts[0].name != "IHDR" or parts[0].end - parts[0].start != 13:
        raise Broken("its first chunk is no header")
    return parts, at


def riff(data: bytes) -> tuple[list[Part], int]:
    """The chunks of a WebP, and where the file ends by its own account.

    Raises:
        Broken: if it is cut short or a chunk reaches beyond the end.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Broken("it does not begin as a WebP does")
    whole = 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data):
        raise Broken(f"it is cut short at byte {len(data)}")
    parts: list[Part] = []
    at = 12
    while at + 8 <= whole:
        if len(parts) == PARTS:
            raise Broken(f"it has more than {PARTS} chunks")
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if end > whole:
            raise Broken(f"the chunk at byte {at} reaches beyond the end")
        parts.append(Part(data[at : at + 4].decode("latin-1"), at + 8, end))
        at = end + end % 2
    if at != whole or not parts:
        raise Broken("its chunks do not fill it")
    return parts, whole


def boxes(data: bytes, start: int = 0, end: int | None = None) -> list[Part]:
    """The boxes between two bytes of an AVIF.

    Raises:
        Broken: if a box reaches beyond its parent, or they do not fill it.
    """
    end = len(data) if end is None else end
    parts: list[Part] = []
    at = start
    while at < end:
        if len(parts) == PARTS:
            raise Broken(f"it has more than {PARTS} boxes")
        size, content = int.from_bytes(data[at : at + 4], "big"), at + 8
        if size == 1:
            size, content = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        if size < content - at or at + size > end:
            raise Broken(f"the box at byte {at} does not fit")
        parts.append(Part(data[at + 4 : at + 8].decode("latin-1"), content, at + size))
        at += size
    return parts


def jpeg(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG before its pixels: marker and content. Ends at the first scan.

    Raises:
        Broken: if it is cut short or something else stands where a marker should.
    """
    at = 2
    while True:
        if at + 4 > len(data):
            raise Broken(f"it is cut short at byte {len(data)}")
        if data[at] != 0xFF:
            raise Broken(f"there is no marker at byte {at}")
        marker = data[at + 1]
        if marker == 0xFF:  # fill bytes
            at += 1
            continue
        if marker in _LONE_MARKERS:
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            raise Broken(f"the segment at byte {at} does not fit")
        yield marker, data[at + 4 : end]
        if marker in (0xDA, 0xD9):
            return
        at = end


def full_box(data: bytes, box: Part) -> list[Part]:
    """The boxes within one that begins with version and flags, such as `meta`."""
    return boxes(data, box.start + 4, box.end)


def find(parts: list[Part], name: str) -> Part:
    """The one part of this name.

    Raises:
        Broken: if there is none, or more than one.
    """
    found = [part for part in parts if part.name == name]
    if len(found) != 1:
        raise Broken(f"it has {len(found)} parts named {name}, not one")
    return found[0]
