"""What do the cards cost: all of them drawn anew, and drawn again when nothing has changed?"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import dataclass

from rich.table import Table

from scripts.build import build
from scripts.costs import Cost, cost
from scripts.edition import Edition
from scripts.project import Project
from scripts.publish import cards

_TAGS = re.compile(r'<meta property="og:image" .*?<meta property="og:image:alt" content="[^"]*">', re.DOTALL)


@dataclass(frozen=True)
class Drawn:
    """How many cards there are, the bytes of the largest, and what they cost: all anew, and again."""

    count: int
    largest: int
    cold: Cost
    warm: Cost


def measure(project: Project, today: dt.date) -> Drawn:
    """Build the site, and publish its cards once more, without and with those that were kept.

    Args:
        project: what to measure. Its build is used up.
        today: the day that counts as today.
    """
    build(project, today, say=lambda stage: None)
    for path in project.site.rglob("*.html"):
        path.write_text(_TAGS.sub(cards.MARKER, path.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.rmtree(project.site / cards.FOLDER)
    again = project.build / "again"
    shutil.copytree(project.site, again)
    shutil.rmtree(project.build / cards.FOLDER)
    edition = Edition(project, today)
    cold = cost(lambda: cards.publish(edition, project.site))
    warm = cost(lambda: cards.publish(edition, again))
    sizes = [path.stat().st_size for path in (project.site / cards.FOLDER).rglob("*.png")]
    return Drawn(len(sizes), max(sizes), cold, warm)


def table(measured: Drawn) -> Table:
    """What they cost."""
    drawn = Table(title=f"What {measured.count} cards cost", title_justify="left")
    for name in ("", "on the clock", "of processors"):
        drawn.add_column(name, justify="right" if name else "left")
    for name, one in (("all drawn anew", measured.cold), ("nothing to draw", measured.warm)):
        drawn.add_row(name, f"{one.seconds:.1f} s", f"{one.processor:.1f} s")
    return drawn


def verdicts(measured: Drawn) -> list[tuple[bool, str]]:
    """Whether each aim is met, and what it is."""
    return [
        (measured.cold.seconds < 10, f"all cards in less than 10 s: {measured.cold.seconds:.1f} s"),
        (measured.largest <= 300_000, f"a card of at most 300,000 bytes: {measured.largest:,}"),
    ]
