"""Do the records agree with one another?

Rules that need more than one record, or today's date. Each is a small function from the catalogue to the problems that
it finds; `RULES` is the list of them all. Pure: nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from scripts.facts import check_feeds, check_guides, check_short
from scripts.facts.catalogue import Catalogue, Placed
from scripts.facts.days import Day, in_words
from scripts.facts.model import (
    SHORT_WORDS,
    Claim,
    Disagreement,
    Event,
    Group,
    Guide,
    Identified,
    OpenQuestion,
    Platform,
    Question,
    Record,
    Region,
    Source,
    words,
)
from scripts.facts.problems import Problem

Rule = Callable[[Catalogue, dt.date], Iterable[Problem]]

# Records whose ids are element ids on our pages, and the prefix each kind has (a claim has its platform's).
PREFIXES: dict[type[Identified], str] = {Source: "s-", Event: "e-", Disagreement: "d-", OpenQuestion: "o-"}


def check(catalogue: Catalogue, today: dt.date) -> list[Problem]:
    """All problems that the rules find."""
    return [problem for rule in RULES for problem in rule(catalogue, today)]


def _ids(catalogue: Catalogue, kind: type[Identified]) -> list[str]:
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
                f"claims/{claim.stem}.yml belongs to no platform of platforms.yml{_nearest(claim.stem, platforms)}",
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
    present = [identifier for kind in kinds for identifier in _ids(catalogue, kind)]
    new = [identifier for identifier in present if identifier not in catalogue.ledger]
    for identifier, line in catalogue.ledger.items():
        if identifier not in present and identifier not in catalogue.refused:
            yield Problem(
                "data/ids.txt",
                line,
                "changed id",
                f'the published id "{identifier}" is gone{_nearest(identifier, new)}',
                "give the record its old id back; a claim that no longer holds keeps its id and gets an until",
            )


def references(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Every id that a record mentions exists."""
    regions, questions = _ids(catalogue, Region), _ids(catalogue, Question)
    sources, platforms, claims = _ids(catalogue, Source), _ids(catalogue, Platform), _ids(catalogue, Claim)
    products = {p.record.id: [product.id for product in p.record.products] for p in catalogue.of(Platform)}

    def missing(
        placed: Placed[Record], key: str, wanted: Iterable[str], known: Sequence[str], kind: str
    ) -> Iterator[Problem]:
        for identifier in wanted:
            if identifier not in known and identifier not in catalogue.refused:
                yield placed.place.problem(
                    f"unknown {kind}",
                    f'there is no {kind} "{identifier}"{_nearest(identifier, known)}',
                    f"correct the id, or add the {kind}",
                    key=key,
                )

    for region in catalogue.of(Region):
        yield from missing(region, "parent", [region.record.parent] if region.record.parent else [], regions, "region")
    for question in catalogue.of(Question):
        yield from missing(question, "group", [question.record.group], _ids(catalogue, Group), "group")
        limit = question.record.limit
        needs = [limit.only_where] if limit and limit.only_where else []
        yield from missing(question, "limit", needs, questions, "question")
    for source in catalogue.of(Source):
        yield from missing(source, "via", source.record.via, sources, "source")
    for claim in catalogue.of(Claim):
        yield from missing(claim, "question", [claim.record.question], questions, "question")
        yield from missing(claim, "regions", claim.record.regions, regions, "region")
        yield from missing(claim, "sources", claim.record.sources, sources, "source")
        yield from missing(claim, "products", claim.record.products, products.get(claim.stem, []), "product")
    for event in catalogue.of(Event):
        yield from missing(event, "platforms", event.record.platforms, platforms, "platform")
        yield from missing(event, "regions", event.record.regions, regions, "region")
        yield from missing(event, "before", event.record.before, claims, "claim")
        yield from missing(event, "after", event.record.after, claims, "claim")
        yield from missing(event, "sources", event.record.sources, sources, "source")
    for dispute in catalogue.of(Disagreement):
        yield from missing(dispute, "platforms", dispute.record.platforms, platforms, "platform")
        yield from missing(dispute, "questions", dispute.record.questions, questions, "question")
        yield from missing(dispute, "sources", dispute.record.sources, sources, "source")
        for side in dispute.record.sides:
            yield from missing(dispute, "sides", side.sources, sources, "source")
    for unknown in catalogue.of(OpenQuestion):
        yield from missing(unknown, "platforms", unknown.record.platforms, platforms, "platform")
        yield from missing(unknown, "regions", unknown.record.regions, regions, "region")
    for guide in catalogue.of(Guide):
        record = guide.record
        yield from missing(guide, "platform", [record.platform], platforms, "platform")
        yield from missing(guide, "products", record.products, products.get(record.platform, []), "product")
        yield from missing(
            guide, "works_where", [record.works_where] if record.works_where else [], questions, "question"
        )
        yield from missing(guide, "does", record.does, claims, "claim")
        yield from missing(guide, "does_not", record.does_not, claims, "claim")
        yield from missing(guide, "sources", record.sources, sources, "source")


def region_tree(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Regions form one tree: exactly one has no parent, and nobody is their own ancestor."""
    placed = {region.record.id: region for region in catalogue.of(Region)}
    roots = [region for region in placed.values() if region.record.parent is None]
    for extra in roots[1:]:
        yield extra.place.problem(
            "region tree", f'"{extra.record.id}" has no parent', f'add "parent: {roots[0].record.id}"'
        )
    for region in placed.values():
        seen, current = set[str](), region.record.id
        while current in placed and current not in seen:
            seen.add(current)
            current = placed[current].record.parent or ""
        if current in seen:
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


def future_dates(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Nobody can have read, published or lived through something after today. (from and until may lie ahead.)"""

    def ahead(placed: Placed[Record], keys: Iterable[str]) -> Iterator[Problem]:
        for key in keys:
            day = getattr(placed.record, key)
            if isinstance(day, Day) and day.first > today:
                yield placed.place.problem(
                    "future date", f"{key} is {day}, which is after {in_words(today)}", "correct the date", key=key
                )

    for claim in catalogue.of(Claim):
        yield from ahead(claim, ["checked"])
    for source in catalogue.of(Source):
        yield from ahead(source, ["published", "retrieved"])
    for event in catalogue.of(Event):
        yield from ahead(event, ["date", "corrected"])
    for guide in catalogue.of(Guide):
        yield from ahead(guide, ["reviewed"])


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
    def span(claim: Claim) -> tuple[dt.date, dt.date]:
        return (
            claim.from_.first if claim.from_ else dt.date.min,
            claim.until.last if claim.until else dt.date.max,
        )

    (a, b), (c, d) = span(one), span(two)
    return a <= d and c <= b


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


def _nearest(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


RULES: tuple[Rule, ...] = (
    unique_ids,
    prefixes,
    promised_ids,
    references,
    region_tree,
    answers_fit,
    future_dates,
    collisions,
    unread_sources,
    lone_sources,
    places,
    *check_feeds.RULES,
    *check_guides.RULES,
    *check_short.RULES,
)
