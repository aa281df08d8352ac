"""Which changes of policy do we know, and what was so before and after each?

A change is an event of the timeline, or an answer that ended or began without an event that tells it. It comes from
dates in the facts alone: the day that counts as today decides only what has happened yet. So a rebuild changes nothing,
a claim that is checked again changes nothing, and a new fact adds one change and leaves the others as they were.

The permanent name of a change is made from the id of its record. Those ids are in the ledger and never change. The
address of the site is no part of it: a site that moves, or is copied, would else send every change to everybody again.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scripts.facts import addresses, label
from scripts.facts.catalogue import Facts
from scripts.facts.days import Day
from scripts.facts.model import Claim, Evidence, Product
from scripts.facts.prose import listed, plain
from scripts.facts.resolve import Resolver

# Never change it: all names are made with it. It stands for nothing else.
_NAMES = uuid.UUID("5a2c1d0e-6b0f-4e0b-9c37-0f6a1f1c7f52")

KINDS = {
    "company": "what the company did",
    "regulator": "what a regulator did",
    "court": "what a court did",
    "other": "what others did",
    "answer": "an answer that changed",
}


def name(*parts: str) -> str:
    """A permanent name for something that never changes its id: a URN without any host in it."""
    return uuid.uuid5(_NAMES, "/".join(parts)).urn


@dataclass(frozen=True)
class Said:
    """What a claim said, in words: where, from or until when, the answer, and the sentence."""

    claim: str
    where: str
    when: str
    answer: str
    sentence: str


@dataclass(frozen=True)
class Change:
    """One change of policy. `day` is when it happened, `updated` when what we say of it last changed.

    `page` and `anchor` are where it stands on the site. `text` may have **bold** labels, everything else is plain.
    """

    id: str
    urn: str
    day: Day
    day_in_words: str
    updated: Day
    title: str
    text: str
    kind: str
    platforms: tuple[str, ...]
    regions: tuple[str, ...]
    before: tuple[Said, ...]
    after: tuple[Said, ...]
    sources: tuple[str, ...]
    evidence: Evidence
    page: str
    anchor: str


def changes(facts: Facts) -> tuple[Change, ...]:
    """All changes until today, newest first."""
    found = [*_events(facts), *_ended(facts), *_resumed(facts)]
    return tuple(sorted(found, key=lambda change: (change.day, change.id), reverse=True))


def _events(facts: Facts) -> Iterator[Change]:
    for event in facts.events.values():
        yield Change(
            id=event.id,
            urn=name("event", event.id),
            day=event.date,
            day_in_words=event.when or str(event.date),
            updated=event.corrected or event.date,
            title=plain(event.title),
            text=event.text,
            kind=event.kind,
            platforms=event.platforms,
            regions=event.regions,
            before=tuple(_was(facts, facts.claims[claim]) for claim in event.before),
            after=tuple(_is(facts, facts.claims[claim]) for claim in event.after),
            sources=event.sources,
            evidence=event.evidence,
            page=addresses.TIMELINE,
            anchor=event.id,
        )


def _ended(facts: Facts) -> Iterator[Change]:
    """Answers that ended, and no event says so. A new answer that followed at once belongs to the same change."""
    told = {claim for event in facts.events.values() for claim in event.before}
    for claim in facts.claims.values():
        if claim.until and claim.until.last < facts.today and claim.id not in told:
            day = _following(claim.until)
            yield _answer(facts, claim, "ended", day, before=(claim,), after=_next(facts, claim))


def _resumed(facts: Facts) -> Iterator[Change]:
    """Answers that began some time after another one had ended, and no event says so.

    A claim with a `from` and none before it is no change that we can be sure of: it may say since when we know.
    """
    told = {claim for event in facts.events.values() for claim in event.after}
    for claim in facts.claims.values():
        start = claim.from_
        if start is None or start.first > facts.today or claim.id in told:
            continue
        past = [old for old in _rivals(facts, claim) if old.until and old.until.last < start.first]
        last = max((old.until.last for old in past if old.until), default=None)
        if last is not None and start.first > last + dt.timedelta(days=1):
            before = tuple(old for old in past if old.until and old.until.last == last)
            yield _answer(facts, claim, "began", start, before=before, after=(claim,))


def _answer(
    facts: Facts, claim: Claim, how: str, day: Day, *, before: tuple[Claim, ...], after: tuple[Claim, ...]
) -> Change:
    platform = facts.platforms[facts.platform_of[claim.id]]
    question = facts.questions[claim.question]
    both = (*before, *after)
    return Change(
        id=f"{claim.id}-{how}",
        urn=name(how, claim.id),
        day=day,
        day_in_words=f"after {claim.until}" if how == "ended" and not after else str(day),
        updated=day,
        title=f"{platform.name}, {_where(facts, claim)}: “{plain(question.wording)}” {_TURN[how, bool(after)]}",
        text=f"{question.help} The answer changed.",
        kind="answer",
        platforms=(platform.id,),
        regions=claim.regions,
        before=tuple(_was(facts, old) for old in before),
        after=tuple(_is(facts, new) for new in after),
        sources=tuple(dict.fromkeys(source for each in both for source in each.sources)),
        evidence=max((each.evidence for each in both), key=_DOUBT.index),
        page=addresses.policy(platform.id),
        anchor=claim.id,
    )


_TURN = {
    ("ended", True): "has a new answer",
    ("ended", False): "no longer has its old answer",
    ("began", True): "has a new answer",
}
_DOUBT: tuple[Evidence, ...] = ("read", "reported", "inferred")


def _next(facts: Facts, ended: Claim) -> tuple[Claim, ...]:
    """What held on the day after a claim ended and not on the day before, in its own regions, for its own products."""
    assert ended.until is not None
    then = Resolver(replace(facts, today=ended.until.last + dt.timedelta(days=1)))
    platform = facts.platform_of[ended.id]
    answers = [answer.claim for region in ended.regions for answer in then.answers(platform, region, ended.question)]
    return tuple(
        claim
        for claim in {claim.id: claim for claim in answers}.values()
        if claim.state != "unchecked"
        and _share_products(claim, ended)
        and (claim.from_ is None or claim.from_.first > ended.until.last)
    )


def _rivals(facts: Facts, claim: Claim) -> Iterator[Claim]:
    """Other claims that answer the same question for the same platform, in some region and product of this one."""
    for other in facts.claims.values():
        if (
            other.id != claim.id
            and other.question == claim.question
            and facts.platform_of[other.id] == facts.platform_of[claim.id]
            and set(other.regions) & set(claim.regions)
            and _share_products(other, claim)
        ):
            yield other


def _share_products(one: Claim, two: Claim) -> bool:
    return not one.products or not two.products or bool(set(one.products) & set(two.products))


def _following(day: Day) -> Day:
    """The day after, or the month after, or the year after, as exact as the day itself."""
    after = day.last + dt.timedelta(days=1)
    return Day(after.year, after.month if day.month else None, after.day if day.day else None)


def _was(facts: Facts, claim: Claim) -> Said:
    return _said(facts, claim, f"until {claim.until}")


def _is(facts: Facts, claim: Claim) -> Said:
    # Its own end, if it has one by now, is another change and must not alter this one.
    return _said(facts, claim, f"from {claim.from_}" if claim.from_ else "first day not known")


def _said(facts: Facts, claim: Claim, when: str) -> Said:
    platform = facts.platforms[facts.platform_of[claim.id]]
    answer = label.said(claim, facts.questions[claim.question], platform).text
    return Said(claim.id, _where(facts, claim), when, answer, plain(claim.sentence))


def _where(facts: Facts, claim: Claim) -> str:
    """The regions of a claim, with its products if it is not about all of them."""
    products = facts.platforms[facts.platform_of[claim.id]].products
    places = listed(facts.regions[region].in_list for region in claim.regions)
    named = _named(products, claim.products)
    return f"{places} ({named})" if named else places


def _named(products: Iterable[Product], chosen: Iterable[str]) -> str:
    wanted = set(chosen)
    return listed(product.name for product in products if product.id in wanted)
