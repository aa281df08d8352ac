"""How do promises get into the ledgers, and how is a broken one mended?

Writes `docs/ledgers/`: enters what is new, and says of an old address where it went. What is written is the whole cure;
the pages that lead on are made from it when the site is built (`publish/redirects.py`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from scripts.facts import promises as ledgers
from scripts.facts.problems import BadData, Problem
from scripts.facts.promises import IDS, URLS, Address, Entry, Promises
from scripts.links.lost import lost
from scripts.links.offers import offers
from scripts.links.promised import answers, record_names
from scripts.links.tree import Tree, file_of


def keep(docs: Path, tree: Tree) -> list[Address]:
    """Enter what a built site offers and the ledgers do not have, and put the lines in order.

    Returns:
        What was entered.

    Raises:
        BadData: if a ledger cannot be read.
    """
    promises = _read(docs, sortable=True)
    new = sorted((address for address in offers(tree).every() if not promises.entry(address)), key=str)
    _write(docs, promises, [Entry(address) for address in new])
    return new


def redirect(docs: Path, old: Address, new: Address, tree: Tree | None = None) -> list[Entry]:
    """Say where something went. What led to the old address before leads to the new one from now on.

    Args:
        docs: where `ledgers/` lies.
        old: an address in the ledger.
        new: where it went.
        tree: the built site, to see that the new address is there; None to leave that out.

    Returns:
        The entries that changed.

    Raises:
        BadData: if the old address was never published, the new one is not there, or a ledger cannot be read.
    """
    promises = _read(docs)
    changed = _moved(promises, old, new, tree)
    _write(docs, promises, changed)
    return changed


def _moved(promises: Promises, old: Address, new: Address, tree: Tree | None) -> list[Entry]:
    entry = promises.entry(old)
    name = ledgers.shown(IDS if old.id else URLS)
    if not entry:
        known = {str(address): address for address in (promises.ids if old.id else promises.urls)}
        near = difflib.get_close_matches(str(old), known, 1)
        cure = f"did you mean {near[0]}?" if near else "nothing need be done: nobody can have linked to it"
        raise BadData([Problem(name, 0, "redirect", f"{old} was never published", cure)])
    onward = promises.entry(new)
    new = onward.to if onward and onward.to else new
    if new == old:
        raise BadData([Problem(name, entry.line, "redirect", f"{old} would lead to itself", "name another address")])
    if tree and not _is_there(tree, new):
        what, cure = f"{new} is not in the built site", "build the site first, or correct the address"
        raise BadData([Problem(name, entry.line, "redirect", what, cure)])
    changed = [replace(entry, to=new)]
    for other in promises.moved():
        if other.to == old:
            changed.append(replace(other, to=new))
        elif other.to and not old.id and other.to.path == old.path:
            changed.append(replace(other, to=Address(new.path, other.to.id)))
    return changed


def mend(docs: Path, tree: Tree) -> tuple[list[Entry], list[Entry]]:
    """Say of everything that does not answer where it seems to have gone. For a person to look through afterwards.

    Returns:
        The entries that were given a target, and those for which none was found.

    Raises:
        BadData: if a ledger cannot be read.
    """
    promises = _read(docs)
    found = lost(promises, offers(tree), lambda old: answers(tree, old), record_names(docs))
    open_ones = [one for one in found if not one.entry.to]
    changed: dict[Address, Entry] = {}
    for one in open_ones:
        if one.candidate:
            now = Promises({**promises.urls, **_of(changed, URLS)}, {**promises.ids, **_of(changed, IDS)})
            changed |= {entry.old: entry for entry in _moved(now, one.entry.old, one.candidate, tree)}
    _write(docs, promises, changed.values())
    return list(changed.values()), [one.entry for one in open_ones if not one.candidate]


def _is_there(tree: Tree, address: Address) -> bool:
    if file_of(address.path) not in tree.files:
        return False
    page = tree.pages.get(file_of(address.path))
    return not address.id or (page is not None and address.id in page.ids)


def _read(docs: Path, *, sortable: bool = False) -> Promises:
    promises, problems = ledgers.read(docs)
    problems = [problem for problem in problems if not (sortable and problem.rule == "order")]
    if problems:
        raise BadData(problems)
    return promises


def _of(entries: dict[Address, Entry], name: str) -> dict[Address, Entry]:
    return {old: entry for old, entry in entries.items() if bool(old.id) == (name == IDS)}


def _write(docs: Path, promises: Promises, changed: Iterable[Entry]) -> None:
    every = {**promises.urls, **promises.ids} | {entry.old: entry for entry in changed}
    for name in (URLS, IDS):
        path = docs / ledgers.FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ledgers.text_of(_of(every, name).values(), name), encoding="utf-8")
