"""What wants to be looked at again, by when, and what breaks if nobody does?

Lists four kinds of things that grow old: statements, screens, exceptions of the link watch, and what people saw at an
address. It only tells: nothing here stops a build.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.facts import link_ledgers, load
from scripts.facts.catalogue import Catalogue
from scripts.facts.link_health import PERSON_DAYS
from scripts.facts.model import Claim
from scripts.facts.problems import BadData
from scripts.facts.resolve import Resolver
from scripts.links.forge_issue import Rolling
from scripts.screens.check import GRACE
from scripts.screens.load import specs

MARK, TITLE = "<!-- stale -->", "What has grown old, or will soon"
SOON = 30  # days ahead that are listed as well


@dataclass(frozen=True, order=True)
class Old:
    """One thing that grows old. `due` is the last day on which it is fresh; None, if it never had a date."""

    due: dt.date | None
    file: str
    line: int
    what: str
    breaks: str

    def said(self, today: dt.date) -> str:
        """The thing in two lines."""
        return f"{self.file}:{self.line}: {self.what}: {self.when(today)}\n    Then: {self.breaks}"

    def when(self, today: dt.date) -> str:
        """How late it is."""
        if self.due is None:
            return "overdue: undated"
        return f"{'overdue since' if self.due < today else 'due'} {self.due}"


def stale(docs: Path, today: dt.date, soon: int = SOON) -> list[Old]:
    """All that is overdue, or will be within some days: what is undated first, then the oldest.

    Args:
        docs: the folder that writers edit.
        today: the day that counts as today.
        soon: how many days ahead to look.

    Raises:
        BadData: if the facts or the screens cannot be used.
    """
    facts = load.load(docs, today)
    catalogue, _ = load.read(docs)
    last = today + dt.timedelta(soon)
    found = [*_claims(catalogue, Resolver(facts)), *_screens(docs), *_links(docs)]
    wanted = [one for one in found if one.due is None or one.due <= last]
    return sorted(wanted, key=lambda one: (one.due or dt.date.min, one.file, one.line))


def rolling(found: Sequence[Old], today: dt.date, soon: int = SOON) -> Rolling:
    """What the rolling issue on things that grow old says. It is open while anything is overdue, or will be soon.

    Args:
        found: from `stale`, for the same days.
        today: the day that counts as today.
        soon: how many days ahead was looked.
    """
    late = [one for one in found if one.due is None or one.due < today]
    lines = [f"As of {today}: {len(late)} overdue, {len(found) - len(late)} due within {soon} days."]
    lines += ["This text is rewritten after each run; it closes by itself.", ""]
    for breaks, kind in itertools.groupby(sorted(found, key=lambda one: one.breaks), key=lambda one: one.breaks):
        lines += [f"Then: {breaks}", ""]
        for one in sorted(kind, key=lambda one: (one.due or dt.date.min, one.what)):
            lines.append(f"- `{one.what}`, {one.when(today)} (docs/{one.file}, line {one.line})")
        lines.append("")
    return Rolling(TITLE, MARK, "\n".join(lines), bool(found), tuple(f"`{one.what}`" for one in found))


def _claims(catalogue: Catalogue, resolver: Resolver) -> Iterator[Old]:
    for placed in catalogue.of(Claim):
        claim = placed.record
        if not resolver.current(claim) or claim.state == "unchecked":
            continue
        document, path = placed.place.document, placed.place.path
        line = document.line_of((*path, "recheck" if claim.recheck else "checked"))
        breaks = "pages mark the check as overdue; look at its sources, then set checked"
        yield Old(resolver.due(claim), document.name, line, f"statement {claim.id}", breaks)


def _screens(docs: Path) -> Iterator[Old]:
    found, problems = specs(docs / "screens")
    if problems:
        raise BadData(problems)
    for name, (spec, document) in found.items():
        stops = spec.review_by.last + dt.timedelta(GRACE)
        breaks = f"a warning, and after {stops} no picture can be made; compare it, then set verified and review_by"
        yield Old(spec.review_by.last, document.name, document.line_of(("review_by",)), f"screen {name}", breaks)


def _links(docs: Path) -> Iterator[Old]:
    people, _ = link_ledgers.read_people(docs)  # nothing is wrong with it: the facts were read with it
    for one, line in people.accepted:
        breaks = "the link watch fails; mend the link, or decide anew"
        yield Old(one.until, people.name, line, f"exception {one.address}", breaks)
    newest: dict[str, tuple[dt.date, int]] = {}
    for seen, line in people.looked:
        newest[seen.address] = max(newest.get(seen.address, (seen.date, line)), (seen.date, line))
    for address, (day, line) in newest.items():
        breaks = "nobody knows whether the link works; open it in a browser, and enter what you saw"
        yield Old(day + dt.timedelta(PERSON_DAYS), people.name, line, f"a look at {address}", breaks)
