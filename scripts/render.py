"""How do the facts get into the pages?

Loads and checks the facts, finds which fragments the pages ask for, makes them, and writes those that changed. Nothing
is written unless everything is right.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from scripts.facts.load import load
from scripts.facts.problems import BadData, Problem
from scripts.facts.resolve import Resolver
from scripts.pages import fragments, includes
from scripts.project import Project


def render(project: Project, today: dt.date) -> tuple[str, ...]:
    """Bring `build/fragments/` up to date.

    Args:
        project: where to read and write.
        today: the day that counts as today.

    Returns:
        The names of the fragments that changed.

    Raises:
        BadData: with everything that is wrong with data, guides and fragments.
    """
    wanted, problems = includes.scan(project.docs)
    try:
        resolver = Resolver(load(project.docs, today))
    except BadData as error:
        raise BadData(_from_root(project, [*error.problems, *problems])) from None
    made, found = fragments.render(resolver, wanted, project.site_url(), compiled=project.build / "templates")
    if problems or found:
        raise BadData(_from_root(project, [*problems, *found]))
    return write(project.fragments, made)


def _from_root(project: Project, problems: list[Problem]) -> list[Problem]:
    """Name files as one would open them, from the root of the checkout."""
    docs = project.docs.name
    return [replace(p, file=p.file if p.file == docs else f"{docs}/{p.file}") for p in problems]


def write(folder: Path, made: dict[str, str]) -> tuple[str, ...]:
    """Write what differs from what is there, delete what nobody asked for, and say what changed."""
    changed = []
    for name, text in made.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        if name not in made:
            path.unlink()
            changed.append(name)
    return tuple(changed)
