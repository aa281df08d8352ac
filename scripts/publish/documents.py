"""What does each file of the open data hold?

One class a file under `api/v1/`: a head that all of them share, and the records. See `records.py` for these.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scripts.publish.records import (
    Cell,
    ClaimOut,
    Day,
    DisagreementOut,
    EventOut,
    FullDay,
    Identifier,
    Ids,
    OpenQuestionOut,
    Out,
    PlatformOut,
    QuestionOut,
    RegionOut,
    SourceOut,
    Url,
)


class License(Out):
    """Under which terms the data may be used."""

    id: Literal["CC-BY-4.0"]
    url: Url


class Head(Out):
    """What every file begins with."""

    schema_: Url = Field(alias="$schema")
    version: str = Field(pattern=r"^1\.\d+$", description="The version of the format, not of the facts.")
    as_of: FullDay = Field(description="The day on which current, overdue and the comparisons are true.")
    last_checked: Day | None = Field(default=None, description="The date of the newest copy that we read.")
    license: License
    attribution: str = Field(description="Name this when you use the data.")


class Claims(Head):
    """All claims, ended ones too."""

    data: tuple[ClaimOut, ...]


class Sources(Head):
    """All sources."""

    data: tuple[SourceOut, ...]


class Regions(Head):
    """All regions, and which belongs to which."""

    data: tuple[RegionOut, ...]


class Platforms(Head):
    """All platforms and their products."""

    data: tuple[PlatformOut, ...]


class Questions(Head):
    """All questions, in the order in which pages show them."""

    data: tuple[QuestionOut, ...]


class Events(Head):
    """The timeline, oldest first."""

    data: tuple[EventOut, ...]


class Disagreements(Head):
    """Where sources disagree."""

    data: tuple[DisagreementOut, ...]


class OpenQuestions(Head):
    """What we do not know."""

    data: tuple[OpenQuestionOut, ...]


class Comparison(Head):
    """Every answer for one region, question by question, platform by platform."""

    region: Identifier
    region_name: str
    wider: Ids = Field(description="The regions that it lies in, nearest first.")
    data: tuple[Cell, ...]


class FileOut(Out):
    """One file of the data."""

    url: Url
    media_type: str
    description: str
    schema_: Url | None = Field(default=None, alias="schema")


class ChangelogEntry(Out):
    """What one version of the format brought."""

    version: str
    date: FullDay
    text: str


class Index(Head):
    """What there is. Begin here."""

    name: str
    description: str
    documentation: Url
    data: tuple[FileOut, ...]
    feeds: tuple[FileOut, ...]
    changelog: tuple[ChangelogEntry, ...]
