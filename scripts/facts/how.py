"""In which words do we say how facts were checked: from archived copies, on live pages, or on a device?

Whoever says it of several statements asks here, so that the first look at a live page changes the words everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from scripts.facts.model import Claim, How
from scripts.facts.prose import listed

_SEEN: dict[How, str] = {"archived": "archived copies", "live": "live pages", "device": "devices of ours"}


def seen(claims: Iterable[Claim]) -> str:
    """What was looked at to check some statements ourselves, such as "archived copies and live pages"."""
    ways = {claim.how for claim in claims if claim.checked and claim.evidence == "read"}
    return listed(words for how, words in _SEEN.items() if how in ways)
