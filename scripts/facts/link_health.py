"""What do we know about a link to another site, and what does that mean today?

A program can be turned away where a person is not, so three things are known about an address: what the watch found,
what a person saw, and what we decided to accept. `LinkHealth.standing` is the one place that weighs them. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from scripts.facts.days import in_words
from scripts.facts.fields import Prose, Text
from scripts.facts.model import Record

Verdict = Literal["ok", "moved", "soft 404", "gone", "blocked", "rate limited", "timeout", "TLS", "changed"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
TURNED_AWAY: tuple[Verdict, ...] = ("blocked", "rate limited")  # neither alive nor dead: only a person can say
DEAD: tuple[Verdict, ...] = ("gone", "soft 404", "TLS", "timeout")

PERSON_DAYS = 90  # for so long counts what a person saw
ACCEPT_DAYS = 180  # for so long may something be accepted
IN_A_ROW = 2  # so many failures one after the other are no accident

Level = Literal["fine", "look", "broken", "unknown"]


def _whole(value: object) -> object:
    if isinstance(value, str) and ("*" in value or not value.startswith(("https://", "http://"))):
        raise ValueError(f'"{value}" is not the whole address of one page')
    return value


Link = Annotated[str, BeforeValidator(_whole), Field(pattern=r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Moment = Annotated[dt.datetime, Field(strict=False)]


class Checked(Record):
    """What the watch found at an address.

    `since` is the day on which it found this verdict first, `failures` how often it failed in a row, `final` where the
    address led in the end. `text` stands for the words of the page as a person last knew them; `new_text` for other
    words that nobody has looked at yet, first seen on `changed_on`. `wait_until` is the server's own wish.
    """

    address: Link
    verdict: Verdict
    checked: Moment
    since: dt.date
    detail: str = ""
    failures: int = Field(default=0, ge=0)
    final: str | None = None
    text: Hash | None = None
    new_text: Hash | None = None
    changed_on: dt.date | None = None
    wait_until: Moment | None = None

    @model_validator(mode="after")
    def _knows_its_zone(self) -> Checked:
        if self.checked.tzinfo is None or (self.wait_until and self.wait_until.tzinfo is None):
            raise ValueError("a time needs its zone: write it in UTC, with a Z at its end")
        return self


class Looked(Record):
    """What a person saw at an address, in a browser, with their own eyes."""

    address: Link
    date: dt.date
    who: Text
    saw: Verdict = "ok"
    note: Prose | None = None

    @model_validator(mode="after")
    def _was_let_in(self) -> Looked:
        if self.saw in TURNED_AWAY:
            raise ValueError("a person who was turned away saw nothing; leave the entry out")
        return self


class Accepted(Record):
    """A verdict that we live with at one address, why, who says so, and until when."""

    address: Link
    verdict: Verdict
    reason: Prose
    owner: Text
    until: dt.date


@dataclass(frozen=True)
class Standing:
    """What everything that is known about an address means: how bad it is, why, and what would mend it."""

    level: Level
    why: str
    cure: str = ""


@dataclass(frozen=True)
class LinkHealth:
    """The last result of each address, what people saw there last, and what is accepted."""

    results: dict[str, Checked] = field(default_factory=dict)
    looked: dict[str, Looked] = field(default_factory=dict)
    accepted: tuple[Accepted, ...] = ()

    def accepts(self, address: str, verdict: Verdict) -> Accepted | None:
        """The exception for this verdict at this address, expired ones too."""
        return next((one for one in self.accepted if one.address == address and one.verdict == verdict), None)

    def standing(self, address: str, today: dt.date, *, archived: bool) -> Standing:
        """How an address stands.

        Args:
            address: the address, without a fragment.
            today: the day that counts as today.
            archived: whether there is an archived copy, or none is needed.

        Returns:
            "unknown" if the watch has not been there, "broken" if something must be done, "look" if somebody should
            look, else "fine".
        """
        result = self.results.get(address)
        if result is None:
            return Standing("unknown", "no program has checked it yet")
        exception = self.accepts(address, result.verdict)
        if exception and exception.until >= today:
            return Standing("fine", f"accepted until {in_words(exception.until)}: {exception.reason}")
        if exception:
            until = in_words(exception.until)
            return Standing("broken", f"accepted only until {until}", "mend the link, or decide anew and say why")
        if result.verdict in TURNED_AWAY:
            return self._turned_away(result, today, archived)
        return _plain(result)

    def _turned_away(self, result: Checked, today: dt.date, archived: bool) -> Standing:
        person = self.looked.get(result.address)
        cure = "open it in a browser, and enter what you saw under people in docs/ledgers/link-watch.yml"
        if person is None:
            return Standing("broken", f"{result.detail}; no person has looked", cure)
        when = in_words(person.date)
        if person.date < today - dt.timedelta(days=PERSON_DAYS):
            return Standing("broken", f"{result.detail}; a person looked last on {when}, which is too long ago", cure)
        if person.saw in DEAD:
            return Standing("broken", f"a person saw on {when}: {person.saw}", "give another address, or none")
        if not archived:
            return Standing("broken", f"{result.detail}; no archived copy", "find a dated copy in a public archive")
        level: Level = "look" if person.saw in ("moved", "changed") else "fine"
        return Standing(level, f"{result.detail}; a person saw it on {when}")

    def reported(self, address: str, today: dt.date, *, archived: bool) -> bool:
        """Whether an address is bad enough, and for long enough, to be told to somebody."""
        result = self.results.get(address)
        if result is None:
            return False
        standing = self.standing(address, today, archived=archived)
        changed = result.verdict == "changed" and standing.level == "look"
        return changed or (standing.level == "broken" and result.failures >= IN_A_ROW)

    def expired(self, today: dt.date) -> tuple[Accepted, ...]:
        """Exceptions whose time is over."""
        return tuple(one for one in self.accepted if one.until < today)

    def unused(self, addresses: Collection[str]) -> Iterator[Accepted]:
        """Exceptions that nothing needs: the address is not linked to, or has another verdict."""
        for one in self.accepted:
            result = self.results.get(one.address)
            if one.address not in addresses or (result is not None and result.verdict != one.verdict):
                yield one


def _plain(result: Checked) -> Standing:
    if result.verdict == "ok":
        return Standing("fine", result.detail)
    if result.verdict == "moved":
        return Standing("look", result.detail, "read the page there, and write its new address")
    if result.verdict == "changed":
        cure = "read it again, mend what rests on it, and enter that you looked in docs/ledgers/link-watch.yml"
        return Standing("look", result.detail, cure)
    return Standing("broken", result.detail, "find the page's new address, or leave the link out")
