"""What does somebody paste into a newsletter, as plain text and as Markdown?

A `Block` is one guide or one change, ready to be written in any form. All of it is plain text; every form escapes it by
its own rules. The form for e-mail programs is in `kit_mail.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.facts.cite import LICENCE, LICENCE_NAME, SITE_NAME
from scripts.facts.prose import escaped


@dataclass(frozen=True)
class Link:
    """Words, and a whole address."""

    words: str
    address: str


@dataclass(frozen=True)
class Picture:
    """A PNG at a whole address, in the pixels that a mail shows, with what it says. `legend` explains its numbers."""

    address: str
    width: int
    height: int
    alt: str
    legend: tuple[str, ...] = ()
    caption: str = ""


@dataclass(frozen=True)
class Block:
    """One guide or one change.

    `kicker` stands over the title: date, platform, region. `lists` are headings, each with its points. `action` is what
    to do next, and where. `foot` says how we know it, and as of when.
    """

    kicker: str
    title: str
    address: str
    lines: tuple[str, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    action: Link
    picture: Picture | None
    sources: tuple[tuple[Link, ...], ...]
    foot: str


def text(block: Block) -> str:
    """Plain text, as mails have it beside their HTML."""
    parts = [block.title, block.kicker, *block.lines]
    parts += ["\n".join([f"{heading}:", *(f"- {point}" for point in points)]) for heading, points in block.lists]
    parts.append(f"{block.action.words}: {block.action.address}")
    if block.sources:
        parts.append("\n".join(["Sources:", *map(_source_text, block.sources)]))
    parts.append(f"{block.foot} Source: {SITE_NAME}, {LICENCE_NAME}: {block.address}")
    return "\n\n".join(parts) + "\n"


def _source_text(links: tuple[Link, ...]) -> str:
    named = (f"{link.words}: {link.address}" if link.address else link.words for link in links)
    return "- " + "; ".join(named)


def markdown(block: Block) -> str:
    """Markdown, as newsletter editors and wikis take it."""
    return "\n\n".join(_markdown(block)) + "\n"


def _markdown(block: Block) -> Iterator[str]:
    yield f"### [{escaped(block.title)}]({block.address})"
    yield f"*{escaped(block.kicker)}*"
    yield from map(escaped, block.lines)
    if block.picture:
        yield f"[![{escaped(block.picture.alt)}](<{block.picture.address}>)](<{block.address}>)"
        if block.picture.legend:
            yield "\n".join(f"{number}. {escaped(words)}" for number, words in enumerate(block.picture.legend, 1))
        if block.picture.caption:
            yield escaped(block.picture.caption)
    for heading, points in block.lists:
        yield f"**{escaped(heading)}:**"
        yield "\n".join(f"- {escaped(point)}" for point in points)
    yield f"**[{escaped(block.action.words)}]({block.action.address})**"
    if block.sources:
        yield "**Sources:**"
        yield "\n".join("- " + ", ".join(map(_linked, links)) for links in block.sources)
    yield f"{escaped(block.foot)} Source: [{SITE_NAME}]({block.address}), [{LICENCE_NAME}]({LICENCE})"


def _linked(link: Link) -> str:
    return f"[{escaped(link.words)}](<{link.address}>)" if link.address else escaped(link.words)
