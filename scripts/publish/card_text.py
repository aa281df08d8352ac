"""What does a card say?

There are three kinds: the label of two platforms side by side, one claim, and a page with neither. All words come from
the facts, or from the head of the page that the card stands for. How they are drawn is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.facts import label, prose
from scripts.facts.label import Said
from scripts.facts.model import Claim, Guide, Platform, Region
from scripts.facts.prose import listed
from scripts.facts.resolve import Resolver

COLUMNS = 2


@dataclass(frozen=True)
class Named:
    """A platform: its name, and the shape that stands for it."""

    name: str
    shape: str


@dataclass(frozen=True)
class Column:
    """The label of one platform, row by row."""

    platform: Named
    answers: tuple[Said, ...]
    as_of: str


@dataclass(frozen=True)
class LabelCard:
    """Labels side by side. They share their rows, so each row is named once."""

    title: str
    region: str
    wordings: tuple[str, ...]
    columns: tuple[Column, ...]
    address: str


@dataclass(frozen=True)
class ClaimCard:
    """One claim. `ended` says until when it held, if it holds no more."""

    platform: Named
    region: str
    question: str
    answer: Said
    sentence: str
    ended: str
    as_of: str
    address: str


@dataclass(frozen=True)
class TitleCard:
    """A page: its title, then a few words about it, or where it holds, answer by answer, if there is a
    `heading` for that. `aside` stands in the corner.
    """

    platforms: tuple[Named, ...]
    aside: str
    title: str
    heading: str
    points: tuple[Said, ...]
    as_of: str
    address: str


Content = LabelCard | ClaimCard | TitleCard


def columns(resolver: Resolver, first: Platform) -> tuple[Platform, ...]:
    """The platforms of a label card: the one that the page is about, then the others in their order."""
    others = [platform for platform in resolver.facts.platforms.values() if platform.id != first.id]
    return (first, *others)[:COLUMNS]


def of_label(resolver: Resolver, platforms: Sequence[Platform], region: Region, title: str, address: str) -> LabelCard:
    """The label of some platforms in one region."""
    rows = [resolver.label(platform, region.id) for platform in platforms]
    return LabelCard(
        title=title,
        region=region.name,
        wordings=tuple(row.question.label_wording or row.question.wording for row in rows[0]),
        columns=tuple(
            Column(named(platform), tuple(label.said_in(row, platform) for row in of), label.as_of(of))
            for platform, of in zip(platforms, rows, strict=True)
        ),
        address=address,
    )


def of_region(resolver: Resolver, region: Region, address: str) -> LabelCard:
    """The label of a region, whether it has a page or not."""
    platforms = tuple(resolver.facts.platforms.values())[:COLUMNS]
    title = f"{listed([platform.name for platform in platforms])} {region.place}"
    return of_label(resolver, platforms, region, title, address)


def of_claim(resolver: Resolver, claim: Claim, address: str) -> ClaimCard:
    """One claim, current or not."""
    facts = resolver.facts
    platform, question = facts.platforms[facts.platform_of[claim.id]], facts.questions[claim.question]
    products = [product.name for product in platform.products if product.id in claim.products]
    name = f"{platform.name}: {listed(products)}" if products and products != [platform.name] else platform.name
    ended = ""
    if not resolver.current(claim):
        ended = f"No longer so: it held until {claim.until}" if claim.until else ""
        if claim.from_ and claim.from_.first > facts.today:
            ended = f"Not yet so: it holds from {claim.from_}"
    return ClaimCard(
        platform=Named(name, platform.shape),
        region=_capital(listed(facts.regions[region].in_list for region in claim.regions)),
        question=prose.plain(question.wording),
        answer=label.said(claim, question, platform),
        sentence=prose.plain(claim.sentence),
        ended=ended,
        as_of=_as_of(claim),
        address=address,
    )


def of_guide(resolver: Resolver, guide: Guide, title: str, address: str) -> TitleCard:
    """A guide: where its steps work."""
    platform = resolver.facts.platforms[guide.platform]
    products = [product.name for product in platform.products if product.id in guide.products]
    name = platform.name if products == [platform.name] else f"{platform.name}: {listed(products)}"
    total = len(resolver.page_regions())
    points = tuple(
        Said(
            state,
            label.state_word(state, platform),
            "everywhere" if len(regions) == total else listed([region.in_list for region in regions]),
        )
        for state, regions in resolver.works_where(guide)
    )
    checked = resolver.last_checked(resolver.claims_of(guide))
    time = f"About {guide.minutes} minute{'s' if guide.minutes != 1 else ''}"
    return TitleCard(
        platforms=(Named(name, platform.shape),),
        aside=time,
        title=title,
        heading="Works for",
        points=points or (Said(None, "people in every country", ""),),
        as_of=f"Facts as of {checked}" if checked else f"Words reviewed {guide.reviewed}",
        address=address,
    )


def of_page(resolver: Resolver, title: str, description: str, address: str) -> TitleCard:
    """Any other page."""
    newest = resolver.newest_check
    return TitleCard(
        platforms=tuple(named(platform) for platform in tuple(resolver.facts.platforms.values())[:COLUMNS]),
        aside="All regions",
        title=title,
        heading="",
        points=(Said(None, description, ""),),
        as_of=f"Facts as of {newest}" if newest else "",
        address=address,
    )


def named(platform: Platform) -> Named:
    """A platform, as cards name it."""
    return Named(platform.name, platform.shape)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _as_of(claim: Claim) -> str:
    if claim.checked:
        return f"As of {claim.checked}"
    return "Not looked at yet" if claim.state == "unchecked" else "From an undated copy"
