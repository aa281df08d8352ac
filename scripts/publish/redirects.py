"""Where does a reader end up who comes by an address that has moved?

Makes what the ledgers promise (`facts/promises.py`): at each old address a page that leads to the new one, and on each
page the ids that it used to have. With script the fragment goes along; without script a page that moved as a whole
sends readers on by itself, and one whose parts went to several pages shows a link for each. Search engines are told the
new address. Runs last: pages that are added or changed later would be missed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from scripts.edition import Edition
from scripts.facts import promises as ledgers
from scripts.facts.problems import BadData, Problem
from scripts.facts.promises import IDS, URLS, Address, Entry, Promises
from scripts.publish import aliases

SCRIPT = "assets/moved.js"
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{head_title}</title>
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<link rel="canonical" href="{canonical}">
{head}{refresh}</head>
<body>
<article>
<h1>{heading}</h1>
<p>{line} <a href="{link}" data-moved-page>{title}</a>.</p>
{parts}</article>
<script src="{script}"></script>
</body>
</html>
"""
# In <noscript>: with script, the script leads on, and takes the fragment along.
_REFRESH = '<noscript><meta http-equiv="refresh" content="0; url={link}"></noscript>\n'


@dataclass(frozen=True)
class Words:
    """What a page that leads on says: its title, with a gap for that of the new page, its heading, and its one line."""

    title: str
    heading: str
    line: str


_MOVED = Words(title="{title} has moved", heading="This page has moved", line="It is now at")


def publish(edition: Edition, staged: Path) -> None:
    """Write what leads on into a built tree.

    Args:
        edition: what the site is made from.
        staged: the tree.

    Raises:
        BadData: if a ledger is wrong, a new address is not there, or an old one is in use again.
    """
    promises, problems = ledgers.read(edition.project.docs)
    problems += _unfit(promises, staged)
    if problems:
        raise BadData(problems)
    if not promises.moved():
        return
    by_page: dict[str, dict[str, Address]] = {}
    for entry in promises.ids.values():
        if entry.to:
            by_page.setdefault(entry.old.path, {})[entry.old.id] = entry.to
    wrong: list[Problem] = []
    for entry in promises.urls.values():
        if entry.to:
            _lead_on(staged, entry.old.path, entry.to, by_page.pop(entry.old.path, {}), edition.site_url)
    for path, parts in by_page.items():
        wrong += _keep_ids(staged, path, parts, promises)
    if wrong:
        raise BadData(wrong)
    add_script(staged)


def add_script(staged: Path) -> None:
    """Put the script that leads on into a built tree."""
    (staged / SCRIPT).parent.mkdir(parents=True, exist_ok=True)
    (staged / SCRIPT).write_bytes(Path(__file__).with_name("moved.js").read_bytes())


def _unfit(promises: Promises, staged: Path) -> Iterable[Problem]:
    """Entries that cannot be kept, because something is where nothing should be, or nothing where something should."""
    for name in (URLS, IDS):
        for entry in promises.of(name).values():
            if not entry.to:
                continue
            place = ledgers.shown(name), entry.line, "moved"
            if not (staged / _file(entry.to.path)).is_file():
                yield Problem(*place, f"{entry.old} leads to {entry.to}, which is not there", "correct the address")
            elif name == URLS and (staged / _file(entry.old.path)).exists():
                cure = f"take the target ({entry.to}) out of the line"
                yield Problem(*place, f"{entry.old} is said to have moved, but it is there", cure)
            elif name == URLS and _is_page(entry.old.path) != _is_page(entry.to.path):
                cure = "let pages lead to pages, and files to files"
                yield Problem(*place, f"{entry.old} cannot lead to {entry.to}: one is a page, one is not", cure)


def _lead_on(staged: Path, old: str, new: Address, parts: Mapping[str, Address], site_url: str) -> None:
    """Put something at an old address: a page that leads on; for a file, which cannot lead on, the new file itself."""
    path = staged / _file(old)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not _is_page(old):
        path.write_bytes((staged / _file(new.path)).read_bytes())
        return
    # Readers who come without a fragment, or without script, are sent on at once, unless they must choose themselves.
    one_page = all(to.path == new.path for to in parts.values())
    notes = _notes(staged, old, parts) if parts else ""
    path.write_bytes(page(staged, old, new, site_url, parts=notes, at_once=one_page).encode())


def page(
    staged: Path,
    old: str,
    new: Address | str,
    site_url: str,
    *,
    words: Words = _MOVED,
    head: str = "",
    parts: str = "",
    at_once: bool = True,
) -> str:
    """A page that leads on.

    Args:
        staged: the built tree, with the new page in it.
        old: the address that leads on, below the site.
        new: where it leads.
        site_url: the address of the site.
        words: what it says.
        head: more lines for its head.
        parts: HTML with a line for each part that went elsewhere.
        at_once: whether to lead on without script.
    """
    to = new if isinstance(new, Address) else Address(new)
    link, title = _link(old, to), _title(staged, Address(to.path))
    return _PAGE.format(
        head_title=escape(words.title.format(title=title)),
        heading=words.heading,
        line=words.line,
        title=escape(title),
        canonical=escape(site_url + str(to)[1:]),
        head=head,
        refresh=_REFRESH.format(link=escape(link)) if at_once else "",
        link=escape(link),
        parts=parts,
        script=escape(_link(old, Address(SCRIPT))),
    )


def _keep_ids(staged: Path, path: str, parts: Mapping[str, Address], promises: Promises) -> list[Problem]:
    """Give a page the ids back that it used to have: on the spot, or as a line that leads to another page."""
    file = staged / _file(path)
    entries: dict[str, Entry] = {identifier: promises.ids[Address(path, identifier)] for identifier in parts}
    if not file.is_file():
        return [_no_page(entry) for entry in entries.values()]
    page = file.read_bytes().decode()  # as it is, with its line ends
    back = aliases.ids(page) & parts.keys()
    if back:
        return [_is_back(entries[identifier]) for identifier in sorted(back)]
    here = {identifier: to.id for identifier, to in parts.items() if to.path == path}
    away = {identifier: to for identifier, to in parts.items() if to.path != path}
    try:
        page = aliases.add(page, here)
    except aliases.NoSuchId as error:
        what, cure = f"there is no {error} on /{path}", "correct the address in the ledger"
        return [
            Problem(ledgers.shown(IDS), entries[old].line, "moved", what, cure)
            for old, new in here.items()
            if (new or "h1") == str(error)
        ]
    if away:
        script = f'<script src="{escape(_link(path, Address(SCRIPT)))}"></script>\n'
        before, end, after = page.rpartition("</article>")
        if not end:
            before, end, after = page.rpartition("</body>")
        page = f"{before}{_notes(staged, path, away)}{end}{after}"
        before, end, after = page.rpartition("</body>")
        page = f"{before}{script}{end}{after}" if end else page + script
    file.write_bytes(page.encode())
    return []


def _no_page(entry: Entry) -> Problem:
    what = f"{entry.old}: the page is not there and has not moved"
    cure = f"say where it went: python -m scripts links redirect '/{entry.old.path}' NEW"
    return Problem(ledgers.shown(IDS), entry.line, "moved", what, cure)


def _is_back(entry: Entry) -> Problem:
    what, cure = f"{entry.old} is said to have moved, but it is there", f"take the target ({entry.to}) out of the line"
    return Problem(ledgers.shown(IDS), entry.line, "moved", what, cure)


def _notes(staged: Path, page: str, parts: Mapping[str, Address]) -> str:
    """A line for each part that went elsewhere, which carries its old id."""
    lines = []
    for old, to in parts.items():
        link = f'<a href="{escape(_link(page, to))}" data-moved>{escape(_title(staged, to))}</a>'
        lines.append(f'<li id="{escape(old)}" data-old>{link}</li>\n')
    return f'<div class="moved">\n<p>Moved from here:</p>\n<ul>\n{"".join(lines)}</ul>\n</div>\n'


def _title(staged: Path, address: Address) -> str:
    """What a page or a part of it calls itself."""
    page = LexborHTMLParser((staged / _file(address.path)).read_bytes())
    for sign in page.css("a.headerlink"):
        sign.decompose()
    node = next((node for node in page.css("[id]") if node.attributes.get("id") == address.id), None)
    words = " ".join(node.text().split()) if node and address.id else ""
    heading = page.css_first("h1")
    name = " ".join(heading.text().split()) if heading else str(address)
    return f"{name}: {words[:80]}" if words and words != name else name


def _is_page(path: str) -> bool:
    return path == "" or path.endswith(("/", ".html"))


def _file(path: str) -> str:
    return path + "index.html" if path == "" or path.endswith("/") else path


def _link(page: str, to: Address) -> str:
    """The address of something, as seen from a page; both are paths below the root."""
    here = posixpath.dirname(_file(page)) or "."
    relative = posixpath.relpath(to.path or ".", here) + ("/" if to.path == "" or to.path.endswith("/") else "")
    plain = str(Address(relative))[1:]
    return plain + str(Address("", to.id))[1:]
