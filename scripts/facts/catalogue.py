"""Which records are there, and where does each one stand?

`Catalogue` is what was read, with files and lines, doubles and all: `check.py` works on it. `Facts` is what is left
once the checks have passed: plain records by id, for everybody else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from scripts.facts.link_health import LinkHealth
from scripts.facts.model import (
    Claim,
    Disagreement,
    Event,
    Group,
    Guide,
    OpenQuestion,
    Platform,
    Question,
    Record,
    Region,
    Source,
)
from scripts.facts.problems import Problem
from scripts.facts.steps import Steps
from scripts.facts.yaml_lines import Document, type_path

T_co = TypeVar("T_co", bound=Record, covariant=True)
K = TypeVar("K", bound=Record)


@dataclass(frozen=True)
class Place:
    """Where a record stands."""

    document: Document
    path: type_path

    def problem(self, rule: str, what: str, cure: str, *, key: str | None = None) -> Problem:
        """A problem at one key of the record, or at its first line."""
        path = (*self.path, key) if key else self.path
        return Problem(self.document.name, self.document.line_of(path), rule, what, cure)


@dataclass(frozen=True)
class Placed(Generic[T_co]):
    """A record and its place. `stem` is the name of its file, without folder and ending."""

    record: T_co
    place: Place
    stem: str


@dataclass
class Catalogue:
    """All records that the model accepted, in the order of the files.

    `refused` holds the ids of those that it did not accept: they are wrong, but they are there, and nobody who mentions
    them is to blame. `unreadable` is set if a whole file could not be read. `ledger` is the line of each promised id,
    `steps` are those of each guide, `first_steps` the first under each of its headings.
    """

    records: list[Placed[Record]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    unreadable: bool = False
    ledger: dict[str, int] = field(default_factory=dict)
    steps: dict[str, tuple[Steps, ...]] = field(default_factory=dict)
    first_steps: dict[str, dict[str, str]] = field(default_factory=dict)
    labels: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def add(self, placed: Placed[Record]) -> None:
        """Add one record."""
        self.records.append(placed)

    def of(self, kind: type[K]) -> list[Placed[K]]:
        """All records of one kind."""
        return [
            Placed(placed.record, placed.place, placed.stem)
            for placed in self.records
            if isinstance(placed.record, kind)
        ]

    def facts(self, today: dt.date) -> Facts:
        """The checked model. Call it only when `check.check` found nothing."""
        return Facts(
            today=today,
            platforms={p.record.id: p.record for p in self.of(Platform)},
            regions={p.record.id: p.record for p in self.of(Region)},
            groups={p.record.id: p.record for p in self.of(Group)},
            questions={p.record.id: p.record for p in self.of(Question)},
            sources={p.record.id: p.record for p in self.of(Source)},
            claims={p.record.id: p.record for p in self.of(Claim)},
            platform_of={p.record.id: p.stem for p in self.of(Claim)},
            events={p.record.id: p.record for p in self.of(Event)},
            disagreements={p.record.id: p.record for p in self.of(Disagreement)},
            open_questions={p.record.id: p.record for p in self.of(OpenQuestion)},
            guides={p.stem: p.record for p in self.of(Guide)},
            steps=self.steps,
            first_steps=self.first_steps,
        )


# What a rule about several records is: it finds the problems of a catalogue on a day. `check.RULES` lists them all.
Rule = Callable[[Catalogue, dt.date], Iterable[Problem]]


@dataclass(frozen=True)
class Facts:
    """Everything that is known, by id, in the order of the files.

    `today` is the day that counts as today, `links` what is known about links to other sites, `steps`
    what each guide tells one to do, `first_steps` what it begins with under each of its headings.
    """

    today: dt.date
    platforms: dict[str, Platform]
    regions: dict[str, Region]
    groups: dict[str, Group]
    questions: dict[str, Question]
    sources: dict[str, Source]
    claims: dict[str, Claim]
    platform_of: dict[str, str]
    events: dict[str, Event]
    disagreements: dict[str, Disagreement]
    open_questions: dict[str, OpenQuestion]
    guides: dict[str, Guide]
    steps: dict[str, tuple[Steps, ...]] = field(default_factory=dict)
    first_steps: dict[str, dict[str, str]] = field(default_factory=dict)
    links: LinkHealth = field(default_factory=LinkHealth)

    def ids(self) -> Iterable[str]:
        """Every id that a page carries and that must never vanish."""
        for records in (self.claims, self.sources, self.events, self.disagreements, self.open_questions):
            yield from records
