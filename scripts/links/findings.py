"""What is wrong with one link, and who says so?

A `Finding` is one fault in one place, in words that a writer can act on. Two engines judge a site, LinkChecker and a
pass of our own, so each finding carries the verdict of both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from scripts.facts.problems import Problem


class Level(StrEnum):
    """How bad it is: `broken` fails the gate, `warning` only shows in the table and in the exit code."""

    BROKEN = "broken"
    WARNING = "warning"


class Verdict(StrEnum):
    """What one engine says of one link. `BLIND`: it cannot judge such a link. `UNSEEN`: it did not come across it."""

    FINE = "fine"
    WARNING = "warning"
    BROKEN = "broken"
    BLIND = "cannot judge"
    UNSEEN = "not seen"


@dataclass(frozen=True, order=True)
class Finding:
    """One fault.

    `page` is a file of the built tree (or of the repository, for a ledger), `line` counts from 1 there and is 0 where
    only the element is known. `element` names the element and the attribute, such as `img srcset`. `link` is the
    address as it is written. `rule` is the short name of what is broken.
    """

    page: str
    line: int
    element: str
    link: str
    rule: str
    what: str
    cure: str
    level: Level = Level.BROKEN
    linkchecker: Verdict = Verdict.UNSEEN
    own: Verdict = Verdict.UNSEEN

    @property
    def place(self) -> str:
        """File and line, else file and element."""
        if self.line:
            return f"{self.page}:{self.line}"
        return f"{self.page} <{self.element}>" if self.element else self.page

    def problem(self) -> Problem:
        """The same in the form in which a build tells its problems."""
        named = f'"{self.link}" in {self.element}: ' if self.element else f'"{self.link}": ' if self.link else ""
        return Problem(self.page, self.line, self.rule, named + self.what, self.cure)


class ToolFailed(Exception):
    """The check itself could not be done, so that nothing is known about the links."""


def worst(findings: Iterable[Finding]) -> Verdict:
    """The verdict over a link that these were found at."""
    levels = {finding.level for finding in findings}
    if Level.BROKEN in levels:
        return Verdict.BROKEN
    return Verdict.WARNING if levels else Verdict.FINE


def said_by(finding: Finding, *, linkchecker: Verdict, own: Verdict) -> Finding:
    """The same finding with the verdicts of both engines."""
    return replace(finding, linkchecker=linkchecker, own=own)
