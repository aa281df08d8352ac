"""In which words does an answer stand on the label?

The label is drawn in HTML and in pictures. Both take their words from here, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.facts.days import Day
from scripts.facts.model import Answer, Claim, Platform, Question, State
from scripts.facts.prose import plain
from scripts.facts.resolve import LabelRow

# For a place that is too narrow for the platform's name, and has it elsewhere.
NAMELESS = {"yes": "Yes", "no": "No", "depends": "Depends", "silent": "Does not say", "unchecked": "Not checked"}


@dataclass(frozen=True)
class Said:
    """An answer in a few words. `lead` is the word for the state, or the value if there is no state; `more` may be
    empty.
    """

    state: State | None
    lead: str
    more: str

    @property
    def text(self) -> str:
        """All of it in one line: "Yes: unless you switch it off"."""
        return f"{self.lead}: {self.more}" if self.more else self.lead


def state_word(state: State, platform: Platform) -> str:
    """The word for a state."""
    return f"{platform.name} does not say" if state == "silent" else NAMELESS[state]


def value_in_words(claim: Claim, kind: Answer) -> str:
    """The value of a date or text claim, without marks; empty if it has none."""
    if claim.value is None:
        return ""
    return str(Day.parse(claim.value)) if kind == "date" else plain(claim.value)


def said(claim: Claim | None, question: Question, platform: Platform) -> Said:
    """What a claim answers, in short. No claim means that nothing is known: not checked."""
    if claim is None:
        return Said("unchecked", state_word("unchecked", platform), "")
    lead = state_word(claim.state, platform) if claim.state else value_in_words(claim, question.answer)
    return Said(claim.state, lead, plain(claim.short or ""))


def said_in(row: LabelRow, platform: Platform) -> Said:
    """What a row of the label answers."""
    return said(row.answer.claim if row.answer else None, row.question, platform)


def span(days: Sequence[Day]) -> str:
    """From the oldest to the newest: "September 2025 to 22 August 2026". Empty, if there are none."""
    if not days:
        return ""
    first, last = min(days), max(days, key=lambda day: day.last)
    return str(last) if first == last else f"{first} to {last}"


def as_of(rows: Sequence[LabelRow]) -> str:
    """The dates of the copies that a label rests on; empty, if none has a date."""
    return span([row.answer.claim.checked for row in rows if row.answer and row.answer.claim.checked])
