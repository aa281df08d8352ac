"""What stands in a style sheet?

Reads one into rules, so that the parts that a page needs can be picked and written down without reading the text anew:
the site's styles are read once, and written once for each kind of page. What stands in `:not()` and other functions is
not looked into, since a selector may hold with it and without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tinycss2

_GROUPS = ("media", "supports", "container", "layer")


@dataclass(frozen=True)
class Selector:
    """One selector: the names of elements, classes, ids and attributes that it asks for, and values of attributes."""

    text: str
    names: frozenset[str]
    values: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Rule:
    """Selectors and their declarations, each a text without its semicolon."""

    selectors: tuple[Selector, ...]
    declarations: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """An at-rule that holds other rules under a condition, such as `@media print`."""

    head: str
    inner: Sheet


@dataclass(frozen=True)
class Other:
    """An at-rule that is taken or left as a whole. `animation` is the name of the one that it defines, if it does."""

    text: str
    animation: str = ""


Sheet = tuple[Rule | Group | Other, ...]


def parse(text: str) -> Sheet:
    """Read a style sheet. What a browser would skip as broken is left out."""
    return _nodes(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))


def serialize(sheet: Sheet) -> str:
    """The text of a sheet, without spaces and comments."""
    return "".join(_written(node) for node in sheet)


def flat(sheet: Sheet) -> Iterator[Rule | Other]:
    """All rules of a sheet, and all at-rules that are taken as a whole, whatever group they stand in."""
    for node in sheet:
        if isinstance(node, Group):
            yield from flat(node.inner)
        else:
            yield node


def chosen(
    sheet: Sheet,
    *,
    selector: Callable[[Selector], bool] = lambda selector: True,
    declaration: Callable[[str], bool] = lambda declaration: True,
    other: Callable[[Other], bool] = lambda other: True,
) -> Sheet:
    """The parts of a sheet that pass. A rule needs a selector and a declaration that do; a group, a rule."""
    kept: list[Rule | Group | Other] = []
    for node in sheet:
        if isinstance(node, Rule):
            selectors = tuple(filter(selector, node.selectors))
            declarations = tuple(filter(declaration, node.declarations)) if selectors else ()
            if declarations:
                kept.append(Rule(selectors, declarations))
        elif isinstance(node, Group):
            inner = chosen(node.inner, selector=selector, declaration=declaration, other=other)
            if inner:
                kept.append(replace(node, inner=inner))
        elif other(node):
            kept.append(node)
    return tuple(kept)


def _written(node: Rule | Group | Other) -> str:
    if isinstance(node, Rule):
        return f"{','.join(each.text for each in node.selectors)}{{{';'.join(node.declarations)}}}"
    return f"{node.head}{{{serialize(node.inner)}}}" if isinstance(node, Group) else node.text


def _nodes(rules: Iterable[Any]) -> Sheet:
    found: list[Rule | Group | Other] = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = tuple(_selector(part) for part in _split(rule.prelude))
            found.append(Rule(selectors, _declarations(rule.content)))
        elif rule.type == "at-rule" and (node := _at_rule(rule)):
            found.append(node)
    return tuple(found)


def _at_rule(rule: Any) -> Group | Other | None:
    keyword, prelude = rule.lower_at_keyword, _text(rule.prelude)
    head = f"@{rule.at_keyword}" + (f" {prelude}" if prelude else "")
    if rule.content is None:
        return None if keyword == "charset" else Other(f"{head};")
    if keyword in _GROUPS:
        return Group(head, _nodes(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)))
    if "keyframes" in keyword:
        return Other(f"{head}{{{_text(rule.content)}}}", animation=prelude)
    return Other(f"{head}{{{';'.join(_declarations(rule.content))}}}")


def _split(prelude: Iterable[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _selector(tokens: Sequence[Any]) -> Selector:
    names, values, before = set(), set(), ""
    for token in tokens:
        if token.type == "hash" or (token.type == "ident" and before != ":"):
            names.add(token.value)
        elif token.type == "[] block":
            found = [each.value for each in token.content if each.type in ("ident", "string")]
            names.add(found[0] if found else "")
            if len(found) > 1:
                values.add((found[0], found[1]))
        before = token.value if token.type == "literal" else ""
    return Selector(_text(tokens), frozenset(names), frozenset(values))


def _declarations(content: Iterable[Any]) -> tuple[str, ...]:
    """The declarations and nested rules of a block."""
    parts = []
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            ending = "!important" if item.important else ""
            parts.append(f"{item.name}:{_text(item.value)}{ending}")
        elif item.type != "error":
            parts.append(tinycss2.serialize([item]).strip())
    return tuple(parts)


def _text(tokens: Iterable[Any]) -> str:
    kept = [token for token in tokens if token.type != "comment"]
    text: str = tinycss2.serialize(kept)
    if '"' in text or "'" in text:
        return text.strip()
    return re.sub(r"\s*([,>])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()
