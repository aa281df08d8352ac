"""What does a YAML file say, and on which line does it say it?

Reads YAML 1.2 with ruamel.yaml's composer, so that every value keeps its line. Plain words that YAML 1.1 readers take
for booleans (`yes`, `no`, `on`, `off`) come back as `Bare`, so that the model can ask for quotes. Knows nothing
of facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from scripts.facts.problems import Problem

type_path = tuple[str | int, ...]

_INTEGER = re.compile(r"^[-+]?[0-9]+$")
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
    shift = first_line - 1
    empty = Document(name, None)
    try:
        node: Node | None = YAML(typ="safe").compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(str(error.problem or error.context or error).split())
        line = mark.line + 1 + shift if mark else 0
        return empty, [Problem(name, line, "yaml", what, "mend the YAML here or on the line before")]
    if node is None:
        return empty, [Problem(name, 0, "empty", "the file is empty", "add records, or delete the file")]
    lines: dict[type_path, int] = {}
    problems: list[Problem] = []
    data = _convert(node, (), lines, problems, name, shift)
    return Document(name, data, lines), problems


def _convert(
    node: Node, path: type_path, lines: dict[type_path, int], problems: list[Problem], name: str, shift: int
) -> Any:
    lines.setdefault(path, node.start_mark.line + 1 + shift)
    if isinstance(node, ScalarNode):
        return _scalar(node)
    if isinstance(node, SequenceNode):
        return [_convert(item, (*path, i), lines, problems, name, shift) for i, item in enumerate(node.value)]
    assert isinstance(node, MappingNode)
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1 + shift
        if key in result:
            problems.append(Problem(name, line, "double key", f'the key "{key}" comes twice', "keep one of the two"))
        lines[(*path, key)] = line
        result[key] = _convert(value_node, (*path, key), lines, problems, name, shift)
    return result


def _scalar(node: ScalarNode) -> object:
    """YAML 1.2 core schema: only null, true, false and numbers are anything but text."""
    value = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return value
    if value.lower() in _BOOLEAN_WORDS:
        return Bare(value)
    if value in ("", "~", "null", "Null", "NULL"):
        return None
    if value in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return value[0] in "tT"
    return int(value) if _INTEGER.match(value) else value
