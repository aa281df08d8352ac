"""How does one entry of a data file become a record, or a list of what is wrong with it?

Hands the entry to its class, and turns each complaint of the class into a problem with a line and a cure. Knows no file
by name.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any, get_args

from pydantic import ValidationError

from scripts.facts.fields import Refused
from scripts.facts.model import ASK_STATE, Record
from scripts.facts.problems import Problem
from scripts.facts.yaml_lines import Document, type_path


def build(kind: type[Record], item: Any, document: Document, path: type_path) -> tuple[Record | None, list[Problem]]:
    """One record, or the reasons why it is none, each with its line."""
    try:
        return kind.model_validate(item), []
    except ValidationError as error:
        found = error.errors()
        return None, [_problem(kind, detail, document, path) for detail in found if not _follows(detail, found)]


def _follows(detail: Any, found: Sequence[Any]) -> bool:
    """Whether a list counts as too short only because what is in it was refused."""
    place = detail["loc"]
    inner = (other["loc"] for other in found if len(other["loc"]) > len(place))
    return detail["type"] == "too_short" and any(loc[: len(place)] == place for loc in inner)


def unknown_key(document: Document, path: type_path, key: str, known: list[str]) -> Problem:
    """The problem of a key that nothing reads."""
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    cure = f'did you mean "{near[0]}"?' if near else "use one of: " + ", ".join(known)
    return Problem(document.name, document.line_of(path), "unknown key", f'"{key}" is not a key here', cure)


def _problem(kind: type[Record], detail: Any, document: Document, path: type_path) -> Problem:
    where = (*path, *detail["loc"])
    if detail["type"] == "extra_forbidden":
        inner = _at(kind, detail["loc"][:-1])
        known = [field.alias or name for name, field in inner.model_fields.items()]
        return unknown_key(document, where, str(detail["loc"][-1]), known)
    line = document.line_of(where)
    key = next((part for part in reversed(detail["loc"]) if isinstance(part, str)), "record")
    if detail["type"] == "missing":
        return Problem(document.name, line, "missing key", f'"{key}" is missing', f'add "{key}:"')
    what, cure = _said(key, detail)
    return Problem(document.name, line, key, f"{key}: {what}", cure)


def _said(key: str, detail: Any) -> tuple[str, str]:
    """What is wrong with a value, and how to mend it."""
    error, value = detail.get("ctx", {}).get("error"), detail["input"]
    if isinstance(error, Refused):
        return str(error), error.cure
    if value is None:
        return "it is empty", "write it, or delete the line"
    match detail["type"]:
        case "literal_error" | "enum":
            cure = ASK_STATE if key == "state" else "use " + detail["ctx"]["expected"]
            return f'"{value}" is not one of the words allowed', cure
        case "tuple_type":
            return f'"{value}" is not a list', f"put it in brackets: [{value}]"
        case "string_type":
            return f"{value} is not text", f'put it in quotes: "{value}"'
        case "too_short" | "string_too_short":
            return "it is empty", "say at least one"
    return detail["msg"].removeprefix("Value error, ").removeprefix(
        "Input should be "
    ), "correct the value on this line"


def _at(kind: type[Record], path: type_path) -> type[Record]:
    """The class of the record at a path within one of a class; that class itself, where it cannot be told."""
    for key in path:
        if isinstance(key, str) and key in kind.model_fields:
            kind = _inside(kind.model_fields[key].annotation) or kind
    return kind


def _inside(annotation: Any) -> type[Record] | None:
    """The class of record in an annotation such as `tuple[Mark, ...]` or `Crop | None`."""
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation if issubclass(annotation, Record) else None
    return next((found for part in get_args(annotation) if (found := _inside(part))), None)
