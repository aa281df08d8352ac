"""Which picture does a network or a mail show for a page, a region or a claim?

Every page of the site, every region and every claim has a card of 1200 by 630 pixels. All claims, also those that have
ended: each has a page of its own that somebody may have passed on, and a picture that was there once must stay.

A card's address is made of the page's address or the id alone, so it never changes; whoever copies it always gets the
newest. The tags in a page's head add a hash of the picture as a query, because networks keep a picture for weeks under
the address that they know: a new answer must not go out under the old picture. Static hosts ignore the query.

The templates write all tags that need no card, and a marker where those of the card belong. An engine without this step
leaves a comment there, and no page names a picture that does not exist.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from selectolax.lexbor import LexborHTMLParser

from scripts.cores import cores
from scripts.edition import Edition
from scripts.facts.model import Platform, Region
from scripts.facts.problems import BadData, Problem
from scripts.facts.resolve import Resolver
from scripts.publish import card_cache, card_colours, card_letters, card_text, tree
from scripts.publish.card_alt import alt_text
from scripts.publish.card_colours import Colours
from scripts.publish.card_draw import Press
from scripts.publish.card_sheet import HEIGHT, WIDTH
from scripts.publish.card_text import Content

MARKER = "<!-- card -->"
FOLDER = "cards"
FONT = Path("assets", "fonts", "libre-franklin.woff2")  # below docs/

Kind = Literal["page", "region", "claim"]

_TITLED = 'property="og:title"'
_LABEL = re.compile(r'<section class="oi-label [^>]*aria-label="([^"]*): the label"')
_GUIDE = re.compile(r"^guides/([^/]+)/$")
_CLAIM = re.compile(r"^c/([^/]+)/$")
_SHORT_GUIDE = re.compile(r"^g/([^/]+)/$")
_EACH = 12  # starting a process takes as long as drawing so many


@dataclass(frozen=True)
class Card:
    """A card: its address below the site, and what it says."""

    address: str
    content: Content


@dataclass(frozen=True)
class _Page:
    """A built page whose head waits for a card. `folder` is its address below the site, or its name if it is shown at
    any address, as the one for pages that are missing.
    """

    path: Path
    folder: str
    text: str

    @property
    def readable_at(self) -> str:
        """Where to send a person."""
        return self.folder if self.folder.endswith("/") else ""


def card_address(kind: Kind, name: str) -> str:
    """The address of a card below the site. It never changes.

    Args:
        kind: what the card is of.
        name: the id of a region or a claim, or the address of a page below the site, such as `compare/eu/`.

    Returns:
        Such as `cards/compare/eu.png`, `cards/region/de.png`, or `cards/claim/li-way-out-world.png`.
    """
    if kind == "page":
        return f"{FOLDER}/{name.strip('/') or 'index'}.png"
    return f"{FOLDER}/{kind}/{name}.png"


def tags(site_url: str, address: str, png: bytes, alt: str) -> str:
    """The tags that name a card in the head of a page.

    Args:
        site_url: the address of the site.
        address: where the card is, below it.
        png: the card itself.
        alt: its alternative text.
    """
    values = {
        "og:image": f"{site_url}{address}?v={card_cache.seal(png)[:8]}",
        "og:image:type": "image/png",
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:alt": alt,
    }
    return "\n  ".join(f'<meta property="{name}" content="{html.escape(value)}">' for name, value in values.items())


def publish(edition: Edition, staged: Path) -> None:
    """Draw all cards and name them in the heads of the pages.

    Args:
        edition: what the site is made from.
        staged: the built site. Pages that have a marker get the tags of their card.

    Raises:
        BadData: if a page has no marker, a card no address of its own, or the stylesheet not all colours.
    """
    project, resolver, site_url = edition.project, edition.resolver, edition.site_url
    pages = _pages(staged)
    cards = [*_of_pages(resolver, pages, site_url), *of_facts(resolver, site_url)]
    _refuse_doubles(cards)
    font = (project.docs / FONT).read_bytes()
    problems = card_letters.check({card.address: card.content for card in cards}, font)
    if problems:
        raise BadData(problems)
    colours = card_colours.read((project.docs / card_colours.STYLES).read_text(encoding="utf-8"))
    drawn = dict(zip((card.address for card in cards), draw(project.build / FOLDER, cards, font, colours), strict=True))
    tree.add(staged, drawn)
    contents = {card.address: card.content for card in cards}
    for page in pages:
        address = _card_for(page.folder, contents)
        head = tags(site_url, address, drawn[address], alt_text(contents[address]))
        page.path.write_text(page.text.replace(MARKER, head), encoding="utf-8")


def of_facts(resolver: Resolver, site_url: str) -> Iterator[Card]:
    """The cards of all regions and all claims, whatever pages there are."""
    for region in resolver.facts.regions.values():
        yield Card(
            card_address("region", region.id),
            card_text.of_region(resolver, region, short(site_url, _where(resolver, region))),
        )
    for claim in resolver.facts.claims.values():
        content = card_text.of_claim(resolver, claim, short(site_url, f"c/{claim.id}"))
        yield Card(card_address("claim", claim.id), content)


def short(site_url: str, folder: str) -> str:
    """An address as a person would type it."""
    return (site_url.removeprefix("https://") + folder).rstrip("/")


def draw(kept: Path, cards: Sequence[Card], font: bytes, colours: Colours) -> list[bytes]:
    """The pictures of cards, in their order. Those not drawn before are drawn by as many processes as there are cores.

    Args:
        kept: the folder with what was drawn before.
        cards: what to draw.
        font: the file of the font.
        colours: the colours by name.
    """
    cache, recipe = card_cache.Cache(kept), card_cache.recipe(font, colours)
    keys = [card_cache.key(recipe, card.content) for card in cards]
    found = {key: cache.get(key) for key in dict.fromkeys(keys)}
    missing = {key: card.content for key, card in zip(keys, cards, strict=True) if found[key] is None}
    for key, png in zip(missing, _drawn(list(missing.values()), font, colours), strict=True):
        cache.put(key, png)
        found[key] = png
    cache.tidy()
    return [found[key] or b"" for key in keys]


def _drawn(contents: Sequence[Content], font: bytes, colours: Colours) -> list[bytes]:
    if not contents:
        return []  # without taking up the font, which takes as long as several cards
    workers = min(len(contents) // _EACH, cores())
    if workers < 2:
        press = Press(font, colours)
        return [press.png(content) for content in contents]
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(font, colours)) as pool:
        return list(pool.map(_draw_one, contents, chunksize=_EACH))


_press: Press


def _begin(font: bytes, colours: Colours) -> None:
    global _press  # noqa: PLW0603  (a process of the pool has no other place for it)
    _press = Press(font, colours)


def _draw_one(content: Content) -> bytes:
    return _press.png(content)


def _pages(staged: Path) -> list[_Page]:
    """The pages that wait for a card."""
    pages, problems = [], []
    for path in sorted(staged.rglob("*.html")):
        name = path.relative_to(staged).as_posix()
        text = path.read_text(encoding="utf-8")
        if text.count(MARKER) == 1:
            pages.append(_Page(path, name.removesuffix("index.html").removesuffix(".html"), text))
        elif _TITLED in text or MARKER in text:
            cure = "let the template write it once, in the head"
            problems.append(Problem(name, 0, "card", f"the page does not have {MARKER} exactly once", cure))
    if problems:
        raise BadData(problems)
    return pages


def _of_pages(resolver: Resolver, pages: Sequence[_Page], site_url: str) -> Iterator[Card]:
    facts = resolver.facts
    pairs = itertools.product(facts.platforms.values(), facts.regions.values())
    labels = {f"{platform.name}, {region.name}": (platform, region) for platform, region in pairs}
    for page in pages:
        if not _shared(page.folder):
            content = _content(resolver, labels, page, short(site_url, page.readable_at))
            yield Card(card_address("page", page.folder), content)


def _content(resolver: Resolver, labels: dict[str, tuple[Platform, Region]], page: _Page, address: str) -> Content:
    """What the card of a page says: the label that the page has, where a guide works, or what the page is about."""
    head = LexborHTMLParser(page.text.partition("</head>")[0])
    title, description = (_property(head, name) for name in ("og:title", "og:description"))
    label = _LABEL.search(page.text)
    if label and html.unescape(label[1]) in labels:
        platform, region = labels[html.unescape(label[1])]
        return card_text.of_label(resolver, card_text.columns(resolver, platform), region, title, address)
    guide = _GUIDE.match(page.folder)
    if guide and guide[1] in resolver.facts.guides:
        return card_text.of_guide(resolver, resolver.facts.guides[guide[1]], title, address)
    return card_text.of_page(resolver, title, description, address)


def _property(head: LexborHTMLParser, name: str) -> str:
    node = head.css_first(f'meta[property="{name}"]')
    return (node.attributes.get("content") or "") if node else ""


def _shared(folder: str) -> str | None:
    """The card that a page shares: a short address shows that of what it is short for."""
    claim, guide = _CLAIM.match(folder), _SHORT_GUIDE.match(folder)
    if claim:
        return card_address("claim", claim[1])
    return card_address("page", f"guides/{guide[1]}") if guide else None


def _card_for(folder: str, contents: dict[str, Content]) -> str:
    address = _shared(folder) or card_address("page", folder)
    if address not in contents:
        cure = "give the page the id of a claim or of a guide"
        raise BadData([Problem(folder, 0, "card", f"there is no {address}", cure)])
    return address


def _where(resolver: Resolver, region: Region) -> str:
    """The page to read about a region: its own, or that of the nearest wider one that has a page."""
    for place in resolver.line(region.id):
        if resolver.facts.regions[place].page:
            return f"compare/{place}"
    return "compare"


def _refuse_doubles(cards: Sequence[Card]) -> None:
    seen: set[str] = set()
    problems = []
    for card in cards:
        if card.address in seen:
            cure = f'give the page another address; "{FOLDER}/region" and "{FOLDER}/claim" are taken'
            problems.append(Problem(card.address, 0, "card", "two cards want this address", cure))
        seen.add(card.address)
    if problems:
        raise BadData(problems)
