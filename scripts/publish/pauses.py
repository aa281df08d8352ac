"""Where does a page let the browser draw what it has read so far?

Browsers read a whole page, then lay it out in one go, and for that time they hear neither a tap nor a key. Pauses break
this up: below the title, where the first typefaces are opened, before each of the first sections, and before the foot.
There, a line of script asks for a height, so the browser lays out what it has; what is left is a task of its own.
Measured with Lighthouse's slowed processor, the longest task of most pages went from 50 to 80 ms to below 50, and the
first words came a little sooner.

They stand between elements, so a rule of the styles for what follows upon something (`+`) does not reach across them.
"""

from __future__ import annotations

from pathlib import Path

from scripts.edition import Edition

PAUSE = "<script>document.body.offsetHeight</script>"
_TITLE, _SECTION, _FOOT = "</h1>", "<h2", '<footer class="md-footer'
_SECTIONS = 4  # what comes later is out of sight, and phones skip most of it


def publish(edition: Edition, staged: Path) -> None:
    """Put the pauses into each page of a built tree. They are scripts, so the policy of the pages comes later.

    Args:
        edition: what the site is made from.
        staged: the tree.
    """
    for path in sorted(staged.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        broken_up = paused(text)
        if broken_up != text:
            path.write_text(broken_up, encoding="utf-8")


def paused(text: str) -> str:
    """A page with pauses. One without a title or a foot of ours, which only sends readers on, as it is."""
    before, title, after = text.partition(_TITLE)
    article, foot, rest = after.partition(_FOOT)
    if not foot:
        return text
    return before + title + PAUSE + article.replace(_SECTION, PAUSE + _SECTION, _SECTIONS) + PAUSE + foot + rest
