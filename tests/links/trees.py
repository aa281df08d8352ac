"""Made-up built trees: a good one, one with a known set of faults, one with a known set of legal oddities.

Each fault and each oddity has a page of its own, so that what is said of the page is said of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

SITE_URL = "https://opted-in.example/below/"
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><path id="shape"/></svg>'
WORDS = "Nobody reads this but the checker: einmal ist keinmal."


@dataclass(frozen=True)
class Case:
    """What is put into a tree, and what should be said of it.

    `body` and `head` go into a page of the case's own; `files` are written beside it. `rule` and `page` are what the
    gate should say: the rule, and the file in which it should see the fault (the page of the case, unless named).
    """

    name: str
    body: str = ""
    head: str = ""
    rule: str = ""
    page: str = ""
    files: dict[str, str] = field(default_factory=dict)
    redirect: bool = False  # no canonical address of its own, and not in the sitemap

    @property
    def path(self) -> str:
        """The file of the case's own page."""
        return f"{self.name}/index.html"


def html(body: str, head: str = "", path: str | None = None) -> str:
    canonical = f'<link rel="canonical" href="{SITE_URL}{path}">\n' if path is not None else ""
    start = f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>A page</title>\n{canonical}{head}'
    return f"{start}\n</head>\n<body>\n<article>\n{body}\n</article>\n</body></html>\n"


def sitemap(paths: list[str]) -> str:
    entries = "".join(f"<url><loc>{SITE_URL}{path}</loc></url>\n" for path in paths)
    return f'<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def tree(folder: Path, cases: list[Case]) -> Path:
    """A good site with a home page, a page to link to, files to load, and a page for each case."""
    links = "".join(f'<li><a href="{case.name}/">{case.name}</a></li>\n' for case in cases if not case.redirect)
    files = {
        "index.html": html(f'<h1 id="home">Home</h1><a href="good/">Good</a><ul>{links}</ul>', path=""),
        "good/index.html": html(f'<h1 id="there">There</h1><p id="Caf%C3%A9">{WORDS}</p>', path="good/"),
        "404.html": html('<a href="/below/">Home</a>'),
        "pic.svg": _PICTURE,
        "Big.PNG": "png",
        "style.css": "p { color: red }",
        "feed.json": json.dumps({"version": "https://jsonfeed.org/version/1.1", "home_page_url": SITE_URL}),
        ".well-known/security.txt": f"Policy: {SITE_URL}good/\n",
        "file.pdf": "%PDF",
    }
    for case in cases:
        files[case.path] = html(case.body, case.head, None if case.redirect else f"{case.name}/")
        files |= case.files
    listed = ["", "good/", *(f"{case.name}/" for case in cases if not case.redirect)]
    return write(folder, {"sitemap.xml": sitemap(listed)} | files)


def a(link: str) -> str:
    return f'<a href="{link}">x</a>'


def link_to(href: str, rel: str) -> str:
    return f'<link rel="{rel}" href="{href}">'


def refresh(target: str) -> str:
    return f'<meta http-equiv="refresh" content="0; url={target}">'


def atom(*parts: str) -> str:
    return f'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{"".join(parts)}</feed>'
