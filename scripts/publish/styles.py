"""Which files does a page load beside its words and pictures?

No style sheet: the rules that a page uses, out of the sheets that it names, stand in the page. So the first words
are drawn when the page is there, one round trip sooner, which on a slow connection is what a reader waits for; a second
page costs some kilobytes more than if the styles were in store. One script with all that pages add, and no comments in
that or any other. The icon of the browser's tab goes into the page: it is smaller than the request for it. The sheets
stay where they are, because `serve` shows pages that have not been through here.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from scripts.edition import Edition
from scripts.publish.purge import Asked, Words, properties, used
from scripts.publish.sheet import Sheet, parse, serialize

FOLDER = "assets"
_LINK = re.compile(r"<link rel=\"stylesheet\" href=\"([^\"]*?)(assets/[^\"]+\.css)\"(?: media=\"([^\"]+)\")?>")
_ICON = re.compile(r"(<link rel=\"icon\" href=\")([^\"]*?)(assets/[^\"]+\.svg)\"")
_URL = re.compile(r"url\(\s*(['\"]?)(?!data:|#|https?:|/)([^'\")]+)\1\s*\)")
_SCRIPT, _MOVED = f"{FOLDER}/opted-in.js", f"{FOLDER}/moved.js"
_SEARCH_STYLES = f"{FOLDER}/search.css"
_OTHER = re.compile(r"<script src=\"[^\"]*?(assets/(?!opted-in\.js)[\w-]+\.js)\" defer(?:=\"\")?></script>")
_COMMENT = re.compile(r"^ */\*.*?\*/\n", re.DOTALL | re.MULTILINE)  # on lines of its own: no text looks like that


def publish(edition: Edition, staged: Path) -> None:
    """Give each page of a built tree the styles that it uses.

    Args:
        edition: what the site is made from.
        staged: the tree.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(staged.rglob("*.html"))}
    scripted = _shorten_scripts(staged, {name for text in pages.values() for name in _OTHER.findall(text)})
    found: dict[Path, Words] = {}
    for path, text in pages.items():
        pages[path] = _OTHER.sub("", text)
        found[path] = Words.of_page(text, scripted)

    sheets: dict[tuple[tuple[str, str], ...], tuple[Sheet, Asked]] = {}
    alike: dict[tuple[tuple[tuple[str, str], ...], Asked, str], list[Path]] = {}
    for path, text in pages.items():
        links = _LINK.findall(text)
        if not links:
            continue
        names = tuple((name, media) for _, name, media in links)
        if names not in sheets:
            whole = "\n".join(_moved(staged, name, media) for name, media in names)
            sheet = parse(whole)
            sheets[names] = sheet, Asked.by(sheet)
        alike.setdefault((names, found[path].known(sheets[names][1]), links[0][0]), []).append(path)
    search = staged / _SEARCH_STYLES
    read = properties(search.read_text(encoding="utf-8")) if search.exists() else set[str]()
    for (names, known, base), paths in alike.items():  # pages that use the same words share one text
        kept = used(sheets[names][0], known, (pages[path] for path in paths), scripted, read)
        styles = _from(base, serialize(kept))
        for path in paths:
            path.write_text(_with(pages[path], styles, icons(staged, pages[path])), encoding="utf-8")


def _shorten_scripts(staged: Path, others: set[str]) -> Words:
    """Put the scripts that some pages add into the one of all pages, and take the comments out of each.

    Returns:
        The words of those that make parts of pages. The search is not among them: it has a sheet of its own.
    """
    script, scripted = staged / _SCRIPT, Words()
    if script.exists():
        whole = "\n".join((staged / name).read_text(encoding="utf-8").rstrip() for name in (_SCRIPT, *sorted(others)))
        script.write_text(whole + "\n", encoding="utf-8")
    for path in sorted((staged / FOLDER).rglob("*.js")):
        text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        if path in (script, staged / _MOVED):
            scripted.add_script(text)
    return scripted


def icons(staged: Path, text: str) -> str:
    """The icon that a page names, as an address that holds it; nothing if there is none."""
    found = _ICON.search(text)
    if not found or not (staged / found[3]).exists():
        return ""
    svg = re.sub(r">\s+<", "><", (staged / found[3]).read_text(encoding="utf-8").strip())
    return "data:image/svg+xml," + quote(svg.replace('"', "'"), safe="=:/;,'()!*@&$+?-._~")


def _with(text: str, styles: str, icon: str) -> str:
    """A page with its styles. They come last in the head: programs that make previews read only its beginning."""
    text = _LINK.sub("", text).replace("</head>", f"<style>{styles}</style>\n</head>", 1)
    return _ICON.sub(lambda found: f'{found[1]}{icon}"', text) if icon else text


def _from(base: str, styles: str) -> str:
    """Styles as they read in a page from which `base` leads to the top of the tree."""
    return _URL.sub(lambda found: f'url("{base}{FOLDER}/{found[2]}")', styles)


def _moved(staged: Path, name: str, media: str) -> str:
    """A style sheet as it reads from the folder of the new one, and among others."""
    depth = Path(name).parent.relative_to(FOLDER).as_posix()
    text = (staged / name).read_text(encoding="utf-8")
    text = f"@media {media} {{{text}}}" if media else text
    return text if depth == "." else _URL.sub(lambda found: f'url("{depth}/{found[2]}")', text)
