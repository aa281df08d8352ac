"""Which addresses on other sites do the facts name, and what for?

A source has the publisher's address and perhaps an archived copy; some statements link to a company's own form. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urldefrag

from scripts.facts.catalogue import Facts

Role = Literal["source", "archive", "link"]


@dataclass
class Outward:
    """An address, without its fragment, what it is for, and who names it.

    `archives` are the archived copies of the same text. `company` says that it is one of the companies' own texts.
    """

    address: str
    roles: set[Role]
    named_by: list[str]
    archives: list[str]
    company: bool = False

    @property
    def archived(self) -> bool:
        """Whether there is an archived copy, or none is needed: only a text that we cite needs one."""
        return bool(self.archives) or "source" not in self.roles


def addresses(facts: Facts) -> dict[str, Outward]:
    """Every address that the facts name, in the order of the files."""
    found: dict[str, Outward] = {}

    def add(address: str | None, role: Role, by: str) -> Outward | None:
        if not address:
            return None
        whole = urldefrag(address).url
        entry = found.setdefault(whole, Outward(whole, set(), [], []))
        entry.roles.add(role)
        if by not in entry.named_by:
            entry.named_by.append(by)
        return entry

    for source in facts.sources.values():
        own = add(source.address, "source", source.id)
        copy = add(source.archive, "archive", source.id)
        if own:
            own.company = own.company or source.kind == "company"
            if copy:
                own.archives.append(copy.address)
    for claim in facts.claims.values():
        add(claim.link, "link", claim.id)
    return found
