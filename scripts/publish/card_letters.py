"""Does the font have every letter that a card needs?

The file of the font is small because it has the letters of few languages. Drawing takes the nearest letter that there
is, so that a card never shows an empty box; but then a name is misspelt in a picture that others pass on. So a letter
that is missing stops the build, with the word and the card that it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from scripts.facts.problems import Problem
from scripts.publish.card_text import Content
from scripts.publish.card_type import Type

_CURE = "spell it without, or put a font that has it into docs/assets/fonts/libre-franklin.woff2"


def check(contents: Mapping[str, Content], font: bytes) -> list[Problem]:
    """A problem for each card that needs a letter which the font lacks.

    Args:
        contents: what each card says, by its address.
        font: the file of the font.
    """
    known, problems = Type(font), []
    for address, content in contents.items():
        missing = {letter: word for word in _words(content) for letter in known.unknown(word)}
        if missing:
            said = ", ".join(f'"{letter}" (in "{word}")' for letter, word in missing.items())
            problems.append(Problem(address, 0, "card", f"the font has no {said}", _CURE))
    return problems


def _words(content: object) -> Iterator[str]:
    """All words that a card says."""
    if isinstance(content, str):
        yield from content.split()
    elif isinstance(content, tuple):
        for part in content:
            yield from _words(part)
    elif is_dataclass(content):
        for field in fields(content):
            yield from _words(getattr(content, field.name))
