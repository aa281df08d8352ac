"""How does a text from the data files become HTML?

Writers may mark exact labels as **bold** and nothing else, whichever file they write in; so every package that writes
HTML turns their texts into it here.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_BOLD = re.compile(r"\*\*(.+?)\*\*")


def markup(text: str) -> Markup:
    """A text from the data files as HTML: escaped, with **bold** for exact labels."""
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(text))))


def plain(text: str) -> str:
    """The same text without its marks, for places that can hold no HTML."""
    return _BOLD.sub(r"\1", text)
