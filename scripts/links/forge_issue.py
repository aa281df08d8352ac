"""How does one issue follow the state of the links?

There is one issue, found by a mark in its text. It is opened when there is something to report, rewritten after each
run, told about what is new, closed when nothing is left, and opened again when something comes up: never a second one.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from scripts.links.forge import Forge
from scripts.links.watch_report import MARK, Report

TITLE = "Links to other sites that need somebody"
AUTHOR = "github-actions[bot]"  # whose token the workflow has; nobody else's issue is ever touched

Done = Literal["nothing", "opened", "reopened", "updated", "closed"]

_ROW = re.compile(r"^\| <([^>]+)> \|", re.MULTILINE)


def follow(forge: Forge, report: Report, *, author: str = AUTHOR) -> Done:
    """Bring the issue up to date.

    Args:
        forge: the repository.
        report: the state of the links.
        author: whose issues may be ours.

    Returns:
        What was done.

    Raises:
        Refused: if GitHub does not do it.
    """
    wanted = bool(report.reported() or report.expired)
    text = report.issue()
    issue = _ours(forge, author)
    if issue is None:
        if not wanted:
            return "nothing"
        forge.post("issues", {"title": TITLE, "body": text})
        return "opened"
    path = f"issues/{issue['number']}"
    if not wanted:
        if issue["state"] == "closed":
            return "nothing"
        forge.patch(path, {"body": text, "state": "closed", "state_reason": "completed"})
        return "closed"
    closed = issue["state"] == "closed"
    before = set() if closed else set(_ROW.findall(issue["body"] or ""))
    forge.patch(path, {"body": text, "state": "open"})
    new = sorted(set(_ROW.findall(text)) - before)
    if new:  # a text that is rewritten tells nobody; a comment does
        listed = "\n".join(f"- <{address}>" for address in new)
        forge.post(f"{path}/comments", {"body": f"New since the last run:\n\n{listed}\n"})
    return "reopened" if closed else "updated"


def _ours(forge: Forge, author: str) -> dict[str, Any] | None:
    """The newest of our issues, open or closed."""
    issues = forge.all("issues", state="all", creator=author, sort="created", direction="desc")
    found: list[dict[str, Any]] = [
        issue for issue in issues if "pull_request" not in issue and MARK in (issue["body"] or "")
    ]
    return max(found, key=lambda issue: (issue["state"] == "open", issue["number"]), default=None)
