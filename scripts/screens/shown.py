"""Which screens do the pages show, and does everything fit together?

Takes what the pages ask for, the screens and the guides, and gives back the figures and whatever is wrong: screens that
do not exist or that nobody shows, words that cannot be said, steps and pictures that part. That the pictures themselves
can be made is the business of `make`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from scripts.facts import addresses
from scripts.facts.catalogue import Facts
from scripts.facts.problems import Problem
from scripts.screens import figure, steps
from scripts.screens.figure import Ask
from scripts.screens.load import Screen
from scripts.screens.steps import Labels


def check(
    docs: Path, asks: Collection[Ask], screens: Mapping[str, Screen], unread: Collection[str], facts: Facts
) -> list[Problem]:
    """Everything in which pages and screens do not fit each other.

    Args:
        docs: the folder with `guides/` in it.
        asks: what all pages ask for.
        screens: those that could be read, by name.
        unread: the names of those that are there and could not be read: nobody who asks for one is to blame.
        facts: what is known, with the guides' front matter.
    """
    problems = [*figure.unknown(asks, {*screens, *unread}), *figure.unshown(screens, asks), *figure.faults(screens)]
    labels = {name: labels_of(screen) for name, screen in screens.items()}
    for slug, guide in facts.guides.items():
        page = addresses.guide(slug)
        text = (docs / page).read_text(encoding="utf-8")
        found = steps.read(page, text, [excused.label for excused in guide.no_screen])
        problems += steps.check(found, labels)
    return problems


def labels_of(screen: Screen) -> Labels:
    """What can be read on a screen: what its marks say, and the names of all other anchors."""
    variants = screen.anchors.variants.values()
    names = {anchor.name for variant in variants for anchor in variant.anchors.values() if anchor.name}
    return Labels(tuple(mark.label for mark in screen.spec.marks if mark.label), frozenset(names))


def render(
    asks: Iterable[Ask], screens: Mapping[str, Screen], facts: Facts, *, compiled: Path | None = None
) -> tuple[dict[Ask, str], list[Problem]]:
    """The figures that are asked for. Screens that do not exist are left out.

    Args:
        asks: which, and for which pages.
        screens: all screens, by name.
        facts: what is known.
        compiled: a folder to keep compiled templates in.
    """
    made: dict[Ask, str] = {}
    problems: list[Problem] = []
    for ask in asks:
        screen = screens.get(ask.screen)
        if screen is None:
            continue
        try:
            made[ask] = figure.figure(ask, screen, facts, compiled=compiled)
        except KeyError as error:  # only where the screens were not checked before: a preview
            what = f"{error} is not there"
            problems.append(screen.problem((), "unknown name", what, "make render says more"))
    return made, problems
