"""The facts of this checkout, read once for all tests of a process. Nobody may change them."""

from __future__ import annotations

import datetime as dt
from functools import cache

from scripts.facts.catalogue import Facts
from scripts.facts.load import load
from scripts.facts.resolve import Resolver
from scripts.project import Project


def real_page_regions() -> list[str]:
    """The ids of the regions that have a page today."""
    return [region.id for region in Resolver(real_facts(dt.date.today())).page_regions()]


@cache
def real_facts(today: dt.date) -> Facts:
    """What the facts of this checkout are on a day."""
    return load(Project.here().docs, today)
