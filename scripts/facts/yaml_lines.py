"""What does a YAML file say, and on which line does it say it?

Reads YAML 1.2 with ruamel.yaml's parser, so that every value keeps its line. Plain words that YAML 1.1 readers take
for booleans (`yes`, `no`, `on`, `off`) come back as `Bare`, so that the model can ask for quotes. Knows nothing
of facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from scripts.facts.problems import Problem

type_path = tuple[str | int, ...]

_INTEGER = re.compile(r"^[-+]?[0-9]{1,18}$")  # longer ones are no number of ours, and Python refuses very long ones
_DEPTH = 40
_BOOLEAN_WORDS = frozenset({"yes", "no", "on", "off", "y", "n"})


class Bare(str):
    """A word written without quotes that YAML 1.1 would turn into a boolean."""


@dataclass(frozen=True)
class Document:
    """The data of one file, and the line of each key and item, by path."""

    name: str
    data: Any
    lines: dict[type_path, int] = field(default_factory=dict)

    def line_of(self, path: type_path) -> int:
        """The line of the value at a path, or of its nearest known parent. Counts from 1."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def decode(name: str, raw: bytes) -> tuple[str, list[Problem]]:
    """Bytes to text, with a problem for the first byte that is not UTF-8 and for each tab used to indent."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [
            Problem(name, line, "utf-8", f"byte {raw[error.start]:#04x} is not UTF-8", "save the file as UTF-8")
        ]
    tabs = [
        Problem(name, number, "tab", "a tab", "use spaces")
        for number, line in enumerate(text.splitlines(), 1)
        if "\t" in line
    ]
    return text, tabs


def parse(name: str, text: str, *, first_line: int = 1) -> tuple[Document, list[Problem]]:
    """YAML text to a `Document`. `first_line` is where the text begins in its file (for front matter)."""
    reader = _Reader(name, text, first_line)
    try:
        return reader.document(), reader.problems
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(str(error.problem or error.context or error).split())
        line = mark.line + first_line if mark else 0
        cure = "mend the YAML here or on a line before: look for a quote or a bracket that is not closed"
        if "mapping values" in what:
            cure = "put the text in quotes: a colon with a space after it ends a key"
        problem = Problem(name, line, "yaml", what, cure)
        return Document(name, None), [problem]
    except YAMLError as error:  # a character that must not stand in YAML: it has a position, and no mark
        line = text[: getattr(error, "position", 0)].count("\n") + first_line
        what = "a character that cannot be seen: " + str(getattr(error, "reason", error))
        return Document(name, None), [Problem(name, line, "yaml", what, "delete it, or write the line anew")]


class _Reader:
    """Builds plain data from the parser's events. (Its nodes would be handier, but cost twice the time.)"""

    def __init__(self, name: str, text: str, first_line: int) -> None:
        self._name = name
        self._first = first_line
        self._events: Iterator[Event] = iter(YAML(typ="safe").parse(text))
        self._lines: dict[type_path, int] = {}
        self.problems: list[Problem] = []

    def document(self) -> Document:
        """Everything that the text says."""
        data: Any = None
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                data = self._value(next(self._events), ())
                break
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                line = event.start_mark.line + self._first
                self._complain(
                    line, "yaml", "a second document", "take the line with --- away: nothing below it is read"
                )
                break
        if data is None and not self.problems:
            self._complain(0, "empty", "the file is empty", "add records, or delete the file")
        return Document(self._name, data, self._lines)

    def _value(self, event: Event, path: type_path) -> Any:
        line = event.start_mark.line + self._first
        self._lines.setdefault(path, line)
        if len(path) > _DEPTH:
            raise MarkedYAMLError(problem="lists within lists without end", problem_mark=event.start_mark)
        if isinstance(event, ScalarEvent):
            return _scalar(str(event.value), event.style)
        if isinstance(event, SequenceStartEvent):
            return [self._value(item, (*path, index)) for index, item in enumerate(self._until(SequenceEndEvent))]
        if isinstance(event, MappingStartEvent):
            return dict(self._pairs(path))
        self._complain(
            line, "yaml", "an alias (*name)", "write the value out: a fact is easier to read where it stands"
        )
        return None

    def _until(self, end: type[Event]) -> Iterator[Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _pairs(self, path: type_path) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for event in self._until(MappingEndEvent):
            key, line = str(getattr(event, "value", "")), event.start_mark.line + self._first
            if key in seen:
                self._complain(line, "double key", f'the key "{key}" comes twice', "keep one of the two")
            seen.add(key)
            self._lines[(*path, key)] = line
            yield key, self._value(next(self._events), (*path, key))

    def _complain(self, line: int, rule: str, what: str, cure: str) -> None:
        self.problems.append(Problem(self._name, line, rule, what, cure))


def _scalar(value: str, style: str | None) -> object:
    """YAML 1.2 core schema: only null, true, false and numbers are anything but text."""
    if style in ("'", '"', "|", ">"):
        return value
    if value.lower() in _BOOLEAN_WORDS:
        return Bare(value)
    if value in ("", "~", "null", "Null", "NULL"):
        return None
    if value in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return value[0] in "tT"
    return int(value) if _INTEGER.match(value) else value
