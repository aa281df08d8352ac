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
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)  # what we write: spaces between words matter there
# Not around items of lists: paper sets some of them in a line, one after the other.
_AROUND_BLOCK = re.compile(
    r"(<pre\b.*?</pre>)"
    r"|\n(?=</?(?:caption|d[dlt]|details|div|h[1-6]|[ou]l|p|section|summary|table|tbody|t[dhr]|thead)\b)",
    re.DOTALL,
)
_USELESS = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div class="md-dialog"[^>]*>\s*<div[^>]*></div>\s*</div>|<div data-md-component="announce">\s*</div>'
    r'|<link rel="(?:prev|next)"[^>]*>'  # nobody reads the pages in the order of the menu
    r'| data-md-(?:component|color-primary|color-accent)="[^"]*"'
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
    inside = _AROUND_BLOCK.sub(lambda found: found[1] or "", text[begin:end])
    return _INDENT.sub("\n", text[:begin]) + inside + _INDENT.sub("\n", text[end:])
