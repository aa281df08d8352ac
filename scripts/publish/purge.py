"""Which rules of a style sheet does the site use?

Keeps a rule if every class, id, element and attribute of one of its selectors occurs in a set of words (the `Words` of
pages and of scripts), as purging tools do. What stands in `:not()` and other functions is not asked for: when in doubt,
a rule stays. Custom properties that nobody reads and animations that nobody starts go too; the theme keeps 10 KB of
icons in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import tinycss2

_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^>\"]|\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:=\"([^\"]*)\")?")
_WORD = re.compile(r"[\w-]+")
_SCRIPT = re.compile(r"<script(?![^>]*application/(?:ld\+)?json)[^>]*>(.*?)</script>", re.DOTALL)
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_ALWAYS = {"html", "body", "*"}


@dataclass
class Words:
    """What occurs in pages: names of elements, classes, ids, attributes and their values; and any word of a script."""

    names: set[str] = field(default_factory=lambda: set(_ALWAYS))
    scripted: set[str] = field(default_factory=set)
    values: set[tuple[str, str]] = field(default_factory=set)

    def add_page(self, html: str) -> None:
        """Add all that occurs in a page, and in its inline scripts."""
        for script in _SCRIPT.findall(html):
            self.add_script(script)
        for tag in set(_TAG.findall(html)):
            self.names.add(tag[0].lower())
            for name, value in _ATTRIBUTE.findall(tag[1]):
                self.names.add(name)
                self.values.add((name, value))
                if name in ("class", "id"):
                    self.names.update(value.split())

    def add_script(self, script: str) -> None:
        """Add every word of a script, since each may be the name of something that it makes."""
        self.scripted.update(_WORD.findall(script))

    def has(self, name: str) -> bool:
        """Whether pages or scripts have a name."""
        return name in self.names or name in self.scripted

    def has_value(self, name: str, value: str) -> bool:
        """Whether an attribute may have a value. A part of a value counts as one."""
        return value in self.scripted or any(name == known and value in text for known, text in self.values)


def purge(styles: str, words: Words) -> str:
    """The rules of a style sheet that can apply to something, without spaces and comments."""
    return drop_unread(_rules(_parsed(styles), words))


def _parsed(styles: str) -> list[Any]:
    return list(tinycss2.parse_stylesheet(styles, skip_comments=True, skip_whitespace=True))


def _rules(rules: Iterable[Any], words: Words) -> str:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [text for part in _split(rule.prelude) if (text := _selector(part, words))]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{_body(rule.content)}}}")
        elif rule.type == "at-rule":
            kept.append(_at_rule(rule, words))
    return "".join(kept)


def _at_rule(rule: Any, words: Words) -> str:
    prelude = _text(rule.prelude)
    head = f"@{rule.at_keyword}" + (f" {prelude}" if prelude else "")
    if rule.content is None:
        return "" if rule.lower_at_keyword == "charset" else f"{head};"
    if rule.lower_at_keyword in ("media", "supports", "container", "layer"):
        inner = _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), words)
        return f"{head}{{{inner}}}" if inner else ""
    if "keyframes" in rule.lower_at_keyword:
        return f"{head}{{{_text(rule.content)}}}"
    return f"{head}{{{_body(rule.content)}}}"


def _split(prelude: Iterable[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _selector(tokens: list[Any], words: Words) -> str:
    """The text of a selector if it can apply, else nothing."""
    before = ""
    for token in tokens:
        if token.type == "ident" and before != ":" and not words.has(token.value):
            return ""
        if token.type == "hash" and not words.has(token.value):
            return ""
        if token.type == "[] block" and not _attribute(token.content, words):
            return ""
        before = token.value if token.type == "literal" else ""
    return _text(tokens)


def _attribute(tokens: list[Any], words: Words) -> bool:
    found = [token.value for token in tokens if token.type in ("ident", "string")]
    if not found or not words.has(found[0]):
        return False
    return len(found) < 2 or words.has_value(found[0], found[1])


def _body(content: Iterable[Any]) -> str:
    """The declarations and nested at-rules of a block."""
    parts = []
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            ending = "!important" if item.important else ""
            parts.append(f"{item.name}:{_text(item.value)}{ending}")
        elif item.type != "error":
            parts.append(tinycss2.serialize([item]).strip())
    return ";".join(parts)


def _text(tokens: Iterable[Any]) -> str:
    kept = [token for token in tokens if token.type != "comment"]
    text: str = tinycss2.serialize(kept)
    if '"' in text or "'" in text:
        return text.strip()
    return re.sub(r"\s*([,>])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


def drop_unread(styles: str) -> str:
    """Leave out custom properties that nobody reads, again and again, and animations that nobody starts."""
    while True:
        read = set(_USED.findall(styles))
        started = {
            word for value in re.findall(r"animation(?:-name)?:([^;}]*)", styles) for word in _WORD.findall(value)
        }
        shorter = _without(_parsed(styles), read, started)
        if len(shorter) >= len(styles):
            return styles
        styles = shorter


def _without(rules: Iterable[Any], read: set[str], started: set[str]) -> str:
    kept = []
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None:
            head = f"@{rule.at_keyword} {_text(rule.prelude)}".strip()
            if rule.lower_at_keyword in ("media", "supports", "container", "layer"):
                inner = _without(tinycss2.parse_rule_list(rule.content), read, started)
                kept.append(f"{head}{{{inner}}}" if inner else "")
            elif "keyframes" not in rule.lower_at_keyword or _text(rule.prelude) in started:
                kept.append(f"{head}{{{tinycss2.serialize(rule.content).strip()}}}")
        elif rule.type == "at-rule":
            kept.append(tinycss2.serialize([rule]))
        elif rule.type == "qualified-rule":
            body = ";".join(part for part in _declarations(rule.content) if _wanted(part, read))
            kept.append(f"{tinycss2.serialize(rule.prelude).strip()}{{{body}}}" if body else "")
    return "".join(kept)


def _declarations(content: Iterable[Any]) -> list[str]:
    parts: list[list[Any]] = [[]]
    for token in content:
        if token.type == "literal" and token.value == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return [text for part in parts if (text := tinycss2.serialize(part).strip())]


def _wanted(declaration: str, read: set[str]) -> bool:
    name = declaration.partition(":")[0].strip()
    return not name.startswith("--") or name in read
