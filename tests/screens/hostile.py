"""Broken and hostile pictures by the thousand, the same ones on each run."""

from __future__ import annotations

import functools
import random
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from scripts.screens import containers
from tests.screens import strange
from tests.screens.strange import exif, laden, picture, png, profile, saved, texts, with_chunks

SMALL = (48, 32)

Mutation = Callable[[random.Random, bytes], bytes]


@functools.cache
def bases() -> dict[str, bytes]:
    """Good files of all kinds, small, that are then broken."""
    image = picture(SMALL)
    clear = image.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(SMALL))
    deep = b"".join(b"\0" + bytes((n * 37 + x) % 256 for x in range(96)) for n in range(16))
    return {
        "plain.png": saved(image, "png"),
        "palette.png": saved(image.convert("P"), "png", transparency=3),
        "clear.png": saved(clear, "png", exif=exif(6)),
        "deep.png": png([strange.header(16, 16, 16), (b"IDAT", zlib.compress(deep)), (b"IEND", b"")]),
        "interlaced.png": png(
            [strange.header(8, 8, 8, 0, 1), (b"IDAT", zlib.compress(bytes(64 + 15))), (b"IEND", b"")]
        ),
        "plain.jpg": saved(image, "jpeg", quality=90),
        "progressive.jpg": saved(image, "jpeg", progressive=True, exif=exif(5)),
        "grey.jpg": saved(image.convert("L"), "jpeg"),
        "lossy.webp": saved(image, "webp", quality=60),
        "lossless.webp": saved(image, "webp", lossless=True),
        "clear.webp": saved(clear, "webp", exif=exif(3)),
        "plain.avif": saved(image, "avif", speed=10, max_threads=1),
        "clear.avif": saved(clear, "avif", speed=10, max_threads=1, icc_profile=profile("P3")),
        **laden(SMALL),
    }


def cut(source: random.Random, data: bytes) -> bytes:
    """End somewhere."""
    return data[: source.randrange(len(data))]


def flip(source: random.Random, data: bytes) -> bytes:
    """Change a few bits."""
    changed = bytearray(data)
    for _ in range(source.choice((1, 1, 2, 8, 40))):
        changed[source.randrange(len(changed))] ^= 1 << source.randrange(8)
    return bytes(changed)


def overwrite(source: random.Random, data: bytes) -> bytes:
    """Replace a stretch by noise, zeros, or ones."""
    start, length = source.randrange(len(data)), source.choice((1, 4, 16, 200))
    noise = source.choice((source.randbytes(length), bytes(length), b"\xff" * length, b"\x7f" * length))
    return data[:start] + noise + data[start + length :]


def splice(source: random.Random, data: bytes) -> bytes:
    """Take a stretch out, repeat it, or put in one of another file."""
    start, length = source.randrange(len(data)), source.randrange(1, 300)
    other = source.choice(list(bases().values()))
    middle = source.choice((b"", data[start : start + length] * 2, other[start : start + length]))
    return data[:start] + middle + data[start + source.choice((0, length)) :]


def in_head(source: random.Random, data: bytes) -> bytes:
    """Change bytes where sizes and lengths stand."""
    changed = bytearray(data)
    for _ in range(source.randrange(1, 4)):
        changed[source.randrange(min(len(changed), 64))] = source.choice(
            (0, 1, 0x7F, 0x80, 0xFF, source.randrange(256))
        )
    return bytes(changed)


def chunks_of(data: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG."""
    return [(part.name.encode(), data[part.start : part.end]) for part in containers.png(data)[0]]


def rebuilt(source: random.Random, data: bytes) -> bytes:
    """A PNG whose checksums hold, with chunks that are wrong."""
    if not data.startswith(containers.PNG_SIGNATURE):
        return flip(source, data)
    parts = chunks_of(data)
    for _ in range(source.randrange(1, 4)):
        at = source.randrange(len(parts))
        name, content = parts[at]
        how = source.randrange(6)
        if how == 0 and content:
            parts[at] = name, flip(source, content)
        elif how == 1:
            parts[at] = name, content[: source.randrange(len(content) + 1)]
        elif how == 2:
            parts[at] = name, content + source.randbytes(source.randrange(1, 40))
        elif how == 3:
            parts.insert(source.randrange(len(parts) + 1), parts[at])
        elif how == 4:
            parts[at] = bytes(source.choices(b"IDATPLTEtRNSiCCPeXIfacTLfdATsBITgAMA", k=4)), content
        elif len(parts) > 2:
            del parts[at]
    return png(parts)


ROUGH: tuple[Mutation, ...] = (cut, flip, flip, overwrite, splice, in_head)
MUTATIONS = (*ROUGH, rebuilt, rebuilt)


def jpeg_of(width: int, height: int, scans: int = 1) -> bytes:
    """A JPEG whose header claims a size, with its scan repeated."""
    data = bases()["progressive.jpg" if scans > 1 else "plain.jpg"]
    at = data.index(b"\xff\xc2" if scans > 1 else b"\xff\xc0")
    data = data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]
    scan = data.index(b"\xff\xda")
    return data[:scan] + data[scan:-2] * scans + data[-2:]


def webp_of(width: int, height: int) -> bytes:
    """A WebP whose extended header claims a size."""
    canvas = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    content = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + bytes(4) + canvas + bases()["lossless.webp"][12:]
    return b"RIFF" + struct.pack("<I", len(content)) + content


def avif_of(width: int, height: int) -> bytes:
    """An AVIF whose property claims a size."""
    data = bases()["plain.avif"]
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def bomb(name: bytes, head: bytes) -> bytes:
    """A PNG with a chunk that unpacks to 100 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(2**20)) for _ in range(100)) + packer.flush()
    return with_chunks(bases()["plain.png"], (name, head + packed))


def looping_exif() -> bytes:
    """EXIF whose directories lead back to each other, with lengths that reach beyond everything."""
    entries = [(0x8769, 4, 1, 8), (0x8825, 4, 1, 8), (0x010E, 2, 2**31, 8), (0x0112, 3, 2**30, 8), (0xA005, 4, 1, 8)]
    packed = b"".join(struct.pack(">HHII", *entry) for entry in entries)
    return b"MM\0*" + struct.pack(">IH", 8, len(entries)) + packed + struct.pack(">I", 8)


@functools.cache
def special() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Those that somebody thought of: what it is, how the file is called, and how it is made."""
    image = picture(SMALL)

    def plain() -> bytes:
        return bases()["plain.png"]

    def unpacks() -> bytes:
        return png([strange.header(9, 9), (b"IDAT", zlib.compress(bytes(40_000_000))), (b"IEND", b"")])

    made: dict[str, tuple[str, Callable[[], bytes]]] = {
        "pixels that unpack to far more": ("x.png", unpacks),
        "a packed text that is a bomb": ("x.png", lambda: bomb(b"zTXt", b"a\0\0")),
        "a text of any language that is a bomb": ("x.png", lambda: bomb(b"iTXt", b"a\0\1\0\0\0")),
        "a profile that is a bomb": ("x.png", lambda: bomb(b"iCCP", b"a\0\0")),
        "thirty thousand chunks": ("x.png", lambda: with_chunks(plain(), *[(b"tEXt", b"a\0b")] * 30_000)),
        "ten thousand empty pieces": ("x.png", lambda: with_chunks(plain(), *[(b"IDAT", b"")] * 10_000)),
        "no pixels at all": ("x.png", lambda: png([strange.header(9, 9), (b"IEND", b"")])),
        "the end at the beginning": ("x.png", lambda: png([(b"IEND", b"")])),
        "a length beyond the file": ("x.png", lambda: plain()[:8] + b"\xff\xff\xff\xff" + plain()[12:]),
        "many scans": ("x.jpg", lambda: jpeg_of(6000, 6000, 500)),
        "as many scans as are allowed": ("x.jpg", lambda: jpeg_of(600, 600, 6)),
        "looping EXIF in a PNG": ("x.png", lambda: with_chunks(plain(), (b"eXIf", looping_exif()))),
        "looping EXIF in a JPEG": ("x.jpg", lambda: saved(image, "jpeg", exif=b"Exif\0\0" + looping_exif())),
        "looping EXIF in a WebP": ("x.webp", lambda: saved(image, "webp", exif=looping_exif())),
        "a profile of nothing": ("x.jpg", lambda: saved(image, "jpeg", icc_profile=bytes(5000))),
        "a profile that claims 4 GB": (
            "x.png", lambda: saved(image, "png", icc_profile=b"\xff" * 128 + profile()[128:])
        ),
        "texts by the dozen": ("x.png", lambda: saved(image, "png", pnginfo=texts())),
        "a frame header of ten bytes": ("x.jpg", lambda: b"\xff\xd8\xff\xc0\0\x0a\x08\xff\xff\xff\xff\x03\0\0"),
        "boxes within boxes": ("x.avif", lambda: b"\0\0\0\x0cftypavif" + b"\0\0\0\0meta\0\0\0\0" * 3000),
        "a box of no length": ("x.avif", lambda: bases()["plain.avif"][:32] + b"\0\0\0\1meta" + bytes(8)),
        "RIFF within RIFF": ("x.webp", lambda: b"RIFF\xff\xff\xff\xffWEBP" * 500),
    }  # fmt: skip
    made |= claims()
    others = {"zip": b"PK\3\4", "svg": b"<svg/>", "page": b"<html>", "nothing": b"", "eps": b"%!PS"}
    for ending in ("png", "jpg", "jpeg", "webp", "avif", "PNG", "gif", "svg", "txt", "html", ""):
        for kind in ("gif", "bmp", "tiff", "ico", "ppm", "pdf"):
            made[f"{kind} called {ending}"] = f"x.{ending}", functools.partial(saved, image, kind)
        for kind, data in others.items():
            made[f"{kind} called {ending}"] = f"x.{ending}", functools.partial(bytes, data)
    return made


def claims() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Small files that claim to be large, or nothing."""
    made: dict[str, tuple[str, Callable[[], bytes]]] = {}
    for width, height in ((50_000, 50_000), (65_535, 65_535), (2**31 - 1, 1), (0, 0), (1, 2**31), (20_001, 1)):
        pixels = (b"IDAT", zlib.compress(bytes(99)))
        in_each: dict[str, Callable[[], bytes]] = {
            "png": functools.partial(png, [strange.header(width, height), pixels, (b"IEND", b"")]),
            "avif": functools.partial(avif_of, width, height),
            "jpg": functools.partial(jpeg_of, width % 2**16, height % 2**16),
            "webp": functools.partial(webp_of, width % 2**24 or 1, height % 2**24 or 1),
        }
        for ending, make in in_each.items():
            made[f"a claim of {width} x {height} in {ending}"] = f"x.{ending}", make
    return made


def case(number: int) -> tuple[str, str, bytes, str]:
    """The case of a number: what it is, the name and content of the file, and the good file that it was made of."""
    specials = list(special().items())
    if number < len(specials):
        label, (name, make) = specials[number]
        return label, name, make(), ""
    source = random.Random(number)
    base = source.choice(list(bases()))
    mutation, data = source.choice(MUTATIONS), bases()[base]
    data = mutation(source, data)
    if source.random() < 0.1 and data:
        data = source.choice(ROUGH)(source, data)
        return f"{number}: {base}, {mutation.__name__} and more", base, data, ""
    return f"{number}: {base}, {mutation.__name__}", base, data, "" if mutation is rebuilt else base
