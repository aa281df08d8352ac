"""How does a screen stand on a page?

The HTML of one figure: a light and a dark picture, each for wide and for narrow screens, of which the browser shows one
and fetches one; the legend beside it, as a list; and the caption. It comes as a block of the kind that Markdown
lets into a list item, since it stands inside a numbered step. Pure, but for compiled templates.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from scripts.facts import addresses
from scripts.facts.catalogue import Facts
from scripts.facts.model import Source
from scripts.facts.problems import Problem
from scripts.facts.prose import markup
from scripts.screens import words
from scripts.screens.crops import CropName, crop_size, crops
from scripts.screens.load import Screen
from scripts.screens.model import Spec

PREFIX = "screen/"  # what the name of a part begins with if it is a figure
PICTURES = "assets/generated/screens"
THEMES = ("light", "dark")
NARROW = "(max-width: 30em)"
# The style hides one theme, and a lazy picture without a box is not fetched. But no picture is lazy where scripts are
# off, so that nobody learns how far one has read: there, the dark one is replaced by nothing unless it shows. The light
# one is always fetched, because it is what paper shows, and a browser that prints does not wait for what it lacks.
UNSEEN = {"dark": "(scripting: none) and (not (prefers-color-scheme: dark))"}
BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
SLIM = 420  # CSS pixels: up to here, the legend has room beside the picture


@dataclass(frozen=True)
class Ask:
    """A page asks for a screen, on one of its lines."""

    page: str
    screen: str
    line: int


def figure(ask: Ask, screen: Screen, facts: Facts, *, compiled: Path | None = None) -> str:
    """The figure that a page asks for, as Markdown.

    Args:
        ask: for which page.
        screen: what to show there.
        facts: what is known, for the names of platforms and sources.
        compiled: a folder to keep compiled templates in.

    Raises:
        KeyError: if the screen names a platform, a source or an anchor that there is not.
    """
    spec, platform = screen.spec, facts.platforms[screen.spec.platform].name
    sizes = {crop: crop_size(screen, crop) for crop in crops(screen)}
    template = _environment(compiled).get_template("figure.html")
    return template.render(
        id=f"screen-{screen.name}",
        shapes=_shapes(spec, sizes),
        file=functools.partial(picture, ask.page, screen.name),
        themes=THEMES,
        media=NARROW,
        unseen=UNSEEN,
        blank=BLANK,
        sizes=sizes,
        paper=addresses.asset(ask.page, f"{PICTURES}/{screen.name}.print.png"),
        paper_crop=crops(screen)[-1],
        alt=words.alt(spec),
        legend=words.legend(spec),
        kind=words.KIND[spec.kind],
        title=markup(spec.title),
        where=words.where(spec, platform),
        dated=words.dated(spec),
        labels=words.labels(spec, platform),
        note=markup(spec.note) if spec.note else None,
        sources=[_link(ask.page, facts.sources[name]) for name in spec.sources],
    )


def _shapes(spec: Spec, sizes: Mapping[CropName, tuple[int, int]]) -> list[str]:
    """What the style has to know: a slim picture has room beside it, and a cut one needs a frame."""
    known = {"slim": sizes["wide"][0] <= SLIM, "cut": spec.crop.wide is not None, "close": "narrow" in sizes}
    return [shape for shape, so in known.items() if so]


def picture(page: str, name: str, theme: str, crop: str, scale: int, kind: str) -> str:
    """The address of one picture file as seen from a page."""
    return addresses.asset(page, f"{PICTURES}/{name}.{theme}.{crop}@{scale}.{kind}")


def _link(page: str, source: Source) -> tuple[str, str]:
    return addresses.relative(page, addresses.SOURCES, source.id), source.publisher


def unknown(asks: Iterable[Ask], screens: Collection[str]) -> Iterator[Problem]:
    """Screens that a page asks for and that do not exist."""
    for ask in asks:
        if ask.screen not in screens:
            near = difflib.get_close_matches(ask.screen, list(screens), n=1, cutoff=0.4)
            cure = f'did you mean "{near[0]}"?' if near else "write its spec: see docs/screens/README.md"
            yield Problem(ask.page, ask.line, "unknown screen", f'there is no screen "{ask.screen}"', cure)


def faults(screens: Mapping[str, Screen]) -> Iterator[Problem]:
    """What cannot be said of a screen."""
    for screen in screens.values():
        for key, what, cure in words.faults(screen.spec):
            yield screen.problem((key,), key, what, cure)


def unshown(screens: Mapping[str, Screen], asks: Iterable[Ask]) -> Iterator[Problem]:
    """Screens that no page shows: a picture that nobody sees grows old in secret."""
    shown = {ask.screen for ask in asks}
    for name, screen in screens.items():
        if name not in shown:
            cure = f'show it in a step: --8<-- "PAGE/{PREFIX}{name}.md"; or delete it'
            yield screen.problem((), "unused screen", f'no page shows "{name}"', cure)


@functools.cache
def _environment(compiled: Path | None) -> Environment:
    if compiled:
        compiled.mkdir(parents=True, exist_ok=True)
    return Environment(
        bytecode_cache=FileSystemBytecodeCache(str(compiled)) if compiled else None,
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
    )
