"""Does each record have an id of its own, of the right form, and is none of the published ones gone?

These rules are part of `check.RULES`. Pure: nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scripts.facts.catalogue import Catalogue, Placed, Rule
from scripts.facts.model import (
    Claim,
    Disagreement,
    Event,
    Group,
    Identified,
    OpenQuestion,
    Platform,
    Question,
    Record,
    Region,
    Source,
)
from scripts.facts.problems import Problem, meant

# Records whose ids are element ids on our pages, and the prefix each kind has (a claim has its platform's).
PREFIXES: dict[type[Identified], str] = {Source: "s-", Event: "e-", Disagreement: "d-", OpenQuestion: "o-"}


def ids(catalogue: Catalogue, kind: type[Identified]) -> list[str]:
    """The ids of all records of one kind."""
    return [placed.record.id for placed in catalogue.of(kind)]


def unique_ids(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """No id is used twice: among records that are shown on pages, not even for two kinds."""
    shown: dict[str, Placed[Record]] = {}
    for kind in (Platform, Region, Group, Question, Source, Claim, Event, Disagreement, OpenQuestion):
        seen = shown if kind in PREFIXES or kind is Claim else {}
        for placed in catalogue.of(kind):
            identifier = placed.record.id
            if identifier in seen:
                first = seen[identifier].place
                at = f"{first.document.name}:{first.document.line_of(first.path)}"
                yield placed.place.problem(
                    "duplicate id",
                    f'the id "{identifier}" is already used at {at}',
                    "give one of the two another id",
                    key="id",
                )
            seen.setdefault(identifier, placed)


def prefixes(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """An id says by its first letters what kind of record it is."""
    platforms = {placed.record.id: placed.record for placed in catalogue.of(Platform)}
    for claim in catalogue.of(Claim):
        platform = platforms.get(claim.stem)
        if platform is None:
            yield claim.place.problem(
                "unknown platform",
                f"claims/{claim.stem}.yml belongs to no platform of platforms.yml{meant(claim.stem, platforms)}",
                "rename the file, or add the platform",
            )
        elif not claim.record.id.startswith(platform.prefix + "-"):
            yield claim.place.problem(
                "id prefix",
                f'"{claim.record.id}" does not begin with "{platform.prefix}-"',
                "put the prefix in front",
                key="id",
            )
    for kind, prefix in PREFIXES.items():
        for placed in catalogue.of(kind):
            identifier = placed.record.id
            if not identifier.startswith(prefix):
                yield placed.place.problem(
                    "id prefix", f'"{identifier}" does not begin with "{prefix}"', "put the prefix in front", key="id"
                )


def promised_ids(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """An id that was published once stays for ever: others link to it."""
    kinds: tuple[type[Identified], ...] = (*PREFIXES, Claim)
    present = [identifier for kind in kinds for identifier in ids(catalogue, kind)]
    new = [identifier for identifier in present if identifier not in catalogue.ledger]
    for identifier, line in catalogue.ledger.items():
        if identifier not in present and identifier not in catalogue.refused:
            yield Problem(
                "data/ids.txt",
                line,
                "changed id",
                f'the published id "{identifier}" is gone{meant(identifier, new)}',
                "give the record its old id back; a claim that no longer holds keeps its id and gets an until",
            )


RULES: tuple[Rule, ...] = (unique_ids, prefixes, promised_ids)
