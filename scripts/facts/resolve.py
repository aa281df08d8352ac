"""What is true today, here?

Everything that depends on the day or on the region tree is computed in this module and nowhere else:

- current      a claim holds on the day that counts as today (`from` <= today <= `until`)
- due          the day after which a claim wants a new check (`recheck`, or `checked` plus the question's interval)
- overdue      a current claim whose due day is past, or whose copy had no date
- answers      the nearest current claims for one platform, region and question, and where each was inherited from
- narrower     current claims for parts of a region (Germany, for the EU/EEA)
- label        the seven rows of the label
- works_where  the regions in which the steps of a guide work, and in which they do not
- claims_in    all claims that are an answer in a region
- claims_of    the claims about what a guide does
- last_checked the newest copy that we read ourselves
- trusted_until the day after which a printed copy of some claims should not be trusted

Pure: works on `Facts` alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from scripts.facts.catalogue import Facts
from scripts.facts.days import Day
from scripts.facts.model import Claim, Guide, Platform, Question, Region, State


@dataclass(frozen=True)
class Answer:
    """A claim as the answer for a region. `given_for` is the region it was made for; `products` is empty
    if it is all of them.
    """

    claim: Claim
    region: Region
    given_for: Region
    products: tuple[str, ...]

    @property
    def inherited(self) -> bool:
        """Whether the claim was made for a wider region."""
        return self.region.id != self.given_for.id


@dataclass(frozen=True)
class LabelRow:
    """One row of the label. No answer means that nothing is known: not checked."""

    question: Question
    answer: Answer | None


class Resolver:
    """Answers questions about one set of facts on one day. Indexes the claims once, so that each look-up is cheap."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in facts.claims.values():
            self._claims[facts.platform_of[claim.id], claim.question].append(claim)
        self._answers: dict[tuple[str, str, str], tuple[Answer, ...]] = {}
        self._overdue: dict[str, bool] = {}
        self._lines = {region: self._line(region) for region in facts.regions}

    def _line(self, region: str) -> tuple[str, ...]:
        line, current = [], self.facts.regions[region]
        while True:
            line.append(current.id)
            if current.parent is None:
                return tuple(line)
            current = self.facts.regions[current.parent]

    def line(self, region: str) -> tuple[str, ...]:
        """The region and all wider ones, nearest first."""
        return self._lines[region]

    def claims(self, platform: str, question: str) -> list[Claim]:
        """All claims on one question, ended ones too, in the order of the file."""
        return self._claims.get((platform, question), [])

    def current(self, claim: Claim) -> bool:
        """Whether the claim holds today."""
        return _current(claim, self.facts.today)

    def due(self, claim: Claim) -> dt.date | None:
        """The last day on which the claim still counts as fresh; None if its copy had no date."""
        if claim.recheck:
            return claim.recheck.last
        if claim.checked is None:
            return None
        return claim.checked.last + dt.timedelta(days=self.facts.questions[claim.question].recheck_days)

    def overdue(self, claim: Claim) -> bool:
        """Whether a current claim wants a new check. An unchecked claim waits for a first one and is never overdue."""
        if claim.id not in self._overdue:
            self._overdue[claim.id] = self._is_overdue(claim)
        return self._overdue[claim.id]

    def _is_overdue(self, claim: Claim) -> bool:
        if not self.current(claim) or claim.state == "unchecked":
            return False
        due = self.due(claim)
        return due is None or due < self.facts.today

    def answers(self, platform: str, region: str, question: str) -> tuple[Answer, ...]:
        """The nearest current claim for each product, doubles folded together: first what holds for all.

        At the same distance a claim for some products wins over one for all. Products that nothing is known about are
        left out; if that is all of them, the result is empty.
        """
        key = (platform, region, question)
        if key not in self._answers:
            self._answers[key] = self._find_answers(*key)
        return self._answers[key]

    def _find_answers(self, platform: str, region: str, question: str) -> tuple[Answer, ...]:
        chosen: dict[str, tuple[Claim, str, list[str]]] = {}
        products = self.facts.platforms[platform].products
        for product in products:
            found = self._nearest(platform, region, question, product.id)
            if found:
                claim, given_for = found
                chosen.setdefault(claim.id, (claim, given_for, []))[2].append(product.name)
        regions = self.facts.regions
        found_answers = [
            Answer(claim, regions[region], regions[given_for], () if not claim.products else tuple(names))
            for claim, given_for, names in chosen.values()
        ]
        return tuple(sorted(found_answers, key=lambda answer: bool(answer.products)))

    def _nearest(self, platform: str, region: str, question: str, product: str) -> tuple[Claim, str] | None:
        claims = [claim for claim in self.claims(platform, question) if self.current(claim)]
        for place in self._lines[region]:
            here = [claim for claim in claims if place in claim.regions]
            for claim in here:
                if product in claim.products:
                    return claim, place
            for claim in here:
                if not claim.products:
                    return claim, place
        return None

    def overridden(self, claim: Claim) -> bool:
        """Whether a nearer current claim answers the same question somewhere within the regions of this one."""
        return any(
            place not in claim.regions and set(self._lines[place]) & set(claim.regions)
            for other in self.claims(self.facts.platform_of[claim.id], claim.question)
            if other.id != claim.id and self.current(other)
            for place in other.regions
        )

    def narrower(self, platform: str, region: str, question: str) -> tuple[tuple[Claim, tuple[Region, ...]], ...]:
        """Current claims for parts of the region that have no page of their own, each with those parts."""
        found = []
        for claim in self.claims(platform, question):
            places = tuple(
                self.facts.regions[place]
                for place in claim.regions
                if place != region and region in self._lines[place] and not self._has_page_between(place, region)
            )
            if places and self.current(claim):
                found.append((claim, places))
        return tuple(found)

    def _has_page_between(self, place: str, region: str) -> bool:
        line = self._lines[place]
        return any(self.facts.regions[step].page for step in line[: line.index(region)])

    def label(self, platform: Platform, region: str) -> tuple[LabelRow, ...]:
        """The rows of the label, always in the same order."""
        rows = [question for question in self.facts.questions.values() if question.label]
        return tuple(
            # There is room for one answer. The first speaks for all products, if any does.
            LabelRow(question, next(iter(self.answers(platform.id, region, question.id)), None))
            for question in sorted(rows, key=lambda question: question.label or 0)
        )

    def works_where(self, guide: Guide) -> list[tuple[State, list[Region]]]:
        """The regions with a page, by the answer to the guide's question; empty if it works everywhere."""
        if guide.works_where is None:
            return []
        found: dict[State, list[Region]] = {}
        for region in self.page_regions():
            state: State = "unchecked"
            for answer in self.answers(guide.platform, region.id, guide.works_where):
                if not answer.claim.products or set(answer.claim.products) & set(guide.products):
                    state = answer.claim.state or "unchecked"
                    break
            found.setdefault(state, []).append(region)
        order = ("yes", "depends", "no", "silent", "unchecked")
        return sorted(found.items(), key=lambda item: order.index(item[0]))

    def page_regions(self) -> tuple[Region, ...]:
        """The regions that have a page of their own, in the order of the file."""
        return tuple(region for region in self.facts.regions.values() if region.page)

    @cached_property
    def newest_check(self) -> Day | None:
        """The date of the newest copy that we read ourselves."""
        return self.last_checked(self.facts.claims.values())

    def last_checked(self, claims: Iterable[Claim]) -> Day | None:
        """The date of the newest copy that we read ourselves for these claims."""
        days = (claim.checked for claim in claims if claim.checked and claim.evidence == "read")
        return max(days, key=lambda day: day.last, default=None)

    def claims_in(self, region: str) -> list[Claim]:
        """All claims that are an answer in a region today, each once."""
        found = {
            answer.claim.id: answer.claim
            for platform in self.facts.platforms
            for question in self.facts.questions
            for answer in self.answers(platform, region, question)
        }
        return list(found.values())

    def claims_of(self, guide: Guide) -> list[Claim]:
        """The claims about what the steps of a guide do and do not do."""
        return [self.facts.claims[name] for name in (*guide.does, *guide.does_not)]

    def trusted_until(self, claims: Iterable[Claim]) -> dt.date:
        """The last day on which no check of these claims falls due that is not overdue today already.

        If none of them is fresh, it is the last day on which one of them was; today, if no copy of them had a date.
        """
        today = self.facts.today
        days = [due for claim in claims if self.current(claim) and (due := self.due(claim))]
        return min((day for day in days if day >= today), default=max(days, default=today))

    @cached_property
    def checked_claims(self) -> tuple[Claim, ...]:
        """All claims that hold today and were checked once."""
        return tuple(c for c in self.facts.claims.values() if self.current(c) and c.state != "unchecked")

    @cached_property
    def overdue_claims(self) -> tuple[Claim, ...]:
        """All overdue claims, longest overdue first."""
        late = [claim for claim in self.facts.claims.values() if self.overdue(claim)]
        return tuple(sorted(late, key=lambda claim: self.due(claim) or dt.date.min))


def _current(claim: Claim, today: dt.date) -> bool:
    begun = claim.from_ is None or claim.from_.first <= today
    ended = claim.until is not None and claim.until.last < today
    return begun and not ended
