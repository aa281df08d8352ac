"""How do the files under `docs/data/` become a checked model?

Reads every file, lets the model refuse what it must, and hands the rest to `check.py`. All problems of all files come
back in one `BadData`. This is the one place in the package that touches the disk.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scripts.facts import check
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
from scripts.facts.yaml_lines import Document, decode, parse, type_path

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
    """Read and check everything.

    Args:
        docs: the folder with `data/` and `guides/` in it.
        today: the day that counts as today.

    Raises:
        BadData: with every problem found in every file.
    """
    catalogue, problems = read(docs)
    if not catalogue.unreadable:  # the records of a file that cannot be read are not missing: nobody has seen them
        problems += check.check(catalogue, today)
    if problems:
        raise BadData(problems)
    return catalogue.facts(today)


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
            yield _unknown_key(document, (key,), key, list(shape.keys))
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


def build(kind: type[Record], item: Any, document: Document, path: type_path) -> tuple[Record | None, list[Problem]]:
    """One record, or the reasons why it is none, each with its line."""
    try:
        return kind.model_validate(item), []
    except ValidationError as error:
        return None, [_problem(kind, detail, document, path) for detail in error.errors()]


def _problem(kind: type[Record], detail: Any, document: Document, path: type_path) -> Problem:
    where = (*path, *detail["loc"])
    if detail["type"] == "extra_forbidden":
        known = [field.alias or name for name, field in kind.model_fields.items()]
        return _unknown_key(document, where, str(detail["loc"][-1]), known)
    line = document.line_of(where)
    key = next((part for part in reversed(detail["loc"]) if isinstance(part, str)), "record")
    if detail["type"] == "missing":
        return Problem(document.name, line, "missing key", f'"{key}" is missing', f'add "{key}:"')
    what = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if detail["type"] in ("literal_error", "enum"):
        what = f'"{detail["input"]}" is not one of the words allowed'
        return Problem(document.name, line, key, f"{key}: {what}", "use " + detail["ctx"]["expected"])
    return Problem(document.name, line, key, f"{key}: {what}", _cure(key))


def _cure(key: str) -> str:
    cures = {
        "state": 'write one of the five in quotes: "yes", "no", "depends", "silent", "unchecked"',
        "address": "give the publisher's own address, beginning with https://",
        "archive": "give the fixed address of a dated copy, beginning with https://",
        "sentence": "say it in one sentence of at most 30 words; put the rest into note",
        "note": "cut the long sentence in two",
    }
    return cures.get(key, "change the value on this line")


def _unknown_key(document: Document, path: type_path, key: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    cure = f'did you mean "{near[0]}"?' if near else "use one of: " + ", ".join(known)
    return Problem(document.name, document.line_of(path), "unknown key", f'"{key}" is not a key here', cure)


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
    return problems + found
