"""How does a text from the data files become HTML, or Markdown, and how do names become a list?

Writers may mark exact labels as **bold** and nothing else, whichever file they write in; so every package turns their
texts into something else here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MARKS = re.compile(r"([\\`*_\[\]<>#|~&])")
_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")


def markup(text: str) -> Markup:
    """A text from the data files as HTML: escaped, with **bold** for exact labels."""
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(text))))


def plain(text: str) -> str:
    """The same text without its marks, for places that can hold no HTML."""
    return _BOLD.sub(r"\1", text)


def labels(text: str) -> list[str]:
    """The exact labels in a text: what stands in bold."""
    return _BOLD.findall(text)


def escaped(words: str) -> str:
    """Plain words as a line of Markdown: no sign in them becomes a mark, wherever they stand."""
    out = _NUMBER.sub(r"\1\\\2", _MARKS.sub(r"\\\1", words))
    return re.sub(r"^([-+=])", r"\\\1", out)


def listed(names: Iterable[str]) -> str:
    """a, b and c"""
    items = list(names)
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
