"""Which words need the glossary, and where does a page use one before it links there?

The glossary page is the word list: each heading of the third level is a term, and a line "Also: …" under it gives its
other forms. A capital abbreviation that is neither there nor very common is jargon as well. Pure.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scripts.facts.problems import Problem
from scripts.words.prose import BOLD, CODE, LINK, Block, is_ours, plain

GLOSSARY = "about/glossary.md"
# What nobody has to look up, or what is better known by its letters than by its words.
COMMON = frozenset({"AI", "EU", "UK", "US", "CC", "BY", "PDF", "CV", "HTML"})
_HEADING = re.compile(r"###\s+(.+?)\s*\{#([\w-]+)\}")
_ALSO = re.compile(r"\*?Also: (.+?)\.?\*?$")
_LETTERS = re.compile(r"(?<![\w./-])[A-Z]{2,}s?(?![\w/-]|\.\w)")


@dataclass(frozen=True)
class Term:
    """A word of the glossary: its id there, its name, and every form in which it may stand in a text."""

    id: str
    name: str
    forms: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds any of its forms, also with an s at the end, whatever the capitals and line breaks."""
        forms = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(self.forms, key=len, reverse=True))
        return re.compile(rf"(?<![\w-])(?:{forms})s?(?![\w-])", re.IGNORECASE)


def terms(glossary: str) -> list[Term]:
    """The terms of the glossary, in its order."""
    found: list[Term] = []
    for line in glossary.splitlines():
        if heading := _HEADING.match(line):
            found.append(Term(heading[2], heading[1], tuple(heading[1].split(", "))))
        elif found and (also := _ALSO.match(line)):
            last = found.pop()
            found.append(Term(last.id, last.name, (*last.forms, *also[1].split(", "))))
    return found


def unexplained(page: str, prose: Iterable[Block], known: Sequence[Term]) -> Iterator[Problem]:
    """A problem for each term that a page uses before it links to the glossary.

    Args:
        page: the file, below the folder of pages.
        prose: its blocks, in order.
        known: the terms of the glossary.
    """
    path = posixpath.relpath(GLOSSARY, posixpath.dirname(page) or ".")
    waiting = {term.id: term.pattern for term in known}
    patterns, told = list(waiting.values()), set[str]()
    for block in prose:
        if block.heading:
            continue  # a link in a heading would be read out in every list of headings
        ours, linked = _ours(block.text), _linked(block.text)
        for identifier, pattern in list(waiting.items()):
            used = pattern.search(ours)
            place = linked.get(identifier)
            if used and (place is None or used.start() < place):
                word = " ".join(used[0].split())
                yield Problem(
                    page,
                    block.line_at(used.start()),
                    "jargon",
                    f'"{word}" comes for the first time, and nothing says what it means: “{_around(block, used)}”',
                    f"link it: [{word}]({path}#{identifier}); or say it in other words",
                )
            if used or place is not None:
                del waiting[identifier]
        for letters in _LETTERS.finditer(ours):
            short = letters[0].removesuffix("s")
            if short not in COMMON and short not in told and not any(pattern.search(short) for pattern in patterns):
                told.add(short)
                what = f'"{short}" is an abbreviation that the glossary does not have: “{_around(block, letters)}”'
                cure = f"write it out, or add it to {GLOSSARY} and link it"
                yield Problem(page, block.line_at(letters.start()), "jargon", what, cure)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _ours(text: str) -> str:
    """A block with all that is not our own words blanked out, each place where it was: links, code, exact labels."""
    text = CODE.sub(_blank, LINK.sub(_blank, text))
    return BOLD.sub(lambda match: match[0] if is_ours(match) else _blank(match), text)


def _linked(text: str) -> dict[str, int]:
    """The terms that a block links to, and where."""
    found: dict[str, int] = {}
    for link in LINK.finditer(text):
        target, _, identifier = link[2].partition("#")
        if target.endswith("glossary.md") and identifier:
            found.setdefault(identifier, link.start())
    return found


def _around(block: Block, found: re.Match[str]) -> str:
    """The line of a block on which something was found, in plain words."""
    line = block.text.splitlines()[block.text.count("\n", 0, found.start())]
    return " ".join(plain(line).split())
