"""What does the comparison of a region say, cell by cell?

The same answers in the same order as the table on the region's page, worked out by the resolver: first what holds in
the whole region, then what holds only in parts of it. A question without an answer has one cell that says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from scripts.facts import label
from scripts.facts.model import Claim, Platform, Question
from scripts.facts.resolve import Answer
from scripts.publish.exports import Exports
from scripts.publish.records import Cell


def cells(exports: Exports, region: str) -> tuple[Cell, ...]:
    """All cells of a region.

    Args:
        exports: makes published records.
        region: the id of the region.
    """
    facts = exports.facts
    return tuple(
        cell
        for group in facts.groups
        for question in facts.questions.values()
        if question.group == group
        for platform in facts.platforms.values()
        for cell in _answers(exports, region, question, platform)
    )


def _answers(exports: Exports, region: str, question: Question, platform: Platform) -> Iterator[Cell]:
    answers = exports.resolver.answers(platform.id, region, question.id)
    for answer in answers:
        yield _cell(exports, question, platform, answer.claim, answer=answer)
    if not answers:
        yield Cell(
            question=question.id,
            group=question.group,
            wording=question.wording,
            platform=platform.id,
            parts=(),
            products=(),
            answer=label.said(None, question, platform).text,
            state="unchecked",
            inherited=False,
            overdue=False,
            sources=(),
        )
    for claim, places in exports.resolver.narrower(platform.id, region, question.id):
        yield _cell(exports, question, platform, claim, parts=tuple(place.id for place in places))


def _cell(
    exports: Exports,
    question: Question,
    platform: Platform,
    claim: Claim,
    *,
    answer: Answer | None = None,
    parts: tuple[str, ...] = (),
) -> Cell:
    said = exports.claim(claim)
    names = {product.name: product.id for product in platform.products}
    return Cell(
        question=question.id,
        group=question.group,
        wording=question.wording,
        platform=platform.id,
        parts=parts,
        products=tuple(names[name] for name in answer.products) if answer else claim.products,
        answer=said.answer,
        state=said.state,
        value=said.value,
        short=said.short,
        sentence=said.sentence,
        link=said.link,
        claim=said.id,
        given_for=answer.given_for.id if answer else None,
        inherited=answer.inherited if answer else False,
        rule=_rule(answer) if answer else None,
        checked=said.checked,
        evidence=said.evidence,
        overdue=said.overdue,
        recheck_by=said.recheck_by,
        sources=said.sources,
        page=said.page,
    )


def _rule(answer: Answer) -> str:
    return f"{answer.given_for.rule}, applies {answer.region.place}" if answer.inherited else answer.given_for.rule
