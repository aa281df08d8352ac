"""What does somebody paste into a newsletter who writes about a guide or about a change?

For each guide and for each change of policy, three files below `kit/`: plain text, Markdown, and HTML for e-mail
programs. All changes have them, not only the newest: an address that was there once must stay. Runs after the cards,
which it shows, and after the pages, from which it takes the first picture of each guide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from scripts.edition import Edition
from scripts.facts import addresses, label, prose, steps
from scripts.facts.changes import KINDS, Change, Said, changes
from scripts.facts.model import Guide, Source
from scripts.facts.prose import listed
from scripts.facts.resolve import Resolver
from scripts.publish import cards, kit_mail, tree
from scripts.publish.card_alt import alt_text
from scripts.publish.entry import EVIDENCE
from scripts.publish.kit_block import Block, Link, Picture, markdown, text

FORMS: dict[str, Callable[[Block], str]] = {"txt": text, "md": markdown, "html": kit_mail.document}
_SCREEN = "assets/generated/screens/{}.email.png"
_CREDITS = re.compile(r" Sources?: .*")  # of a caption. How sure we are of its picture stands before them, and stays


def publish(edition: Edition, staged: Path) -> None:
    """Add the kit to a built tree.

    Args:
        edition: what the site is made from.
        staged: the built tree, with the guides, their pictures and the cards.

    Raises:
        BadData: if the facts are wrong.
    """
    resolver = edition.resolver
    made = {
        addresses.kit(kind, name, ending): write(block).encode()
        for kind, name, block in blocks(resolver, staged, edition.site_url)
        for ending, write in FORMS.items()
    }
    tree.add(staged, made)


def blocks(resolver: Resolver, staged: Path, site_url: str) -> Iterator[tuple[str, str, Block]]:
    """Every block, with its kind and its name."""
    for slug in resolver.facts.guides:
        yield "guide", slug, of_guide(resolver, slug, staged, site_url)
    alts = {card.address: alt_text(card.content) for card in cards.of_facts(resolver, site_url)}
    for change in changes(resolver.facts):
        yield "change", change.id, of_change(resolver, change, alts, site_url)


def of_guide(resolver: Resolver, slug: str, staged: Path, site_url: str) -> Block:
    """A guide: what it is for, where it works, and its first picture."""
    facts = resolver.facts
    guide, platform = facts.guides[slug], facts.platforms[facts.guides[slug].platform]
    products = [product.name for product in platform.products if product.id in guide.products]
    address = site_url + addresses.folder(addresses.short_guide(slug))
    total = len(resolver.page_regions())
    where = tuple(
        "Everywhere, as far as we know"
        if state == "yes" and len(regions) == total
        else f"{label.state_word(state, platform)}: {listed(region.in_list for region in regions)}"
        for state, regions in resolver.works_where(guide)
    )
    minutes = f"about {guide.minutes} minute{'s' if guide.minutes != 1 else ''}"
    who = platform.name if products == [platform.name] else f"{platform.name}: {listed(products)}"
    return Block(
        kicker=f"{who} · {guide.device} · {minutes}",
        title=guide.title,
        address=address,
        lines=(guide.description, *_direct(resolver, slug)),
        lists=(("Works for", where or ("People in every country",)),),
        action=Link("The steps, one by one", address),
        picture=_screen(staged, slug, site_url) or _card_of_guide(staged, slug, site_url),
        sources=(),
        foot=f"{_checked(resolver, guide)}Words reviewed {guide.reviewed}. From archived copies and reports, not live.",
    )


def _direct(resolver: Resolver, slug: str) -> list[str]:
    """The addresses that the first steps of a guide open, a line for each of its parts that has one.

    The block must do without its picture, and nobody must take the address of another place for theirs.
    """
    parts = resolver.facts.steps[slug]
    lines = []
    for part in parts:
        where = f", {part.title[:1].lower()}{part.title[1:]}" if len(parts) > 1 else ""
        lines += [f"Direct address{where}: {address}" for _, address in steps.direct_in(part.steps[0])[:1]]
    return lines


def _checked(resolver: Resolver, guide: Guide) -> str:
    last = resolver.last_checked(resolver.claims_of(guide))
    return f"Facts last checked {last}. " if last else ""


def _screen(staged: Path, slug: str, site_url: str) -> Picture | None:
    """The first picture of a guide, with its legend and what it is."""
    figure = _page(staged, slug).css_first("figure.oi-figure")
    image = figure.css_first("img") if figure else None
    if not figure or not image:
        return None
    name = _SCREEN.format((figure.attributes.get("id") or "").removeprefix("screen-"))
    if not (staged / name).is_file():
        return None
    caption = figure.css_first("figcaption")
    return _picture(
        staged,
        name,
        site_url,
        image.attributes.get("alt") or "",
        legend=tuple(_words(item.text()) for item in figure.css(".oi-legend > li")),
        caption=_CREDITS.sub("", _words(caption.text())) if caption else "",
    )


def _card_of_guide(staged: Path, slug: str, site_url: str) -> Picture:
    node = _page(staged, slug).css_first("meta[property='og:image:alt']")
    alt = (node.attributes.get("content") or "") if node else ""
    return _picture(staged, cards.card_address("page", f"guides/{slug}"), site_url, alt)


def _page(staged: Path, slug: str) -> LexborHTMLParser:
    return LexborHTMLParser((staged / addresses.folder(addresses.guide(slug)) / "index.html").read_bytes())


def _picture(
    staged: Path, name: str, site_url: str, alt: str, *, legend: tuple[str, ...] = (), caption: str = ""
) -> Picture:
    with Image.open(staged / name) as image:
        return Picture(site_url + name, image.width, image.height, alt, legend, caption)


def _words(said: str) -> str:
    return " ".join(said.split())


def of_change(resolver: Resolver, change: Change, alts: dict[str, str], site_url: str) -> Block:
    """A change: what happened, what was so before and after it, and how we know."""
    facts = resolver.facts
    address = f"{site_url}{addresses.folder(change.page)}#{change.anchor}"
    platforms = [facts.platforms[each].name for each in change.platforms]
    regions = listed(facts.regions[each].in_list for each in change.regions)
    said = [(heading, said) for heading, said in (("Before", change.before), ("After", change.after)) if said]
    card = _card(change)
    return Block(
        kicker=" · ".join([change.day_in_words, listed(platforms), regions[:1].upper() + regions[1:]]),
        title=change.title,
        address=address,
        lines=(prose.plain(change.text),),
        lists=tuple((heading, tuple(map(_line, lines))) for heading, lines in said),
        action=Link("Read more, with sources", address),
        picture=Picture(site_url + card, 1200, 630, alts[card]),
        sources=tuple(_source(facts.sources[source]) for source in change.sources),
        foot=f"{KINDS[change.kind].capitalize()}; {EVIDENCE[change.evidence]}.",
    )


def _card(change: Change) -> str:
    """The card of the statement that is so after it, else of the region where it happened."""
    told = (*change.after, *change.before)
    if told:
        return cards.card_address("claim", told[0].claim)
    return cards.card_address("region", change.regions[0])


def _line(said: Said) -> str:
    return f"{said.where}, {said.when}: {said.answer}. {said.sentence}"


def _source(source: Source) -> tuple[Link, ...]:
    when = str(source.published) if source.published else "undated"
    links = [Link(f"{prose.plain(source.title)} ({source.publisher}, {when})", source.address or "")]
    if source.archive:
        links.append(Link("archived copy", source.archive))
    return tuple(links)
