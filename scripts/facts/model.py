"""What is a fact, and what must each one carry?

One class for each kind of record in `docs/data/` (and for the front matter of a guide). Each refuses keys that it does
not know. Rules that need more than one record (does this source exist? do two claims collide?) are in `check.py`;
values that depend on today's date or on the region tree are in `resolve.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from scripts.facts.fields import Address, Date, Id, Ids, Prose, Refused, Short, Text, sentences
from scripts.facts.yaml_lines import Bare

State = Literal["yes", "no", "depends", "silent", "unchecked"]
STATES: tuple[State, ...] = get_args(State)
Answer = Literal["state", "date", "text"]
Evidence = Literal["read", "reported", "inferred"]
How = Literal["archived", "live", "device"]
SourceKind = Literal["company", "regulator", "court", "consumer body", "press", "law firm", "blog", "article"]
Read = Literal["whole", "part", "title", "no"]
EventKind = Literal["company", "regulator", "court", "other"]

ASK_STATE = "write one of the five in quotes: " + ", ".join(f'"{state}"' for state in STATES)


def _quoted(value: object) -> object:
    if isinstance(value, Bare | bool):
        raise Refused(f"{str(value).lower()} has no quotes, and many YAML readers take it for a boolean", ASK_STATE)
    return value


QuotedState = Annotated[State, BeforeValidator(_quoted)]


class Record(BaseModel):
    """What every record shares: unknown keys are refused, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Identified(Record):
    """A record with a permanent id."""

    id: Id


class Product(Identified):
    """One service of a platform, such as Instagram."""

    name: Text


class Platform(Identified):
    """A company that we compare. The ids of its claims begin with `prefix`; `shape` marks it without colour."""

    name: Text
    prefix: Id
    shape: Literal["square", "circle", "triangle", "diamond"]
    owner: Text
    products: tuple[Product, ...] = Field(min_length=1)


class Region(Identified):
    """A place where a fact may hold. `parent` is the wider region whose claims it inherits.

    `short` is the name within a list, if it differs.
    """

    name: Text
    short: Text | None = None
    rule: Text
    place: Text
    parent: Id | None = None
    page: bool = False

    @property
    def in_list(self) -> str:
        """The name as it stands among others: "EU/EEA, UK and elsewhere"."""
        return self.short or self.name


class Group(Identified):
    """A heading over some rows of the comparison."""

    title: Text


class Limit(Record):
    """What a question says about things that nobody can stop: the state that means so, and its name in a list.

    Where the answer to `only_where` is "no", the point is moot and left out.
    """

    place: int = Field(ge=1)
    state: QuotedState
    wording: Short
    only_where: Id | None = None


class Question(Identified):
    """One row of the comparison.

    `label` is its place in the label, if it is one of the seven. `limit` says which answer means: you cannot
    stop this. `recheck_days` is how many days an answer stays fresh.
    """

    group: Id
    wording: Text
    label_wording: Text | None = None
    help: Prose
    answer: Answer
    label: int | None = Field(default=None, ge=1, le=7)
    limit: Limit | None = None
    recheck_days: int = Field(default=180, gt=0)

    @model_validator(mode="after")
    def _label_has_wording(self) -> Question:
        if self.label and not self.label_wording:
            raise Refused(
                "a question of the label needs label_wording", "add label_wording: with its words in the label"
            )
        return self


class Source(Identified):
    """Something that was read, or that others reported.

    `read` says how much of it we read ourselves. `via` names the sources that reported it, if we did not read it.
    `address` is always the publisher's own; `archive` is a dated copy at a fixed address. Without an address,
    `no_address` says why.
    """

    title: Text
    publisher: Text
    kind: SourceKind
    address: Address | None = None
    no_address: Prose | None = None
    archive: Address | None = None
    language: str = Field(default="en", pattern=r"^[a-z]{2}$")
    published: Date | None = None
    retrieved: Date | None = None
    read: Read
    via: Ids = ()
    note: Prose | None = None
    right: tuple[Prose, ...] = ()
    wrong: tuple[Prose, ...] = ()

    @model_validator(mode="after")
    def _can_be_found(self) -> Source:
        if not self.address and not self.no_address:
            raise Refused("a source needs an address", "add address:, or no_address: with the reason why there is none")
        if self.kind == "article" and not (self.right and self.wrong):
            raise Refused("an article needs both lists", "add right: and wrong:")
        return self


class Claim(Identified):
    """One statement about one platform: the answer to one question in some regions, with its evidence.

    A state question is answered by `state`; a date or text question by `value`, or by a `state` of silent or unchecked.
    `short` adds at most six words to the state. `checked` is the date of the copy that was read (none: the copy was
    undated), `how` says what kind of copy. `stoppable` says that there is a way out of it all the
    same, whatever the question's limit says. `recheck` overrides the question's own interval.
    """

    question: Id
    products: Ids = ()
    regions: Ids = Field(min_length=1)
    state: QuotedState | None = None
    value: Short | None = None
    short: Short | None = None
    sentence: Prose
    note: Prose | None = None
    link: Address | None = None
    from_: Date | None = Field(default=None, alias="from")
    until: Date | None = None
    sources: Ids = ()
    evidence: Evidence
    checked: Date | None = None
    how: How = "archived"
    stoppable: bool = False
    recheck: Date | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Claim:
        if (self.state is None) == (self.value is None):
            raise Refused("a claim has either a state or a value", "write one of the two: the question says which")
        if len(sentences(self.sentence)) > 1:
            raise Refused("the sentence of a claim is one sentence", "put the rest into note:")
        if self.sentence[-1] not in ".?!”":
            raise Refused("the sentence has no end", "end it with a full stop")
        if self.from_ and self.until and self.from_.first > self.until.last:
            raise Refused(f"from ({self.from_}) is after until ({self.until})", "correct one of the two dates")
        if not self.sources and self.state != "unchecked":
            raise Refused(
                "a claim needs at least one source", 'add sources: [s-…]; without any, write state: "unchecked"'
            )
        return self


class Event(Identified):
    """A dated entry of the timeline. `when` replaces the date in words, if the source is vaguer than a date.

    `before` names the claims that ended with it, `after` those that began: the feeds tell them with the event and not
    by themselves. `corrected` is the day on which we last corrected what it says.
    """

    date: Date
    when: Text | None = None
    title: Text
    text: Prose
    kind: EventKind
    platforms: Ids = Field(min_length=1)
    regions: Ids = Field(min_length=1)
    before: Ids = ()
    after: Ids = ()
    sources: Ids = Field(min_length=1)
    evidence: Evidence
    corrected: Date | None = None


class Side(Record):
    """What one party says. `who` is free words when the party is not a source of ours."""

    says: Prose
    sources: Ids = ()
    who: Text | None = None

    @model_validator(mode="after")
    def _is_somebody(self) -> Side:
        if not self.sources and not self.who:
            raise Refused("nobody is named who says so", "add sources: or who:")
        return self


class Disagreement(Identified):
    """What sources say differently, our reading of it, and why. `top` (1 to 5) puts it on the home page, as `myth`."""

    title: Text
    platforms: Ids = Field(min_length=1)
    questions: Ids = ()
    sides: tuple[Side, ...] = Field(min_length=2)
    reading: Prose
    why: Prose
    sources: Ids = ()
    settled: bool = True
    top: int | None = Field(default=None, ge=1, le=5)
    myth: Text | None = None

    @model_validator(mode="after")
    def _top_has_myth(self) -> Disagreement:
        if (self.top is None) != (self.myth is None):
            raise Refused("top and myth go together", "add the other one, or delete both")
        return self


class OpenQuestion(Identified):
    """Something that we do not know, and what would settle it."""

    platforms: Ids = Field(min_length=1)
    unknown: Prose
    settle: Prose
    regions: Ids = ()


class NoScreen(Record):
    """A label that a step names and no picture shows, because no source ever showed the screen; and why we know it."""

    label: Text
    why: Prose


class Guide(Record):
    """The front matter of a guide under `docs/guides/`.

    `works_where` names the question whose "yes" means that the guide works in a region (none: it works everywhere).
    `does` and `does_not` name the claims that say what the steps reach and what they do not. `minutes` is the usual
    time needed, `action` the words on the button that leads here, `reviewed` the day on which a person last went
    through the words. `no_screen` excuses labels that stand in a step without a picture. `in_short` is the way in one
    line, for who knows the place, by the id of the heading that it stands under at length; what it puts in bold stands
    in bold there.
    """

    title: Text
    description: Text
    platform: Id
    products: Ids = Field(min_length=1)
    device: Text
    action: Short
    works_where: Id | None = None
    minutes: int = Field(gt=0, le=60)
    reviewed: Date
    needs: tuple[Prose, ...] = Field(min_length=1)
    does: Ids = ()
    does_not: Ids = Field(min_length=1)
    sources: Ids = Field(min_length=1)
    no_screen: tuple[NoScreen, ...] = ()
    in_short: dict[Id, Prose] = Field(default_factory=dict)
    search: dict[str, Any] | None = None
    hide: tuple[str, ...] = ()
