"""How does nginx serve the built site?

Writes the settings that serve a tree as `_headers` asks for, with the packed copies beside the texts, below the path
that the site is made for; and runs nginx with them on this machine. Whoever hosts the site can copy these settings.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_TYPES = {
    "text/html": "html",
    "text/css": "css",
    "text/javascript": "js",
    "application/json": "json map",
    "application/ld+json": "jsonld",
    "application/xml": "xml",
    "application/atom+xml": "atom",
    "text/csv": "csv",
    "text/calendar": "ics",
    "text/plain": "txt",
    "text/markdown": "md",
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/avif": "avif",
    "image/webp": "webp",
    "font/woff2": "woff2",
    "application/pdf": "pdf",
}
_IN_UTF_8 = ("text/css", "text/javascript", "text/csv", "text/calendar", "text/plain", "text/markdown")
_SETTINGS = """\
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  gzip_static on;
  gzip_vary on;
  charset utf-8;
  charset_types {charset_types};
  default_type application/octet-stream;
  types {{
{types}
  }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/root;
    absolute_redirect off;
    error_page 404 {path}404.html;
{locations}
  }}
}}
"""


class NoServer(Exception):
    """nginx is not there, or does not start. The text says why, and what helps."""


def rules(headers: str) -> dict[str, dict[str, str]]:
    """What a `_headers` file says: for each beginning of a path, names and values of headers.

    Raises:
        ValueError: if a line is none that we write.
    """
    found: dict[str, dict[str, str]] = {}
    path = ""
    for number, line in enumerate(headers.splitlines(), 1):
        name, colon, value = line.strip().partition(": ")
        if line.startswith("/") and line.endswith("*"):
            path = line.removesuffix("*")
            found[path] = {}
        elif line.startswith("  ") and colon and path and '"' not in value:
            found[path][name] = value
        else:
            raise ValueError(f"_headers, line {number}: {line!r} is neither a path that ends with * nor a header")
    return found


def locations(known: Mapping[str, Mapping[str, str]]) -> str:
    """A block for each beginning of a path. nginx asks one block only, so each repeats what wider ones say."""
    blocks = []
    for path in known:
        said = {name: value for wider in known if path.startswith(wider) for name, value in known[wider].items()}
        lines = "".join(f'      add_header {name} "{value}" always;\n' for name, value in said.items())
        blocks.append(f"    location {path} {{\n{lines}    }}\n")
    return "".join(blocks)


def settings(headers: str, path: str, folder: Path, port: int) -> str:
    """The whole file of settings.

    Args:
        headers: what stands in `_headers`.
        path: the path of the site, from slash to slash.
        folder: where nginx keeps its files; `root` below it is what it serves.
        port: where it listens on this machine.
    """
    types = "\n".join(f"    {kind} {endings};" for kind, endings in _TYPES.items())
    return _SETTINGS.format(
        folder=folder,
        port=port,
        path=path,
        types=types,
        charset_types=" ".join(_IN_UTF_8),
        locations=locations(rules(headers)).rstrip("\n"),
    )


@contextmanager
def running(site: Path, path: str) -> Iterator[str]:
    """The address of a built tree that nginx serves, for as long as the block lasts.

    Args:
        site: the tree, with packed copies.
        path: the path of the site, from slash to slash.

    Raises:
        NoServer: if nginx is not there, or does not start.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not program:
        raise NoServer("nginx is not installed (Debian: apt install nginx-light)")
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # its workers may be somebody else
        shown = folder / "root" / path.strip("/") if path != "/" else folder / "root"
        shown.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(site, shown)  # a link could lead to where its workers may not look
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config = folder / "nginx.conf"
        config.write_text(settings((site / "_headers").read_text("utf-8"), path, folder, port), encoding="utf-8")
        process = subprocess.Popen(
            [program, "-e", str(folder / "error.log"), "-c", str(config), "-g", "daemon off;"],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}{path}"
        finally:
            process.terminate()
            process.wait(30)


def _wait(process: subprocess.Popen[str], port: int) -> None:
    for _ in range(100):
        if process.poll() is not None:
            raise NoServer(f"nginx does not start: {process.stderr.read().strip() if process.stderr else ''}")
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise NoServer("nginx does not answer")
