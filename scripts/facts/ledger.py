"""Which ids have we promised to keep?

`docs/data/ids.txt` lists every id that was ever published, one a line. Ids are added to it and never taken out. Pure:
text in, text out; that a promised id is still there is a rule of `check_ids.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from scripts.facts.catalogue import Catalogue
from scripts.facts.check_ids import PREFIXES
from scripts.facts.model import Claim

HEAD = """\
# Every id that was ever published, one a line. Others link to them: never take one out.
# `make ids` adds new ones.
"""


def present(catalogue: Catalogue) -> list[str]:
    """The ids that pages carry, in the order of the files."""
    shown = {*PREFIXES, Claim}
    return [str(getattr(placed.record, "id")) for placed in catalogue.records if type(placed.record) in shown]  # noqa: B009


def missing(promised: Collection[str], ids: Iterable[str]) -> list[str]:
    """The ids that are not in the ledger yet, sorted."""
    return sorted(set(ids) - set(promised))


def extended(text: str, new: Iterable[str]) -> str:
    """The ledger with more ids at its end. Nothing that stands in it moves."""
    if not text:
        text = HEAD
    elif not text.endswith("\n"):
        text += "\n"
    return text + "".join(f"{identifier}\n" for identifier in new)
