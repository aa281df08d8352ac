"""What does one change say in a feed, whatever the format?

A change becomes an entry with whole addresses, dates as feeds write them, and its content as HTML and as plain text.
All words from the data files are escaped here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from scripts.facts import addresses
from scripts.facts.catalogue import Facts
from scripts.facts.changes import KINDS, Change, Said
from scripts.facts.cite import LICENCE, LICENCE_NAME, SITE_NAME
from scripts.facts.days import Day
from scripts.facts.model import Source
from scripts.facts.prose import listed, markup, plain

ABOUT = "about/data.md"

EVIDENCE = {"read": "we read the source", "reported": "reported by others", "inferred": "our inference"}


@dataclass(frozen=True)
class Entry:
    """One change, ready for any format. `published` and `updated` are RFC 3339 times, `link` is a whole address."""

    change: Change
    link: str
    published: str
    updated: str
    html: str
    text: str
    platforms: tuple[tuple[str, str], ...]
    regions: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]

    @property
    def kind(self) -> tuple[str, str]:
        """The kind of change, as an id and in words."""
        return self.change.kind, KINDS[self.change.kind]


@dataclass(frozen=True)
class Feed:
    """One feed, ready to be written in any format.

    `name` is a platform, a region or `all`; `path` tells where its file with a given ending is published.
    """

    name: str
    urn: str
    title: str
    subtitle: str
    site_url: str
    home: str
    updated: str
    entries: tuple[Entry, ...]

    def address(self, ending: str) -> str:
        """The whole address of the feed in one format."""
        return self.site_url + addresses.feed(self.name, ending)

    @property
    def about(self) -> str:
        """The page that explains the feeds."""
        return f"{self.site_url}{addresses.folder(ABOUT)}#feeds"


def entry(change: Change, facts: Facts, site_url: str) -> Entry:
    """Say a change.

    Args:
        change: the change.
        facts: what is known.
        site_url: the address of the site, with a slash at its end.
    """
    link = f"{site_url}{addresses.folder(change.page)}#{change.anchor}"
    sources = tuple(facts.sources[source] for source in change.sources)
    platforms = tuple((each, facts.platforms[each].name) for each in change.platforms)
    regions = tuple((each, facts.regions[each].name) for each in change.regions)
    foot = " · ".join(
        [
            change.day_in_words,
            *(name for _, name in platforms),
            listed(facts.regions[each].in_list for each in change.regions),
            KINDS[change.kind],
            EVIDENCE[change.evidence],
        ]
    )
    return Entry(
        change=change,
        link=link,
        published=midnight(change.day),
        updated=midnight(change.updated),
        html="\n".join(_html(change, sources, foot, link)),
        text="\n\n".join(_text(change, sources, foot, link)),
        platforms=platforms,
        regions=regions,
        sources=sources,
    )


def midnight(day: Day) -> str:
    """The first moment that a date can mean: feeds know no months."""
    return f"{day.first.isoformat()}T00:00:00Z"


def _html(change: Change, sources: tuple[Source, ...], foot: str, link: str) -> Iterator[Markup]:
    yield Markup("<p>{}</p>").format(markup(change.text))
    for title, said in (("Before", change.before), ("After", change.after)):
        if said:
            items = Markup("").join(
                Markup("<li>{}, {}: <strong>{}</strong>. {}</li>").format(
                    each.where, each.when, each.answer, each.sentence
                )
                for each in said
            )
            yield Markup("<p><strong>{}</strong></p>\n<ul>{}</ul>").format(title, items)
    yield Markup("<p>{}</p>").format(foot)
    yield Markup("<p>Sources:</p>\n<ul>{}</ul>").format(Markup("").join(_source_html(source) for source in sources))
    yield Markup('<p><a href="{}">This change on {}</a> · <a href="{}">{}</a></p>').format(
        link, SITE_NAME, LICENCE, LICENCE_NAME
    )


def _source_html(source: Source) -> Markup:
    title = (
        Markup('<a href="{}">{}</a>').format(source.address, plain(source.title)) if source.address else source.title
    )
    copy = Markup(' (<a href="{}">archived copy</a>)').format(source.archive) if source.archive else ""
    return Markup("<li>{}, {}{}</li>").format(title, _published(source), copy)


def _text(change: Change, sources: tuple[Source, ...], foot: str, link: str) -> Iterator[str]:
    yield plain(change.text)
    for title, said in (("Before", change.before), ("After", change.after)):
        if said:
            yield "\n".join([f"{title}:", *(f"- {_line(each)}" for each in said)])
    yield foot
    yield "\n".join(["Sources:", *(f"- {_source_text(source)}" for source in sources)])
    yield f"{link} · {LICENCE_NAME}"


def _line(said: Said) -> str:
    return f"{said.where}, {said.when}: {said.answer}. {said.sentence}"


def _source_text(source: Source) -> str:
    line = f"{plain(source.title)}, {_published(source)}"
    return f"{line}: {source.address}" if source.address else line


def _published(source: Source) -> str:
    return f"{source.publisher}, {source.published}" if source.published else f"{source.publisher}, undated"
