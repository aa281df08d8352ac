"""How does a reader of paper follow a link?

Each link that is printed gets a number, and at the end of the page stands a list of the numbers with their addresses in
full. A page that lists its sources has a list already: it goes on with the numbers of that one. An address that stands
in the text as it is needs no number, and none is printed twice. Links within a page lead nowhere on paper and get none,
and neither do those by which a line of small print cites our own pages. What leads to a part that paper leaves out says
that it is on the site. Works on the parsed article of one page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.publish import paper_address

# What never stands on paper. The style for print hides the same.
OFF = (
    ".headerlink, .oi-picture, .oi-screen-only, .oi-off-paper, .oi-card__action, .oi-card__more, .oi-regions,"
    " .oi-share, .oi-notes .oi-archive, .oi-print, nav, script"
)
# Where our own pages are only cited: dozens of times the same address, of use to nobody who holds a sheet of paper.
_SMALL_PRINT = (
    ".oi-meta, .oi-note, .oi-figure__caption, .oi-label, .oi-limits, .oi-differs, .oi-dispute, .oi-event, table,"
    " details"
)
_LISTS = ".oi-notes > li, .oi-sources > li"
_HEADINGS = ("h2", "h3")
_ELSEWHERE = re.compile(r"/|[^/?#]*:")  # what may lead out of the site; most links do not, and need no closer look


@dataclass
class Notes:
    """The addresses of a page with their numbers; `first` is the first number of the list at the end."""

    first: int = 1
    extra: list[str] = field(default_factory=list)
    numbers: dict[str, int | None] = field(default_factory=dict)  # None: it stands in the text

    def number(self, address: str) -> int | None:
        """The number of an address, a new one if it has none yet."""
        if address not in self.numbers:
            self.numbers[address] = self.first + len(self.extra)
            self.extra.append(address)
        return self.numbers[address]


def annotate(article: LexborNode, page: str, site_url: str, fits: int = 0) -> Notes:
    """Give numbers to the links of a page, and write out the addresses in its lists of sources.

    Args:
        article: the parsed content of the page; it is changed.
        page: the absolute address of the page.
        site_url: the absolute address of the site.
        fits: how many letters of an address fit into a line of a list of sources.

    Returns:
        What has to stand in the list at the end.
    """
    hidden = {node.mem_id for node in article.css(", ".join(f"{part.strip()} a" for part in OFF.split(",")))}
    hidden |= {node.mem_id for node in article.css("a.headerlink, a.oi-picture, a.oi-screen-only")}
    small = {node.mem_id for node in article.css(", ".join(f"{part.strip()} a" for part in _SMALL_PRINT.split(",")))}
    notes = Notes()
    settled = hidden | _write_out_lists(article, notes, hidden, fits)
    absent = {node.id for part in article.css(".oi-off-paper") for node in (part, *part.css("[id]")) if node.id}
    for link in article.css("a[href]"):
        target = link.attributes.get("href") or ""
        if link.mem_id in settled or (link.mem_id in small and not _ELSEWHERE.match(target)):
            continue
        whole = urljoin(page, target)
        address, part = urldefrag(whole)
        external = not address.startswith(site_url)
        if not address.startswith(("https://", "http://")):
            continue
        if address == page and part in absent:
            link.insert_after(_new('<span class="oi-paper-only"> (on the site)</span>'))  # which the sheet names above
            continue
        if address == page or (not external and link.mem_id in small):
            continue
        if external:
            address = whole  # elsewhere, the part of the page matters
        if not _spell_out(link, address):
            number = notes.number(address)
            if number is not None:
                link.insert_after(_new(f'<sup class="oi-paper-only oi-ref">[{number}]</sup>'))
    return notes


def _write_out_lists(article: LexborNode, notes: Notes, hidden: set[int], fits: int) -> set[int]:
    """Write the address of each source below its title, and count the sources of a numbered list."""
    done: set[int] = set()
    for item in article.css(_LISTS):
        numbered = "oi-notes" in (item.parent.attributes.get("class") or "") if item.parent else False
        number = notes.first if numbered else None
        notes.first += numbered
        for link in item.css('a[href^="http"]'):
            address = link.attributes.get("href") or ""
            if link.mem_id in hidden:
                continue
            done.add(link.mem_id)
            if address in notes.numbers:  # two versions of one page
                known = notes.numbers[address]
                words = f"address as in {known}" if known else "address as above"
                link.insert_after(_new(f'<span class="oi-paper-only"> ({words})</span>'))
                continue
            notes.numbers.setdefault(address, number)
            text = paper_address.spelled(address, fits)
            link.insert_after(_new(f'<span class="oi-paper-only oi-url">{text}</span>'))
    return done


def _spell_out(link: LexborNode, address: str) -> bool:
    """Complete a link whose words are its address, so that it can be typed. Whether it is one."""
    words = "".join(link.text().split())
    missing = paper_address.around(address, words)
    if missing is None:
        return False
    before, after = missing
    inside = link.child
    while inside:
        following = inside.next
        inside.decompose()
        inside = following
    for html in (_paper_only(before), paper_address.spelled(words), _paper_only(after)):
        if html:
            for node in _all(html):
                link.insert_child(node)
    link.attrs["class"] = f"{link.attributes.get('class') or ''} oi-url".strip()
    return True


def _paper_only(text: str) -> str:
    return f'<span class="oi-paper-only">{text}</span>' if text else ""


def leave_out(article: LexborNode) -> list[str]:
    """Mark the sections that paper leaves out: those whose heading says so. Returns their titles."""
    titles = []
    for heading in article.css("h2.oi-off-paper, h3.oi-off-paper"):
        titles.append(" ".join(heading.text().removesuffix("¶").split()))
        following = heading.next
        while following and not (following.tag in _HEADINGS and following.tag <= (heading.tag or "")):
            if following.is_element_node:
                following.attrs["class"] = f"{following.attributes.get('class') or ''} oi-off-paper".strip()
            following = following.next
    return titles


def _new(html: str) -> LexborNode:
    return _all(html)[0]


def _all(html: str) -> list[LexborNode]:
    body = LexborHTMLParser(html).body
    assert body
    return list(body.iter(include_text=True))
