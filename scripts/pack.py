"""How does a host serve the site smaller than it packs it itself?

Puts a packed copy beside each file of text, once with gzip and once with Brotli, both as small as they get. nginx,
Caddy and others send these instead, if they are told to; whoever does not ask for a packed file gets the plain one.
Packed anew only if the plain file is newer. The same file makes the same bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import brotli  # type: ignore[import-untyped]

KINDS = frozenset((".html", ".css", ".js", ".json", ".jsonld", ".atom", ".xml", ".svg", ".txt", ".csv", ".ics", ".md"))
LEAST = 512  # bytes: smaller files fit into a packet as they are


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _brotli(data: bytes) -> bytes:
    packed: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=11)
    return packed


PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": _gzip, ".br": _brotli}


@dataclass(frozen=True)
class Packed:
    """How many files there are, and how many bytes they have: plain, and for each packer by its ending."""

    files: int
    plain: int
    packed: dict[str, int]


def pack(site: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> Packed:
    """Pack the text of a built tree.

    Args:
        site: the tree.
        progress: is told how many files are done, and of how many.

    Raises:
        ValueError: if there is nothing to pack.
    """
    files = [path for path in sorted(site.rglob("*")) if path.suffix in KINDS and path.stat().st_size >= LEAST]
    if not files:
        raise ValueError(f"there is no text in {site}, so there is nothing to pack")
    with ProcessPoolExecutor() as pool:
        sizes = []
        for size in pool.map(_pack, files, chunksize=4):
            sizes.append(size)
            progress(len(sizes), len(files))
    packed = {ending: sum(size[ending] for size in sizes) for ending in PACKERS}
    return Packed(len(files), sum(path.stat().st_size for path in files), packed)


def _pack(path: Path) -> dict[str, int]:
    sizes = {}
    for ending, packer in PACKERS.items():
        beside = path.with_name(path.name + ending)
        if not beside.exists() or beside.stat().st_mtime_ns < path.stat().st_mtime_ns:
            beside.write_bytes(packer(path.read_bytes()))
        sizes[ending] = beside.stat().st_size
    return sizes
