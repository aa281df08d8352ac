"""A complete, tiny set of facts, written out as files, for tests that break one thing at a time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

TODAY = dt.date(2026, 11, 22)

FILES = {
    "data/platforms.yml": """\
platforms:
  - id: acme
    name: Acme
    prefix: ac
    shape: square
    owner: Acme Inc
    products:
      - {id: mail, name: Acme Mail}
      - {id: chat, name: Acme Chat}
""",
    "data/regions.yml": """\
regions:
  - {id: world, name: Worldwide, rule: Worldwide rule, place: everywhere}
  - {id: eu, name: EU/EEA, rule: EU/EEA rule, place: in the EU/EEA, parent: world, page: true}
  - {id: de, name: Germany, rule: German rule, place: in Germany, parent: eu}
  - {id: us, name: United States, rule: US rule, place: in the US, parent: world, page: true}
""",
    "data/questions.yml": """\
groups:
  - {id: in, title: "Am I in?"}
questions:
  - {id: default, group: in, wording: "In by default?", label_wording: "In?", help: Help., answer: state, label: 1}
  - {id: since, group: in, wording: "Since when?", help: Help., answer: date}
  - {id: used, group: in, wording: "What is used?", help: Help., answer: text}
""",
    "data/sources/acme.yml": """\
sources:
  - id: s-policy
    title: Policy
    publisher: Acme
    kind: company
    address: https://acme.example/policy
    published: 2026-01-02
    read: whole
  - id: s-press
    title: Story
    publisher: Daily
    kind: press
    address: https://daily.example/story
    read: "no"
    via: [s-policy]
""",
    "data/claims/acme.yml": """\
claims:
  - id: ac-default
    question: default
    regions: [world]
    state: "yes"
    short: unless you act
    sentence: Acme uses what you post.
    sources: [s-policy]
    evidence: read
    checked: 2026-08-22
  - id: ac-default-eu
    question: default
    regions: [eu]
    state: "no"
    short: it asks first
    sentence: Acme asks first in the EU.
    sources: [s-policy, s-press]
    evidence: read
    checked: 2026-08-22
    from: 2026-01-01
  - id: ac-since
    question: since
    regions: [world]
    value: 2025-11
    sentence: It began in November 2025.
    sources: [s-policy]
    evidence: read
    checked: 2026-08-22
""",
    "data/events.yml": """\
events:
  - id: e-2026-01-start
    date: 2026-01-02
    title: Start
    text: It starts.
    kind: company
    platforms: [acme]
    regions: [world]
    sources: [s-policy]
    evidence: read
""",
    "data/disagreements.yml": """\
disagreements:
  - id: d-start
    title: When did it start?
    platforms: [acme]
    sides:
      - {says: In January., sources: [s-policy]}
      - {says: In May., who: Some blogs}
    reading: In January.
    why: The policy says so.
""",
    "data/open-questions.yml": """\
open_questions:
  - {id: o-end, platforms: [acme], unknown: When it ends., settle: A date from Acme.}
""",
    "guides/switch.md": """\
---
title: Switch it off
description: How to switch it off.
platform: acme
products: [mail]
device: Any
action: Switch it off
works_where: default
minutes: 2
reviewed: 2026-11-01
needs: [An account.]
does: [ac-default]
does_not: [ac-since]
sources: [s-policy]
in_short: {steps: Turn **Train** off.}
---

# Switch it off {#top}

## Steps {#steps}

1. Open the direct address: [acme.example/settings](https://acme.example/settings).
2. Turn **Train** off.
""",
}


def write(folder: Path, **changes: str) -> Path:
    """Write the files below `folder` and return it. `claims="…"` replaces data/claims/acme.yml, and so on."""
    names = {name.removeprefix("data/").split("/")[0].removesuffix(".yml").replace("-", "_"): name for name in FILES}
    files = dict(FILES)
    for key, text in changes.items():
        files[names[key]] = text
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def edited(key: str, old: str, new: str) -> dict[str, str]:
    """One file with one piece of text replaced, ready to be passed to `write`."""
    names = {name.removeprefix("data/").split("/")[0].removesuffix(".yml").replace("-", "_"): name for name in FILES}
    text = FILES[names[key]]
    assert text.count(old) >= 1, f"{old!r} is not in {names[key]}"
    return {key: text.replace(old, new, 1)}
