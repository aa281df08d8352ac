"""Where does a link to one statement lead, today and in ten years?

To `c/<claim>/`: a page for each claim, ended ones too, with an address that is short enough to print. What stands on it
was made with the other fragments; here it gets the frame of the built page about its platform, a title and a
description. These pages are not in the search index: the page of the platform is, and holds the same words.
"""

from __future__ import annotations

from pathlib import Path

from scripts.edition import Edition
from scripts.facts import addresses, prose
from scripts.facts.model import Claim
from scripts.facts.problems import BadData, Problem
from scripts.facts.prose import listed
from scripts.facts.resolve import Resolver
from scripts.publish import frame, tree

TITLE = 60  # characters, as networks cut longer ones
ABOUT = range(70, 161)
_MORE = "Where it holds, since when, what the other company says, and the sources."


def publish(edition: Edition, staged: Path) -> None:
    """Add the page of each claim to a built tree.

    Args:
        edition: what the site is made from.
        staged: the built tree.

    Raises:
        BadData: if the facts are wrong, or the page of a platform cannot serve as a frame.
    """
    resolver, site_url = edition.resolver, edition.site_url
    facts = resolver.facts
    frames = {}
    for platform in facts.platforms:
        at = addresses.folder(addresses.policy(platform))
        try:
            text = (staged / at / "index.html").read_text(encoding="utf-8")
            frames[platform] = frame.cut(text, at, addresses.folder(addresses.claim("any")))
        except (OSError, frame.NoFrame) as error:
            cure = "every platform needs a page; see README.md, Add a platform"
            raise BadData([Problem(at, 0, "frame", f"it cannot frame the pages of claims: {error}", cure)]) from None
    heads = named(resolver)
    made = {}
    for claim in facts.claims.values():
        page = addresses.claim(claim.id)
        article = (edition.project.fragments / page).read_text(encoding="utf-8")
        address = addresses.folder(page)
        text = frames[facts.platform_of[claim.id]].page(*heads[claim.id], site_url + address, article)
        made[f"{address}index.html"] = text.encode()
    tree.add(staged, made)


def named(resolver: Resolver) -> dict[str, tuple[str, str]]:
    """The title and the description of each claim's page. No two pages share either."""
    found: dict[str, tuple[str, str]] = {}
    titles, abouts = set[str](), set[str]()
    for claim in resolver.facts.claims.values():
        title, about = _title(resolver, claim), _about(resolver, claim)
        if title in titles:
            title = f"{_cut(title, TITLE - len(claim.id) - 3)} ({claim.id})"
        if about in abouts:
            about = f"{_cut(about, ABOUT.stop - 1 - len(claim.id) - 3)} ({claim.id})"
        titles.add(title)
        abouts.add(about)
        found[claim.id] = title, about
    return found


def _title(resolver: Resolver, claim: Claim) -> str:
    """LinkedIn, UK: Are you in unless you act?"""
    facts = resolver.facts
    platform = facts.platforms[facts.platform_of[claim.id]]
    products = [product.name for product in platform.products if product.id in claim.products]
    who = products[0] if len(products) == 1 else platform.name
    where = listed([facts.regions[region].in_list for region in claim.regions])
    until = f" (until {claim.until.year})" if claim.until and not resolver.current(claim) else ""
    wording = prose.plain(facts.questions[claim.question].wording)
    return _cut(f"{who}, {where}: {wording}", TITLE - len(until)) + until


def _about(resolver: Resolver, claim: Claim) -> str:
    """The sentence, and what else is on the page, as far as there is room."""
    until = f"Until {claim.until}: " if claim.until and not resolver.current(claim) else ""
    text = _cut(f"{until}{prose.plain(claim.sentence)}", ABOUT.stop - 1)
    longer = f"{text} {_MORE}"
    if len(longer) < ABOUT.stop:
        return longer
    return text if len(text) >= ABOUT.start else _cut(longer, ABOUT.stop - 1)


def _cut(text: str, most: int) -> str:
    """A text, cut at a space so that it has at most so many characters."""
    if len(text) <= most:
        return text
    short = text[: most - 1]
    return (short.rpartition(" ")[0] or short).rstrip(" ,;:") + "…"
