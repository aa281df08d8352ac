"""Does every claim and every guide have a short address that is short?

A short address is made of the id, and the id never changes. So the length is looked at when the id is new: afterwards
it is too late. These rules are part of `check.RULES`. Pure: nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.facts import addresses
from scripts.facts.catalogue import Catalogue, Placed, Rule
from scripts.facts.model import Claim, Guide, Record
from scripts.facts.problems import Problem


def short_addresses(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """No short address is longer than 40 characters after the host."""
    pages: list[tuple[Placed[Record], str]] = [
        (Placed(claim.record, claim.place, claim.stem), addresses.claim(claim.record.id))
        for claim in catalogue.of(Claim)
    ]
    pages += [
        (Placed(guide.record, guide.place, guide.stem), addresses.short_guide(guide.stem))
        for guide in catalogue.of(Guide)
    ]
    for placed, page in pages:
        address = "/" + addresses.folder(page)
        if len(address) > addresses.SHORT:
            what = f"its short address, {address}, has {len(address)} characters, {addresses.SHORT} is the limit"
            cure = f"take {len(address) - addresses.SHORT} characters off the {_name(placed.record)}"
            key = "id" if isinstance(placed.record, Claim) else None
            yield placed.place.problem("short address", what, cure, key=key)


def _name(record: Record) -> str:
    return "id" if isinstance(record, Claim) else "name of the file"


RULES: tuple[Rule, ...] = (short_addresses,)
