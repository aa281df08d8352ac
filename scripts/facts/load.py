"""How do the files under `docs/data/` become a checked model?

Reads every file, lets the model refuse what it must, and hands the rest to `check.py`. All problems of all files come
back in one `BadData`. This is the one place in the package that touches the disk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.facts import check, link_ledgers, steps
from scripts.facts.catalogue import Catalogue, Facts, Place, Placed
from scripts.facts.model import (
    Claim,
    Disagreement,
    Event,
    Group,
    Guide,
    OpenQuestion,
    Platform,
    Question,
    Record,
    Region,
    Source,
)
from scripts.facts.problems import BadData, Problem
from scripts.facts.records import build, unknown_key
from scripts.facts.yaml_lines import Document, decode, parse

__all__ = ["LEDGER", "build", "load", "read"]

LEDGER = "ids.txt"


@dataclass(frozen=True)
class _Shape:
    """Which top-level keys a file may have, and what the records under each are."""

    pattern: str
    keys: dict[str, type[Record]]


_SHAPES = (
    _Shape("platforms.yml", {"platforms": Platform}),
    _Shape("regions.yml", {"regions": Region}),
    _Shape("questions.yml", {"groups": Group, "questions": Question}),
    _Shape("sources/*.yml", {"sources": Source}),
    _Shape("claims/*.yml", {"claims": Claim}),
    _Shape("events.yml", {"events": Event}),
    _Shape("disagreements.yml", {"disagreements": Disagreement}),
    _Shape("open-questions.yml", {"open_questions": OpenQuestion}),
)


def load(docs: Path, today: dt.date) -> Facts:
    """Read and check everything. It takes half a second: who needs it several times keeps it (`Edition`).

    Args:
        docs: the folder with `data/` and `guides/` in it, and perhaps `ledgers/`.
        today: the day that counts as today.

    Raises:
        BadData: with every problem found in every file.
    """
    catalogue, problems = read(docs)
    if not catalogue.unreadable:  # the records of a file that cannot be read are not missing: nobody has seen them
        problems += check.check(catalogue, today)
    links, found = link_ledgers.read(docs, today)
    problems += found
    if problems:
        raise BadData(problems)
    return replace(catalogue.facts(today), links=links)


def read(docs: Path) -> tuple[Catalogue, list[Problem]]:
    """Read all files into records with their places; a record that the model refuses is left out."""
    catalogue, problems = Catalogue(), []
    data = docs / "data"
    for shape in _SHAPES:
        paths = sorted(data.glob(shape.pattern))
        if not paths:
            name = f"{data.name}/{shape.pattern}"
            problems.append(Problem(name, 0, "missing", "there is no such file", "put it back"))
        for path in paths:
            document, found = _document(path, docs)
            problems += found
            if document is not None:
                problems += _records(document, shape, catalogue, path.stem)
            else:
                catalogue.unreadable = True
    known = {data / LEDGER} | {path for shape in _SHAPES for path in data.glob(shape.pattern)}
    for path in sorted(data.rglob("*")):
        if path.is_file() and path not in known:
            name = path.relative_to(docs).as_posix()
            problems.append(Problem(name, 0, "stray file", "nothing reads this file", "move or delete it"))
    for path in sorted((docs / "guides").glob("*.md")):
        if path.name != "index.md":
            problems += _guide(path, docs, catalogue)
    catalogue.ledger = _ledger(data / LEDGER)
    return catalogue, problems


def _ledger(path: Path) -> dict[str, int]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {line.strip(): number for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")}


def _document(path: Path, docs: Path) -> tuple[Document | None, list[Problem]]:
    name = path.relative_to(docs).as_posix()
    text, problems = decode(name, path.read_bytes())
    if problems:
        return None, problems
    document, problems = parse(name, text)
    return (document if document.data is not None else None), problems


def _records(document: Document, shape: _Shape, catalogue: Catalogue, stem: str) -> Iterator[Problem]:
    if not isinstance(document.data, dict):
        keys = ", ".join(shape.keys)
        yield Problem(document.name, 1, "shape", "the file is not a mapping", f"begin it with one of: {keys}")
        return
    for key in document.data:
        if key not in shape.keys:
            yield unknown_key(document, (key,), key, list(shape.keys))
    for key, kind in shape.keys.items():
        items = document.data.get(key)
        if not isinstance(items, list) or not items:
            yield Problem(document.name, document.line_of((key,)), "empty", f'"{key}" has no records', "add some")
            continue
        for index, item in enumerate(items):
            record, problems = build(kind, item, document, (key, index))
            yield from problems
            if record is not None:
                catalogue.add(Placed(record, Place(document, (key, index)), stem))
            elif isinstance(item, dict):
                catalogue.refused.add(str(item.get("id")))


def _guide(path: Path, docs: Path, catalogue: Catalogue) -> list[Problem]:
    name = path.relative_to(docs).as_posix()
    text, problems = decode(name, path.read_bytes())
    if problems:
        return problems
    parts = text.split("---\n", 2)
    if len(parts) < 3 or parts[0].strip():
        return [Problem(name, 1, "front matter", "the guide has no front matter", "begin it with --- and its facts")]
    document, problems = parse(name, parts[1], first_line=2)
    if document.data is None:
        return problems
    record, found = build(Guide, document.data, document, ())
    if record is not None:
        catalogue.add(Placed(record, Place(document, ()), path.stem))
        catalogue.steps[path.stem] = steps.read(parts[2])
        catalogue.first_steps[path.stem] = steps.first(parts[2])
        catalogue.labels[path.stem] = steps.labels(parts[2])
    return problems + found
