"""A small project whose facts try to become more than words, wherever a data file takes a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from scripts.facts import fields
from scripts.project import Project

# What would harm in a page, an attribute, a script, a template, Markdown or a snippet.
HARM = (
    "\"><'><svg/onload=hurt()></script><script>hurt()</script><!-- &lt;b&gt; ' onfocus=hurt() \" onmouseover=hurt() "
    '[a](javascript:hurt()) ![b](y) {onclick=hurt() #planted} {{7*7}} {%raw%} `code` ]]>--8<--"x" =";hurt();//'
)
WORD = "\"'><svg/onload=hurt()>{#planted}[a](javascript:hurt())"  # where only a few words may stand

_SHORT = "name|owner|publisher|rule|place|short|label_wording"
_LONG = "wording|help|title|sentence|note|text|says|reading|why|unknown|settle"
_BLOCK = re.compile(rf"^( *(?:- )?(?P<key>{_SHORT}|{_LONG}): )(?P<text>.+)$", re.MULTILINE)
_FLOW = re.compile(rf"([{{,] ?(?P<key>{_SHORT}|{_LONG}): )(?P<text>[^,}}\n]+)")


@contextmanager
def believed() -> Iterator[None]:
    """Leave out the rule that refuses HTML in a text: what comes after it must hold by itself."""
    with patch.object(fields, "_TAG", re.compile("(?!)")):
        yield


def poison(project: Project) -> int:
    """Add the harm to every text of a project's data files, and say to how many."""
    count = 0
    for path in sorted((project.docs / "data").rglob("*.yml")):
        text = path.read_text(encoding="utf-8")
        for pattern in (_BLOCK, _FLOW):
            text, changed = pattern.subn(_harmed, text)
            count += changed
        path.write_text(text, encoding="utf-8")
    return count


def _harmed(found: re.Match[str]) -> str:
    words = found["text"].strip().strip('"')
    if found["key"] in _SHORT.split("|"):
        return found[1] + json.dumps(words + WORD)
    return found[1] + json.dumps(f"{words.rstrip('.')} {HARM}.")
