"""Does a host send the site as we promise?

Asks a server that has the built tree for what browsers, caches and programs ask for: pages, packed texts, parts of
files, what has not changed, and what is not there. Each check is a sentence; what does not hold is said. `load` is how
many pages a second it sends.
"""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scripts.nginx import rules
from scripts.pack import KINDS

_TYPES = {
    "index.html": "text/html; charset=utf-8",
    "api/v1/*.json": "application/json",
    "feeds/*.atom": "application/atom+xml",
    "api/**/*.csv": "text/csv; charset=utf-8",
    "*.ics": "text/calendar; charset=utf-8",
    "assets/generated/screens/*.avif": "image/avif",
    "assets/generated/screens/*.webp": "image/webp",
    "assets/fonts/*.woff2": "font/woff2",
    "assets/opted-in.js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True)
class Answer:
    """What came back: headers by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Ask = Callable[..., Answer]  # ask(path below the site, method="GET", **headers)


def asking(address: str) -> Ask:
    """A function that asks a site for a path below it, and follows no redirect."""
    parts = urlsplit(address)

    def ask(path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(parts.netloc, timeout=30)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, parts.path + path, headers={"Accept-Encoding": "identity", **sent})
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    return ask


def faults(address: str, site: Path) -> list[str]:
    """What does not hold, in words.

    Args:
        address: where the site is served, with a slash at the end.
        site: the tree that is served.

    Raises:
        OSError: if nobody answers.
    """
    ask = asking(address)
    checks = (_pages, _types, _headers, _unchanged, _packed, _heads, _parts, _missing, _folders)
    return [said for check in checks for said in check(ask, site, urlsplit(address).path)]


def _first(site: Path, pattern: str) -> str:
    """The path of the first file that a pattern finds. One must be there, or nothing would be checked."""
    found = sorted(path.relative_to(site).as_posix() for path in site.glob(pattern) if path.is_file())
    if not found:
        raise FileNotFoundError(f"the site has no {pattern}, so that cannot be checked")
    return found[0]


def _pages(ask: Ask, site: Path, base: str) -> Iterator[str]:
    for path in ("", "guides/", "compare/eu/"):
        answer = ask(path)
        if answer.status != 200 or answer.body != (site / path / "index.html").read_bytes():
            yield f"/{path}: it is not the page of the tree ({answer.status})"


def _types(ask: Ask, site: Path, base: str) -> Iterator[str]:
    for pattern, kind in _TYPES.items():
        path = _first(site, pattern)
        sent = ask(path, "HEAD").headers.get("content-type", "none")
        if sent.lower().replace(" ", "") != kind.replace(" ", ""):
            yield f"/{path}: its type is {sent}, not {kind}"


def _headers(ask: Ask, site: Path, base: str) -> Iterator[str]:
    known = rules((site / "_headers").read_text(encoding="utf-8"))
    for beginning, wanted in known.items():
        path = beginning.removeprefix(base)
        sent = ask(_first(site, f"{path}**/*.*") if path else "", "HEAD").headers
        for name, value in wanted.items():
            if sent.get(name.lower()) != value:
                yield f"{beginning}: {name} is {sent.get(name.lower(), 'missing')}, not {value}"
    if ask("no-such-page/").headers.get("x-content-type-options") != "nosniff":
        yield "/no-such-page/: the page for what is missing lacks the headers of pages"


def _unchanged(ask: Ask, site: Path, base: str) -> Iterator[str]:
    for path in ("", _first(site, "assets/generated/screens/*.avif")):
        first = ask(path)
        for header, asked in (("etag", "If_None_Match"), ("last-modified", "If_Modified_Since")):
            if header not in first.headers:
                yield f"/{path}: it has no {header}, so a cache must fetch it again"
                continue
            again = ask(path, **{asked: first.headers[header]})
            if again.status != 304 or again.body:
                yield f"/{path}: what has not changed is sent again ({again.status} to {asked.replace('_', '-')})"
        if ask(path, If_None_Match='"another"').status != 200:
            yield f"/{path}: what has changed is not sent"


def _packed(ask: Ask, site: Path, base: str) -> Iterator[str]:
    for path in ("", "assets/opted-in.js", _first(site, "api/v1/*.json"), _first(site, "feeds/*.atom")):
        file = site / (path or "index.html")
        assert file.suffix in KINDS
        answer = ask(path, Accept_Encoding="gzip, deflate, br")
        kind = answer.headers.get("content-encoding", "none")
        if kind not in ("gzip", "br") or len(answer.body) >= file.stat().st_size:
            yield f"/{path}: it is not packed (Content-Encoding: {kind})"
        elif kind == "gzip" and gzip.decompress(answer.body) != file.read_bytes():
            yield f"/{path}: unpacked it is another file"
        elif kind == "gzip" and len(answer.body) > len(gzip.compress(file.read_bytes(), 9)) + 32:
            yield f"/{path}: it could be packed smaller"
        if "accept-encoding" not in answer.headers.get("vary", "").lower():
            yield f"/{path}: no Vary: a cache may give the packed file to somebody who cannot read it"
    answer = ask(_first(site, "assets/generated/screens/*.avif"), Accept_Encoding="gzip")
    if "content-encoding" in answer.headers:
        yield "a picture is packed again, which makes it no smaller"


def _heads(ask: Ask, site: Path, base: str) -> Iterator[str]:
    for path in ("", "assets/opted-in.js"):
        head, whole = ask(path, "HEAD"), ask(path)
        same = ("content-type", "content-length", "etag", "last-modified")
        if head.body or head.status != 200 or any(head.headers.get(n) != whole.headers.get(n) for n in same):
            yield f"/{path}: HEAD does not say what GET would"


def _parts(ask: Ask, site: Path, base: str) -> Iterator[str]:
    path = _first(site, "assets/generated/screens/*.webp")
    data = (site / path).read_bytes()
    for asked, part in (("bytes=0-99", data[:100]), ("bytes=100-", data[100:]), ("bytes=-50", data[-50:])):
        answer = ask(path, Range=asked)
        begin = data.index(part) if part else 0
        wanted = f"bytes {begin}-{begin + len(part) - 1}/{len(data)}"
        if (answer.status, answer.body, answer.headers.get("content-range")) != (206, part, wanted):
            yield f"/{path}: {asked} is not answered with that part ({answer.status})"
    if ask(path, Range=f"bytes={len(data)}-").status != 416:
        yield f"/{path}: a part behind its end is not refused"


def _missing(ask: Ask, site: Path, base: str) -> Iterator[str]:
    page = (site / "404.html").read_bytes()
    for path in ("no-such-page/", "assets/no-such.js", "guides/no-such/deep/page.html"):
        answer = ask(path)
        if answer.status != 404 or answer.body != page:
            yield f"/{path}: what is missing is not answered with 404 and our page ({answer.status})"
    if ask("../../../../etc/passwd").status not in (400, 404) or ask("%2e%2e/%2e%2e/etc/passwd").status not in (
        400,
        404,
    ):
        yield "a path that leads out of the site is not refused"


def _folders(ask: Ask, site: Path, base: str) -> Iterator[str]:
    answer = ask("guides")
    if answer.status != 301 or not re.fullmatch(
        rf"(https?://[^/]+)?{re.escape(base)}guides/", answer.headers.get("location", "")
    ):
        yield f"/guides: it does not lead to /guides/ ({answer.status} {answer.headers.get('location', '')})"


@dataclass(frozen=True)
class Load:
    """What a server sent to many at once: pages a second, the slowest but one of 100 in milliseconds, errors."""

    page: str
    rate: float
    slowest: float
    errors: int


def load(address: str, page: str, seconds: int) -> Load | None:
    """Ask for a page with wrk: 64 readers at once, who take packed texts. None if there is no wrk.

    Raises:
        CalledProcessError: if wrk does not run.
    """
    program = shutil.which("wrk")
    if not program:
        return None
    command = [program, "-t2", "-c64", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip", address + page]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate, slowest = re.search(r"Requests/sec:\s+([\d.]+)", said), re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert rate and slowest, said
    errors = sum(
        int(number) for number in re.findall(r"(?:Non-2xx or 3xx responses|connect|read|write|timeout):? (\d+)", said)
    )
    return Load(page, float(rate[1]), float(slowest[1]) * {"us": 0.001, "ms": 1, "s": 1000}[slowest[2]], errors)
