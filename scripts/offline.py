"""How can the site be read from a folder, without a server and without the net?

A folder's address means its index.html only to a server, and a page from a file may not read other files, so that the
search cannot work and a font is refused. This makes a zip of the site whose links name their files, whose pages have no
search, and take their type from one sheet with the fonts in it. Whoever unpacks it opens index.html. The same site
makes the same bytes.
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
from scripts.publish import policy

FOLDER = "opted-in"  # within the zip, so that unpacking it strews nothing about
TYPE = "assets/type.css"
# The search, the sheets whose rules stand in the pages, and the page for what is missing, which is for servers alone.
_LEFT_OUT = (
    "search/",
    "404.html",
    "assets/search.",
    "assets/vendor/",
    "assets/base.css",
    "assets/opted-in.css",
    "assets/print.css",
    "assets/fonts/libre",
)
_USELESS = ".oi-find, link[rel=preload]"
_HREF = re.compile(r'(<(?:a|link)\b[^>]*? href=")([^"]*)(")')
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="0; url=)([^"]*)(")')
_FACE = re.compile(r"@font-face\{[^}]*\}")
_FONT = re.compile(r"url\([\"']?([^\"')]+\.woff2)[\"']?\)")
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)
_DATE = (1980, 1, 1, 0, 0, 0)  # what a zip says where nothing is known: the build's own day would change the bytes


def page(html: str) -> str:
    """A page for reading from a file.

    Args:
        html: the page as it is published, with relative links.
    """
    faces = _FACE.findall(html)
    if faces:
        base = "../" * faces[0].count("../")
        html = _FACE.sub("", html).replace("<style>", f'<link rel="stylesheet" href="{base}{TYPE}"><style>', 1)
    parsed = LexborHTMLParser(_REFRESH.sub(_named, _HREF.sub(_named, html)))
    for node in parsed.css(_USELESS):
        node.decompose()
    return policy.renewed(parsed.html or "").replace("font-src 'self'", "font-src data:")


def type_sheet(html: str, site: Path) -> str:
    """A style sheet with the fonts that a page at the top of the tree names, in it."""

    def within(match: re.Match[str]) -> str:
        font = base64.b64encode((site / match[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{font})"

    return _FONT.sub(within, "".join(_FACE.findall(html)))


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
            faces = type_sheet((site / "index.html").read_text(encoding="utf-8"), site)
            _add(packed, TYPE, faces.encode("utf-8"))
            for number, path in enumerate(files, 1):
                data = path.read_bytes()
                if path.suffix == ".html":
                    data = page(data.decode("utf-8")).encode("utf-8")
                _add(packed, path.relative_to(site).as_posix(), data)
                progress(number, len(files))
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return len(files) + 1


def _add(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(f"{FOLDER}/{name}", _DATE)
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)


def _named(match: re.Match[str]) -> str:
    return match[1] + address(match[2]) + match[3]
