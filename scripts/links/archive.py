"""Which sources have no archived copy?

A company can change its text at any time, so each of its texts that we cite should have a dated copy at a fixed
address. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scripts.facts.model import Source

_SHORT_COMMIT = re.compile(r"^https://github\.com/[^/]+/[^/]+/commit/[0-9a-f]{7,39}$")


@dataclass(frozen=True)
class Lacking:
    """A source and what its archived copy lacks."""

    source: Source
    what: str


def lacking(sources: Iterable[Source]) -> list[Lacking]:
    """What is wanting: the companies' own texts first, then everybody else's, in the order of the files."""
    found = [Lacking(source, what) for source in sources for what in [_wanting(source)] if what]
    return sorted(found, key=lambda one: (one.source.kind != "company", one.source.archive is not None))


def _wanting(source: Source) -> str | None:
    if source.archive is None:
        return "no archived copy"
    if _SHORT_COMMIT.match(source.archive):
        return "the address of the copy names its commit in short; write all 40 digits"
    return None
