"""What is one build of the site made from?

The checkout, the day that counts as today, and the facts, read once for all that needs them. Whoever builds again makes
a new one.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from functools import cached_property

from scripts.facts.load import load
from scripts.facts.resolve import Resolver
from scripts.project import Project
from scripts.version import Version, read


@dataclass(frozen=True)
class Edition:
    """A checkout on a day. The facts are read when somebody first asks for them."""

    project: Project
    today: dt.date

    @cached_property
    def resolver(self) -> Resolver:
        """What is known on that day.

        Raises:
            BadData: if the facts are wrong.
        """
        return Resolver(load(self.project.docs, self.today))

    @cached_property
    def version(self) -> Version:
        """Which version of the site it is."""
        return read(self.project.root, os.environ.get("REPOSITORY_URL", ""))

    @cached_property
    def site_url(self) -> str:
        """The address under which the site is published; see `Project.site_url`."""
        return self.project.site_url()
