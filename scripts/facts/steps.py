"""What does a guide tell one to do, step by step?

Reads the numbered steps of a guide's Markdown, without pictures, so that a checklist can show those under the heading
`{#steps}` in the same words. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from scripts.facts import prose

_HEADING = re.compile(r"(#{2,3}) (.+?) *\{ *#([a-z0-9-]+)[^}]*\} *$")
_STEP = re.compile(r"\d+\. +")
_LEFT_OUT = re.compile(r"\s*(?:--8<--|\{:)")
_SCREEN_ONLY = "oi-screen-only"
OUTSIDE = "https://"
ALL = "steps"  # the id of the heading of all steps
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Steps:
    """The steps under one heading, as Markdown: `before` are the paragraphs that stand before them.

    `id` is empty if they stand under the heading of all steps.
    """

    id: str
    title: str
    before: tuple[str, ...]
    steps: tuple[str, ...]


def read(text: str) -> tuple[Steps, ...]:
    """The steps of a guide that its checklist shows, in their order.

    Args:
        text: the Markdown of the guide.
    """
    parts = [part for part in _parts(text) if part.above == ALL and part.steps]
    return tuple(
        Steps("" if part.id == ALL else part.id, part.title, tuple(part.before), tuple(part.steps)) for part in parts
    )


def first(text: str) -> dict[str, str]:
    """The first step under each heading that has steps, by the id of the heading.

    Args:
        text: the Markdown of the guide.
    """
    return {part.id: part.steps[0] for part in _parts(text) if part.steps}


def labels(text: str) -> dict[str, list[str]]:
    """What stands in bold under each heading of a guide with an id, by that id. What stands under a smaller heading
    counts for the larger one, too.

    Args:
        text: the Markdown of the guide.
    """
    words: dict[str, list[str]] = {}
    above: dict[str, str] = {}
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading:
            above = {level: id for level, id in above.items() if level < heading[1]} | {heading[1]: heading[3]}
        for id in above.values():
            words.setdefault(id, []).append(line.strip())
    return {id: prose.labels(" ".join(lines)) for id, lines in words.items()}


class _Part(NamedTuple):
    """What stands under one heading; `above` is the id of the larger heading that it belongs to, or its own."""

    above: str
    id: str
    title: str
    before: list[str]
    steps: list[str]


def _parts(text: str) -> list[_Part]:
    found: list[_Part] = []
    above, blank = "", True
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading:
            above = heading[3] if heading[1] == "##" else above
            found.append(_Part(above, heading[3], heading[2], [], []))
        elif found and _SCREEN_ONLY in line and found[-1].before:
            found[-1].before.pop()  # the line says so of the paragraph before it
        elif found and not _LEFT_OUT.match(line):
            _take(line, blank, found[-1].before, found[-1].steps)
        blank = not line.strip()
    return found


def _take(line: str, blank: bool, before: list[str], steps: list[str]) -> None:
    """Add a line to the paragraphs or to the steps. What comes after the steps is left out."""
    step = _STEP.match(line)
    if step:
        steps.append(line[step.end() :])
    elif not line.strip():
        return
    elif steps:
        if line.startswith("   "):
            steps[-1] += " " + line.strip()
    elif blank or not before:
        before.append(line.strip())
    else:
        before[-1] += " " + line.strip()


def direct_in(text: str) -> list[tuple[str, str]]:
    """The direct addresses in a piece of Markdown: links whose words are their address. Words and address."""
    return [
        (words, address) for words, address in _LINK.findall(text) if address.startswith(OUTSIDE) and words in address
    ]


def linked(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a Markdown text: words, and where they lead. Links to our own pages lead nowhere here."""
    at = 0
    for link in _LINK.finditer(text):
        yield text[at : link.start()], ""
        yield link[1], link[2] if link[2].startswith(OUTSIDE) else ""
        at = link.end()
    yield text[at:], ""
