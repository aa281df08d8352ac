"""What does an editor show that asks a page how to embed it?

oEmbed 1.0, as a file for each page: a link with its title and its card. Nothing is asked of a server, and nothing of
ours runs in somebody else's page.
"""

from __future__ import annotations

import json
from html import escape

from scripts.facts.cite import SITE_NAME
from scripts.publish.card_sheet import HEIGHT, WIDTH
from scripts.publish.linked_data import Head

MEDIA_TYPE = "application/json+oembed"


def name(folder: str) -> str:
    """The file for the page at an address below the site, below the site."""
    return f"oembed/{folder.rstrip('/') or 'index'}.json"


def link(head: Head, site_url: str) -> str:
    """The element by which a page names its file. The standard asks for a whole address."""
    href = site_url + name(head.folder)
    return f'<link rel="alternate" type="{MEDIA_TYPE}" title="{escape(head.title)}" href="{href}">'


def answer(head: Head, site_url: str) -> bytes:
    """The file of a page."""
    made = {
        "version": "1.0",
        "type": "link",
        "title": head.title,
        "author_name": SITE_NAME,
        "author_url": site_url,
        "provider_name": SITE_NAME,
        "provider_url": site_url,
        "url": site_url + head.folder,
        "thumbnail_url": head.image,
        "thumbnail_width": WIDTH,
        "thumbnail_height": HEIGHT,
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
