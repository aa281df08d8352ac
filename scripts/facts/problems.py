"""How do we tell a person what is wrong with a data file?

A `Problem` names the file, the line, what is wrong and how to mend it. Checks collect problems instead of stopping at
the first, so that one run shows them all.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    rule: str
    what: str
    cure: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what} [{self.rule}]\n    Mend it: {self.cure}"


class BadData(Exception):
    """The data cannot be used. Carries every problem found, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def meant(word: str, known: Iterable[str]) -> str:
    """The known word that somebody may have meant, as the end of a complaint; nothing, if none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
