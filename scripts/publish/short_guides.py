"""Where does a guide's short address lead, the one that is printed and typed?

`g/<guide>/` leads on to the guide, with script and without, and takes the fragment along. Networks that do not follow
get the title, the description and the card of the guide. Once published, such an address is in the ledger for good.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.edition import Edition
from scripts.facts import addresses
from scripts.publish import redirects, tree
from scripts.publish.cards import MARKER

_TAGS = "meta[property^='og:'], meta[name='twitter:card']"
_WORDS = redirects.Words(title="{title}", heading="A short address", line="It leads to")


def publish(edition: Edition, staged: Path) -> None:
    """Add the short address of each guide to a built tree.

    Args:
        edition: what the site is made from.
        staged: the built tree, with the guides in it.

    Raises:
        BadData: if the facts are wrong.
    """
    made = {}
    for slug in edition.resolver.facts.guides:
        short, guide = (addresses.folder(page) for page in (addresses.short_guide(slug), addresses.guide(slug)))
        head = LexborHTMLParser((staged / guide / "index.html").read_bytes())
        tags = "".join(map(_tag, head.css(_TAGS)))
        text = redirects.page(staged, short, guide, edition.site_url, words=_WORDS, head=f"{tags}{MARKER}\n")
        made[f"{short}index.html"] = text.encode()
    tree.add(staged, made)
    redirects.add_script(staged)


def _tag(node: LexborNode) -> str:
    attributes = " ".join(f'{name}="{escape(value or "")}"' for name, value in node.attributes.items())
    return f"<meta {attributes}>\n"
