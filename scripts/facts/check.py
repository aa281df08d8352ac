"""Do the records agree with one another?

Rules that need more than one record, or today's date. Each is a small function from the catalogue to the problems that
it finds; `RULES` is the list of them all. Pure: nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from scripts.facts import check_dates, check_feeds, check_guides, check_ids, check_references, check_short
from scripts.facts.catalogue import Catalogue, Placed, Rule
from scripts.facts.days import Day, in_words
from scripts.facts.fields import SHORT_WORDS, words
from scripts.facts.model import (
    Claim,
    Disagreement,
    Event,
    Guide,
    Identified,
    Question,
    Region,
    Source,
)
from scripts.facts.problems import Problem


def check(catalogue: Catalogue, today: dt.date) -> list[Problem]:
    """All problems that the rules find."""
    return [problem for rule in RULES for problem in rule(catalogue, today)]


def region_tree(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Regions form one tree: exactly one has no parent, and nobody is their own ancestor."""
    placed = {region.record.id: region for region in catalogue.of(Region)}
    roots = [region for region in placed.values() if region.record.parent is None]
    for extra in roots[1:]:
        yield extra.place.problem(
            "region tree", f'"{extra.record.id}" has no parent', f'add "parent: {roots[0].record.id}"'
        )
    parents = _parents(catalogue)
    for region in placed.values():
        line = list(_line(region.record.id, parents))
        if parents.get(line[-1]) in line:
            yield region.place.problem(
                "region tree", f'"{region.record.id}" is its own ancestor', "mend its parent", key="parent"
            )


def answers_fit(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """A claim answers in the form that its question asks for."""
    questions = {placed.record.id: placed.record for placed in catalogue.of(Question)}
    for claim in catalogue.of(Claim):
        question, record = questions.get(claim.record.question), claim.record
        if question is None:
            continue
        if question.answer == "state" and record.state is None:
            yield claim.place.problem(
                "answer", f'"{question.id}" asks for a state', "write state: and one of the five", key="value"
            )
        elif question.answer != "state" and record.state in ("yes", "no", "depends"):
            yield claim.place.problem(
                "answer", f'"{question.id}" asks for a {question.answer}', "write value: instead of state:", key="state"
            )
        elif question.answer == "date" and record.value is not None:
            try:
                Day.parse(record.value)
            except ValueError as error:
                yield claim.place.problem("answer", str(error), "write a date", key="value")
                continue  # a value that is no date cannot be said in words
        if question.label and words(_in_label(question, record)) > SHORT_WORDS:
            yield claim.place.problem(
                "label",
                f'"{_in_label(question, record)}" has more than {SHORT_WORDS} words',
                "shorten value or short: a row of the label has room for six",
                key="short",
            )
        if question.label and question.answer == "state" and not record.short:
            yield claim.place.problem(
                "label", f'"{question.id}" is a row of the label', "add short: with at most six words after the state"
            )


def _in_label(question: Question, claim: Claim) -> str:
    """What a row of the label says after its state."""
    value = str(Day.parse(claim.value)) if claim.value and question.answer == "date" else claim.value
    return " ".join(part for part in (value, claim.short) if part)


def collisions(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """No two claims answer one question for one product in one region at one time."""
    by_question: dict[tuple[str, str], list[Placed[Claim]]] = defaultdict(list)
    for claim in catalogue.of(Claim):
        by_question[claim.stem, claim.record.question].append(claim)
    for claims in by_question.values():
        for one, two in combinations(claims, 2):
            shared = sorted(set(one.record.regions) & set(two.record.regions))
            if (
                shared
                and one.record.id != two.record.id
                and _same_products(one.record, two.record)
                and _overlap(one.record, two.record)
            ):
                yield two.place.problem(
                    "two claims",
                    f'"{one.record.id}" answers "{one.record.question}" for {", ".join(shared)} as well',
                    "give them different products, regions, or from and until dates",
                    key="id",
                )


def _same_products(one: Claim, two: Claim) -> bool:
    """A claim for all products and one for some do not collide: the nearer one wins."""
    return bool(set(one.products) & set(two.products)) or not (one.products or two.products)


def _overlap(one: Claim, two: Claim) -> bool:
    (a, b), (c, d) = _span(one), _span(two)
    return a <= d and c <= b


def _span(claim: Claim) -> tuple[dt.date, dt.date]:
    """The first and the last day on which a claim may hold."""
    return claim.from_.first if claim.from_ else dt.date.min, claim.until.last if claim.until else dt.date.max


def no_gaps(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Where a claim ends, another one answers from the next day on, made for that region or for a wider one."""
    parents, claims = _parents(catalogue), catalogue.of(Claim)
    for claim in claims:
        if claim.record.until is None:
            continue
        after = claim.record.until.last + dt.timedelta(days=1)
        alike = [
            other.record.regions
            for other in claims
            if (other.stem, other.record.question) == (claim.stem, claim.record.question)
            and (not other.record.products or set(other.record.products) & set(claim.record.products))
            and _span(other.record)[0] <= after <= _span(other.record)[1]
        ]
        for region in claim.record.regions:
            line = list(_line(region, parents))
            if not any(set(line) & set(regions) for regions in alike):
                yield claim.place.problem(
                    "gap",
                    f'from {in_words(after)} on, nothing answers "{claim.record.question}" for "{region}"',
                    'add the statement that holds then; if nobody knows, one with state: "unchecked"',
                    key="until",
                )


def _parents(catalogue: Catalogue) -> dict[str, str | None]:
    return {placed.record.id: placed.record.parent for placed in catalogue.of(Region)}


def _line(region: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """A region and those that it lies in, each once: a tree that is not mended yet may go round."""
    seen = set[str]()
    current: str | None = region
    while current and current not in seen:
        seen.add(current)
        yield current
        current = parents.get(current)


def unread_sources(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """A claim that says we read its source rests on at least one source that we did read."""
    read = {placed.record.id: placed.record.read for placed in catalogue.of(Source)}
    for claim in catalogue.of(Claim):
        record = claim.record
        if (
            record.evidence == "read"
            and record.sources
            and all(read.get(source, "") == "no" for source in record.sources)
        ):
            yield claim.place.problem(
                "evidence",
                "evidence is read, but none of its sources was read",
                "write evidence: reported",
                key="evidence",
            )


def lone_sources(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Every source is used by something. (The articles are discussed on a page of their own.)"""
    if catalogue.refused:
        return  # what a refused record cites is not known
    used: set[str] = set()
    used.update(*(placed.record.sources for placed in catalogue.of(Claim)))
    used.update(*(placed.record.sources for placed in catalogue.of(Event)))
    used.update(*(placed.record.sources for placed in catalogue.of(Guide)))
    used.update(*(placed.record.sources for placed in catalogue.of(Disagreement)))
    used.update(*(side.sources for placed in catalogue.of(Disagreement) for side in placed.record.sides))
    used.update(*(placed.record.via for placed in catalogue.of(Source)))
    for source in catalogue.of(Source):
        if source.record.id not in used and source.record.kind != "article":
            yield source.place.problem(
                "unused source", f'nothing rests on "{source.record.id}"', "cite it, or delete it", key="id"
            )


def places(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Each place in the label and each of the five on the home page is taken once."""
    label: dict[int, str] = {}
    home: dict[int, str] = {}
    for question in catalogue.of(Question):
        yield from _taken(question, "label", question.record.label, label)
    for dispute in catalogue.of(Disagreement):
        yield from _taken(dispute, "top", dispute.record.top, home)


def _taken(placed: Placed[Identified], key: str, place: int | None, taken: dict[int, str]) -> Iterator[Problem]:
    if place is None:
        return
    if place in taken:
        yield placed.place.problem(key, f"place {place} is taken by {taken[place]}", "choose another place", key=key)
    taken.setdefault(place, placed.record.id)


RULES: tuple[Rule, ...] = (
    *check_ids.RULES,
    *check_references.RULES,
    *check_dates.RULES,
    region_tree,
    answers_fit,
    collisions,
    no_gaps,
    unread_sources,
    lone_sources,
    places,
    *check_feeds.RULES,
    *check_guides.RULES,
    *check_short.RULES,
)
