"""What have we written down about links to other sites?

Reads `docs/ledgers/link-health.json`, which the watch writes, and `docs/ledgers/link-watch.yml`, in which people enter
what they saw and what they accept. Neither file needs to be there: nothing written down means nothing known.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from scripts.facts.days import in_words
from scripts.facts.link_health import ACCEPT_DAYS, Accepted, Checked, LinkHealth, Looked
from scripts.facts.model import Record
from scripts.facts.problems import Problem
from scripts.facts.records import build, unknown_key
from scripts.facts.yaml_lines import Document, decode, parse

FOLDER = "ledgers"
RESULTS = "link-health.json"
PEOPLE = "link-watch.yml"

K = TypeVar("K", bound=Record)
_Found = list[tuple[K, int]]  # records with their lines


@dataclass(frozen=True)
class People:
    """What people entered in the file of that name: what they saw, and what they accept, each with its line."""

    name: str
    looked: _Found[Looked]
    accepted: _Found[Accepted]


def read(docs: Path, today: dt.date) -> tuple[LinkHealth, list[Problem]]:
    """Everything that is written down, and everything that is wrong with it.

    Args:
        docs: the folder with `ledgers/` in it.
        today: the day that counts as today.
    """
    folder = docs / FOLDER
    results, problems = read_results(f"{FOLDER}/{RESULTS}", _content(folder / RESULTS))
    people, found = read_people(docs)
    problems += [*found, *_dates(people, today)]
    health = LinkHealth(
        results=results,
        looked={one.address: one for one, _ in sorted(people.looked, key=lambda pair: pair[0].date)},
        accepted=tuple(one for one, _ in people.accepted),
    )
    return health, problems


def read_people(docs: Path) -> tuple[People, list[Problem]]:
    """What people entered, with its lines, and what is wrong with it but for its dates."""
    name = f"{FOLDER}/{PEOPLE}"
    document, problems = _document(name, _content(docs / name), ["people", "exceptions"])
    looked = _records(Looked, document, "people", problems)
    accepted = _records(Accepted, document, "exceptions", problems)
    problems += _twice(name, [(f"{one.address} ({one.verdict})", line) for one, line in accepted])
    return People(name, looked, accepted), problems


def read_results(name: str, content: bytes) -> tuple[dict[str, Checked], list[Problem]]:
    """The results in the text of a file, by address. No text means no results.

    Args:
        name: what to call the file in a problem.
        content: its text.
    """
    document, problems = _document(name, content, ["about", "links"])
    checked = _records(Checked, document, "links", problems)
    problems += _twice(name, [(one.address, line) for one, line in checked])
    return {one.address: one for one, _ in checked}, problems


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _document(name: str, content: bytes, keys: list[str]) -> tuple[Document, list[Problem]]:
    nothing = Document(name, {})
    if not content.strip():
        return nothing, []
    text, problems = decode(name, content)
    if problems:
        return nothing, problems
    document, problems = parse(name, text)  # JSON is YAML, so its lines are known as well
    if document.data is None:
        return nothing, problems
    if not isinstance(document.data, dict):
        cure = f"begin it with one of: {', '.join(keys)}"
        return nothing, [*problems, Problem(name, 1, "shape", "the file is not a mapping", cure)]
    problems += [unknown_key(document, (key,), key, keys) for key in document.data if key not in keys]
    return document, problems


def _records(kind: type[K], document: Document, key: str, problems: list[Problem]) -> _Found[K]:
    found: _Found[K] = []
    items = document.data.get(key) or []
    if not isinstance(items, list):
        problems.append(Problem(document.name, document.line_of((key,)), "shape", f'"{key}" is no list', "make it one"))
        return found
    for index, item in enumerate(items):
        record, wrong = build(kind, item, document, (key, index))
        problems += wrong
        if isinstance(record, kind):
            found.append((record, document.line_of((key, index))))
    return found


def _twice(name: str, keys: list[tuple[str, int]]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for key, line in keys:
        if key in seen:
            problems.append(Problem(name, line, "double entry", f"{key} comes twice", "keep one of the two"))
        seen.add(key)
    return problems


def _dates(people: People, today: dt.date) -> list[Problem]:
    name = people.name
    last = today + dt.timedelta(days=ACCEPT_DAYS)
    late = [
        Problem(name, line, "future date", f"date is after {in_words(today)}", "correct the date")
        for one, line in people.looked
        if one.date > today
    ]
    long = [
        Problem(name, line, "until", f"until is more than {ACCEPT_DAYS} days away", f"{last.isoformat()} at the latest")
        for one, line in people.accepted
        if one.until > last
    ]
    return late + long
