"""What is measured, and in which order?

Each measurement prints its own tables, and which aims are met. None of them touches the checkout: they work on copies,
or only read. A machine that does something else meanwhile spoils them.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rich.console import Console

from scripts import bench, lighthouse, weight_report
from scripts.build import build
from scripts.copies import copy
from scripts.links import measure as links
from scripts.project import Project
from scripts.publish import measure as cards
from scripts.screens import measure as pictures
from scripts.screens import peers

Measure = Callable[[Project, dt.date, Console, bool], None]


def _build(project: Project, today: dt.date, console: Console, quick: bool) -> None:
    measured = bench.sites(project, today, console, quick=quick)
    console.print(bench.table(measured))
    say(console, bench.verdicts(measured))


def _pictures(project: Project, today: dt.date, console: Console, quick: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        measured = pictures.figures(copy(project, Path(folder) / "copy"), today)
        others, missing = peers.compare(project)
    for drawn in (pictures.table(measured), pictures.sizes_table(measured), pictures.peers_table(others)):
        console.print(drawn)
    say(console, pictures.verdicts(measured))
    for line in missing:
        console.print(f"not measured: {line}", markup=False)


def _cards(project: Project, today: dt.date, console: Console, quick: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        measured = cards.measure(copy(project, Path(folder) / "copy"), today)
    console.print(cards.table(measured))
    say(console, cards.verdicts(measured))


def _links(project: Project, today: dt.date, console: Console, quick: bool) -> None:
    build(project, today, say=lambda stage: None)
    measured = links.measure(project.site, project.site_url())
    console.print(links.table(measured))
    say(console, links.verdicts(measured))


def _weight(project: Project, today: dt.date, console: Console, quick: bool) -> None:
    build(project, today, say=lambda stage: None)
    weight_report.report(project, console, keep=False, beside=not quick)


def _lighthouse(project: Project, today: dt.date, console: Console, quick: bool) -> None:
    build(project, today, say=lambda stage: None)
    looks = 1 if quick else lighthouse.LOOKS
    try:
        with console.status("Lighthouse") as status:
            found = lighthouse.measure(project, status.update, looks)
    except lighthouse.CannotMeasure as error:
        console.print(f"not measured: {error}", markup=False)
        return
    console.print(lighthouse.table(found, looks))
    say(console, lighthouse.verdicts(found))


def say(console: Console, verdicts: Iterable[tuple[bool, str]]) -> None:
    """Print which aims are met."""
    for met, what in verdicts:
        console.print(f"[green]met[/]     {what}" if met else f"[yellow]not met[/] {what}")


MEASURES: dict[str, Measure] = {
    "build": _build, "pictures": _pictures, "cards": _cards, "links": _links, "weight": _weight,
    "lighthouse": _lighthouse,
}  # fmt: skip


def chosen(only: Sequence[str]) -> list[str]:
    """The names of the measurements that are asked for; all, if none is.

    Raises:
        ValueError: if there is no such measurement.
    """
    unknown = sorted(set(only) - set(MEASURES))
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: there is no such measurement, but {', '.join(MEASURES)}")
    return [name for name in MEASURES if name in only] or list(MEASURES)


def run(project: Project, today: dt.date, console: Console, names: Sequence[str], *, quick: bool) -> None:
    """Measure, and print.

    Args:
        project: what to measure.
        today: the day that counts as today.
        console: where to print.
        names: which of MEASURES.
        quick: leave out what takes minutes and look once, where a measurement has such things.
    """
    for name in names:
        console.rule(name)
        MEASURES[name](project, today, console, quick)
