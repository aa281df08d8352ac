"""How is a feed written as JSON Feed 1.1?

What the format has no place for stands under `_opted_in`, as the format provides: date, kind, platforms, regions,
before, after, sources. A key that would have nothing to say is left out: nothing is ever null.
"""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json

from scripts.facts.changes import Said
from scripts.facts.cite import LICENCE, SITE_NAME
from scripts.facts.model import Source
from scripts.facts.prose import plain
from scripts.publish.entry import Entry, Feed

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"


def write(feed: Feed) -> bytes:
    """One JSON Feed document."""
    document = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address("json"),
        "description": feed.subtitle,
        "language": "en",
        "authors": [{"name": SITE_NAME, "url": feed.site_url}],
        "_opted_in": {"about": feed.about, "id": feed.urn, "updated": feed.updated, "license": LICENCE},
        "items": [_item(feed, entry) for entry in feed.entries],
    }
    return to_json(document, indent=2) + b"\n"


def _item(feed: Feed, entry: Entry) -> dict[str, Any]:
    change = entry.change
    return {
        "id": change.urn,
        "url": entry.link,
        "title": change.title,
        "summary": plain(change.text),
        "content_html": entry.html,
        "content_text": entry.text,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "tags": [name for _, name in (*entry.platforms, *entry.regions)],
        "_opted_in": {
            "about": feed.about,
            "record": change.id,
            "date": change.day.iso,
            "date_in_words": change.day_in_words,
            "kind": change.kind,
            "platforms": list(change.platforms),
            "regions": list(change.regions),
            "evidence": change.evidence,
            "before": [_said(said) for said in change.before],
            "after": [_said(said) for said in change.after],
            "sources": [_source(source) for source in entry.sources],
        },
    }


def _said(said: Said) -> dict[str, str]:
    return {
        "claim": said.claim,
        "where": said.where,
        "when": said.when,
        "answer": said.answer,
        "sentence": said.sentence,
    }


def _source(source: Source) -> dict[str, str]:
    known = {
        "id": source.id,
        "title": plain(source.title),
        "publisher": source.publisher,
        "address": source.address,
        "archive": source.archive,
        "published": source.published.iso if source.published else None,
    }
    return {key: value for key, value in known.items() if value}
