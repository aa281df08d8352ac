"""How can the site be read from a folder, without a server and without the net?

A folder's address means its index.html only to a server, and a page from a file may not read other files, so that the
search cannot work and a font is refused. This makes a zip of the site whose links name their files, whose styles have
the font in them, and whose pages have no search. Whoever unpacks it opens index.html. The same site makes the same
bytes.
"""

from __future__ import annotations

import base64
import posixpath
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from scripts.pack import PACKERS

FOLDER = "opted-in"  # within the zip, so that unpacking it strews nothing about
_LEFT_OUT = ("search/", "404.html")  # the page for what is missing is for servers alone
_USELESS = ".oi-find, .md-search, label[for=__search], #__search, #oi-search, link[rel=preload]"
_HREF = re.compile(r'(<(?:a|link)\b[^>]*? href=")([^"]*)(")')
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="0; url=)([^"]*)(")')
_FONT = re.compile(r"url\([\"']?([^\"')]+\.woff2)[\"']?\)")
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)
_DATE = (1980, 1, 1, 0, 0, 0)  # what a zip says where nothing is known: the build's own day would change the bytes


def page(html: str) -> str:
    """A page for reading from a file.

    Args:
        html: the page as it is published, with relative links.
    """
    html = _REFRESH.sub(_named, _HREF.sub(_named, html)).replace("font-src 'self'", "font-src data:")
    parsed = LexborHTMLParser(html)
    for node in parsed.css(_USELESS):
        node.decompose()
    return parsed.html or ""


def styles(css: str, folder: Path) -> str:
    """A style sheet with its fonts in it. `folder` is where it lies."""

    def within(match: re.Match[str]) -> str:
        font = base64.b64encode((folder / match[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{font})"

    return _FONT.sub(within, css)


def address(link: str) -> str:
    """Where a relative link to a folder leads when nobody adds the name of its page."""
    if _ELSEWHERE.match(link):
        return link
    path, sign, fragment = link.partition("#")
    last = posixpath.basename(path)
    if last in ("", ".", ".."):
        path = posixpath.join(path, "index.html")
    return path + sign + fragment


def pack(site: Path, target: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write the zip.

    Args:
        site: the built tree.
        target: the zip's name.
        progress: is told how many files are done, and of how many.

    Returns:
        How many files are in it.

    Raises:
        ValueError: if there is no site.
    """
    files = [path for path in sorted(site.rglob("*")) if path.is_file() and path.suffix not in PACKERS]
    files = [path for path in files if not path.relative_to(site).as_posix().startswith(_LEFT_OUT)]
    if not (site / "index.html").is_file():
        raise ValueError(f"there is no page in {site}: build the site first")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    try:
        with zipfile.ZipFile(fresh, "w") as packed:
            for number, path in enumerate(files, 1):
                data = path.read_bytes()
                if path.suffix == ".html":
                    data = page(data.decode("utf-8")).encode("utf-8")
                elif path.suffix == ".css":
                    data = styles(data.decode("utf-8"), path.parent).encode("utf-8")
                entry = zipfile.ZipInfo(f"{FOLDER}/{path.relative_to(site).as_posix()}", _DATE)
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
                progress(number, len(files))
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return len(files)


def _named(match: re.Match[str]) -> str:
    return match[1] + address(match[2]) + match[3]
