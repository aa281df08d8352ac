"""How is a fact said in words?

State words, lists, dates, inheritance, evidence: every turn of phrase that more than one page uses. Pure functions from
model to text; those that return `Markup` have escaped what they were given.
"""

from __future__ import annotations

import html
import re

from markupsafe import Markup

from scripts.facts import prose, steps
from scripts.facts.days import in_words
from scripts.facts.model import Claim, Source
from scripts.facts.resolve import Answer, Resolver

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#!|])")

HOW = {"archived": "archived copy", "live": "live page", "device": "on the device"}
EVIDENCE = {"read": "we read the source", "reported": "reported by others", "inferred": "our inference"}
READ = {
    "whole": "We read all of it.",
    "part": "We read part of it.",
    "title": "We read only its title.",
    "no": "We have not read it ourselves.",
}


def heading(text: str) -> Markup:
    """A text from the data files for use in a Markdown heading: neither HTML nor Markdown in it has any effect."""
    # Quotes stay as they are: their entities contain a #.
    return Markup(_MARKDOWN.sub(r"\\\1", html.escape(text, quote=False)))


def counted(number: int, what: str) -> str:
    """1 statement, 2 statements"""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def inheritance(answer: Answer) -> str:
    """Where an answer comes from, such as "EU/EEA rule, applies in Germany"."""
    if answer.inherited:
        return f"{answer.given_for.rule}, applies {answer.region.place}"
    return answer.region.rule


def first_of_several(ways: str) -> str:
    """What to call the first way out of several, such as "the switch" of "a switch, plus a form"; of one, "it"."""
    first, several, _ = ways.partition(", plus ")
    return f"the {first.partition(' ')[2]}" if several else "it"


def holds(claim: Claim, resolver: Resolver) -> str:
    """The regions and the time of a claim: "EU/EEA and UK, from 3 November 2025"."""
    names = where(claim, resolver)
    if claim.from_ and str(claim.from_) == str(claim.until):
        return f"{names}, {claim.from_}"
    if claim.from_ and claim.until:
        return f"{names}, {claim.from_} to {claim.until}"
    if claim.from_:
        return f"{names}, from {claim.from_}"
    return f"{names}, until {claim.until}" if claim.until else names


def where(claim: Claim, resolver: Resolver) -> str:
    """The regions of a claim, and that others within them have a rule of their own, if so: "EU/EEA and UK"."""
    names = prose.listed([resolver.facts.regions[region].in_list for region in claim.regions])
    if resolver.current(claim) and resolver.overridden(claim):
        names += ", except where a region has its own rule"
    return names


def as_of(claim: Claim) -> str:
    """How old a claim is, and how sure we are, for whoever reads it elsewhere: "as of August 2026, our inference"."""
    if claim.state == "unchecked":
        return f"not checked; what we found is of {claim.checked}" if claim.checked else "not looked at yet"
    sure = "" if claim.evidence == "read" else f", {EVIDENCE[claim.evidence]}"
    if not claim.checked:
        return f"from an undated copy{sure}"
    if claim.from_ and claim.checked.last < claim.from_.first:
        return f"announced before that day, in a copy of {claim.checked}{sure}"
    return f"as of {claim.checked}{sure}"


def checked(claim: Claim) -> str:
    """When and how a claim was checked: "checked 22 August 2026, archived copy"."""
    return _when(claim) if claim.state == "unchecked" else f"{_when(claim)}, {HOW[claim.how]}"


def _when(claim: Claim) -> str:
    if claim.state == "unchecked":
        return f"what we found is of {claim.checked}" if claim.checked else "not looked at yet"
    return f"checked {claim.checked}" if claim.checked else "checked from an undated copy"


def evidence(claim: Claim) -> str:
    """How sure we are, to stand after the date. Nothing, if we do not know yet."""
    return "" if claim.state == "unchecked" else f" · {EVIDENCE[claim.evidence]}"


def stamp(claim: Claim, resolver: Resolver) -> str:
    """The date in short, for tables: "checked 22 August 2026, overdue", and how sure we are if we did not read it."""
    said = _when(claim) + (", overdue" if resolver.overdue(claim) else "")
    return said + ("" if claim.evidence == "read" else evidence(claim))


def overdue(claim: Claim, resolver: Resolver) -> str:
    """A warning if the claim wants a new check, else nothing."""
    if not resolver.overdue(claim):
        return ""
    due = resolver.due(claim)
    return f"check overdue since {in_words(due)}" if due else "check overdue"


def source_line(source: Source) -> str:
    """Publisher and date of a source."""
    return f"{source.publisher}, {source.published}" if source.published else f"{source.publisher}, undated"


def step(text: str) -> Markup:
    """A step of a guide as HTML, for use outside of the guide: exact labels bold, links to other sites kept."""
    pieces = (
        Markup('<a href="{}">{}</a>').format(address, words) if address else prose.markup(words)
        for words, address in steps.linked(text)
    )
    return Markup("").join(pieces)
