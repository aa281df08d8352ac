"""Does each step of a guide ask for one thing, beginning with what to do?

A step is an item of a list with numbers. Which words say what to do is a short list, so that steps sound alike. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scripts.facts.problems import Problem
from scripts.words.prose import Block, said

_LIST = """add answer ask check choose click confirm copy delete do enter explain fill find go keep leave log look open
remove scroll select send sign swipe tap tick try turn type update use wait write"""
VERBS = frozenset(_LIST.split())
_SECOND = re.compile(rf"(?:\band\b|\bthen\b|,)\s+({'|'.join(sorted(VERBS))})\b")


def unclear(page: str, prose: Iterable[Block]) -> Iterator[Problem]:
    """A problem for each step that begins with something else, or asks for two things at once."""
    for block in prose:
        if not block.step:
            continue
        first = said(block)[0]
        begins = re.sub(r"\W", "", first.words[0]).lower() if first.words else ""
        if begins not in VERBS:
            what = f'a step begins with "{begins}": “{first.text}”'
            cure = f"begin it with what to do: {', '.join(sorted(VERBS))}"
            yield Problem(page, first.line, "step", what, cure)
        elif second := _SECOND.search(first.text):
            what = f'a step asks for two things, "{begins}" and "{second[1]}": “{first.text}”'
            yield Problem(page, first.line, "step", what, "make two steps of it")
