"""How do the platforms compare in a region, and what differs from region to region?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scripts.facts.how import seen
from scripts.facts.model import Claim, Group, Limit, Platform, Question, Region, Source
from scripts.facts.resolve import Answer
from scripts.pages.context import Context
from scripts.pages.words import first_of_several

# Sources that a table names with one answer, first those it rests on most. The page of the answer has them all. With
# every one of them, a table that a phone loads would be a fifth heavier, and what matters hard to find in its notes.
_MOST = 2


@dataclass
class Notes:
    """The sources that a page cites, numbered as they are first used.

    One answer names no more than `most` of them, and one, if it holds in a part of the region only.
    """

    sources: dict[str, Source]
    order: list[str] = field(default_factory=list)
    most: int = _MOST

    def number(self, identifier: str) -> int:
        """The note number of a source, from 1."""
        if identifier not in self.order:
            self.order.append(identifier)
        return self.order.index(identifier) + 1

    def cited(self) -> list[tuple[int, Source]]:
        """All sources cited so far, by number."""
        return [(number, self.sources[identifier]) for number, identifier in enumerate(self.order, 1)]


@dataclass(frozen=True)
class Cell:
    """The answers of one platform to one question, and what holds only in parts of the region."""

    platform: Platform
    answers: tuple[Answer, ...]
    narrower: tuple[tuple[Claim, tuple[Region, ...]], ...]


@dataclass(frozen=True)
class Row:
    """One question and a cell for each platform."""

    question: Question
    cells: tuple[Cell, ...]

    @property
    def answers(self) -> int:
        """How many answers stand in it, an empty cell's "not checked" among them. The style knows how high that is."""
        return sum(max(1, len(cell.answers) + len(cell.narrower)) for cell in self.cells)


def table(ctx: Context, region: str, platform: str, other: str) -> str:
    """The table of one region: a row a question, a column a platform, then the sources that it cites."""
    platforms = [ctx.facts.platforms[platform], ctx.facts.platforms[other]]
    groups = _groups(ctx, region, platforms)
    return ctx.render(
        "table.html",
        region=ctx.facts.regions[region],
        platforms=platforms,
        groups=groups,
        notes=_notes(ctx, groups),
    )


def _groups(ctx: Context, region: str, platforms: Sequence[Platform]) -> list[tuple[Group, list[Row]]]:
    groups = []
    for group in ctx.facts.groups.values():
        rows = [
            Row(question, tuple(cell(ctx, each, region, question) for each in platforms))
            for question in ctx.facts.questions.values()
            if question.group == group.id
        ]
        if rows:
            groups.append((group, rows))
    return groups


def _notes(ctx: Context, groups: list[tuple[Group, list[Row]]]) -> Notes:
    """The notes of a table, numbered as one reads it, for whatever on its page cites the same sources."""
    notes = Notes(ctx.facts.sources)
    for _, rows in groups:
        for each in (each for row in rows for each in row.cells):
            for answer in each.answers:
                for source in answer.claim.sources[: notes.most]:
                    notes.number(source)
            for claim, _ in each.narrower:
                for source in claim.sources[:1]:
                    notes.number(source)
    return notes


def cell(ctx: Context, platform: Platform, region: str, question: Question) -> Cell:
    """What one platform answers to one question in one region."""
    resolver = ctx.resolver
    return Cell(
        platform,
        resolver.answers(platform.id, region, question.id),
        resolver.narrower(platform.id, region, question.id),
    )


@dataclass(frozen=True)
class Limits:
    """What goes on whatever one does, and what we are not sure about, each with the claim that says so, if any."""

    platform: Platform
    certain: list[tuple[Limit, Claim]]
    unknown: list[tuple[Limit, Claim | None]]


def limits(ctx: Context, region: str) -> str:
    """What nobody can stop in a region, one list a platform."""
    return ctx.render("limits.html", found=_limits(ctx, region))


# A question, how its answers are called in brief, and where the page says more: in its row, if nowhere else.
_BRIEF = (
    ("in-by-default", "Are you in unless you act?", "in-by-default"),
    ("data-used", "What they use", "data-used"),
    ("way-out", "Can you stop it?", "get-out"),
)
_SINCE = "in-force-since"


def brief(ctx: Context, region: str, platform: str, other: str) -> str:
    """What a region's readers ask first, in a few words, each with the number of a source.

    That is: are you in, since when, what is used, can you stop it, what goes on all the same, and under 18.

    The numbers of the notes are those of the table of the same platforms, which must be on the page, too.
    """
    platforms = [ctx.facts.platforms[platform], ctx.facts.platforms[other]]
    groups = _groups(ctx, region, platforms)
    by_question = {row.question.id: row for _, rows in groups for row in rows}
    rows = [(wording, target, by_question[name]) for name, wording, target in _BRIEF if name in by_question]
    return ctx.render(
        "brief.html",
        rows=rows,
        begun=ctx.facts.questions.get(_SINCE),
        since={each.id: _since(ctx, each, region) for each in platforms},
        opens={each.id: _opens(ctx, each, region) for each in platforms},
        limits=[here for here in _limits(ctx, region) if here.platform in platforms],
        young=[(each, _rules(ctx, each, region)) for each in platforms],
        notes=_notes(ctx, groups),
    )


def _since(ctx: Context, platform: Platform, region: str) -> Claim | None:
    """The day from which it holds, if one is known."""
    claims = (answer.claim for answer in ctx.resolver.answers(platform.id, region, _SINCE))
    return next((claim for claim in claims if claim.value), None)


def _opens(ctx: Context, platform: Platform, region: str) -> tuple[str, str] | None:
    """The address where the way out opens, if there is one, and what opens there.

    Of several addresses it is the first, which serves all products if any does.
    """
    answers = {name: ctx.resolver.answers(platform.id, region, name) for name in ("way-out", "where")}
    ways = [answer.claim for answer in answers["way-out"] if answer.claim.state == "yes"]
    address = next((answer.claim.link for answer in answers["where"] if answer.claim.link), None)
    return (address, first_of_several(ways[0].short or "")) if ways and address else None


def _limits(ctx: Context, region: str) -> list[Limits]:
    ranked = sorted(
        ((question.limit, question) for question in ctx.facts.questions.values() if question.limit),
        key=lambda pair: pair[0].place,
    )
    found = []
    for platform in ctx.facts.platforms.values():
        here = Limits(platform, [], [])
        for limit, question in ranked:
            if limit.only_where and _is_no(ctx.resolver.answers(platform.id, region, limit.only_where)):
                continue
            answers = ctx.resolver.answers(platform.id, region, question.id)
            claim = answers[0].claim if answers else None
            # What depends, or what we only concluded, is not certain enough to be said flatly.
            if (
                claim is None
                or claim.state == "unchecked"
                or claim.state == limit.state == "depends"
                or (claim.evidence == "inferred" and claim.state in (limit.state, "depends"))
            ):
                here.unknown.append((limit, claim))
            elif claim.state == limit.state and not claim.stoppable:
                here.certain.append((limit, claim))
        found.append(here)
    return found


def _is_no(answers: Sequence[Answer]) -> bool:
    return bool(answers) and all(answer.claim.state == "no" for answer in answers)


_UNDER_18 = {"under-18-posts": "posts and profile", "under-18-chats": "chats with the AI"}


@dataclass(frozen=True)
class Rule:
    """One answer about members under 18, and what it is about. No claim means: not checked."""

    about: str
    question: Question
    claim: Claim | None


def under_18(ctx: Context, region: str) -> str:
    """The two rules for members under 18, which many articles mix up. Two that read alike are one line."""
    found = [(platform, _rules(ctx, platform, region)) for platform in ctx.facts.platforms.values()]
    return ctx.render("under_18.html", found=found)


def _rules(ctx: Context, platform: Platform, region: str) -> list[Rule]:
    rules: list[Rule] = []
    for name, about in _UNDER_18.items():
        answers = ctx.resolver.answers(platform.id, region, name)
        rule = Rule(about, ctx.facts.questions[name], answers[0].claim if answers else None)
        if rules and _said(rules[-1].claim) == _said(rule.claim):
            rule = replace(rules.pop(), about="posts, profile and chats with the AI")
        rules.append(rule)
    return rules


def _said(claim: Claim | None) -> tuple[str | None, str | None]:
    return (claim.state, claim.short) if claim else ("unchecked", None)


def checks(ctx: Context, region: str) -> str:
    """One line: how fresh the answers for a region are."""
    resolver = ctx.resolver
    claims = resolver.claims_in(region)
    return ctx.render(
        "checks.html",
        newest=resolver.last_checked(claims),
        seen=seen(claims),
        total=len(claims),
        late=sum(resolver.overdue(claim) for claim in claims),
        unchecked=sum(claim.state == "unchecked" for claim in claims),
    )


def matrix(ctx: Context, platform: str) -> str:
    """One platform in all regions: a row a region, a column for the rows of the label that differ most."""
    chosen = ctx.facts.platforms[platform]
    questions = [ctx.facts.questions[name] for name in _MATRIX if name in ctx.facts.questions]
    rows = []
    for region in ctx.resolver.page_regions():
        label = {row.question.id: row.answer for row in ctx.resolver.label(chosen, region.id)}
        rows.append((region, [(question, label.get(question.id)) for question in questions]))
    return ctx.render("matrix.html", platform=chosen, questions=questions, rows=rows)


_MATRIX = ("in-by-default", "in-force-since", "way-out", "also-used-for")


@dataclass(frozen=True)
class Difference:
    """One answer, and the regions that have it, each with its own claim. No claim means: not checked."""

    claim: Claim | None
    regions: list[tuple[Region, Claim | None]]


def differences(ctx: Context) -> str:
    """For each question whose answer is not the same everywhere: who gets which answer."""
    found = []
    for question in ctx.facts.questions.values():
        parts = []
        for platform in ctx.facts.platforms.values():
            answers: dict[tuple[str | None, ...], Difference] = {}
            for region in ctx.resolver.page_regions():
                given = ctx.resolver.answers(platform.id, region.id, question.id)
                claim = given[0].claim if given else None
                key = (claim.state, claim.value) if claim else ("unchecked", None)
                found_here = answers.setdefault(key, Difference(claim, []))
                found_here.regions.append((region, claim))
            if len(answers) > 1:
                parts.append((platform, list(answers.values())))
        if parts:
            found.append((question, parts))
    return ctx.render("differences.html", found=found)
