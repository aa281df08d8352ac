"""Does a guide say in short what its steps say?

The way in one line stands far from its guide, on the pages of regions. So whoever mends a label in a step must be told
that the line has it, too. These rules are part of `check.RULES`. Pure: nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Iterator

from scripts.facts import prose
from scripts.facts.catalogue import Catalogue
from scripts.facts.model import Guide
from scripts.facts.problems import Problem


def ways_in_short(catalogue: Catalogue, today: dt.date) -> Iterator[Problem]:
    """Each way in one line belongs to steps that there are, and its labels stand in bold in those steps."""
    for guide in catalogue.of(Guide):
        parts = {part.heading: part for part in catalogue.steps.get(guide.stem, ())}
        for heading, line in guide.record.in_short.items():
            if heading not in parts:
                what = f'there are no steps under "{heading}"'
                cure = f"put the line under one of {', '.join(parts) or 'no heading: the guide has no steps'}"
                yield guide.place.problem("way in short", what, cure, key="in_short")
                continue
            known = [label for step in parts[heading].steps for label in prose.labels(step)]
            for label in prose.labels(line):
                if label not in known:
                    near = difflib.get_close_matches(label, known, n=1, cutoff=0.6)
                    what = f'the line has the label "{label}", and no step under "{heading}" has it in bold'
                    cure = f'did you mean "{near[0]}"?' if near else "write the labels as the steps have them"
                    yield guide.place.problem("way in short", what, cure, key="in_short")


RULES: tuple[Callable[[Catalogue, dt.date], Iterable[Problem]], ...] = (ways_in_short,)
