"""Does everything that the built site names exist?

Our own pass over the files of a built tree, without a server: pages, pictures with all their candidates, styles and
what they load, feeds, sitemap, cards, canonical and alternate addresses, redirects, data files, and addresses that
stand in the text. Addresses elsewhere are judged by their letters alone. It is quick, so it runs in each build; the
gate sets its verdicts beside those of LinkChecker.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.facts.problems import Problem
from scripts.links.findings import Finding, Level
from scripts.links.lead import BARE, EMPTY, Fault, Home, Inside, Lead, lead, own_address
from scripts.links.pages import Kind, Page, Reference
from scripts.links.tree import Tree, file_of

_SENT_ON = {Kind.LINK, Kind.ALTERNATE, Kind.SITEMAP}


class Judged(NamedTuple):
    """One address in one file, where it leads, and what is wrong with it."""

    page: Page
    reference: Reference
    lead: Lead
    faults: tuple[Fault, ...]


def check(site: Path, site_url: str = "/", sources: Path | None = None) -> tuple[list[Problem], int]:
    """Check a built tree, and tell what is broken as a build tells it. Warnings are left to the gate.

    Args:
        site: the folder to check.
        site_url: the address that it will be published under, or only the path of it.
        sources: the folder that the site was made from, if it is known.

    Returns:
        The problems, and the number of pages seen. No page at all is a problem.
    """
    tree = Tree(site, Home.of(site_url), sources)
    if not tree.pages:
        return [Problem(site.name, 0, "empty", "there is no page in it", "build the site first")], 0
    broken = [finding for finding in findings(tree, judge(tree)) if finding.level is Level.BROKEN]
    return [finding.problem() for finding in broken], len(tree.pages)


def judge(tree: Tree) -> list[Judged]:
    """The verdict over every address of a tree."""
    judged = []
    for page in (*tree.pages.values(), *tree.others.values()):
        for reference in page.references:
            where = lead(reference.link, page.path, tree.home, page.base)
            judged.append(Judged(page, reference, where, tuple(_faults(tree, page, reference, where))))
    return judged


def findings(tree: Tree, judged: list[Judged]) -> Iterator[Finding]:
    """What is wrong in a tree, place by place."""
    for page, reference, _, faults in judged:
        for fault in faults:
            yield finding(tree, page.path, reference, fault)
    for page in tree.pages.values():
        for identifier in page.doubled:
            what = f'the id "{identifier}" comes twice, and links lead to the first'
            line = tree.line(page.path, identifier)
            yield Finding(page.path, line, "id", identifier, "double id", what, "give one of the two another id")
    for name, why in tree.unreadable.items():
        yield Finding(name, 0, "", "", "unreadable", why, "correct the file, or whatever writes it")


def finding(tree: Tree, page: str, reference: Reference, fault: Fault) -> Finding:
    """A fault with its place."""
    line = tree.line(page, reference.link.strip())
    return Finding(page, line, reference.element, reference.link, *fault)


def _faults(tree: Tree, page: Page, reference: Reference, where: Lead) -> Iterator[Fault]:
    kind = reference.kind
    for fault in where.faults:
        if fault is BARE and kind is not Kind.LINK:
            continue
        if kind in (Kind.DATA, Kind.WORDS) and not where.inside and fault is not EMPTY:
            continue  # data may name other sites in any way; only our own addresses are ours to judge
        # Browsers refuse to load what is insecure into a secure page.
        yield fault._replace(level=Level.BROKEN) if fault.rule == "http" and kind is Kind.LOAD else fault
    if kind is Kind.META and reference.link and not reference.link.lower().strip().startswith(("http:", "https:")):
        yield Fault("relative", "whoever reads it is on another site", f"begin it with {tree.home.address('')}")
    if not where.inside:
        if kind in (Kind.CANONICAL, Kind.SITEMAP) and tree.home.host and not where.faults:
            cure = f"name an address that begins with {tree.home.address('')}; was it built with another SITE_URL?"
            yield Fault("another site", "it sends search engines to another site", cure)
        return
    fault_there = tree.missing(where.inside.path) or tree.anchor_missing(*where.inside)
    if fault_there:
        if kind is not Kind.WORDS or fault_there.rule != "missing slash":  # nobody types it, and servers send them on
            yield fault_there
    else:
        yield from _further(tree, page, reference, where.inside)


def _further(tree: Tree, page: Page, reference: Reference, inside: Inside) -> Iterator[Fault]:
    """What can be wrong with an address although something is there."""
    target = tree.pages.get(file_of(inside.path))
    if target is None:
        return
    if reference.kind is Kind.REFRESH and target.goes:
        if _loops(tree, page):
            yield Fault("redirect loop", "it comes back to itself", "send readers to a page that stays")
        else:
            yield Fault(
                "redirect chain", f"{inside.path} is a redirect itself", f"name where that leads: {target.goes}"
            )
    elif reference.kind is Kind.CANONICAL and target.canonical:
        final = lead(target.canonical, target.path, tree.home, target.base).inside
        if final and file_of(final.path) != target.path:
            what = f"{inside.path or '/'} itself names another address as the right one"
            yield Fault("canonical chain", what, f"name {final.path or '/'}")
    elif reference.kind in _SENT_ON and target.goes and not page.goes and "://" not in reference.link:
        what = f"{inside.path} only sends readers on"
        yield Fault("redirected", what, f"link to where it leads: {target.goes}", Level.WARNING)


def _loops(tree: Tree, page: Page) -> bool:
    seen = {page.path}
    current: Page | None = page
    while current and current.goes:
        inside = lead(current.goes, current.path, tree.home, current.base).inside
        current = tree.pages.get(file_of(inside.path)) if inside else None
        if current and current.path in seen:
            return True
        seen.add(current.path if current else "")
    return False


def key_of(judged: Judged) -> tuple[str, str, str] | None:
    """By what a verdict over a link within the site is known to both engines: the page, the path, the fragment."""
    if not judged.lead.inside:
        return None
    return own_address(judged.page.path), judged.lead.inside.path, judged.lead.inside.fragment
