"""What can a program read about our links to other sites?

Writes `status/links.json` beside the pages: how many addresses have which verdict, how old the oldest check is, which
share turned the watch away, and the last result of each. Before the first run it says that nothing was checked.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

from scripts.edition import Edition
from scripts.facts import outward
from scripts.facts.catalogue import Facts
from scripts.facts.link_health import DEAD, TURNED_AWAY, VERDICTS

NAME = "status/links.json"


def publish(edition: Edition, staged: Path) -> None:
    """Add the file to a built tree.

    Args:
        edition: what the site is made from.
        staged: the tree.

    Raises:
        BadData: if the facts are wrong.
    """
    path = staged / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(status(edition.resolver.facts), ensure_ascii=False, indent=1) + "\n", "utf-8")


def status(facts: Facts) -> dict[str, Any]:
    """What the file says."""
    health, known = facts.links, outward.addresses(facts)
    counts = Counter(entry.verdict for entry in health.results.values())
    total = len(health.results)
    checked = [entry.checked for entry in health.results.values()]
    return {
        "checked": total > 0,
        "addresses": len({*known, *health.results}),
        "never_checked": len([address for address in known if address not in health.results]),
        "oldest_check": _moment(min(checked, default=None)),
        "newest_check": _moment(max(checked, default=None)),
        "verdicts": {verdict: counts[verdict] for verdict in VERDICTS},
        "share_dead": _share(sum(counts[verdict] for verdict in DEAD), total),
        "share_turned_away": _share(sum(counts[verdict] for verdict in TURNED_AWAY), total),
        "links": [
            {
                "address": entry.address,
                "verdict": entry.verdict,
                "checked": _moment(entry.checked),
                "since": entry.since.isoformat(),
                "detail": entry.detail,
                "seen_by_a_person": _day(health.looked[entry.address].date if entry.address in health.looked else None),
                "archived_copies": known[entry.address].archives if entry.address in known else [],
            }
            for entry in health.results.values()
        ],
    }


def _moment(when: dt.datetime | None) -> str | None:
    return when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def _day(when: dt.date | None) -> str | None:
    return when.isoformat() if when else None


def _share(part: int, total: int) -> float | None:
    return round(part / total, 4) if total else None
