"""The facts of this checkout, read once for all tests of a process. Nobody may change them."""

from __future__ import annotations

import datetime as dt
from functools import cache

from scripts.facts.catalogue import Facts
from scripts.facts.load import load
from scripts.project import Project


@cache
def real_facts(today: dt.date) -> Facts:
    """What the facts of this checkout are on a day."""
    return load(Project.here().docs, today)
