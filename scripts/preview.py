"""How does a change get onto the page that somebody is looking at, before everything else?

Renders what that page needs, lets the engine build that page into a copy of the site, and puts the copy in its place.
Other pages, the search index and the sitemap stay as they are, and links are not checked: a whole build must follow,
and `serve` sees to it. Nothing else may use this.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from scripts import engine, swap
from scripts.build import STAGED, environment, remove
from scripts.edition import Edition
from scripts.facts import addresses
from scripts.facts.problems import BadData
from scripts.lock import only_one
from scripts.pages import fragments, includes
from scripts.project import Project
from scripts.publish import tidy
from scripts.render import asked
from scripts.screens import load as screens_load
from scripts.screens import shown

# What the engine writes of all pages, and knows only those that it built.
_OF_ALL = (Path("sitemap.xml"), Path("sitemap.xml.gz"))


def preview(project: Project, today: dt.date, pages: Sequence[str], *, launch: engine.Launch) -> None:
    """Bring some pages of `project.site` up to date, and those whose own Markdown is newer.

    Args:
        project: where to read and write. The site must be built.
        today: the day that counts as today.
        pages: HTML files, relative to the site.
        launch: how to start the engine.

    Raises:
        BadData: if the facts, the guides or the fragments are wrong.
        EngineFailed: if the engine stopped.
    """
    with only_one(project, lambda _: None):
        swap.recover(project.site)
        staged = project.build / STAGED
        remove(staged)
        render_for(Edition(project, today), pages)
        shutil.copytree(project.site, staged)
        written = {_html(path.relative_to(project.docs).as_posix()) for path in project.docs.rglob("*.md")}
        for page in written.intersection(pages):  # others, such as those of claims, only a whole build makes
            (staged / page).unlink(missing_ok=True)
        engine.run(project, staged, environment(today, os.environ), launch, only_missing=True)
        tidy.drop_files(staged)
        for name in _OF_ALL:
            if (project.site / name).exists():
                shutil.copy2(project.site / name, staged / name)
        swap.put(staged, project.site)


def render_for(edition: Edition, pages: Collection[str]) -> None:
    """Bring the fragments of some pages up to date, and of those whose Markdown is newer than what was built."""
    project, resolver = edition.project, edition.resolver
    wanted, problems = includes.scan(project.docs)
    needed = [want for want in wanted if _html(want.page) in pages or _newer(project, want.page)]
    asks = asked(needed)
    others = [want for want in needed if want not in asks]
    made, found = fragments.render(resolver, others, edition.site_url, version=edition.version)
    problems += [problem for problem in found if problem.rule != "unused fragment"]
    if asks:  # the pictures themselves follow with the whole build
        screens, found = screens_load.load(project.docs / screens_load.FOLDER)
        figures, missing = shown.render(asks.values(), screens, resolver.facts)
        problems += [*found, *missing]
        made |= {want.name: figures[ask] for want, ask in asks.items() if ask in figures}
    if problems:
        raise BadData(problems)
    for name, text in made.items():
        path = project.fragments / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _html(page: str) -> str:
    return addresses.folder(page) + "index.html"


def _newer(project: Project, page: str) -> bool:
    built = project.site / _html(page)
    return not built.exists() or built.stat().st_mtime < (project.docs / page).stat().st_mtime
