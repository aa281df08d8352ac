"""What does a record of the open data look like?

One class for each kind of record; the files that hold them are in `documents.py`. The published schemas are made from
these classes, and so are the data. Every field is a promise: `compat.py` sees to it that none goes and none gets
narrower. A field whose default is None is left out when it has nothing to say. No field is ever null, and none has more
than one type.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from scripts.facts.model import Answer, EventKind, Evidence, How, Read, SourceKind, State

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Day = Annotated[
    str,
    Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description="A day, a month or a year, as far as it is known."),
]
FullDay = Annotated[str, Field(json_schema_extra={"format": "date"})]
Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Ids = tuple[Identifier, ...]


class Out(BaseModel):
    """What every published record shares."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, extra="forbid")


class Feeds(Out):
    """The two feeds of a platform or a region."""

    atom: Url
    json_feed: Url


class ClaimOut(Out):
    """One statement: the answer to one question about one platform, in some regions. Its id never changes."""

    id: Identifier
    platform: Identifier
    question: Identifier
    products: Ids = Field(description="Empty: all products of the platform.")
    regions: Ids = Field(description="It holds there and in all parts, unless a nearer claim says otherwise.")
    answer: str = Field(description="The answer in words, as pages show it.")
    state: State | None = Field(default=None, description="Only for questions whose answer_kind is state, or unknown.")
    value: str | None = Field(default=None, description="The date or the text that the question asks for.")
    short: str | None = Field(default=None, description="At most six words that go with the state or the value.")
    sentence: str
    note: str | None = None
    link: Url | None = None
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = Field(
        default=None, description="The claim held until then. It keeps its id and its place here."
    )
    current: bool = Field(description="Whether it holds on the as-of date.")
    sources: Ids
    evidence: Evidence
    checked: Day | None = Field(default=None, description="The date of the copy that was read.")
    how: How
    overdue: bool = Field(description="Whether it wants a new check on the as-of date.")
    recheck_by: FullDay | None = None
    page: Url


class SourceOut(Out):
    """Something that was read, or that others reported."""

    id: Identifier
    title: str
    publisher: str
    kind: SourceKind
    address: Url | None = Field(default=None, description="The publisher's own address.")
    no_address: str | None = Field(default=None, description="Why there is no address.")
    archive: Url | None = Field(default=None, description="A dated copy at a fixed address.")
    language: str
    published: Day | None = None
    retrieved: Day | None = None
    read: Read = Field(description="How much of it we read ourselves.")
    via: Ids = Field(description="The sources that reported it, if we did not read it.")
    note: str | None = None
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    page: Url


class RegionOut(Out):
    """A place where a claim may hold."""

    id: Identifier
    name: str
    rule: str
    place: str
    parent: Identifier | None = Field(default=None, description="The wider region whose claims it inherits.")
    page: Url | None = None
    comparison: Url
    table: Url
    feeds: Feeds | None = Field(default=None, description="All but the widest region have feeds of their own.")


class ProductOut(Out):
    """One service of a platform."""

    id: Identifier
    name: str


class PlatformOut(Out):
    """A company that is compared."""

    id: Identifier
    name: str
    owner: str
    products: tuple[ProductOut, ...]
    page: Url
    feeds: Feeds


class QuestionOut(Out):
    """One row of the comparison."""

    id: Identifier
    group: Identifier
    group_title: str
    wording: str
    help: str
    answer_kind: Answer
    label: int | None = Field(default=None, description="Its place in the label of seven rows, if it has one.")
    label_wording: str | None = None
    recheck_days: int = Field(description="How many days an answer stays fresh.")


class EventOut(Out):
    """A dated entry of the timeline, and of the feeds."""

    id: Identifier
    feed_id: str = Field(description="Its id in the feeds. It never changes, wherever the site is.")
    date: Day
    date_in_words: str
    title: str
    text: str
    kind: EventKind
    platforms: Ids
    regions: Ids
    before: Ids = Field(description="Claims that ended with it.")
    after: Ids = Field(description="Claims that began with it.")
    sources: Ids
    evidence: Evidence
    corrected: Day | None = None
    page: Url


class SideOut(Out):
    """What one party says."""

    says: str
    sources: Ids
    who: str | None = None


class DisagreementOut(Out):
    """What sources say differently, our reading of it, and why."""

    id: Identifier
    title: str
    platforms: Ids
    questions: Ids
    sides: tuple[SideOut, ...]
    reading: str
    why: str
    sources: Ids
    settled: bool
    page: Url


class OpenQuestionOut(Out):
    """Something that we do not know, and what would settle it."""

    id: Identifier
    platforms: Ids
    regions: Ids
    unknown: str
    settle: str
    page: Url


class Cell(Out):
    """One answer in the comparison of a region: what holds there on the as-of date, and where that comes from."""

    question: Identifier
    group: Identifier
    wording: str
    platform: Identifier
    parts: Ids = Field(description="Empty: the whole region. Else it holds only in these parts of it.")
    products: Ids = Field(
        description="Empty: all products of the platform, but for those that have a cell of their own."
    )
    answer: str = Field(description="The answer in words, as the page shows it.")
    state: State | None = None
    value: str | None = None
    short: str | None = None
    sentence: str | None = None
    link: Url | None = None
    claim: Identifier | None = Field(default=None, description="Left out, if nothing is known: not checked.")
    given_for: Identifier | None = Field(default=None, description="The region that the claim was made for.")
    inherited: bool = Field(description="Whether it was made for a wider region.")
    rule: str | None = Field(default=None, description="The inheritance in words.")
    checked: Day | None = None
    evidence: Evidence | None = None
    overdue: bool
    recheck_by: FullDay | None = None
    sources: Ids
    page: Url | None = None
