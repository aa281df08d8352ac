"""Does a finished picture carry anything but its pixels?

Reads the bytes of a PNG, WebP or AVIF of ours: each part must be one that we need, none may be larger than it
has to be, and nothing may follow the last one or hide between them. Metadata, colour profiles, texts and left-over
bytes are named. An empty list means that there is no room in the file for anything else.
"""

from __future__ import annotations

import zlib

from scripts.screens import containers
from scripts.screens.containers import Broken, Part
from scripts.screens.header import avif_properties

_PNG = {"IHDR": 13, "PLTE": 768, "tRNS": 256, "sRGB": 1, "IEND": 0}  # how many bytes each may have; IDAT is inflated
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
_WEBP_METADATA = 0x20 | 0x08 | 0x04 | 0x02  # the flags of VP8X for profile, EXIF, XMP and animation
_AVIF_TOP = ("ftyp", "meta", "mdat")
_AVIF_META = frozenset({"hdlr", "pitm", "iloc", "iinf", "iref", "iprp"})
_AVIF_PROPERTIES = frozenset({"ispe", "pixi", "av1C", "colr", "auxC"})
_ITEM_NAMES = frozenset({b"", b"Color", b"Alpha"})  # what the encoder calls them


def audit(data: bytes, kind: str) -> list[str]:
    """What in a file does not belong there, a few words each.

    Args:
        data: the whole file.
        kind: png, webp or avif.

    Raises:
        ValueError: if `kind` is none of these.
    """
    if kind not in ("png", "webp", "avif"):
        raise ValueError(f"{kind} is not png, webp or avif")
    try:
        return {"png": _png, "webp": _webp, "avif": _avif}[kind](data)
    except Broken as error:
        return [f"not a whole {kind}: {error}"]


def _png(data: bytes) -> list[str]:
    parts, end = containers.png(data)
    found = [f"chunk {part.name}" for part in parts if part.name != "IDAT" and part.name not in _PNG]
    found += [f"chunk {p.name} has {_size(p)} bytes" for p in parts if _size(p) > _PNG.get(p.name, _size(p))]
    head = data[parts[0].start : parts[0].end]
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    if head[9] not in _CHANNELS or head[10:] != b"\0\0\0":
        found.append("an interlaced or unknown kind of PNG")
    else:
        row = -(-width * head[8] * _CHANNELS[head[9]] // 8)
        found += _inflated(data, parts, height * (row + 1))  # each row begins with the number of its filter
    return found + _after(data, end)


def _inflated(data: bytes, parts: list[Part], expected: int) -> list[str]:
    """The pixel stream must end where the pixels end: bytes behind it are shown by no program, and kept by all."""
    stream, got, behind = zlib.decompressobj(), 0, False
    try:
        for part in parts:
            piece = data[part.start : part.end] if part.name == "IDAT" else b""
            behind = behind or (stream.eof and bool(piece))
            while piece and not stream.eof and got <= expected:  # a bomb is not unpacked further than it should reach
                got += len(stream.decompress(piece, 2**20))
                piece = stream.unconsumed_tail
        got += len(stream.flush()) if got <= expected else 0
    except zlib.error as error:
        return [f"pixels that cannot be unpacked: {error}"]
    if got != expected or not stream.eof:
        return ["a pixel stream of another length than its size asks for"]
    return ["bytes behind the pixels"] if stream.unused_data or behind else []


def _webp(data: bytes) -> list[str]:
    parts, end = containers.riff(data)
    names = [part.name for part in parts]
    if names not in (["VP8 "], ["VP8L"], ["VP8X", "VP8L"], ["VP8X", "VP8 "], ["VP8X", "ALPH", "VP8 "]):
        return ["chunks " + " ".join(names), *_after(data, end)]
    found = []
    if names[0] == "VP8X" and data[parts[0].start] & _WEBP_METADATA:
        found.append("a header that promises metadata")
    if names[0] == "VP8X" and _size(parts[0]) != 10:
        found.append("a header of another length")
    return found + _after(data, end)


def _avif(data: bytes) -> list[str]:
    top = containers.boxes(data)
    if tuple(part.name for part in top) != _AVIF_TOP:
        return ["boxes " + " ".join(part.name for part in top)]
    meta = containers.full_box(data, top[1])
    found = [f"box {part.name}" for part in meta if part.name not in _AVIF_META]
    handler = containers.find(meta, "hdlr")
    if data[handler.start : handler.end] != bytes(8) + b"pict" + bytes(13):
        found.append("a handler with a name")
    for part in avif_properties(data, top[1]):
        if part.name not in _AVIF_PROPERTIES:
            found.append(f"property {part.name}")
        elif part.name == "colr" and (data[part.start : part.start + 4] != b"nclx" or _size(part) != 11):
            found.append("a colour profile")
    items = containers.find(meta, "iinf")
    for part in containers.boxes(data, items.start + 6, items.end):
        entry = data[part.start : part.end]
        if entry[:1] != b"\2" or entry[8:12] != b"av01" or entry[12:].rstrip(b"\0") not in _ITEM_NAMES:
            found.append(f"item {entry[8:12].decode('latin-1')} {entry[12:44].decode('latin-1')}")
    return found + _between_items(data, containers.find(meta, "iloc"), top[2])


def _between_items(data: bytes, places: Part, content: Part) -> list[str]:
    """The coded pictures must fill the box that holds them."""
    table = data[places.start : places.end]
    if table[:6] != b"\0\0\0\0\x44\0":
        return ["a table of places of another kind than our encoder writes"]
    covered = 0
    at = 8
    for _ in range(int.from_bytes(table[6:8], "big")):
        extents = int.from_bytes(table[at + 4 : at + 6], "big")
        at += 6
        for _ in range(extents):
            covered += int.from_bytes(table[at + 4 : at + 8], "big")
            at += 8
    return [] if covered == _size(content) and at == len(table) else ["bytes between the coded pictures"]


def _size(part: Part) -> int:
    return part.end - part.start


def _after(data: bytes, end: int) -> list[str]:
    return [f"{len(data) - end} bytes after the end"] if len(data) > end else []
