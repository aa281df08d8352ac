"""How does one issue follow what wants somebody's attention?

There is one issue of each kind, found by a mark in its text. It is opened when there is something to report, rewritten
after each run, told about what is new, closed when nothing is left, and opened again when something comes up: never a
second one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from scripts.links.forge import Forge

AUTHOR = "github-actions[bot]"  # whose token the workflow has; nobody else's issue is ever touched

Done = Literal["nothing", "opened", "reopened", "updated", "closed"]


@dataclass(frozen=True)
class Rolling:
    """What an issue says today.

    `mark` is a comment by which it is found again. `wanted`: it should be open. `items` are what is new when the last
    text did not have them; each stands in `text` as it is.
    """

    title: str
    mark: str
    text: str
    wanted: bool
    items: tuple[str, ...]


def follow(forge: Forge, rolling: Rolling, *, author: str = AUTHOR) -> Done:
    """Bring the issue up to date.

    Args:
        forge: the repository.
        rolling: what it says.
        author: whose issues may be ours.

    Returns:
        What was done.

    Raises:
        Refused: if GitHub does not do it.
    """
    text = f"{rolling.mark}\n{rolling.text}"
    issue = _ours(forge, rolling.mark, author)
    if issue is None:
        if not rolling.wanted:
            return "nothing"
        forge.post("issues", {"title": rolling.title, "body": text})
        return "opened"
    path = f"issues/{issue['number']}"
    if not rolling.wanted:
        if issue["state"] == "closed":
            return "nothing"
        forge.patch(path, {"body": text, "state": "closed", "state_reason": "completed"})
        return "closed"
    closed = issue["state"] == "closed"
    before = "" if closed else issue["body"] or ""
    forge.patch(path, {"body": text, "state": "open"})
    new = [item for item in rolling.items if item not in before]
    if new:  # a text that is rewritten tells nobody; a comment does
        listed = "\n".join(f"- {item}" for item in new)
        forge.post(f"{path}/comments", {"body": f"New since the last run:\n\n{listed}\n"})
    return "reopened" if closed else "updated"


def _ours(forge: Forge, mark: str, author: str) -> dict[str, Any] | None:
    """The newest of our issues, open or closed."""
    issues = forge.all("issues", state="all", creator=author, sort="created", direction="desc")
    found: list[dict[str, Any]] = [
        issue for issue in issues if "pull_request" not in issue and mark in (issue["body"] or "")
    ]
    return max(found, key=lambda issue: (issue["state"] == "open", issue["number"]), default=None)
