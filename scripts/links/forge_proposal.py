"""How do the results get into the repository?

By a pull request with one commit that changes one file, on a branch of its own that is made anew from the main branch
in each run. So the main branch needs no exception for a program, a person sees each change of a verdict as a line of a
diff, and a run that nobody merged is followed by one that holds all of it.
"""

from __future__ import annotations

import base64
from typing import Literal

from scripts.links.forge import Forge

BRANCH = "link-health"
TITLE = "Enter what the watch over links found"

Done = Literal["nothing", "proposed", "updated"]


def propose(forge: Forge, *, base: str, path: str, text: str, summary: str) -> Done:
    """Propose a new text of one file.

    Args:
        forge: the repository.
        base: the branch that it is for.
        path: the file.
        text: all of its new text.
        summary: what to say about it.

    Returns:
        What was done.

    Raises:
        Refused: if GitHub does not do it.
    """
    if _text(forge, path, base) == text:
        return "nothing"
    head = forge.get(f"git/ref/heads/{base}")["object"]["sha"]
    tree = forge.get(f"git/commits/{head}")["tree"]["sha"]
    blob = {"path": path, "mode": "100644", "type": "blob", "content": text}
    new_tree = forge.post("git/trees", {"base_tree": tree, "tree": [blob]})["sha"]
    commit = forge.post("git/commits", {"message": TITLE, "tree": new_tree, "parents": [head]})["sha"]
    if forge.get(f"git/ref/heads/{BRANCH}"):
        forge.patch(f"git/refs/heads/{BRANCH}", {"sha": commit, "force": True})
    else:
        forge.post("git/refs", {"ref": f"refs/heads/{BRANCH}", "sha": commit})
    owner = forge.repository.partition("/")[0]
    open_ones = forge.all("pulls", state="open", base=base, head=f"{owner}:{BRANCH}")
    if open_ones:
        forge.patch(f"pulls/{open_ones[0]['number']}", {"body": summary})
        return "updated"
    forge.post("pulls", {"title": TITLE, "head": BRANCH, "base": base, "body": summary})
    return "proposed"


def waiting(forge: Forge, *, path: str) -> str | None:
    """The text of the file on the branch of a proposal, if there is one: a later run goes on from there.

    Raises:
        Refused: if GitHub does not answer.
    """
    return _text(forge, path, BRANCH)


def _text(forge: Forge, path: str, branch: str) -> str | None:
    found = forge.get(f"contents/{path}", ref=branch)
    return base64.b64decode(found["content"]).decode() if found else None
