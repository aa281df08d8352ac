"""A host is told what it does not do, by a real server that does all but that; nginx gets settings that say all."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from scripts import hosted, nginx
from scripts.project import Project
from scripts.publish.policy import headers
from scripts.server import Served, Server, running
from tests.browser.test_private import Log
from tests.conftest import contents

BASE = "/below/"
WORDS = b"<!doctype html><title>again and again</title>" * 40
FILES = {
    **dict.fromkeys(("index.html", "guides/index.html", "compare/eu/index.html"), WORDS),
    "404.html": b"<title>Not here</title>" * 40,
    "assets/opted-in.js": b"let again = 'again'\n" * 90,
    "assets/search.js": b"let again = 'again'\n" * 90,
    "search/index.json": b"[]",
    "api/v1/all.json": b'{"again": "again"}' * 90,
    "api/v1/all.csv": b"again,again\r\n",
    "feeds/all.atom": b"<feed>again and again</feed>" * 90,
    "calendar.ics": b"BEGIN:VCALENDAR",
    "assets/fonts/type.woff2": bytes(range(256)),
    "assets/generated/screens/a.avif": bytes(range(256)),
    "assets/generated/screens/a.webp": bytes(range(256)),
}
FAULTS = {
    "another page": "it is not the page of the tree",
    "no type": "its type is application/octet-stream",
    "no headers": "Referrer-Policy is missing",
    "headers of pages only": "Cache-Control is missing",
    "no etag": "it has no etag",
    "always anew": "what has not changed is sent again",
    "never anew": "what has changed is not sent",
    "not packed": "it is not packed",
    "packed badly": "it could be packed smaller",
    "packed wrongly": "unpacked it is another file",
    "no vary": "no Vary",
    "pictures packed": "a picture is packed again",
    "other head": "HEAD does not say what GET would",
    "no parts": "is not answered with that part",
    "parts behind the end": "a part behind its end is not refused",
    "soft 404": "what is missing is not answered with 404",
    "bare 404": "lacks the headers of pages",
    "no folders": "it does not lead to /guides/",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, data in {**FILES, "_headers": headers(f"https://a.example{BASE}")}.items():
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "tree"


def handler(tree: Path, fault: str) -> type[BaseHTTPRequestHandler]:
    """A host that does all that is asked, but for one thing."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            path = self.path.removeprefix(BASE)
            if ".." in path or "%2e" in path:
                return self.reply(400, b"no", "text/plain")
            if path == "guides" and fault != "no folders":
                return self.reply(301, b"", "text/plain", Location=f"{BASE}guides/")
            file = tree / (path + "index.html" if path.endswith("/") or not path else path)
            if not file.is_file():
                return self.missing()
            data = file.read_bytes()
            if fault == "another page" and file.suffix == ".html":
                data += b" "
            self.found(file, data)

        def missing(self) -> None:
            status = 200 if fault == "soft 404" else 404
            data = (tree / "404.html").read_bytes()
            self.reply(status, data, "text/html; charset=utf-8", **({} if fault == "bare 404" else self.said("")))

        def found(self, file: Path, data: bytes) -> None:
            sent = self.said(file.relative_to(tree).as_posix())
            tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
            sent |= {"Last-Modified": formatdate(1_700_000_000, usegmt=True)}
            sent |= {} if fault == "no etag" else {"ETag": tag}
            asked = self.headers.get("If-None-Match")
            same = asked == tag or (not asked and self.headers.get("If-Modified-Since") == sent["Last-Modified"])
            if (same and fault != "always anew") or (asked and fault == "never anew"):
                return self.reply(304, b"", **sent)
            text = file.suffix in (".html", ".js", ".json", ".atom")
            sent |= {"Vary": "Accept-Encoding"} if text and fault != "no vary" else {}
            kind = self.kind(file)
            if self.headers.get("Range"):
                return self.part(data, kind, sent)
            packs = "gzip" in self.headers["Accept-Encoding"] and fault != "not packed"
            if packs and (text or fault == "pictures packed"):
                sent |= {"Content-Encoding": "gzip"}
                level = 1 if fault == "packed badly" else 9
                data = gzip.compress(data + b" " if fault == "packed wrongly" else data, level, mtime=0)
                data += bytes(200) if fault == "packed badly" else b""
            self.reply(200, data, kind, **sent)

        def kind(self, file: Path) -> str:
            for pattern, kind in hosted._TYPES.items():
                if file.match(pattern) and fault != "no type":
                    return kind
            return "text/html; charset=utf-8" if file.suffix == ".html" else "application/octet-stream"

        def said(self, path: str) -> dict[str, str]:
            if fault == "no headers":
                return {}
            known = nginx.rules((tree / "_headers").read_text())
            matching = [one for one in known if (BASE + path).startswith(one)]
            if fault == "headers of pages only":
                matching = matching[:1]
            return {name: value for one in matching for name, value in known[one].items()}

        def part(self, data: bytes, kind: str, sent: dict[str, str]) -> None:
            found = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers["Range"])
            assert found
            begin = int(found[1]) if found[1] else len(data) - int(found[2])
            end = int(found[2]) + 1 if found[1] and found[2] else len(data)
            if begin >= len(data) and fault != "parts behind the end":
                return self.reply(416, b"", kind, **sent)
            if fault == "no parts":
                return self.reply(200, data, kind, **sent)
            self.reply(206, data[begin:end], kind, **sent, **{"Content-Range": f"bytes {begin}-{end - 1}/{len(data)}"})

        def reply(self, status: int, data: bytes, kind: str = "", **sent: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, **sent}.items():
                if value:
                    self.send_header(name, value)
            head = self.command == "HEAD"
            self.send_header("Content-Length", str(len(data) + (head and fault == "other head")))
            self.end_headers()
            if not head:
                self.wfile.write(data)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing: the output is for tests."""

    return Handler


@contextmanager
def host(tree: Path, fault: str = "") -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(tree, fault))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_host_that_does_all_that_is_asked_has_no_fault(tree: Path) -> None:
    with host(tree) as address:
        assert hosted.faults(address, tree) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_host_does_not_do_is_said(tree: Path, fault: str) -> None:
    with host(tree, fault) as address:
        found = hosted.faults(address, tree)
    assert found and any(FAULTS[fault] in said for said in found), found


def test_a_tree_that_lacks_what_is_asked_for_is_an_error(tree: Path) -> None:
    (tree / "assets" / "fonts" / "type.woff2").unlink()
    with host(tree) as address, pytest.raises(FileNotFoundError, match="no assets/fonts"):
        hosted.faults(address, tree)


def test_nginx_is_told_every_header_in_each_block(tree: Path) -> None:
    known = nginx.rules((tree / "_headers").read_text())
    assert next(iter(known)) == BASE and len(known) == 5
    for path, block in zip(known, re.split(r"(?=    location )", nginx.locations(known))[1:], strict=True):
        assert block.startswith(f"    location {path} {{")
        for wider in known:
            if path.startswith(wider):
                assert all(f'add_header {name} "{value}" always;' in block for name, value in known[wider].items())


@pytest.mark.parametrize("line", ["assets/*", "/assets", '  Name: a "quoted" value', "Name: value", "  Name"])
def test_a_line_that_is_no_header_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="_headers, line 2: "):
        nginx.rules(f"/*\n{line}\n")


def test_settings_have_no_gap(tree: Path) -> None:
    text = nginx.settings((tree / "_headers").read_text(), BASE, Path("/folder"), 8080)
    assert "listen 127.0.0.1:8080;" in text and "error_page 404 /below/404.html;" in text
    assert text.count("{") == text.count("}") and not re.search(r"\{\w+\}", text)


def test_without_nginx_one_is_told_how_to_get_it(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(nginx.NoServer, match="apt install nginx-light"), nginx.running(tree, "/"):
        pass


def test_a_site_at_the_root_of_a_host_finds_all_it_needs(small: Project, browser: Browser) -> None:
    with running(Server(Served.under(small.site, small.site_url()))) as server:
        assert server.address.count("/") == 3, "it is not the root"
        context = browser.new_context()
        log = Log(context)
        failed: list[str] = []
        context.on("requestfailed", lambda request: failed.append(request.url))
        page = context.new_page()
        for name in [name for name in contents(small.site) if name.endswith("index.html")][:12]:
            answer = page.goto(server.address + name.removesuffix("index.html"))
            assert answer and answer.ok
        answer = page.goto(server.address + "no/such/page/")
        assert answer and answer.status == 404
        page.locator("main a").first.click()
        page.wait_for_load_state()
        assert page.url.startswith(server.address) and "no/such" not in page.url
        assert (log.complaints, log.elsewhere(server.address), failed) == ([], [], [])
        context.close()
