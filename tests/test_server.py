"""The server answers as the real one will, and open pages know when they are out of date."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from scripts.server import LIVE_EVENTS, LOOPBACK, Live, Served, Server, content_type, first_free, running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name in ("index.html", "404.html", "compare/uk/index.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"<!doctype html><body>{name}</body>")
    (site / "data.yml").write_text("é: 1", encoding="utf-8")
    (site / "fonts").mkdir()
    (site / "fonts" / "f.woff2").write_bytes(b"wOF2")
    (tmp_path / "secret.txt").write_text("secret")
    return site


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with running(Server(Served(folder, "/below/"))) as server:
        yield server


def ask(server: Server, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(LOOPBACK, server.port, timeout=5)
    connection.request(method, path)
    answer = connection.getresponse()
    return answer, answer.read().decode()


@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("/below/", 200, None),
        ("/below/compare/uk/", 200, None),
        ("/below/compare/uk/?q=1", 200, None),
        ("/", 302, "/below/"),
        ("/below", 302, "/below/"),
        ("/below/compare/uk", 302, "/below/compare/uk/"),
        ("/compare/uk/", 404, None),
        ("/below/nowhere/", 404, None),
        ("/below/data.yml/", 404, None),
        ("/below/../secret.txt", 404, None),
        ("/below/%2e%2e/secret.txt", 404, None),
        ("/below/..%2f..%2fsecret.txt", 404, None),
        ("/below/%00", 404, None),
    ],
)
def test_each_path_has_the_answer_that_it_will_have_when_published(
    server: Server, path: str, status: int, where: str | None
) -> None:
    answer, text = ask(server, path)
    assert (answer.status, answer.getheader("Location")) == (status, where)
    assert "secret" not in text


def test_a_page_that_does_not_exist_shows_the_sites_own_words(server: Server) -> None:
    assert "404.html" in ask(server, "/below/nowhere/")[1]


def test_the_types_are_those_that_browsers_need(server: Server) -> None:
    assert ask(server, "/below/data.yml")[0].getheader("Content-Type") == "text/plain; charset=utf-8"
    assert ask(server, "/below/fonts/f.woff2")[0].getheader("Content-Type") == "font/woff2"
    assert ask(server, "/below/")[0].getheader("Content-Type") == "text/html; charset=utf-8"
    assert content_type("x.avif") == "image/avif"
    assert content_type("no-ending") == "application/octet-stream"


def test_a_head_request_gets_the_length_and_no_text(server: Server) -> None:
    answer, text = ask(server, "/below/", "HEAD")
    assert int(answer.getheader("Content-Length") or 0) > 0
    assert text == ""


def test_nobody_elsewhere_can_reach_it(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_the_next_free_port_is_taken(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = first_free(Served(folder), port)
        server.server_close()
    assert port < server.port <= port + 50


def listen(server: Server, page: str, said: list[str]) -> threading.Thread:
    def read() -> None:
        connection = HTTPConnection(LOOPBACK, server.port, timeout=10)
        connection.request("GET", f"{LIVE_EVENTS}?page={page}")
        for line in connection.getresponse():
            if line.startswith(b"data: "):
                said.append(line.decode().removeprefix("data: ").strip())

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def wait_until(true: object, seconds: float = 5.0) -> None:
    assert callable(true)
    for _ in range(int(seconds / 0.02)):
        if true():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it never came true")


def test_a_page_is_told_of_a_build_that_changed_it_or_its_styles_and_of_no_other(folder: Path) -> None:
    live = Live()
    with running(Server(Served(folder, "/below/", live))) as server:
        text = ask(server, "/below/compare/uk/")[1]
        said: list[str] = []
        thread = listen(server, "/below/compare/uk/", said)
        wait_until(lambda: said)
        assert f'data-version="{said[0]}"' in text, "what is open now is up to date"
        assert live.pages() == ["/below/compare/uk/"]
        (folder / "index.html").write_text("another page")
        live.bump()
        threading.Event().wait(0.3)
        assert len(said) == 1
        (folder / "compare" / "uk" / "index.html").write_text("<body>new</body>")
        live.bump()
        wait_until(lambda: len(said) == 2)
        (folder / "style.css").write_text("p {}")
        live.bump()
        wait_until(lambda: len(said) == 3)
        assert len(set(said)) == 3
    thread.join(timeout=5)
    assert not thread.is_alive()


def test_the_script_is_in_the_answer_and_not_in_the_file(folder: Path) -> None:
    with running(Server(Served(folder, "/below/", Live()))) as server:
        assert "__live" in ask(server, "/below/")[1]
        assert "__live" in ask(server, "/below/nowhere/")[1]
        assert "__live" not in ask(server, "/below/data.yml")[1]
    assert "__live" not in (folder / "index.html").read_text()


def test_without_live_reload_pages_are_served_as_they_are(server: Server, folder: Path) -> None:
    assert ask(server, "/below/")[1] == (folder / "index.html").read_text()
    assert ask(server, LIVE_EVENTS)[0].status == 404
