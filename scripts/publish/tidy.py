"""What does the theme write that HTML does not know?

Its two hidden switches, for the menu and the search, are tick boxes with `autocomplete`, which is for fields that one
types into. No block of its templates holds them, so the attribute is taken out of the built pages.
"""

from __future__ import annotations

import re
from pathlib import Path

from scripts.edition import Edition

_SWITCH = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')


def publish(edition: Edition, staged: Path) -> None:
    """Mend the pages of a built tree. Comes before others copy their frame.

    Args:
        edition: what the site is made from.
        staged: the built tree.
    """
    for path in sorted(staged.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        mended = tidied(text)
        if mended != text:
            path.write_text(mended, encoding="utf-8")


def tidied(text: str) -> str:
    """A page without what HTML does not know."""
    return _SWITCH.sub(r"\1", text)
