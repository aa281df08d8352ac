"""How does a folder become a website on this machine?

A small threaded server for loopback only, used by `serve`, by the tests and by whatever needs a browser. It serves the
folder below the path that the site will have when published, so links that begin with a slash break here as they would
there. With `Live` it also tells open pages to reload; the script for that enters the answer, never the file.
"""

from __future__ import annotations

import mimetypes
import posixpath
import sys
import threading
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK = "127.0.0.1"
LIVE_EVENTS = "/__live/events"
LIVE_SCRIPT = "/__live/script.js"

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".yml": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".gz": "application/gzip",
}

# A page in the background holds no connection: browsers allow six to one server, and people keep more tabs than that.
# The server says its version at once on each connection, so nothing is missed while there is none.
_SCRIPT = """\
(() => {
  const mine = document.currentScript.dataset.version
  const address = "%s?page=" + encodeURIComponent(location.pathname)
  let events
  const connect = () => {
    if (events || document.hidden) return
    events = new EventSource(address)
    events.onmessage = event => { if (event.data !== mine) location.reload() }
  }
  const leave = () => { if (events) { events.close(); events = undefined } }
  document.addEventListener("visibilitychange", () => document.hidden ? leave() : connect())
  addEventListener("pagehide", leave)
  addEventListener("pageshow", connect)
})()
"""


class Live:
    """Who is looking at which page, and what each page shows now. A page whose version is another one reloads.

    The version is made from what the page is, so a build that leaves it as it was disturbs nobody.
    """

    def __init__(self) -> None:
        self._builds = 0
        self._closed = False
        self._changed = threading.Condition()
        self._watched: Counter[str] = Counter()
        self._shared: tuple[int, int] = (-1, 0)

    def bump(self) -> None:
        """Say that the site was built anew."""
        with self._changed:
            self._builds += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Let go of all open pages."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def pages(self) -> list[str]:
        """The paths of the pages that somebody is looking at."""
        with self._changed:
            return sorted(+self._watched)

    def version(self, folder: Path, page: bytes) -> str:
        """What a page is at the moment: its own text, and the styles, scripts and pictures that pages share."""
        if self._shared[0] != self._builds:
            self._shared = self._builds, _digest(folder)
        return f"{zlib.crc32(page):x}.{self._shared[1]:x}"

    @contextmanager
    def watching(self, path: str) -> Iterator[None]:
        """Somebody is looking at a page for as long as the block lasts."""
        with self._changed:
            self._watched[path] += 1
        try:
            yield
        finally:
            with self._changed:
                self._watched[path] -= 1

    def builds(self, *, alive: float = 5.0) -> Iterator[None]:
        """Yields at once, after each build, and every `alive` seconds in between. Ends with `close`."""
        while not self._closed:
            seen = self._builds
            yield
            self._wait(seen, alive)

    def _wait(self, seen: int, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._builds != seen, timeout=seconds)


def _digest(folder: Path) -> int:
    """One number for all files that pages share."""
    digest = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".css", ".js", ".svg", ".png", ".avif", ".webp", ".woff2"):
            with suppress(FileNotFoundError):  # the site may be swapped meanwhile; the next look will see
                digest = zlib.crc32(path.read_bytes(), digest)
    return digest


@dataclass(frozen=True)
class Served:
    """What a server serves. `base` begins and ends with a slash; `headers` are sent with every answer."""

    folder: Path
    base: str = "/"
    live: Live | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def under(cls, folder: Path, site_url: str, live: Live | None = None) -> Served:
        """Serve a folder under the path of its public address."""
        return cls(folder, urlsplit(site_url).path or "/", live)


def content_type(name: str) -> str:
    """The content type of a file by its name."""
    suffix = posixpath.splitext(name)[1].lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def locate(folder: Path, base: str, path: str) -> Path | str | None:
    """What stands at a path of the address: a file, the address to go to instead, or nothing."""
    clean = unquote(path)
    if path == "/" != base or path + "/" == base:
        return base
    if not clean.startswith(base) or "\0" in clean:
        return None
    target = folder / clean[len(base) :]
    if not target.resolve().is_relative_to(folder.resolve()):
        return None
    if target.is_dir():
        if not path.endswith("/"):
            return path + "/"
        target = target / "index.html"
    elif path.endswith("/"):
        return None
    return target if target.is_file() else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a page goes out at once, and not when its head has been acknowledged
    server: Server

    def do_GET(self) -> None:
        """Answer with the page, or with what the folder has for pages that do not exist."""
        path = urlsplit(self.path).path
        served = self.server.served
        if served.live and path == LIVE_EVENTS:
            return self._events(served.live)
        if served.live and path == LIVE_SCRIPT:
            return self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", (_SCRIPT % LIVE_EVENTS).encode())
        answer = self._answer(path)
        return self._redirect(answer) if isinstance(answer, str) else self._send(*answer)

    do_HEAD = do_GET  # noqa: N815  (the name is the base class's)

    def _answer(self, path: str) -> tuple[HTTPStatus, str, bytes] | str:
        served = self.server.served
        found = locate(served.folder, served.base, path)
        if isinstance(found, str):
            return found
        try:
            if found is not None:
                return HTTPStatus.OK, content_type(found.name), found.read_bytes()
        except FileNotFoundError:
            pass  # deleted since: the site was swapped between two steps of ours
        page = served.folder / "404.html"
        body = page.read_bytes() if page.exists() else _no_site(served.folder)
        return HTTPStatus.NOT_FOUND, _TYPES[".html"], body

    def _redirect(self, where: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        live = self.server.served.live
        if live and kind.startswith("text/html"):
            body = with_live_script(body, live.version(self.server.served.folder, body))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        for name, value in self.server.served.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _events(self, live: Live) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        page = parse_qs(urlsplit(self.path).query).get("page", ["/"])[0]
        said = ""
        with live.watching(page):
            for _ in live.builds():
                answer = self._answer(page)
                now = "moved" if isinstance(answer, str) else live.version(self.server.served.folder, answer[2])
                # The comment line finds out whether anybody is still listening.
                self.wfile.write(f"data: {now}\n\n".encode() if now != said else b":\n\n")
                self.wfile.flush()
                said = now

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal belongs to the build."""


def with_live_script(html: bytes, version: str) -> bytes:
    """A page with the script that reloads it."""
    tag = f'<script src="{LIVE_SCRIPT}" data-version="{version}"></script>'.encode()
    head, end, tail = html.rpartition(b"</body>")
    return head + tag + end + tail if end else html + tag


def _no_site(folder: Path) -> bytes:
    text = "There is nothing here." if folder.exists() else "The site is not built yet. The terminal says why."
    return f"<!doctype html><title>404</title><body><p>{text}</p></body>".encode()


class Server(ThreadingHTTPServer):
    """Serves one folder on loopback until it is shut down. Port 0 takes any free port."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, served: Served, port: int = 0) -> None:
        self.served = served
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def port(self) -> int:
        """The port in use."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """The address of the home page."""
        return f"http://{LOOPBACK}:{self.port}{self.served.base}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing about readers who left early, which is what nearly all errors here are."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def first_free(served: Served, port: int, *, tries: int = 50) -> Server:
    """A server on the given port, or on the next one that is free.

    Raises:
        OSError: if none of them is.
    """
    for candidate in range(port, min(port + tries, 65536)):
        try:
            return Server(served, candidate)
        except OSError:
            continue
    raise OSError(f"no free port from {port} on")


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Serve in the background for as long as the block lasts."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        if server.served.live:
            server.served.live.close()
        server.shutdown()
        server.server_close()
        thread.join()
