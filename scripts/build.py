"""How do the sources become the finished site?

render, then the engine, then what is published beside the pages, then the check of the links: all of it staged under
`build/` and put into `site/` in one step at the end. Whatever fails or is killed on the way leaves the old site alone.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts import engine, swap
from scripts.edition import Edition
from scripts.facts.problems import Problem
from scripts.links import internal
from scripts.lock import only_one
from scripts.project import Project
from scripts.publish import (
    api,
    cards,
    claim_pages,
    feeds,
    heads,
    kit,
    link_health,
    machines,
    paper,
    pauses,
    pdfs,
    policy,
    redirects,
    search,
    short_guides,
    styles,
    tidy,
)
from scripts.render import render

Say = Callable[[str], None]
Step = Callable[[Edition, Path], None]

# Each step adds files to a folder, knowing what the site is made from. These need no page: they are made while the
# engine works, and put beside its pages when it is done.
BESIDE: tuple[Step, ...] = (feeds.publish, api.publish, link_health.publish)

# These are given the built tree. Pages come first, because cards are named in the heads of all pages; redirects come
# when all addresses are there; what changes every page comes last.
PUBLISH: tuple[Step, ...] = (
    tidy.publish,  # first: the next one copies the frame of a page
    search.publish,  # before pages come that are not to be found
    claim_pages.publish,
    short_guides.publish,
    cards.publish,
    heads.publish,
    machines.publish,
    paper.publish,
    pdfs.publish,
    redirects.publish,
    styles.publish,
    pauses.publish,
    policy.publish,
    kit.publish,  # mails, not pages: their styles are inline, so the policy of the pages must not reach them
)

STAGED, MEANWHILE = "staged", "meanwhile"


class BrokenLinks(Exception):
    """Links that lead nowhere, in a site that is otherwise built. Carries every one of them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


def build(
    project: Project, today: dt.date, *, say: Say, launch: engine.Launch = engine.quickest, press: Step | None = None
) -> None:
    """Build the whole site and put it into `project.site`.

    Args:
        project: where to read and write.
        today: the day that counts as today.
        say: is told the name of each stage as it begins.
        launch: how to start the engine.
        press: makes the PDFs that are missing, when the pages are ready for paper. None: those that are there will do.

    Raises:
        BadData: if the facts, the guides or the fragments are wrong.
        EngineFailed: if the engine stopped.
        BrokenLinks: if a link in the built pages leads nowhere.
    """
    with only_one(project, say):
        swap.recover(project.site)
        staged = project.build / STAGED
        remove(staged)
        edition = Edition(project, today)
        say("render")
        render(edition)
        say("engine")
        meanwhile = project.build / MEANWHILE
        remove(meanwhile)
        with engine.running(project, staged, environment(today, os.environ), launch):
            for step in BESIDE:
                step(edition, meanwhile)
        say("publish")
        put_beside(meanwhile, staged)
        for step in PUBLISH:
            if press and step is pdfs.publish:
                press(edition, staged)
            step(edition, staged)
        say("links")
        check_links(edition, staged)
        say("swap")
        swap.put(staged, project.site)


def check_links(edition: Edition, staged: Path) -> None:
    """Follow every link inside the site.

    Raises:
        BrokenLinks: if one leads nowhere, or if there is no page at all.
    """
    problems, _ = internal.check(staged, edition.site_url, edition.project.docs)
    if problems:
        raise BrokenLinks(problems)


def put_beside(made: Path, staged: Path) -> None:
    """Move the files of one folder into a built tree, and delete the folder.

    Raises:
        FileExistsError: if the tree has a file of that name.
    """
    for path in sorted(path for path in made.rglob("*") if path.is_file()):
        target = staged / path.relative_to(made)
        if target.exists():
            raise FileExistsError(f"{target.relative_to(staged)} is a page, and cannot be a data file as well")
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    shutil.rmtree(made)


def remove(folder: Path) -> None:
    """Delete a folder if it is there."""
    if folder.exists():
        shutil.rmtree(folder)


def environment(today: dt.date, environ: Mapping[str, str]) -> dict[str, str]:
    """What the engine finds in its environment: the day, for whatever it dates, and no advertising."""
    midnight = dt.datetime.combine(today, dt.time(), dt.UTC)
    return {
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
        **environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
    }
