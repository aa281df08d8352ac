"""Which dates does somebody get who subscribes to the calendar?

Each change of policy whose day is known, as an event of a whole day (RFC 5545). An event keeps its UID for ever, and is
stamped with the day on which what we say of it last changed; so clients neither double it nor lose it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from scripts.facts import addresses
from scripts.facts.changes import Change
from scripts.facts.cite import SITE_NAME
from scripts.facts.days import Day
from scripts.facts.prose import plain

MEDIA_TYPE = "text/calendar"
_LINE = 75  # octets


def write(changes: Iterable[Change], site_url: str) -> bytes:
    """The calendar, oldest event first. `site_url` ends with a slash."""
    dated = sorted((change for change in changes if change.day.day), key=lambda change: (change.day, change.id))
    return b"".join(map(_folded, _lines(dated, site_url)))


def _lines(changes: Iterable[Change], site_url: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{SITE_NAME}//Changes of policy//EN", "CALSCALE:GREGORIAN")
    yield f"NAME:{SITE_NAME}"
    yield f"X-WR-CALNAME:{SITE_NAME}"
    yield from ("REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D")
    for change in changes:
        yield from _event(change, site_url)
    yield "END:VCALENDAR"


def _event(change: Change, site_url: str) -> Iterator[str]:
    title = _text(change.title)
    yield "BEGIN:VEVENT"
    yield f"UID:{change.urn}"
    yield f"DTSTAMP:{_basic(change.updated)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(change.day)}"
    yield f"DTEND;VALUE=DATE:{change.day.first + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{title}"
    yield f"DESCRIPTION:{_text(plain(change.text))}"
    yield f"URL:{site_url}{addresses.folder(change.page)}#{change.anchor}"
    yield f"CATEGORIES:{','.join(_text(platform) for platform in change.platforms)}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{title}", "TRIGGER:-P1D", "END:VALARM")
    yield "END:VEVENT"


def _basic(day: Day) -> str:
    return f"{day.first:%Y%m%d}"


def _text(words: str) -> str:
    """Words as a calendar writes them."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line, cut so that no piece is longer than 75 octets and no letter is cut in two."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > _LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
