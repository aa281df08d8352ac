"""Which of our words are too hard, and where do they stand?

Reads the pages and the facts, and collects every problem of every one: long sentences, pages that are hard on the
whole, jargon without its meaning, steps that ask for two things. The limits are those of the house.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.facts import load
from scripts.facts.catalogue import Catalogue
from scripts.facts.model import Guide
from scripts.facts.problems import BadData, Problem
from scripts.facts.yaml_lines import Document, type_path
from scripts.words import jargon, steps
from scripts.words.measure import Reading, reading
from scripts.words.prose import Block, Sentence, blocks, said

LONGEST = 25  # words in a sentence of a page; the model lets one of the facts have 30
MEAN = 15.0  # words in a sentence, on average over a page, or over a file of facts
GRADE = 8.0  # of each page, and of each file of facts
GUIDES_GRADE = 6.0  # over all guides together

_NOT_PAGES = ("assets", "data", "ledgers", "screens")
_FOR_PROGRAMMERS = frozenset({"about/data.md"})  # its words are explained by what its readers know
_GUIDES = "guides/"
_FACTS_PROSE = frozenset(
    {"help", "note", "no_address", "reading", "right", "says"}
    | {"sentence", "settle", "text", "unknown", "why", "wrong"}
)


@dataclass(frozen=True)
class Outcome:
    """What was found: how each page and each file of facts reads, all guides together, and what is wrong."""

    pages: dict[str, Reading]
    guides: Reading
    facts: dict[str, Reading]
    problems: tuple[Problem, ...]

    def summary(self) -> str:
        """How it reads on the whole, in one line."""
        everything = [*self.pages.values(), *self.facts.values()]
        page, hardest = max(self.pages.items(), key=lambda item: item[1].grade)
        return (
            f"{sum(one.sentences for one in everything)} sentences; guides: {self.guides.mean:.1f} words each, "
            f"grade {self.guides.grade:.1f}; hardest page: {page}, grade {hardest.grade:.1f}"
        )


class HardWords(BadData):
    """Some of our words are too hard. Carries every problem found."""


def check(docs: Path) -> Outcome:
    """Read everything under a folder and check its words.

    Args:
        docs: the folder with the pages, and with `data/` in it.

    Raises:
        BadData: if a file of facts cannot be read.
    """
    catalogue, problems = load.read(docs)
    if problems:
        raise BadData(problems)  # what cannot be read cannot be measured
    names = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    prose = {name: list(blocks(_text(docs / name))) for name in names if name.split("/")[0] not in _NOT_PAGES}
    glossary = docs / jargon.GLOSSARY
    known = jargon.terms(_text(glossary)) if glossary.exists() else []
    found: list[Problem] = []
    if not known:
        found.append(Problem(jargon.GLOSSARY, 0, "glossary", "there are no terms", "put headings with ids there"))
    for name, page in prose.items():
        found += _page(name, page, known)
    pages = {name: reading(_said(page)) for name, page in prose.items()}
    guides = reading([one for name, page in prose.items() if name.startswith(_GUIDES) for one in _said(page)])
    if guides.grade > GUIDES_GRADE:
        what = f"over all guides, the grade is {guides.grade:.1f}, {GUIDES_GRADE:.0f} is the limit"
        found.append(Problem(_GUIDES, 0, "grade", what, "shorten sentences and words, in the hardest guides first"))
    facts = _facts(catalogue)
    for name, sentences_there in facts.items():
        found += _whole(name, reading(sentences_there), sentences_there)
    readings = {name: reading(sentences_there) for name, sentences_there in facts.items()}
    return Outcome(pages, guides, readings, tuple(sorted(set(found))))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _said(page: list[Block]) -> list[Sentence]:
    return [one for block in page for one in said(block)]


def _page(name: str, prose: list[Block], known: list[jargon.Term]) -> Iterator[Problem]:
    sentences_there = _said(prose)
    for one in sentences_there:
        if len(one.words) > LONGEST:
            what = f"a sentence has {len(one.words)} words, {LONGEST} is the limit: “{one.text}”"
            yield Problem(name, one.line, "long sentence", what, "make two of it")
    yield from _whole(name, reading(sentences_there), sentences_there)
    if name != jargon.GLOSSARY and name not in _FOR_PROGRAMMERS:
        yield from jargon.unexplained(name, prose, known)
    if name.startswith(_GUIDES):
        yield from steps.unclear(name, prose)


def _whole(name: str, measured: Reading, there: list[Sentence]) -> Iterator[Problem]:
    """What is wrong with a page, or a file of facts, on the whole. Names its hardest sentence: begin there."""
    if not measured.sentences:
        return
    hardest = max((one for one in there if one.whole), key=lambda one: reading([one]).grade)
    where = f"the hardest sentence: “{hardest.text}”"
    if measured.mean > MEAN:
        what = f"sentences have {measured.mean:.1f} words on average, {MEAN:.0f} is the limit; {where}"
        yield Problem(name, hardest.line, "mean", what, "make two of the longest sentences, until it is enough")
    if measured.grade > GRADE:
        what = f"the grade is {measured.grade:.1f}, {GRADE:.0f} is the limit; {where}"
        yield Problem(name, hardest.line, "grade", what, "take shorter words and shorter sentences, there first")


def _facts(catalogue: Catalogue) -> dict[str, list[Sentence]]:
    """The sentences of each file of facts. How long one may be is the model's affair: it refuses longer ones."""
    found: dict[str, list[Sentence]] = {}
    for placed in catalogue.records:
        if not isinstance(placed.record, Guide):
            document, path = placed.place.document, placed.place.path
            there = functools.reduce(lambda inner, key: inner[key], path, document.data)
            found.setdefault(document.name, []).extend(_within(document, path, there))
    return found


def _within(document: Document, path: type_path, there: Any) -> Iterator[Sentence]:
    """The sentences of a record, wherever in it they stand."""
    if isinstance(there, dict):
        for key, value in there.items():
            if key in _FACTS_PROSE or not isinstance(value, str):
                yield from _within(document, (*path, key), value)
    elif isinstance(there, list):
        for index, item in enumerate(there):
            if not isinstance(item, str) or path[-1] in _FACTS_PROSE:
                yield from _within(document, (*path, index), item)
    elif isinstance(there, str):
        yield from said(Block(document.line_of(path), " ".join(there.split())))
