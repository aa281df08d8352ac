"""A small internet on this machine: hosts with names of their own, real sockets, real certificates, and a clock that
nobody has to wait for.
"""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"
START = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
PAGE = "<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{words}</p></main></body></html>"


class FakeClock:
    """Time passes only while somebody waits."""

    def __init__(self) -> None:
        self.time = START
        self.waits: list[float] = []

    def now(self) -> dt.datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.waits.append(seconds)
        self.time += dt.timedelta(seconds=seconds)


@dataclass(frozen=True)
class Reply:
    """What a host answers. A `stall` leaves whoever asks waiting; `cut` closes the connection after the headers."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    stall: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Asked:
    """One request that arrived."""

    time: dt.datetime
    host: str
    path: str
    agent: str


def page(title: str = "A policy", words: str = "What we do with what you post is written here. " * 20) -> Reply:
    return Reply(200, PAGE.format(title=title, words=words), {"Content-Type": "text/html; charset=utf-8"})


def to(address: str, status: int = 301) -> Reply:
    return Reply(status, "", {"Location": address})


class Internet:
    """What each host answers under each path, and what was asked of it. The last of several answers stays."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._answers: dict[tuple[str, str], list[Reply]] = {}
        self._hosts: set[str] = set()
        self.refusing: set[str] = set()

    def add(self, host: str, path: str, *replies: Reply) -> str:
        """Let a host answer. Returns the address."""
        self._hosts.add(host)
        self._answers[host, path] = list(replies)
        return f"https://{host}{path}"

    def knows(self, host: str) -> bool:
        return host in self._hosts

    def answer(self, host: str, path: str, agent: str) -> Reply:
        self.asked.append(Asked(self.clock.now(), host, path, agent))
        replies = self._answers.get((host, path)) or self._answers.get((host, path.partition("?")[0]))
        if not replies:
            return Reply(404, PAGE.format(title="Nothing", words="here"))
        return replies.pop(0) if len(replies) > 1 else replies[0]

    def times(self, host: str, path: str | None = None) -> list[dt.datetime]:
        """When a host was asked, for one of its paths or for all."""
        return [one.time for one in self.asked if one.host == host and path in (None, one.path)]


def _handler(internet: Internet) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = internet.answer(self.headers["Host"], self.path, self.headers["User-Agent"])
            if reply.stall:
                internet.closing.wait(5)
                self.close_connection = True
                return
            body = reply.body.encode()
            self.send_response(reply.status, "Answer")
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) + (100 if reply.cut else 0)))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = reply.cut

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a stalled answer must not hold up the tests

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asks may hang up: a certificate that is not trusted ends the connection."""


@contextmanager
def online(internet: Internet, certificates: Path, patch: Callable[[Any, str, Any], None]) -> Iterator[None]:
    """Serve the internet, over http and https, and let every name lead to it."""
    plain = _Server((LOOPBACK, 0), _handler(internet))
    secure = _Server((LOOPBACK, 0), _handler(internet))
    secure.socket = _context(certificates, "good").wrap_socket(
        secure.socket, server_side=True, do_handshake_on_connect=False
    )
    with socket.create_server((LOOPBACK, 0)) as closed:
        refused = closed.getsockname()[1]
    ports = {80: plain.server_address[1], 443: secure.server_address[1]}

    really = socket.getaddrinfo

    def find(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name == LOOPBACK:
            return really(host, port, *args, **kwargs)
        if name in internet.refusing:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (LOOPBACK, refused))]
        if not internet.knows(name):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (LOOPBACK, ports[int(port)]))]

    patch(socket, "getaddrinfo", find)
    for server in (plain, secure):
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield
    finally:
        internet.closing.set()
        for server in (plain, secure):
            server.shutdown()
            server.server_close()


def _context(certificates: Path, name: str) -> ssl.SSLContext:
    """A server's side of a secure connection; the name that is asked for chooses the certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / f"{name}.pem", certificates / "key.pem")
    if name == "good":
        others = {one: _context(certificates, one) for one in ("expired", "stranger", "unknown")}

        def choose(connection: ssl.SSLObject, host: str | None, _: ssl.SSLContext) -> None:
            kind = (host or "").partition(".")[0]
            if kind in others:
                connection.context = others[kind]

        context.sni_callback = choose
    return context


def make_certificates(folder: Path) -> None:
    """A test authority, and from it: a good certificate, one that is over, one for another name, one of a stranger."""
    program = shutil.which("openssl")
    assert program, "the tests of secure connections need the command openssl"

    def openssl(*arguments: str) -> None:
        subprocess.run([program, *arguments], cwd=folder, check=True, capture_output=True)

    folder.mkdir()
    (folder / "index.txt").touch()
    (folder / "serial").write_text("01\n")
    (folder / "ca.cnf").write_text(
        "[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
        "policy=any\nunique_subject=no\ncopy_extensions=copy\n[any]\ncommonName=supplied\n"
    )
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    authority = ["-days", "2", "-addext", "keyUsage=critical,keyCertSign,cRLSign"]  # newer Pythons insist on the use
    for name in ("ca", "other"):
        openssl(
            "req", "-x509", *curve, *authority, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}"
        )
    openssl("req", *curve, "-keyout", "key.pem", "-out", "unused.csr", "-subj", "/CN=unused")
    for name, names, signer, end in (
        ("good", "DNS:*.web.test,DNS:acme.example,DNS:daily.example", "ca", "20991231000000Z"),
        ("expired", "DNS:*.web.test", "ca", "20200201000000Z"),
        ("stranger", "DNS:elsewhere.test", "ca", "20991231000000Z"),
        ("unknown", "DNS:*.web.test", "other", "20991231000000Z"),
    ):
        openssl(
            "req",
            "-new",
            "-key",
            "key.pem",
            "-out",
            f"{name}.csr",
            "-subj",
            f"/CN={name}",
            "-addext",
            f"subjectAltName={names}",
        )
        openssl(
            "ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", f"{signer}.pem", "-keyfile", f"{signer}.key",
            "-in", f"{name}.csr", "-out", f"{name}.pem", "-startdate", "20200101000000Z", "-enddate", end,
        )  # fmt: skip
