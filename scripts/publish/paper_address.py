"""How does an address stand on paper?

A reader of paper types addresses, so each stands there in full and can be typed as it is: no hyphen is added where a
line ends, and it ends after a slash, or before what begins a new part. Pure.
"""

from __future__ import annotations

import re
from html import escape

# A part this long does not fit into a narrow column, so it may also break after a hyphen, or anywhere if it must.
# Not after each: hundreds of these places would make a page heavy.
_LONG, _SHORT = 40, 16
_PART = re.compile(r"https?://[^/?&#]*/*|[^/?&#]+/*|[?&#]")
_SCHEME = re.compile(r"https?://(?:www\.)?")


def spelled(address: str, fits: int = 0) -> str:
    """An address as HTML that a browser breaks in good places only.

    Args:
        address: any text that is an address, with or without https://.
        fits: how many letters fit where it will stand; one that is no longer needs no such places.
    """
    if len(address) <= fits:
        return escape(address)
    pieces: list[str] = []
    for part in _PART.findall(address):
        if pieces and pieces[-1] in ("?", "&", "#"):
            pieces[-1] += part
        else:
            pieces.append(part)
    return "<wbr>".join(smaller for piece in pieces for smaller in _smaller(piece))


def _smaller(piece: str) -> list[str]:
    """A part of an address, cut up if it is long."""
    if len(piece) <= _LONG:
        return [escape(piece)]
    found: list[str] = []
    for word in re.findall(r"[^-]*-|[^-]+", piece):
        for at in range(0, len(word), _LONG):
            if found and len(found[-1]) + len(word) <= _SHORT:
                found[-1] += word
            else:
                found.append(word[at : at + _LONG])
    return [escape(word) for word in found]


def around(address: str, words: str) -> tuple[str, str] | None:
    """What the words of a link lack of its address, before and after: the words are the address, but for the scheme.

    Args:
        address: where the link leads.
        words: what it says.

    Returns:
        None, if the words are no address.
    """
    at = address.find(words) if words else -1
    if at < 0 or "." not in words:
        return None
    before, after = address[:at], address[at + len(words) :]
    return (before, after) if (not before or _SCHEME.fullmatch(before)) and after in ("", "/") else None


def typed(address: str) -> str:
    """An address as a person would type it: without https:// and without the last slash."""
    return address.removeprefix("https://").rstrip("/")
