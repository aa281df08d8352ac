"""What do we remember about an address, and how is it written down?

A new finding meets what is already written: the verdict keeps the day on which it began, failures are counted, and
words that changed stay changed until a person has looked. The file has one line for each address, sorted, so that a
change can be read in a diff. Pure but for `write`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from scripts.facts.link_health import Checked, LinkHealth
from scripts.facts.outward import Outward
from scripts.links.watch_verdict import Finding

ABOUT = "Written by the watch over links (python -m scripts links external). Do not edit: see link-watch.yml."


def entered(
    health: LinkHealth, link: Outward, finding: Finding, now: dt.datetime, *, read: dt.date | None = None
) -> Checked:
    """What to remember of a finding.

    Args:
        health: what is known so far.
        link: the address that was asked.
        finding: what was found there.
        now: when.
        read: the day of the copy that we last read of this source, if any: it counts as a person's look.
    """
    before, today = health.results.get(link.address), now.date()
    verdict, detail = finding.verdict, finding.detail
    text, new_text, changed_on = _words(before, finding, _looked(health, link.address, read), today)
    if "source" not in link.roles:
        text = new_text = changed_on = None  # an archived copy does not change, and a form may
    if finding.text and new_text and verdict in ("ok", "moved"):
        verdict, detail = "changed", "its words are not those that we read"
    same = before is not None and before.verdict == verdict
    entry = Checked(
        address=link.address,
        verdict=verdict,
        checked=now.replace(microsecond=0),
        since=before.since if before and same else today,
        detail=detail,
        final=finding.final,
        text=text,
        new_text=new_text,
        changed_on=changed_on,
        wait_until=now.replace(microsecond=0) + dt.timedelta(seconds=finding.retry) if finding.retry else None,
    )
    after = replace(health, results={link.address: entry})
    failed = after.standing(link.address, today, archived=link.archived).level == "broken"
    return entry.model_copy(update={"failures": (before.failures if before else 0) + 1 if failed else 0})


def _looked(health: LinkHealth, address: str, read: dt.date | None) -> dt.date | None:
    person = health.looked.get(address)
    return max((day for day in (person.date if person else None, read) if day), default=None)


def _words(
    before: Checked | None, finding: Finding, looked: dt.date | None, today: dt.date
) -> tuple[str | None, str | None, dt.date | None]:
    """The hash that counts as known, another one that nobody has looked at, and since when there is another one."""
    if finding.text is None:
        return (before.text, before.new_text, before.changed_on) if before else (None, None, None)
    if before is None or before.text in (None, finding.text):
        return finding.text, None, None
    if before.new_text != finding.text or before.changed_on is None:
        return before.text, finding.text, today
    if looked and looked >= before.changed_on:
        return finding.text, None, None
    return before.text, finding.text, before.changed_on


def merged(one: Mapping[str, Checked], other: Mapping[str, Checked]) -> dict[str, Checked]:
    """Two sets of results; where both know an address, the later check counts."""
    result = dict(one)
    for address, entry in other.items():
        if address not in result or result[address].checked < entry.checked:
            result[address] = entry
    return result


def dumps(entries: Iterable[Checked]) -> str:
    """The text of the file."""
    lines = [
        json.dumps(entry.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
        for entry in sorted(entries, key=lambda entry: entry.address)
    ]
    listed = ",\n".join(f"  {line}" for line in lines)
    return f'{{"about": {json.dumps(ABOUT)},\n "links": [\n{listed}\n]}}\n'


def write(path: Path, entries: Iterable[Checked]) -> None:
    """Write the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dumps(entries), encoding="utf-8")
