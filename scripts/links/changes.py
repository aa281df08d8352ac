"""Which records are new, gone or different?

Compares two sets of records by id and by field, and says nothing of what a difference means. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from scripts.facts.catalogue import Catalogue
from scripts.facts.model import Claim, Disagreement, Event, Guide, Identified, OpenQuestion, Question, Record, Source

KINDS: tuple[type[Record], ...] = (Claim, Source, Event, Disagreement, OpenQuestion, Question, Guide)

What = Literal["new", "gone", "changed"]


@dataclass(frozen=True)
class Change:
    """One record that is not what it was. `file` is the stem of the file that it stands in now, or stood in."""

    kind: type[Record]
    id: str
    file: str
    before: Record | None
    after: Record | None

    @property
    def what(self) -> What:
        """Whether it is new, gone or changed."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ, in the order of the class. Of a record that is new or gone: all that it has."""
        return tuple(name for name in self.kind.model_fields if _value(self.before, name) != _value(self.after, name))


def changes(before: Catalogue, after: Catalogue) -> list[Change]:
    """All differences, by kind, in the order of the files.

    Records that one of the two sides could not read are left out: nobody knows how they differ.
    """
    unknown = before.refused | after.refused
    return [change for kind in KINDS for change in _of_kind(kind, before, after) if change.id not in unknown]


def _of_kind(kind: type[Record], before: Catalogue, after: Catalogue) -> Iterable[Change]:
    old = {_id(p.record, p.stem): p for p in before.of(kind)}
    new = {_id(p.record, p.stem): p for p in after.of(kind)}
    for identifier in [*new, *(one for one in old if one not in new)]:
        was, now = old.get(identifier), new.get(identifier)
        stem = now.stem if now else was.stem if was else ""
        if was is None or now is None or was.record != now.record:
            yield Change(kind, identifier, stem, was.record if was else None, now.record if now else None)


def _id(record: Record, stem: str) -> str:
    return record.id if isinstance(record, Identified) else stem


def _value(record: Record | None, name: str) -> Any:
    value = getattr(record, name) if record else None
    return value or None
