"""How do the facts and the screens get into the pages?

Loads and checks both, finds which fragments and figures the pages ask for, makes them, brings the pictures up to date,
and writes the fragments that changed. Nothing is written unless everything is right.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from scripts.edition import Edition
from scripts.facts.problems import BadData, Problem
from scripts.pages import claim, fragments, includes
from scripts.pages.includes import Wanted
from scripts.project import Project
from scripts.screens import figure, shown
from scripts.screens import load as screens_load
from scripts.screens.figure import Ask
from scripts.screens.make import examine, make

Say = Callable[[str], None]


def aloud(line: str) -> None:
    """Say something on the terminal that stops nothing."""
    print(line, file=sys.stderr)


def render(edition: Edition, *, say: Say = aloud) -> tuple[str, ...]:
    """Bring `build/fragments/` and the pictures of screens up to date.

    Args:
        edition: what the site is made from.
        say: is told what is right for now and will not be for long.

    Returns:
        The names of the fragments that changed.

    Raises:
        BadData: with everything that is wrong with data, guides, fragments and screens.
    """
    project, today = edition.project, edition.today
    wanted, problems = includes.scan(project.docs)
    asks = asked(wanted)
    try:
        resolver = edition.resolver
    except BadData as error:
        _, found = screens_load.load(project.docs / screens_load.FOLDER)
        raise BadData(_from_root(project, [*error.problems, *problems, *found])) from None
    facts = resolver.facts
    ready, found = examine(project, today, sources=facts.sources, platforms=facts.platforms)
    problems += found
    compiled = project.build / "templates"
    others = [want for want in wanted if want not in asks]
    made, found = fragments.render(resolver, others, edition.site_url, compiled=compiled, version=edition.version)
    problems += found
    problems += shown.check(project.docs, asks.values(), ready.screens, ready.unread, facts)
    if problems:
        raise BadData(_from_root(project, problems))
    make(project, today, say=say, ready=ready)
    figures, _ = shown.render(asks.values(), ready.screens, facts, compiled=compiled)
    made |= {want.name: figures[ask] for want, ask in asks.items()}
    made |= dict(claim.fragments(resolver, edition.site_url, compiled=compiled, version=edition.version))
    return write(project.fragments, made)


def asked(wanted: Iterable[Wanted]) -> dict[Wanted, Ask]:
    """Which of the fragments that pages ask for are figures, and of which screens."""
    return {
        want: Ask(want.page, want.part.removeprefix(figure.PREFIX), want.line)
        for want in wanted
        if want.part.startswith(figure.PREFIX)
    }


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
