"""A made-up site that changes: Markdown in, pages out as the engine makes them, and what leads on put beside them."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from markdown import Markdown
from markdown.extensions.toc import TocExtension, slugify
from rich.console import Console

from scripts.edition import Edition
from scripts.links import mend, promised, report
from scripts.links.findings import Finding
from scripts.links.gate import Report
from scripts.links.lead import Home, own_address
from scripts.links.tree import Tree
from scripts.project import Project
from scripts.publish import redirects
from tests.links import trees
from tests.links.trees import SITE_URL

Slugify = Callable[[str, str], str]

PAGES = {
    "index.html": "# Welcome\n\n## What it is\n\n## Who made it\n",
    "guide/index.html": "# Guide\n\n## Before you begin\n\nText.\n\n## The steps\n\n## Afterwards\n",
    "facts/index.html": '# Facts\n\n## What is known\n\n<ul><li id="li-one">One</li><li id="li-two">Two</li></ul>\n',
}
_THEME = '<input id="__search"><nav id="nav"><a href="{up}">Home</a></nav>'


def by_number() -> Slugify:
    """Ids as another engine might make them."""
    numbers = iter(range(1000))
    return lambda text, separator: f"section{separator}{next(numbers)}"


def with_underscores(text: str, separator: str) -> str:
    """Another slug function: capital letters stay, words are joined in another way."""
    return "_".join(text.split())


class Versions:
    """A project whose site is made anew again and again."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(folder)
        trees.write(
            folder,
            {
                "mkdocs.yml": f'site_url: !ENV [SITE_URL, "{SITE_URL}"]\n',
                "docs/data/ids.txt": "# names\nli-one\nli-two\n",
            },
        )

    def publish(
        self,
        pages: Mapping[str, str] = PAGES,
        *,
        slug: Slugify = slugify,
        files: Mapping[str, str] | None = None,
        lead_on: bool = True,
    ) -> Tree:
        """Make the site, and put what leads on beside it."""
        site = self.project.site
        shutil.rmtree(site, ignore_errors=True)
        made = {name: _page(name, text, slug) for name, text in pages.items()}
        trees.write(site, made | dict(files or {}))
        trees.write(site, {"sitemap.xml": trees.sitemap([own_address(name) for name in pages])})
        if lead_on:
            redirects.publish(Edition(self.project, dt.date(2026, 11, 22)), site)
        return self.tree()

    def tree(self) -> Tree:
        return Tree(self.project.site, Home.of(SITE_URL))

    def keep(self) -> int:
        return len(mend.keep(self.project.docs, self.tree()))

    def check(self) -> list[Finding]:
        return promised.check(self.tree(), self.project.docs)

    def mend(self) -> dict[str, str]:
        done, left = mend.mend(self.project.docs, self.tree())
        assert left == []
        return {str(entry.old): str(entry.to) for entry in done}

    def ledger(self, name: str) -> list[str]:
        text = (self.project.docs / "ledgers" / name).read_text(encoding="utf-8")
        return [line for line in text.splitlines() if line.startswith("/")]


def _page(name: str, text: str, slug: Slugify) -> str:
    body = Markdown(extensions=["attr_list", TocExtension(slugify=slug, permalink=True)]).convert(text)
    up = "../" * name.count("/") or "./"
    return trees.html(body, path=own_address(name)).replace("<body>", "<body>" + _THEME.format(up=up))


def without(text: str, *parts: str) -> str:
    for part in parts:
        assert part in text
        text = text.replace(part, "")
    return text


def printed(findings: list[Finding]) -> str:
    """The table that a person would read."""
    console = Console(width=200, record=True, file=io.StringIO())
    report.show(Report(Path("site"), SITE_URL, tuple(findings)), console)
    return console.export_text()
