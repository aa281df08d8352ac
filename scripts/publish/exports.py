"""How does a record of the facts become a published one?

One function a kind. Texts lose their marks for bold, dates become text, and what depends on the day (current, overdue)
is worked out by the resolver. Pure.
"""

from __future__ import annotations

from scripts.facts import addresses, label
from scripts.facts.changes import name
from scripts.facts.days import Day
from scripts.facts.model import Claim, Disagreement, Event, OpenQuestion, Platform, Question, Region, Source
from scripts.facts.prose import plain
from scripts.facts.resolve import Resolver
from scripts.publish.records import (
    ClaimOut,
    DisagreementOut,
    EventOut,
    Feeds,
    OpenQuestionOut,
    PlatformOut,
    ProductOut,
    QuestionOut,
    RegionOut,
    SideOut,
    SourceOut,
)


class Exports:
    """Makes published records of one set of facts for one address of the site."""

    def __init__(self, resolver: Resolver, site_url: str) -> None:
        self.resolver = resolver
        self.facts = resolver.facts
        self.site_url = site_url
        self._claims: dict[str, ClaimOut] = {}  # each stands in the comparisons of many regions

    def file(self, path: str) -> str:
        """The whole address of a file below the site's root."""
        return self.site_url + path

    def page(self, markdown: str, anchor: str = "") -> str:
        """The whole address of a page."""
        address = self.site_url + addresses.folder(markdown)
        return f"{address}#{anchor}" if anchor else address

    def feeds(self, identifier: str) -> Feeds:
        """The two feeds of a platform or a region."""
        atom, json = (self.file(addresses.feed(identifier, ending)) for ending in ("atom", "json"))
        return Feeds(atom=atom, json_feed=json)

    def claim(self, claim: Claim) -> ClaimOut:
        """A claim."""
        if claim.id not in self._claims:
            self._claims[claim.id] = self._claim(claim)
        return self._claims[claim.id]

    def _claim(self, claim: Claim) -> ClaimOut:
        platform = self.facts.platforms[self.facts.platform_of[claim.id]]
        due = self.resolver.due(claim) if self.resolver.current(claim) and claim.state != "unchecked" else None
        return ClaimOut(
            id=claim.id,
            platform=platform.id,
            question=claim.question,
            products=claim.products,
            regions=claim.regions,
            answer=label.said(claim, self.facts.questions[claim.question], platform).text,
            state=claim.state,
            value=_text(claim.value),
            short=_text(claim.short),
            sentence=plain(claim.sentence),
            note=_text(claim.note),
            link=claim.link,
            from_=_day(claim.from_),
            until=_day(claim.until),
            current=self.resolver.current(claim),
            sources=claim.sources,
            evidence=claim.evidence,
            checked=_day(claim.checked),
            how=claim.how,
            overdue=self.resolver.overdue(claim),
            recheck_by=due.isoformat() if due else None,
            page=self.page(addresses.policy(platform.id), claim.id),
        )

    def source(self, source: Source) -> SourceOut:
        """A source."""
        return SourceOut(
            id=source.id,
            title=plain(source.title),
            publisher=plain(source.publisher),
            kind=source.kind,
            address=source.address,
            no_address=_text(source.no_address),
            archive=source.archive,
            language=source.language,
            published=_day(source.published),
            retrieved=_day(source.retrieved),
            read=source.read,
            via=source.via,
            note=_text(source.note),
            right=tuple(plain(text) for text in source.right),
            wrong=tuple(plain(text) for text in source.wrong),
            page=self.page(addresses.SOURCES, source.id),
        )

    def region(self, region: Region) -> RegionOut:
        """A region."""
        return RegionOut(
            id=region.id,
            name=region.name,
            rule=region.rule,
            place=region.place,
            parent=region.parent,
            page=self.page(addresses.region(region.id)) if region.page else None,
            comparison=self.file(addresses.comparison(region.id, "json")),
            table=self.file(addresses.comparison(region.id, "csv")),
            feeds=self.feeds(region.id) if region.parent else None,
        )

    def platform(self, platform: Platform) -> PlatformOut:
        """A platform."""
        return PlatformOut(
            id=platform.id,
            name=platform.name,
            owner=platform.owner,
            products=tuple(ProductOut(id=product.id, name=product.name) for product in platform.products),
            page=self.page(addresses.policy(platform.id)),
            feeds=self.feeds(platform.id),
        )

    def question(self, question: Question) -> QuestionOut:
        """A question."""
        return QuestionOut(
            id=question.id,
            group=question.group,
            group_title=self.facts.groups[question.group].title,
            wording=question.wording,
            help=plain(question.help),
            answer_kind=question.answer,
            label=question.label,
            label_wording=question.label_wording,
            recheck_days=question.recheck_days,
        )

    def event(self, event: Event) -> EventOut:
        """An event."""
        return EventOut(
            id=event.id,
            feed_id=name("event", event.id),
            date=event.date.iso,
            date_in_words=event.when or str(event.date),
            title=plain(event.title),
            text=plain(event.text),
            kind=event.kind,
            platforms=event.platforms,
            regions=event.regions,
            before=event.before,
            after=event.after,
            sources=event.sources,
            evidence=event.evidence,
            corrected=_day(event.corrected),
            page=self.page(addresses.TIMELINE, event.id),
        )

    def disagreement(self, dispute: Disagreement) -> DisagreementOut:
        """A disagreement."""
        sides = (SideOut(says=plain(side.says), sources=side.sources, who=_text(side.who)) for side in dispute.sides)
        return DisagreementOut(
            id=dispute.id,
            title=plain(dispute.title),
            platforms=dispute.platforms,
            questions=dispute.questions,
            sides=tuple(sides),
            reading=plain(dispute.reading),
            why=plain(dispute.why),
            sources=dispute.sources,
            settled=dispute.settled,
            page=self.page(addresses.DISAGREEMENTS, dispute.id),
        )

    def open_question(self, unknown: OpenQuestion) -> OpenQuestionOut:
        """An open question."""
        return OpenQuestionOut(
            id=unknown.id,
            platforms=unknown.platforms,
            regions=unknown.regions,
            unknown=plain(unknown.unknown),
            settle=plain(unknown.settle),
            page=self.page(addresses.OPEN_QUESTIONS, unknown.id),
        )


def _text(text: str | None) -> str | None:
    return None if text is None else plain(text)


def _day(day: Day | None) -> str | None:
    return day.iso if day else None
