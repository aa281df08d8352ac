"""Does everything still answer that we ever published, and if not, what took it away?

Holds the ledgers against a built tree, and each ledger against the last commit. What does not answer is told with what
most likely became of it (`lost.py`), and with the command that mends it (`mend.py`).
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts.facts import promises as ledgers
from scripts.facts.promises import ARROW, IDS, URLS, Address, Promises
from scripts.links.findings import Finding, Level
from scripts.links.lead import lead, own_address
from scripts.links.lost import REDIRECT, lost
from scripts.links.offers import offers
from scripts.links.pages import Page
from scripts.links.tree import Tree, file_of


def check(tree: Tree, docs: Path, root: Path | None = None) -> list[Finding]:
    """Everything that is wrong with the promises.

    Args:
        tree: the built site.
        docs: where `ledgers/` lies.
        root: the checkout, to see whether a line was taken out since the last commit; None to leave that out.
    """
    promises, problems = ledgers.read(docs)
    found = [_finding(problem.file, problem.line, "", problem.rule, problem.what, problem.cure) for problem in problems]
    if root:
        found += taken_out(root, promises)
    there = offers(tree)
    for one in lost(promises, there, lambda old: answers(tree, old), record_names(docs)):
        name = IDS if one.entry.old.id else URLS
        what = f"{one.entry.old} does not answer any more: {one.cause}"
        found.append(_finding(ledgers.shown(name), one.entry.line, str(one.entry.old), "promise", what, one.cure))
    found += _wrong_targets(tree, promises)
    new = [address for address in there.every() if not promises.entry(address)]
    if new:
        what = f"{len(new)} addresses and ids are new and not promised yet, such as {min(map(str, new))}"
        cure = "run: make ids (or, if the site is built: links keep)"
        found.append(_finding(ledgers.shown(URLS), 0, "", "not entered", what, cure, Level.WARNING))
    return found


def answers(tree: Tree, old: Address) -> bool:
    """Whether an old address leads a reader to what was there, in the built tree as it is."""
    if not old.id:
        return file_of(old.path) in tree.files
    page = tree.pages.get(file_of(old.path))
    if page and old.id not in page.ids and page.goes:  # followed once: readers must not be led on twice
        inside = lead(page.goes, page.path, tree.home, page.base).inside
        page = tree.pages.get(file_of(inside.path)) if inside else None
    return page is not None and old.id in page.ids


def _wrong_targets(tree: Tree, promises: Promises) -> Iterator[Finding]:
    """Entries whose target is not there, or which do not lead to it."""
    for entry in promises.moved():
        name = IDS if entry.old.id else URLS
        target, place = entry.to or entry.old, (ledgers.shown(name), entry.line, str(entry.old))
        page = tree.pages.get(file_of(target.path))
        if file_of(target.path) not in tree.files or (target.id and page and target.id not in page.ids):
            what, cure = f"it leads to {target}, and nothing is there", f"{REDIRECT} '{entry.old}' NEW"
            yield _finding(*place, "promise", what, cure)
        elif page and answers(tree, entry.old) and not _leads(tree, entry.old, target):
            what = f"it should lead to {target}, and does not"
            cure = f"is there a page at {entry.old} again? Then take `{ARROW.strip()} {target}` out of the line"
            yield _finding(*place, "promise", what, cure)


def _leads(tree: Tree, old: Address, target: Address) -> bool:
    """Whether the page at an old address names the new one, or is the same page."""
    page: Page | None = tree.pages.get(file_of(old.path))
    if page is None or own_address(page.path) == target.path:
        return page is not None
    named = (lead(reference.link, page.path, tree.home, page.base).inside for reference in page.references)
    return any(inside and inside.path == target.path for inside in named)


def record_names(docs: Path) -> frozenset[str]:
    """The names of all records that ever were, from their own ledger."""
    path = docs / "data" / "ids.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def taken_out(root: Path, promises: Promises) -> Iterator[Finding]:
    """Lines that the last commit has, or the one before, and that are gone. Without git, nothing is known of that.

    The one before is looked at because a merge that takes lines out is itself the last commit when it is checked.
    """
    for name in (URLS, IDS):
        seen: set[Address] = set()
        for commit in ("HEAD", "HEAD^1"):
            before, _ = ledgers.parse(_git_show(root, f"{commit}:{ledgers.shown(name)}"), name)
            for old in before.keys() - promises.of(name).keys() - seen:
                seen.add(old)
                what = f"{old} was taken out of the ledger, but it was published once"
                cure = f"put the line back; if it has moved: {REDIRECT} '{old}' NEW"
                yield _finding(ledgers.shown(name), 0, str(old), "taken out", what, cure)


def _git_show(root: Path, what: str) -> str:
    command = ["git", "-C", str(root), "show", what]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def _finding(file: str, line: int, link: str, rule: str, what: str, cure: str, level: Level = Level.BROKEN) -> Finding:
    return Finding(file, line, "", link, rule, what, cure, level)
