"""What does the theme write that no page needs?

Its scripts, styles and pictures, of which we use none, and what only its script uses: two switches, for a menu and a
search that are our own here, a veil behind them, and a place for notices. And its templates leave hundreds of empty
lines and spaces before tags. No block of them holds any of this, so all of it is taken out of the built tree.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from scripts.edition import Edition

_INDENT = re.compile(r"\n\s+(?=<|\n|$)")
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)  # what we write; there spaces may matter
_USELESS = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div class="md-dialog"[^>]*>\s*<div[^>]*></div>\s*</div>'
)
_FILES = ("javascripts", "stylesheets", "images")  # below assets/


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
    drop_files(staged)


def drop_files(staged: Path) -> None:
    """Take the theme's files out of a tree: some megabytes, with the languages of its search."""
    for name in _FILES:
        shutil.rmtree(staged / "assets" / name, ignore_errors=True)


def tidied(text: str) -> str:
    """A page without what it does not need."""
    text = _USELESS.sub("", text)
    article = _ARTICLE.search(text)
    begin, end = article.span() if article else (len(text), len(text))
    return _INDENT.sub("\n", text[:begin]) + text[begin:end] + _INDENT.sub("\n", text[end:])
