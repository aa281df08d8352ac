"""A GitHub on this machine that keeps what it is told: issues, comments, branches, commits, files, pull requests."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from scripts.links.forge import Forge

TOKEN = "a-token"
REPOSITORY = "us/opted-in"
BOT = "github-actions[bot]"

Found = tuple[int, Any]


class FakeForge:
    """The state of one repository."""

    def __init__(self) -> None:
        self.issues: list[dict[str, Any]] = []
        self.comments: dict[int, list[str]] = {}
        self.pulls: list[dict[str, Any]] = []
        self.trees: dict[str, dict[str, str]] = {}
        self.commits: dict[str, dict[str, Any]] = {}
        self.branches: dict[str, str] = {}
        self.calls: list[str] = []
        self.refusing = False
        self.branches["main"] = self.commit({"README.md": "Hello"}, [])

    def commit(self, files: dict[str, str], parents: list[str], message: str = "x") -> str:
        """Enter a commit. Returns its name."""
        tree = self._name(files)
        self.trees[tree] = files
        name = self._name([tree, parents, message])
        self.commits[name] = {"tree": tree, "parents": parents, "message": message}
        return name

    def files(self, branch: str) -> dict[str, str]:
        """What a branch holds."""
        return self.trees[self.commits[self.branches[branch]]["tree"]]

    def add_issue(
        self, author: str, body: str, *, state: str = "open", pull: bool = False, title: str = "t"
    ) -> dict[str, Any]:
        """Enter an issue."""
        issue = {
            "number": len(self.issues) + 1,
            "user": {"login": author},
            "title": title,
            "body": body,
            "state": state,
        }
        self.issues.append({**issue, "pull_request": {}} if pull else issue)
        return self.issues[-1]

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> Found:
        """What the interface says to a call."""
        self.calls.append(f"{method} {path}")
        if self.refusing:
            return 403, {"message": "Resource not accessible by integration"}
        for verb, pattern, act in self._routes():
            match = re.fullmatch(pattern, path)
            if verb == method and match:
                return act(match, query, body)
        return 404, {"message": "Not Found"}

    def _routes(self) -> list[tuple[str, str, Callable[[re.Match[str], dict[str, str], dict[str, Any]], Found]]]:
        return [
            ("GET", "issues", self._list_issues),
            ("POST", "issues", lambda m, q, b: (201, self.add_issue(BOT, b["body"], title=b["title"]))),
            ("PATCH", r"issues/(\d+)", self._edit_issue),
            ("POST", r"issues/(\d+)/comments", self._comment),
            ("GET", "git/ref/heads/(.+)", self._ref),
            ("GET", "git/commits/(.+)", lambda m, q, b: (200, {"tree": {"sha": self.commits[m[1]]["tree"]}})),
            ("POST", "git/trees", self._tree),
            ("POST", "git/commits", self._commit),
            ("POST", "git/refs", lambda m, q, b: self._move(b["ref"].removeprefix("refs/heads/"), b["sha"], new=True)),
            ("PATCH", "git/refs/heads/(.+)", lambda m, q, b: self._move(m[1], b["sha"], new=False)),
            ("GET", "contents/(.+)", self._contents),
            ("GET", "pulls", self._list_pulls),
            ("POST", "pulls", self._pull),
            ("PATCH", r"pulls/(\d+)", self._edit_pull),
        ]

    def _list_issues(self, _: re.Match[str], query: dict[str, str], __: dict[str, Any]) -> Found:
        wanted = [issue for issue in self.issues if query.get("creator") in (None, issue["user"]["login"])]
        size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
        return 200, list(reversed(wanted))[size * (page - 1) : size * page]

    def _edit_issue(self, match: re.Match[str], _: dict[str, str], body: dict[str, Any]) -> Found:
        self.issues[int(match[1]) - 1].update(body)
        return 200, {}

    def _comment(self, match: re.Match[str], _: dict[str, str], body: dict[str, Any]) -> Found:
        self.comments.setdefault(int(match[1]), []).append(body["body"])
        return 201, {}

    def _ref(self, match: re.Match[str], _: dict[str, str], __: dict[str, Any]) -> Found:
        name = self.branches.get(match[1])
        return (200, {"object": {"sha": name}}) if name else (404, {"message": "Not Found"})

    def _tree(self, _: re.Match[str], __: dict[str, str], body: dict[str, Any]) -> Found:
        files = dict(self.trees[body["base_tree"]])
        for blob in body["tree"]:
            assert (blob["mode"], blob["type"]) == ("100644", "blob")
            files[blob["path"]] = blob["content"]
        name = self._name(files)
        self.trees[name] = files
        return 201, {"sha": name}

    def _commit(self, _: re.Match[str], __: dict[str, str], body: dict[str, Any]) -> Found:
        name = self._name([body["tree"], body["parents"], body["message"]])
        self.commits[name] = dict(body)
        return 201, {"sha": name}

    def _move(self, branch: str, commit: str, *, new: bool) -> Found:
        if new == (branch in self.branches):
            return 422, {"message": "Reference already exists" if new else "Reference does not exist"}
        self.branches[branch] = commit
        return 200, {}

    def _contents(self, match: re.Match[str], query: dict[str, str], _: dict[str, Any]) -> Found:
        if query["ref"] not in self.branches or match[1] not in self.files(query["ref"]):
            return 404, {"message": "Not Found"}
        return 200, {"content": base64.encodebytes(self.files(query["ref"])[match[1]].encode()).decode()}

    def _list_pulls(self, _: re.Match[str], query: dict[str, str], __: dict[str, Any]) -> Found:
        head = query["head"].partition(":")
        assert head[0] == REPOSITORY.partition("/")[0]
        return 200, [pull for pull in self.pulls if pull["state"] == "open" and pull["head"] == head[2]]

    def _pull(self, _: re.Match[str], __: dict[str, str], body: dict[str, Any]) -> Found:
        self.pulls.append({**body, "number": len(self.pulls) + 1, "state": "open"})
        return 201, self.pulls[-1]

    def _edit_pull(self, match: re.Match[str], _: dict[str, str], body: dict[str, Any]) -> Found:
        self.pulls[int(match[1]) - 1].update(body)
        return 200, {}

    @staticmethod
    def _name(what: Any) -> str:
        return hashlib.sha1(json.dumps(what, sort_keys=True).encode()).hexdigest()


@contextmanager
def serving(state: FakeForge) -> Iterator[Forge]:
    """Serve it, and hand out the way to talk to it."""

    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            parts = urlsplit(self.path)
            path = parts.path.removeprefix(f"/repos/{REPOSITORY}/")
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            known = self.headers["Authorization"] == f"Bearer {TOKEN}"
            status, found = state.answer(self.command, path, query, body) if known else (401, {})
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        do_GET = do_POST = do_PATCH = do  # noqa: N815  (the names that the server looks for)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield Forge(f"http://127.0.0.1:{server.server_address[1]}", REPOSITORY, TOKEN)
    finally:
        server.shutdown()
        server.server_close()
