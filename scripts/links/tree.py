"""What is in a built tree, and where in it is a thing?

Reads every file of a site that names addresses, once, and answers whether a path is there, what ids it has, which words
stand on it, and in which line an address is written.
"""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from scripts.links import data_files
from scripts.links.lead import Fault, Home
from scripts.links.pages import Page, read_page

_PARALLEL_FROM = 200  # below that many pages, starting processes costs more than it saves
_SOURCES = {".md", ".py", ".j2", ".toml", ".lock", ".cfg", ".ini"}
_NOT_SEARCHED = "script, style, template, noscript"


class Tree:
    """A built site, read. `sources` is the folder that it was made from, to tell what is kept out of it."""

    def __init__(self, site: Path, home: Home, sources: Path | None = None) -> None:
        self.site, self.home, self._sources = site, home, sources
        self.files = frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
        names = sorted(name for name in self.files if name.endswith(".html"))
        self.pages = {page.path: page for page in _read_all(site, names, home)}
        self.others: dict[str, Page] = {}
        self.unreadable: dict[str, str] = {}
        for name in sorted(self.files):
            if data_files.reads(name):
                try:
                    self.others[name] = data_files.read(site, name, home)
                except data_files.Unreadable as error:
                    self.unreadable[name] = str(error)
        self._missing: dict[str, Fault | None] = {}
        self._words: dict[str, str] = {}

    @cached_property
    def _small_letters(self) -> dict[str, str]:
        return {name.lower(): name for name in sorted(self.files)}

    def missing(self, path: str) -> Fault | None:
        """What is wrong with a path below the root, if no file answers to it."""
        if path not in self._missing:
            self._missing[path] = None if file_of(path) in self.files else self._why_missing(path)
        return self._missing[path]

    def _why_missing(self, path: str) -> Fault:
        target = file_of(path)
        if f"{path}/index.html" in self.files:
            return Fault("missing slash", "the server must send readers on", f"write {path}/")
        meant = self._small_letters.get(target.lower()) or self._small_letters.get(f"{path.lower()}/index.html")
        if meant:
            name = meant.removesuffix("index.html") or meant
            return Fault("wrong case", "small and capital letters are not the same here", f"write {name}")
        if self._kept_out(path):
            page = PurePosixPath(path).with_suffix("")
            known = next((f"{page}{end}" for end in ("/index.html", ".html") if f"{page}{end}" in self.files), "")
            cure = f"link to {known.removesuffix('index.html')}" if known else "link to a published page"
            return Fault("not published", f"{path} stays in the sources and is not part of the site", cure)
        is_page = target.endswith(".html") or not PurePosixPath(target).suffix
        near = difflib.get_close_matches(target, self.pages if is_page else self.files, 1, 0.75)
        cure = (
            f"did you mean {near[0].removesuffix('index.html')}?" if near else "correct the link, or add what it names"
        )
        if is_page:
            return Fault("missing page", f"there is no page {path or '/'}", cure)
        return Fault("missing file", f"there is no file {path}", cure)

    def _kept_out(self, path: str) -> bool:
        pure = PurePosixPath(path)
        if pure.suffix.lower() in _SOURCES or any(part.startswith(".") for part in pure.parts):
            return True
        return self._sources is not None and path != "" and (self._sources / path).is_file()

    def anchor_missing(self, path: str, fragment: str) -> Fault | None:
        """What is wrong with a fragment, as browsers follow it; `path` must be there."""
        page = self.pages.get(file_of(path)) or self.others.get(path)
        anchor, _, directive = fragment.partition(":~:")
        fault = None
        if page and (path.endswith((".html", "/", ".svg")) or path == ""):
            fault = _anchor_fault(anchor, page) if anchor else None
            if not fault and directive and page.path in self.pages:
                fault = self._words_missing(page.path, directive)
        return fault

    def _words_missing(self, page: str, directive: str) -> Fault | None:
        for part in directive.split("&"):
            name, _, value = part.partition("=")
            wanted = [unquote(piece) for piece in value.split(",") if not piece.endswith("-") and piece[:1] != "-"]
            if name != "text" or not wanted:
                continue
            place = 0
            for words in wanted:
                place = self.words(page).find(squeezed(words), place)
                if place < 0:
                    return Fault("text fragment", f'the words "{words}" are not on {page}', "quote what is there")
        return None

    def words(self, page: str) -> str:
        """All words of a page, squeezed."""
        if page not in self._words:
            tree = LexborHTMLParser((self.site / page).read_bytes())
            for node in tree.css(_NOT_SEARCHED):
                node.decompose()
            self._words[page] = squeezed(tree.body.text() if tree.body else "")
        return self._words[page]

    def line(self, page: str, written: str) -> int:
        """The line in which an address or an id stands for the first time; 0 if it is not found as it is."""
        path = self.site / page
        if not path.is_file() or path.suffix == ".gz":
            return 0
        text = path.read_text(encoding="utf-8", errors="replace")
        for quoted in (written, html.escape(written, quote=False), html.escape(written)):
            for form in (f'"{quoted}"', f"'{quoted}'", f"={quoted}", f">{quoted}", quoted):
                place = text.find(form) if quoted else -1
                if place >= 0:
                    return text.count("\n", 0, place) + 1
        return 0


def file_of(path: str) -> str:
    """The file that a server answers with for a path below the root."""
    return path + "index.html" if path == "" or path.endswith("/") else path


def squeezed(text: str) -> str:
    """A text without white space and in small letters: what is said, not how it is set."""
    return re.sub(r"\s+", "", text).casefold()


def _anchor_fault(anchor: str, page: Page) -> Fault | None:
    decoded = unquote(anchor)
    if anchor in page.ids or decoded in page.ids or decoded.lower() == "top" or "(" in anchor:
        return None
    other = next((name for name in sorted(page.ids) if name.lower() == decoded.lower()), None)
    where = page.path.removesuffix("index.html") or "the home page"
    if other:
        return Fault("wrong case", f'there is no "{decoded}" on {where}', f"write #{other}")
    near = difflib.get_close_matches(decoded, sorted(page.ids), 1, 0.6)
    cure = f"did you mean #{near[0]}?" if near else "name an id that is there, or give the target this id"
    return Fault("missing anchor", f'there is no "{decoded}" on {where}', cure)


def _read_all(site: Path, names: Sequence[str], home: Home) -> Iterable[Page]:
    if len(names) < _PARALLEL_FROM:
        return [read_page(site, name, home) for name in names]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(read_page, [site] * len(names), names, [home] * len(names), chunksize=32))
