"""Does a guide say in short what it says at length?

The way in one line stands far from its guide, on the pages of regions. So whoever mends a label in a step must be told
that the line has it, too. These rules are part of `check.RULES`. Pure: nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator

from scripts.facts import prose
from scripts.facts.catalogue import Catalogue, Rule
from scripts.facts.model import Guide
from scripts.facts.problems import Problem


def ways_in_short(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Each way in one line belongs to a heading that there is, and its labels stand in bold under that heading."""
    for guide in catalogue.of(Guide):
        known = catalogue.labels.get(guide.stem, {})
        for heading, line in guide.record.in_short.items():
            if heading not in known:
                what = f'there is no heading "{heading}"'
                cure = f"put the line under one of {', '.join(known) or 'none: the guide has no headings with an id'}"
                yield guide.place.problem("way in short", what, cure, key="in_short")
                continue
            for label in prose.labels(line):
                if label not in known[heading]:
                    near = difflib.get_close_matches(label, known[heading], n=1, cutoff=0.6)
                    what = f'the line has the label "{label}", and nothing under "{heading}" has it in bold'
                    cure = f'did you mean "{near[0]}"?' if near else "write the labels as the guide has them"
                    yield guide.place.problem("way in short", what, cure, key="in_short")


RULES: tuple[Rule, ...] = (ways_in_short,)
