"""Which rules of a style sheet does a page use?

Keeps a rule if every class, id, element and attribute of one of its selectors occurs in a set of words (the `Words` of
pages and of scripts), as purging tools do, and of these each selector that finds something in one of the pages, in
whatever state that may come to be. When in doubt, a rule stays. Custom properties that nobody reads and animations that
nobody starts go too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from scripts.publish.sheet import Other, Rule, Sheet, chosen, flat

_TAG = re.compile(r"<([a-zA-Z][\w-]*)([^>\"]*(?:\"[^\"]*\"[^>\"]*)*)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:=\"([^\"]*)\")?")
_WORD = re.compile(r"[\w-]+")
_SCRIPT = re.compile(r"<script(?![^>]*application/(?:ld\+)?json)[^>]*>(.*?)</script>", re.DOTALL)
_CLASS = re.compile(r"[.#]([\w-]+)")
_RANGE = re.compile(r"U\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?")  # of unicode-range
_READ = re.compile(r"var\(\s*(--[\w-]+)")
# What a page comes to be by its readers and scripts: where they point, what they open, which scheme they choose.
_STATE = re.compile(
    r"::?(?:after|active|backdrop|before|checked|details-content|focus(?:-visible|-within)?|hover|link|marker|open"
    r"|placeholder|popover-open|target|visited|-(?:moz|ms|webkit)-[\w-]+)(?![\w(-])"
    r"|\.(?:js|no-js|oi-again|focus-visible)(?![\w-])|\[(?:open|hidden|data-md-color-scheme[^\]]*)\]"
)
_ALWAYS = {"html", "body", "*"}


@dataclass
class Words:
    """What occurs in pages: names of elements, classes, ids, attributes and their values; and any word of a script."""

    names: set[str] = field(default_factory=lambda: set(_ALWAYS))
    scripted: set[str] = field(default_factory=set)
    values: dict[str, set[str]] = field(default_factory=dict)

    def add_page(self, html: str) -> None:
        """Add all that occurs in a page, and in its inline scripts."""
        for script in _SCRIPT.findall(html):
            self.add_script(script)
        for tag in set(_TAG.findall(html)):
            self.names.add(tag[0].lower())
            for name, value in _ATTRIBUTE.findall(tag[1]):
                self.names.add(name)
                self.values.setdefault(name, set()).add(value)
                if name in ("class", "id"):
                    self.names.update(value.split())

    def add_script(self, script: str) -> None:
        """Add every word of a script, since each may be the name of something that it makes."""
        self.scripted.update(_WORD.findall(script))

    @classmethod
    def of_page(cls, html: str, scripted: Words) -> Words:
        """What occurs in a page, with the words of the scripts that it loads."""
        words = cls.union([scripted])
        words.add_page(html)
        return words

    @classmethod
    def union(cls, parts: Iterable[Words]) -> Words:
        """What occurs in any of them."""
        words = cls()
        for part in parts:
            words.names |= part.names
            words.scripted |= part.scripted
            for name, values in part.values.items():
                words.values.setdefault(name, set()).update(values)
        return words

    def known(self, asked: Asked) -> Asked:
        """What of that which a style sheet asks for is here. A part of an attribute's value counts as one."""
        return Asked(
            asked.names & (self.names | self.scripted),
            frozenset(
                (name, value)
                for name, value in asked.values
                if value in self.scripted or any(value in known for known in self.values.get(name, ()))
            ),
        )


@dataclass(frozen=True)
class Asked:
    """Names and values of attributes that selectors ask for. Pages that know the same ones need the same rules."""

    names: frozenset[str]
    values: frozenset[tuple[str, str]]

    @classmethod
    def by(cls, sheet: Sheet) -> Asked:
        """All that a style sheet asks for."""
        found = [selector for node in flat(sheet) if isinstance(node, Rule) for selector in node.selectors]
        return cls(
            frozenset(name for each in found for name in each.names),
            frozenset(value for each in found for value in each.values),
        )


def used(sheet: Sheet, known: Asked, pages: Iterable[str], scripted: Words, read: Iterable[str] = ()) -> Sheet:
    """The rules that find something in one of the pages, and those for what is in none of them yet: a script adds it.

    Of type that is for some letters only, what has a letter of one of the pages.

    Args:
        sheet: the rules.
        known: what the pages have of that which the sheet asks for. A rule that asks for more is not looked for.
        pages: the HTML of the pages.
        scripted: the words of the scripts, which may make whatever they name.
        read: custom properties that another sheet reads.
    """
    selectors = (each for node in flat(sheet) if isinstance(node, Rule) for each in node.selectors)
    named = {each.text for each in selectors if each.names <= known.names and each.values <= known.values}
    left, letters = set(named), set[int]()
    added = scripted.scripted & {name for text in left for name in _classes(text)}
    for html in pages:
        page = LexborHTMLParser(html)
        letters.update(map(ord, set(html)))
        added -= {name for name in added if _finds(page, f".{name}") or _finds(page, f"#{name}")}
        left = {text for text in left if not _finds(page, text)}
    kept = named - {text for text in left if added.isdisjoint(_classes(text))}
    narrowed = chosen(
        sheet, selector=lambda each: each.text in kept, other=lambda each: _has_letter(each.text, letters)
    )
    return drop_unread(narrowed, read)


def _has_letter(rule: str, letters: Iterable[int]) -> bool:
    """Whether a rule is not type for some letters only, or is for one of these."""
    ranges = [(int(first, 16), int(last or first, 16)) for first, last in _RANGE.findall(rule)]
    return not ranges or any(first <= letter <= last for letter in letters for first, last in ranges)


@functools.cache
def _classes(selector: str) -> tuple[str, ...]:
    return tuple(_CLASS.findall(selector))


@functools.cache
def _without_state(selector: str) -> str:
    left = _STATE.sub("", selector).strip()
    return left if left and "()" not in left else "*"  # nothing is left to ask for: any page may come to be so


def _finds(page: LexborHTMLParser, selector: str) -> bool:
    try:
        return page.css_first(_without_state(selector)) is not None
    except SelectolaxError:
        return True  # it cannot be read without its state, or by this reader


def properties(styles: str) -> set[str]:
    """The custom properties that some styles read."""
    return set(_READ.findall(styles))


def drop_unread(sheet: Sheet, also: Iterable[str] = ()) -> Sheet:
    """Leave out custom properties that nobody reads, here or elsewhere (`also`), and animations that nobody starts."""
    alone, started = set(also), set[str]()
    reads: dict[str, set[str]] = {}
    nodes = list(flat(sheet))
    for declaration in [each for node in nodes if isinstance(node, Rule) for each in node.declarations]:
        if "var(" in declaration:
            name = declaration.partition(":")[0] if declaration.startswith("--") else ""
            reads.setdefault(name, set()).update(_READ.findall(declaration))
        if "animation" in declaration.partition(":")[0]:
            started.update(_WORD.findall(declaration))
    for node in nodes:
        if isinstance(node, Other) and (not node.animation or node.animation in started):
            alone.update(_READ.findall(node.text))
    read, fresh = set[str](), alone | reads.get("", set())
    while fresh:  # what is read only by what nobody reads is not read
        read |= fresh
        fresh = {name for one in fresh for name in reads.get(one, ())} - read
    return chosen(
        sheet,
        declaration=lambda each: not each.startswith("--") or each.partition(":")[0] in read,
        other=lambda each: not each.animation or each.animation in started,
    )
