"""What came of the watch, in words that a maintainer can act on?

One Markdown text for the summary of a run and one for the rolling issue, and the exit code. Everything in them is in
our words, or an address. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from scripts.facts.link_health import VERDICTS, LinkHealth, Standing
from scripts.facts.outward import Outward
from scripts.links.forge_issue import Rolling

FINE, BROKEN, WARNED, FAILED = 0, 1, 2, 3  # exit codes; FAILED means that the tool itself failed
MARK, TITLE = "<!-- link-watch -->", "Links to other sites that need somebody"


@dataclass(frozen=True)
class Report:
    """The links, what is known about them, and the day."""

    links: Mapping[str, Outward]
    health: LinkHealth
    today: dt.date

    def standing(self, address: str) -> Standing:
        """How an address stands today."""
        return self.health.standing(address, self.today, archived=self.links[address].archived)

    def at(self, level: str) -> list[str]:
        """The addresses at one level, sorted."""
        return sorted(address for address in self.links if self.standing(address).level == level)

    def reported(self) -> list[str]:
        """The addresses that the rolling issue lists, sorted."""
        return sorted(
            address
            for address, link in self.links.items()
            if self.health.reported(address, self.today, archived=link.archived)
        )

    @property
    def expired(self) -> bool:
        """Whether the time of an exception is over."""
        return bool(self.health.expired(self.today))

    def code(self, *, at_once: bool) -> int:
        """The exit code.

        Args:
            at_once: whether the first failure counts, as for a link that is about to be added; else the second.
        """
        broken = self.at("broken") if at_once else self.reported()
        if [address for address in broken if self.standing(address).level == "broken"]:
            return BROKEN
        if self.expired:
            return BROKEN
        unused = not at_once and any(True for _ in self.health.unused(self.links))
        return WARNED if unused or self.at("look") or self.at("broken") else FINE

    def summary(self, *, whole: bool) -> str:
        """What a run found.

        Args:
            whole: whether all addresses were looked at; only then can an exception be unused.
        """
        counts = Counter(self.health.results[a].verdict for a in self.links if a in self.health.results)
        lines = ["# Links to other sites", "", "| verdict | addresses |", "|---|---|"]
        lines += [f"| {verdict} | {counts[verdict]} |" for verdict in VERDICTS if counts[verdict]]
        lines += [f"| not checked yet | {len(self.at('unknown'))} |"] if self.at("unknown") else []
        for title, level in (("Broken", "broken"), ("Worth a look", "look")):
            if self.at(level):
                lines += ["", f"## {title}", "", *self._table(self.at(level))]
        lines += self._exceptions(whole=whole)
        return "\n".join(lines) + "\n"

    def rolling(self) -> Rolling:
        """The rolling issue."""
        addresses = self.reported()
        wanted = bool(addresses or self.expired)
        lines = [f"As of {self.today.isoformat()}. This text is rewritten after each run; it closes by itself.", ""]
        if wanted:
            lines += [*self._table(addresses), *self._exceptions(whole=True)]
        else:
            lines.append("Every link holds, or is accepted for a while.")
        items = tuple(f"<{address.replace('|', '%7C')}>" for address in addresses)
        return Rolling(TITLE, MARK, "\n".join(lines) + "\n", wanted, items)

    def _table(self, addresses: list[str]) -> list[str]:
        lines = ["| address | verdict | since | failed in a row | why | what to do | named by |", "|" + "---|" * 7]
        for address in addresses:
            result, standing = self.health.results[address], self.standing(address)
            named = ", ".join(f"`{name}`" for name in self.links[address].named_by[:3])
            shown = f"<{address}>".replace("|", "%7C")
            since = result.since.isoformat()
            cells = [shown, result.verdict, since, str(result.failures), standing.why, standing.cure, named]
            if result.final:
                cells[4] += f" (leads to <{result.final.replace('|', '%7C')}>)"
            lines.append("| " + " | ".join(cells) + " |")
        return lines

    def _exceptions(self, *, whole: bool) -> list[str]:
        lines = [
            f"- `{one.address}` ({one.verdict}, {one.owner}): accepted until {one.until.isoformat()}, which is over"
            for one in self.health.expired(self.today)
        ]
        lines += [
            f"- `{one.address}` ({one.verdict}, {one.owner}): nothing needs this exception; delete it"
            for one in (self.health.unused(self.links) if whole else ())
            if one not in self.health.expired(self.today)
        ]
        return ["", "## Exceptions", "", *lines] if lines else []
