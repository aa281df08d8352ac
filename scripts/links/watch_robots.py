"""May a program read this address?

What RFC 9309 says about robots.txt: the group with our name counts, else the one for everybody; of its rules the
longest that fits wins, and `*` and `$` are wild. LinkChecker's own reading of the file knows no `*` and takes the first
rule that fits, so we do not use it. Pure: text in, yes or no out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

_LONGEST = 500 * 1024  # so much of the file has to be read


@dataclass(frozen=True)
class Rule:
    """One line: paths that begin like this are allowed, or not."""

    path: str
    allowed: bool

    def fits(self, path: str) -> bool:
        """Whether the rule speaks about a path."""
        pattern = re.escape(self.path.removesuffix("$")).replace(r"\*", ".*")
        return re.match(pattern + ("$" if self.path.endswith("$") else ""), path) is not None


@dataclass
class Rules:
    """What one site asks of us: the rules of our group, and the seconds it wants between two requests."""

    rules: list[Rule] = field(default_factory=list)
    delay: float = 0

    def allow(self, address: str) -> bool:
        """Whether we may read an address. A rule that allows wins over one that forbids if both are equally long."""
        parts = urlsplit(address)
        path = _plain(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        fitting = [rule for rule in self.rules if rule.fits(path)]
        best = max(fitting, key=lambda rule: (len(rule.path), rule.allowed), default=None)
        return best is None or best.allowed


EVERYTHING = Rules()
NOTHING = Rules([Rule("/", False)])


def parse(text: str, names: tuple[str, ...]) -> Rules:
    """The rules for us.

    Args:
        text: what robots.txt says.
        names: the words by which a site may call us.
    """
    groups: dict[str, Rules] = {}
    current: list[Rules] = []
    heading = False  # several names in a row share one group
    for line in text[:_LONGEST].splitlines():
        key, _, value = (part.strip() for part in line.split("#")[0].partition(":"))
        if key.lower() == "user-agent":
            current = [*(current if heading else []), groups.setdefault(value.lower(), Rules())]
            heading = True
            continue
        heading = heading and not key  # an empty line ends nothing
        for group in current:
            _enter(group, key.lower(), value)
    ours = [groups[name.lower()] for name in names if name.lower() in groups]
    return ours[0] if ours else groups.get("*", EVERYTHING)


def _enter(group: Rules, key: str, value: str) -> None:
    if key in ("allow", "disallow") and value:
        group.rules.append(Rule(_plain(value), key == "allow"))
    elif key == "crawl-delay":
        try:
            group.delay = max(0.0, float(value))
        except ValueError:
            return


def _plain(path: str) -> str:
    """One way to write a path, however it was written: `/caf%C3%A9` and `/café` are the same."""
    return quote(unquote(path), safe="/*$?=&+,;:@!'()~")
