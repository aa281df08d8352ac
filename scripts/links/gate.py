"""May this site be published, as far as its links go?

Two engines judge the same tree at the same time: LinkChecker, which asks a server for everything as a reader's browser
would, and our own pass over the files, which also knows what LinkChecker does not look at. Their verdicts are set side
by side. Where both can judge and one calls broken what the other calls fine, one of them is wrong and nobody knows
which, so that is a fault of its own.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from scripts.links import crawl as crawling
from scripts.links import internal
from scripts.links.crawl import Crawl, Crawled
from scripts.links.findings import Finding, Level, ToolFailed, Verdict, said_by, worst
from scripts.links.internal import Judged
from scripts.links.lead import Home, own_address
from scripts.links.pages import Kind
from scripts.links.tree import Tree, file_of

# What LinkChecker can find out as well. Anything else only our own pass knows, so LinkChecker's silence is no denial.
_BOTH_KNOW = {"missing page", "missing file", "missing anchor", "wrong case", "not published"}
_HALF_KNOWN = {"missing slash", "leaves the site", "mailto", "bad address"}  # it looks, but is content with more

_ELSEWHERE = "\0"

Key = tuple[str, str, str]  # the page, where the link leads, the fragment; (page, _ELSEWHERE, written) for other links
Check = Callable[[Tree], list[Finding]]


@dataclass(frozen=True)
class Report:
    """What came out. `failed` says why the check itself could not be done; then the findings are not all."""

    site: Path
    site_url: str
    findings: tuple[Finding, ...] = ()
    failed: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def code(self) -> int:
        """The exit code: 0 all is well, 1 something is broken, 2 there are only warnings, 3 the check failed."""
        if self.failed:
            return 3
        return {Verdict.FINE: 0, Verdict.BROKEN: 1, Verdict.WARNING: 2}[worst(self.findings)]


def run(
    site: Path,
    site_url: str,
    *,
    sources: Path | None = None,
    checks: Sequence[Check] = (),
    command: Sequence[str] = crawling.CRAWLER,
) -> Report:
    """Check a built tree. Never raises for what is wrong with the tree or with LinkChecker; the report says it.

    Args:
        site: the folder to check.
        site_url: the address that it is built for.
        sources: the folder that the site was made from, to tell what is kept out of it.
        checks: further checks of the tree whose findings belong into the same report.
        command: how to start LinkChecker.
    """
    begun = time.monotonic()
    home = Home.of(site_url)
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")) if site.is_dir() else []
    if not names:
        return Report(site, site_url, failed=f"there is no page in {site}, so there is nothing to check")
    with ThreadPoolExecutor(1) as pool, crawling.served(site, home) as address:
        begin = ["", *([crawling.SITEMAP] if (site / crawling.SITEMAP).exists() else []), *map(own_address, names)]
        theirs = pool.submit(crawling.crawl, address, home, list(dict.fromkeys(begin)), command)
        tree = Tree(site, home, sources)
        judged = internal.judge(tree)
        own = list(internal.findings(tree, judged))
        own += [finding for check in checks for finding in check(tree)]
        own += _no_sitemap(tree)
        try:
            crawl = theirs.result()
            crawling.held_against(crawl, names, _listed(judged, tree))
        except ToolFailed as error:
            alone = sorted(said_by(finding, linkchecker=Verdict.UNSEEN, own=_as_verdict(finding)) for finding in own)
            counts = _counts(tree, judged, None)
            return Report(site, site_url, tuple(alone), str(error), counts, time.monotonic() - begun)
    findings = sorted(set(side_by_side(tree, judged, own, crawl)))
    return Report(site, site_url, tuple(findings), "", _counts(tree, judged, crawl), time.monotonic() - begun)


def side_by_side(tree: Tree, judged: list[Judged], own: list[Finding], crawl: Crawl) -> Iterator[Finding]:
    """All findings, each with the verdicts of both, and every disagreement."""
    theirs = _by_key(crawl)
    ours: dict[Key, list[Judged]] = defaultdict(list)
    written: dict[tuple[str, str], Key] = {}
    for one in judged:
        key = key_of(one)
        ours[key].append(one)
        written[own_address(one.page.path), one.reference.link] = key
    for finding in own:
        key_there = written.get((own_address(finding.page), finding.link))
        said = theirs.get(key_there) if key_there else None
        verdict = said.verdict if said else Verdict.UNSEEN
        if finding.rule not in _BOTH_KNOW and not (finding.rule in _HALF_KNOWN and verdict is not Verdict.FINE):
            verdict = Verdict.BLIND
        yield said_by(finding, linkchecker=verdict, own=_as_verdict(finding))
        if verdict is Verdict.FINE and finding.rule in _BOTH_KNOW:
            yield _disagreement(finding.page, finding.line, finding.link, f"our own pass says: {finding.what}", verdict)
    for key, said in theirs.items():
        if said.verdict is Verdict.FINE or any(one.faults for one in ours.get(key, ())):
            continue
        page = file_of(said.page)
        if key not in ours:
            yield _alone(page, said, Verdict.UNSEEN)
        elif _cannot_judge(tree, said, ours[key]):
            continue
        elif said.verdict is Verdict.BROKEN:
            yield _disagreement(page, said.line, said.written, f"LinkChecker says: {said.said}", Verdict.BROKEN)
        else:
            yield _alone(page, said, Verdict.FINE)


def key_of(judged: Judged) -> Key:
    """By what a link is known to both engines."""
    page, inside = own_address(judged.page.path), judged.lead.inside
    return (
        (page, inside.path, unquote(inside.fragment)) if inside else (page, _ELSEWHERE, judged.reference.link.strip())
    )


def _by_key(crawl: Crawl) -> dict[Key, Crawled]:
    """What LinkChecker said, with the worst for each key."""
    rank = [Verdict.FINE, Verdict.WARNING, Verdict.BROKEN]
    known: dict[Key, Crawled] = {}
    for link in crawl.links:
        elsewhere = link.page, _ELSEWHERE, link.written.strip()
        key = (link.page, link.path, link.fragment) if link.path is not None else elsewhere
        if key not in known or rank.index(known[key].verdict) < rank.index(link.verdict):
            known[key] = link
    return known


def _cannot_judge(tree: Tree, said: Crawled, judged: list[Judged]) -> bool:
    """Whether LinkChecker's objection to a fragment means nothing, because it does not know such fragments.

    The top of the page is there without an id; words to be marked are no id; an id may itself hold a percent sign.
    """
    if said.fragment.lower() == "top" or ":~:" in said.fragment:
        return True
    target = tree.pages.get(file_of(said.path or ""))
    written = {one.lead.inside.fragment for one in judged if one.lead.inside}
    return target is not None and said.fragment not in written and said.fragment not in target.ids


def _alone(page: str, said: Crawled, own: Verdict) -> Finding:
    level = Level.BROKEN if said.verdict is Verdict.BROKEN else Level.WARNING
    cure = "correct the link, or add what it names"
    return Finding(
        page, said.line, "", said.written, "linkchecker", said.said, cure, level, linkchecker=said.verdict, own=own
    )


def _disagreement(page: str, line: int, link: str, why: str, linkchecker: Verdict) -> Finding:
    own = Verdict.FINE if linkchecker is Verdict.BROKEN else Verdict.BROKEN
    other = "our own pass" if linkchecker is Verdict.BROKEN else "LinkChecker"
    what = f"{why}; {other} says that it is fine"
    cure = "open the link and see; then correct the link, or the engine that is wrong (scripts/links/)"
    return Finding(page, line, "", link, "disagreement", what, cure, linkchecker=linkchecker, own=own)


def _as_verdict(finding: Finding) -> Verdict:
    return Verdict.BROKEN if finding.level is Level.BROKEN else Verdict.WARNING


def _no_sitemap(tree: Tree) -> list[Finding]:
    if crawling.SITEMAP in tree.files:
        return []
    what, cure = "there is none, so search engines must guess", "let the engine write one: it needs site_url"
    return [Finding(crawling.SITEMAP, 0, "", "", "no sitemap", what, cure, Level.WARNING)]


def _listed(judged: list[Judged], tree: Tree) -> list[str]:
    """The pages that the sitemap lists, as far as they are there; those that are not are findings."""
    listed = (one.lead.inside for one in judged if one.reference.kind is Kind.SITEMAP)
    return sorted({file_of(inside.path) for inside in listed if inside} & set(tree.pages))


def _counts(tree: Tree, judged: list[Judged], crawl: Crawl | None) -> dict[str, int]:
    ours = {key_of(one) for one in judged}
    theirs = set(_by_key(crawl)) if crawl else set()
    return {
        "pages": len(tree.pages),
        "files": len(tree.files),
        "links_own": len(ours),
        "links_linkchecker": len(theirs),
        "links_both": len(ours & theirs),
    }
