"""How do we tell GitHub something?

A few calls of its REST interface, with the token that a workflow is given. Whatever GitHub refuses is an error that
names the call and the answer. Reads no files, and no variables but those that it is handed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

_SECONDS = 30
_PAGE = 100


class Refused(Exception):
    """GitHub did not do what we asked."""


class NotOnGitHub(Exception):
    """A variable is missing that each workflow on GitHub has."""


def variable(environ: Mapping[str, str], name: str) -> str:
    """A variable of a workflow.

    Raises:
        NotOnGitHub: if it is missing.
    """
    if not environ.get(name):
        raise NotOnGitHub(f"{name} is not set: this is for a workflow on GitHub")
    return environ[name]


@dataclass(frozen=True)
class Forge:
    """One repository. `api` is the address of the interface, `repository` the owner and name with a slash between."""

    api: str
    repository: str
    token: str

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Forge:
        """The repository that a workflow runs in.

        Raises:
            NotOnGitHub: if a variable is missing.
        """
        return cls(*(variable(environ, name) for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN")))

    def get(self, path: str, **query: str | int) -> Any:
        """Read something; None if it is not there.

        Raises:
            Refused: if GitHub answers anything but yes or "not found".
        """
        return self._call("GET", path, None, query)

    def all(self, path: str, **query: str | int) -> list[Any]:
        """Read all pages of a list.

        Raises:
            Refused: if GitHub answers anything but yes.
        """
        found: list[Any] = []
        for page in range(1, 100):
            part = self.get(path, **query, per_page=_PAGE, page=page) or []
            found += part
            if len(part) < _PAGE:
                break
        return found

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Make something.

        Raises:
            Refused: if GitHub does not do it.
        """
        return self._call("POST", path, body, {})

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        """Change something.

        Raises:
            Refused: if GitHub does not do it.
        """
        return self._call("PATCH", path, body, {})

    def _call(self, method: str, path: str, body: dict[str, Any] | None, query: dict[str, str | int]) -> Any:
        address = f"{self.api.rstrip('/')}/repos/{self.repository}/{path}"
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        try:
            answer = requests.request(method, address, json=body, params=query, headers=headers, timeout=_SECONDS)
        except requests.RequestException as error:
            raise Refused(f"{method} {path}: no answer ({type(error).__name__})") from None
        if answer.status_code == 404 and method == "GET":
            return None
        if not answer.ok:
            raise Refused(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        return answer.json() if answer.content else None
