"""Which fragments do the pages ask for?

A fragment belongs to the page that shows it, so its name begins with the page's: `compare/uk.md` may ask for
`compare/uk/labels/uk.md`. That way every fragment knows its page, and so the way from there to any other page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.facts.problems import Problem

NO_PAGES = "screens/"  # what makes the pictures, and how: nothing of it is published

_INCLUDE = re.compile(r'^\s*--8<--\s+"(?P<name>[^"]+)"\s*$', re.MULTILINE)


@dataclass(frozen=True)
class Wanted:
    """A fragment that a page asks for: `part` is its name without the page and the ending."""

    page: str
    part: str
    line: int

    @property
    def name(self) -> str:
        """The file name under `build/fragments/`."""
        return f"{self.page.removesuffix('.md')}/{self.part}.md"


def scan(docs: Path) -> tuple[list[Wanted], list[Problem]]:
    """All fragments that the Markdown files under `docs` ask for."""
    wanted: list[Wanted] = []
    problems: list[Problem] = []
    for path in sorted(docs.rglob("*.md")):
        page = path.relative_to(docs).as_posix()
        if page.startswith(NO_PAGES):
            continue
        for result in _in_page(page, path.read_text(encoding="utf-8")):
            if isinstance(result, Wanted):
                wanted.append(result)
            else:
                problems.append(result)
    return wanted, problems


def _in_page(page: str, text: str) -> Iterator[Wanted | Problem]:
    stem = page.removesuffix(".md")
    for match in _INCLUDE.finditer(text):
        name, line = match["name"], text.count("\n", 0, match.start("name")) + 1
        if name.startswith(stem + "/") and name.endswith(".md"):
            yield Wanted(page, name[len(stem) + 1 : -3], line)
        else:
            cure = f'write "{stem}/….md"'
            yield Problem(page, line, "fragment", f'"{name}" does not belong to this page', cure)
