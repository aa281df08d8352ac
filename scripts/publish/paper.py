"""What does a page need so that it can be printed and handed over?

Adds to each built page what only paper shows: the address with a QR code, how fresh the facts are, a number beside each
link, and the list of addresses at the end. It is part of the page, so that every browser prints it, with and without
script. `docs/assets/print.css` says how it looks.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator
from html import escape
from pathlib import Path

import segno
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.edition import Edition
from scripts.facts import addresses
from scripts.facts.cite import SITE_NAME
from scripts.facts.days import in_words
from scripts.facts.model import Claim
from scripts.facts.resolve import Resolver
from scripts.publish import paper_address, paper_head, paper_notes

_OPENING = '<article class="md-content__inner'
_CLOSING = "</article>"
# Statements and sources: a guide with more needs smaller pictures, and more with still more, to fit two pages.
_LONG = 21
_LONGEST = 35
_MANY = 12  # steps: a checklist with more needs two columns
_COLUMN, _SHEET = 45, 100  # letters of an address that fit into a line: guides have two columns
_CLAIM = re.compile(r"(?:.*/)?(?:c/|[^/]*#)([\w-]+)/?$")
_NEEDLESS = re.compile(r" data-unsearched(?:=\"[^\"]*\")?")  # a word to the search, which has read it by now
_MADE = Path("paper", "codes.json")  # below build/


def publish(edition: Edition, staged: Path) -> None:
    """Make every page of a built tree ready for paper.

    Args:
        edition: what the site is made from.
        staged: the tree.

    Raises:
        BadData: if the facts are wrong.
    """
    resolver, site_url = edition.resolver, edition.site_url
    version = f"{SITE_NAME} {edition.version}, {in_words(edition.today)}"
    with _Codes(edition.project.build / _MADE) as codes:
        for path in sorted(staged.rglob("index.html")):
            folder = path.relative_to(staged).as_posix().removesuffix("index.html")
            text = path.read_text(encoding="utf-8")
            begin = text.find(_OPENING)
            if begin < 0:
                continue
            inside, end = text.index(">", begin) + 1, text.rindex(_CLOSING)
            content = ready(text[inside:end], folder, site_url, resolver, version, codes.block)
            opening = _OPENING + _kind(folder, resolver) + text[begin + len(_OPENING) : inside]
            path.write_text(text[:begin] + opening + content + text[end:], encoding="utf-8")


def _kind(folder: str, resolver: Resolver) -> str:
    """A class for pages that look their own way on paper."""
    if folder.endswith("/checklist/"):
        slug = folder.split("/")[1]
        many = sum(len(part.steps) for part in resolver.facts.steps.get(slug, ())) > _MANY
        return " oi-checklist oi-checklist--long" if many else " oi-checklist"
    guide = resolver.facts.guides.get(folder.removeprefix("guides/").rstrip("/"))
    if guide is None or not folder.startswith("guides/"):
        return ""
    size = len(guide.does) + len(guide.does_not) + len(guide.sources)
    return " oi-guide" + " oi-guide--long" * (size > _LONG) + " oi-guide--longest" * (size > _LONGEST)


def address_for_paper(folder: str, site_url: str, guides: Collection[str]) -> str:
    """The address that paper shows for a page: the shortest that will always lead to it.

    Args:
        folder: the address of the page below the site.
        site_url: the address of the site.
        guides: the names of all guides, which have short addresses.
    """
    kind, _, slug = folder.rstrip("/").partition("/")
    short = addresses.folder(addresses.short_guide(slug))
    return site_url + (short if kind == "guides" and slug in guides else folder)


def ready(
    content: str, folder: str, site_url: str, resolver: Resolver, version: str, block: Callable[[str], str]
) -> str:
    """The content of one page, with all that paper needs.

    Args:
        content: the HTML within its outermost article.
        folder: the address of the page below the site.
        site_url: the address of the site.
        resolver: what is known.
        version: the version of the site, in words.
        block: makes the address block for an address.
    """
    body = LexborHTMLParser(content).body
    assert body
    claims = _of_region(folder, resolver) or shown_claims(body, resolver) or _of_guide(folder, resolver)
    left_out = paper_notes.leave_out(body)
    fits = _COLUMN if folder.startswith("guides/") else _SHEET
    notes = paper_notes.annotate(body, site_url + folder, site_url, fits)
    for node in body.css("[data-qr]"):
        address = node.attributes.get("data-qr") or ""
        node.insert_child(_parsed(paper_head.qr(address, f"QR code: {address}")))
    heading = body.css_first("h1")
    if heading:
        address = address_for_paper(folder, site_url, resolver.facts.guides)
        heading.insert_before(_parsed(block(address)))
        heading.insert_after(_parsed(paper_head.facts_line(resolver, claims, address, version)))
    return _NEEDLESS.sub("", body.inner_html or "") + "".join(_end(notes, left_out, fits))


def shown_claims(body: LexborNode, resolver: Resolver) -> list[Claim]:
    """The statements that a page shows or cites: it carries their ids, or links to where they stand."""
    known, found = resolver.facts.claims, dict[str, Claim]()
    for node in body.css("article[id], a[href]"):
        name = node.attributes.get("id") or _CLAIM.sub(r"\1", node.attributes.get("href") or "")
        if name in known:
            found[name] = known[name]
    return list(found.values())


def _of_region(folder: str, resolver: Resolver) -> list[Claim]:
    """The statements that hold in a region, for its page: as many as the page itself says."""
    region = folder.removeprefix("compare/").rstrip("/")
    return resolver.claims_in(region) if folder.startswith("compare/") and region in resolver.facts.regions else []


def _of_guide(folder: str, resolver: Resolver) -> list[Claim]:
    """The statements about what a guide does, for the pages below it."""
    guide = resolver.facts.guides.get(folder.removeprefix("guides/").partition("/")[0])
    return resolver.claims_of(guide) if guide else []


def _end(notes: paper_notes.Notes, left_out: list[str], fits: int) -> Iterator[str]:
    """What stands at the end of the page."""
    if left_out:
        yield f'<p class="oi-paper-only oi-left-out">Only on the site: {escape(" · ".join(left_out))}</p>\n'
    if notes.extra:
        numbered = enumerate(notes.extra, notes.first)
        room = fits - len("[999] ")
        items = "\n".join(
            f"<li>[{n}] <span>{paper_address.spelled(address, room)}</span></li>" for n, address in numbered
        )
        title = "More addresses" if notes.first > 1 else "Addresses"
        yield f'<section class="oi-paper-only oi-links">\n<p class="oi-links__title">{title}</p>\n'
        yield f"<ul>\n{items}\n</ul>\n</section>\n"


def _parsed(html: str) -> LexborNode:
    body = LexborHTMLParser(html).body
    assert body and body.child
    return body.child


class _Codes:
    """Address blocks that were made before: drawing a code takes longer than all the rest of a page."""

    def __init__(self, path: Path) -> None:
        self._path = path
        recipe = hashlib.sha256(Path(paper_head.__file__).read_bytes()).hexdigest()
        self._key = f"{segno.__version__} {recipe}"
        self._made: dict[str, str] = {}
        self._used: dict[str, str] = {}

    def __enter__(self) -> _Codes:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return self
        if isinstance(kept, dict) and kept.get("key") == self._key:
            self._made = kept["made"]
        return self

    def block(self, address: str) -> str:
        """The address block for an address."""
        self._used[address] = self._made.get(address) or paper_head.code_block(address)
        return self._used[address]

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps({"key": self._key, "made": self._used})
            self._path.write_text(text, encoding="utf-8")
