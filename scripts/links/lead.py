"""Where does an address lead, by its letters alone?

Reads an address as a browser would, from the page that names it, and says which path of our site it means, if any, and
what is wrong with the address itself. Whether anything is there is not asked here: no file is opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from scripts.links.findings import Level

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AROUND = " \t\n\r\f"  # what HTML allows around an address
_WITHIN = str.maketrans("", "", "\t\n\r")  # what browsers take out of one
_PORTS = {"http": ":80", "https": ":443"}
_THIS_MACHINE = {"localhost", "127.0.0.1", "0.0.0.0", "::1"}
_MAIL = re.compile(r"(?!\.)(?!.*\.\.)[^\s@,;:<>()\[\]\\\"]+(?<!\.)@(?:\w(?:[\w-]*\w)?\.)+[^\W\d_][\w-]*")


class Fault(NamedTuple):
    """What is wrong, without the place: the short name of the rule, a sentence, the cure, how bad it is."""

    rule: str
    what: str
    cure: str
    level: Level = Level.BROKEN


class Inside(NamedTuple):
    """A place in our site: the decoded path below its root ("" is the home page), and the fragment as written."""

    path: str
    fragment: str


class Lead(NamedTuple):
    """Where an address leads: into our site, or elsewhere (`inside` is None); and what is wrong with it."""

    inside: Inside | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Home:
    """Where a site is published. `base` begins and ends with a slash; without a host, nothing absolute is ours."""

    scheme: str
    host: str
    base: str

    @classmethod
    def of(cls, site_url: str) -> Home:
        """Of a full address, or of a path alone."""
        parts = urlsplit(site_url)
        path = parts.path if parts.path.endswith("/") else parts.path + "/"
        return cls(parts.scheme, host_of(parts), path)

    def address(self, path: str) -> str:
        """The full address of a path below the root."""
        return f"{self.scheme}://{self.host}{self.base}{path}"


EMPTY = Fault("empty link", "the address is empty", "name where it should lead, or take the attribute away")
BARE = Fault("bare #", "it leads nowhere", "name an id, use #top for the top of the page, or make it a button")


def host_of(parts: SplitResult) -> str:
    """Host and port of an address, in small letters, without the port that its scheme has anyway."""
    return parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme.lower(), "\0"))


def own_address(page: str) -> str:
    """The path under which an HTML file is read: `a/index.html` is read at `a/`."""
    return page.removesuffix("index.html") if page == "index.html" or page.endswith("/index.html") else page


def lead(link: str, page: str, home: Home, base: str = "") -> Lead:
    """Read an address.

    Args:
        link: the address as written.
        page: the file that names it, relative to the site.
        home: where the site is published.
        base: the value of the page's <base href>, if it has one.

    Returns:
        Where it leads. Faults in it come beside that, since a wrong address may still lead somewhere.
    """
    link = link.strip(_AROUND).translate(_WITHIN)
    if not link:
        return Lead(None, (EMPTY,))
    try:
        if base and not _SCHEME.match(link):
            link = _joined(base.strip(_AROUND), link)
        if link.startswith("//"):
            link = f"{home.scheme or 'https'}:{link}"
        scheme = _SCHEME.match(link)
        if not scheme:
            return _relative(link, page, home)
        parts = urlsplit(link)
        if scheme[1].lower() in ("http", "https"):
            return _absolute(parts, home)
    except ValueError as error:
        return Lead(None, (_bad(f"no browser can read it ({error})"),))
    return Lead(None, _other_scheme(scheme[1].lower(), link[scheme.end() :]))


def _joined(base: str, link: str) -> str:
    if _SCHEME.match(base) or base.startswith("/") or link.startswith("/"):
        return urljoin(base, link)
    if link.startswith(("#", "?")):
        return base.partition("#")[0] + link
    return base.rpartition("/")[0] + "/" + link if "/" in base else link  # urljoin would lose a leading "../"


def _absolute(parts: SplitResult, home: Home) -> Lead:
    host = host_of(parts)
    name = parts.hostname or ""
    if not name or re.search(r"[\s<>{}|\\^`]", parts.netloc):
        return Lead(None, (_bad("it names no host" if not name else "no host can be called that"),))
    _ = parts.port  # raises ValueError if it is none
    if name in _THIS_MACHINE or name.endswith(".localhost"):
        cure = "name the address that readers can reach"
        return Lead(None, (Fault("this machine", "only the machine of the one who reads would answer", cure),))
    insecure = parts.scheme.lower() == "http"
    if host == home.host and (parts.path or "/").startswith(home.base):
        inside = _inside((parts.path or "/").removeprefix(home.base), parts.fragment)
        secure = Fault("http", "our own address with http:", "write https:, or a relative address")
        return Lead(inside, (secure,) if insecure and home.scheme == "https" else ())
    if host == home.host and parts.path + "/" == home.base:
        return Lead(Inside("", parts.fragment))
    where = Fault("http", "anybody on the way can read and change it", "write https:", Level.WARNING)
    return Lead(None, (where,) if insecure else ())


def _relative(link: str, page: str, home: Home) -> Lead:
    rest, _, fragment = link.partition("#")
    path = rest.partition("?")[0]
    if "\\" in path:
        return Lead(None, (_bad("there is a backslash in it"),))
    if not path:
        return Lead(Inside(own_address(page), fragment), (BARE,) if link == "#" else ())
    if path.startswith("/"):
        if path + "/" == home.base:
            return Lead(Inside("", fragment))
        if not path.startswith(home.base):
            return Lead(None, (_leaves(f"the site begins at {home.base}"),))
        inside = _inside(path.removeprefix(home.base), fragment)
        return Lead(inside, () if inside else (_leaves("it goes up too far"),))
    inside = _inside(page.rpartition("/")[0] + "/" + path, fragment)
    if not inside:
        return Lead(None, (_leaves("it goes up too far"),))
    if page.rpartition("/")[2] == "404.html":
        what = "this page is shown at any address, so a relative link leads elsewhere each time"
        return Lead(inside, (Fault("relative on 404", what, f"begin it with {home.base}"),))
    return Lead(inside)


def _inside(path: str, fragment: str) -> Inside | None:
    """A path below the root, without dots; None if it climbs above the root."""
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if not kept:
                return None
            kept.pop()
        elif part not in ("", "."):
            kept.append(unquote(part))
    folder = kept and parts[-1] in ("", ".", "..")
    return Inside("/".join(kept) + ("/" if folder else ""), fragment)


def _other_scheme(scheme: str, rest: str) -> tuple[Fault, ...]:
    if scheme == "mailto":
        fault = _mail(rest)
        return (fault,) if fault else ()
    if scheme == "javascript":
        return (Fault("script link", "without script it does nothing", "make it a button, or link to a page"),)
    if scheme in ("file", "blob"):
        return (Fault("this machine", f"{scheme}: is nowhere but on one machine", "name a public address"),)
    return () if rest.strip("/") else (_bad(f"there is nothing after {scheme}:"),)


def _mail(rest: str) -> Fault | None:
    to, _, query = rest.partition("?")
    headers = [(name.lower(), value) for name, value in parse_qsl(query, keep_blank_values=True)]
    texts = [unquote(to), *(value for name, value in headers if name in ("to", "cc", "bcc"))]
    names = [name.strip() for text in texts for name in text.split(",") if text.strip()]
    cure = "write mailto:name@example.org"
    if not names and not any(name in ("subject", "body") for name, _ in headers):
        return Fault("mailto", "it names nobody", cure)
    wrong = next((name for name in names if not _MAIL.fullmatch(name)), None)
    return Fault("mailto", f'"{wrong}" is no mail address', cure) if wrong is not None else None


def _bad(why: str) -> Fault:
    return Fault("bad address", why, "correct the address")


def _leaves(why: str) -> Fault:
    return Fault("leaves the site", f"it leaves the site: {why}", "link to a page of this site, or to a full address")
