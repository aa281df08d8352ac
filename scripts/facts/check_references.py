"""Does every id that a record mentions belong to some record?

This rule is part of `check.RULES`. Pure: nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from scripts.facts.catalogue import Catalogue, Placed, Rule
from scripts.facts.check_ids import ids
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
from scripts.facts.problems import Problem, meant


def references(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Every id that a record mentions exists."""
    regions, questions = ids(catalogue, Region), ids(catalogue, Question)
    sources, platforms, claims = ids(catalogue, Source), ids(catalogue, Platform), ids(catalogue, Claim)
    products = {p.record.id: [product.id for product in p.record.products] for p in catalogue.of(Platform)}

    def missing(
        placed: Placed[Record], key: str, wanted: Iterable[str], known: Sequence[str], kind: str
    ) -> Iterator[Problem]:
        for identifier in wanted:
            if identifier not in known and identifier not in catalogue.refused:
                yield placed.place.problem(
                    f"unknown {kind}",
                    f'there is no {kind} "{identifier}"{meant(identifier, known)}',
                    f"correct the id, or add the {kind}",
                    key=key,
                )

    for region in catalogue.of(Region):
        yield from missing(region, "parent", [region.record.parent] if region.record.parent else [], regions, "region")
    for question in catalogue.of(Question):
        yield from missing(question, "group", [question.record.group], ids(catalogue, Group), "group")
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


RULES: tuple[Rule, ...] = (references,)
