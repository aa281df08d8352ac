"""What does the theme write that no page needs?

Its two hidden switches, for the menu and the search, are tick boxes with `autocomplete`, which is for fields that one
types into: HTML does not know that. And its templates leave hundreds of empty lines and spaces before tags. No block of
them holds either, so both are taken out of the built pages.
"""

from __future__ import annotations

import re
from pathlib import Path

from scripts.edition import Edition

_INDENT = re.compile(r"\n\s+(?=<|\n|$)")
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)  # what we write; there spaces may matter
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
    """A page without what it does not need."""
    text = _SWITCH.sub(r"\1", text)
    article = _ARTICLE.search(text)
    begin, end = article.span() if article else (len(text), len(text))
    return _INDENT.sub("\n", text[:begin]) + text[begin:end] + _INDENT.sub("\n", text[end:])
