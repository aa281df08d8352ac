"""What do programs get?

The facts as JSON, the comparison of each region as JSON and CSV, a schema for each file, and an index that names them
all. The same facts on the same day make the same bytes. Within version 1 things are only added: `compat.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from scripts.edition import Edition
from scripts.facts import addresses
from scripts.facts.check_feeds import EVERYTHING
from scripts.facts.cite import LICENCE, SITE_NAME
from scripts.facts.resolve import Resolver
from scripts.publish import tables, tree
from scripts.publish.cells import cells
from scripts.publish.documents import (
    ChangelogEntry,
    Claims,
    Comparison,
    Disagreements,
    Events,
    FileOut,
    Head,
    Index,
    License,
    OpenQuestions,
    Platforms,
    Questions,
    Regions,
    Sources,
)
from scripts.publish.entry import ABOUT
from scripts.publish.exports import Exports
from scripts.publish.schema import schema

# Newest first. Each change of a schema gets an entry, and `compat.py` asks for it.
CHANGELOG = (ChangelogEntry(version="1.0", date="2026-11-22", text="First version."),)

KINDS: dict[str, type[Head]] = {
    "index": Index,
    "claims": Claims,
    "sources": Sources,
    "regions": Regions,
    "platforms": Platforms,
    "questions": Questions,
    "events": Events,
    "disagreements": Disagreements,
    "open-questions": OpenQuestions,
    "comparison": Comparison,
}
_DESCRIPTION = "How {} train AI on what members post: statements with region, date, evidence and sources."


def publish(edition: Edition, staged: Path) -> None:
    """Add the open data to a built tree.

    Args:
        edition: what the site is made from.
        staged: the built tree.

    Raises:
        BadData: if the facts are wrong.
    """
    tree.add(staged, files(edition.resolver, edition.site_url))


def files(resolver: Resolver, site_url: str) -> dict[str, bytes]:
    """Every file of the open data, by name below the site's root.

    Args:
        resolver: what is known.
        site_url: the address of the site, with a slash at its end.
    """
    return dict(_Maker(Exports(resolver, site_url)).files())


def schema_path(kind: str) -> str:
    """Where the schema of a kind of file is published, below the site's root."""
    return addresses.data(f"schema/{kind}.json")


def _json(document: Any) -> bytes:
    return to_json(document, indent=2) + b"\n"


class _Maker:
    def __init__(self, exports: Exports) -> None:
        self.exports = exports
        self.facts = exports.facts
        self.as_of = exports.facts.today.isoformat()

    def files(self) -> Iterator[tuple[str, bytes]]:
        for kind, model in KINDS.items():
            path = schema_path(kind)
            yield path, _json(schema(model, self.exports.file(path)))
        for name, file in self._lists().items():
            yield addresses.data(f"{name}.json"), self._file(file)
        yield addresses.data("index.json"), self._file(self._index())
        yield from self._comparisons()

    def _file(self, file: Head) -> bytes:
        return file.model_dump_json(indent=2, by_alias=True, exclude_none=True).encode() + b"\n"

    def _head(self, kind: str) -> dict[str, Any]:
        newest = self.exports.resolver.newest_check
        return {
            "schema_": self.exports.file(schema_path(kind)),
            "version": CHANGELOG[0].version,
            "as_of": self.as_of,
            "last_checked": newest.iso if newest else None,
            "license": License(id="CC-BY-4.0", url=LICENCE),
            "attribution": f"{SITE_NAME}, {self.exports.site_url}",
        }

    def _lists(self) -> dict[str, Head]:
        made, facts = self.exports, self.facts
        return {
            "claims": Claims(**self._head("claims"), data=tuple(map(made.claim, facts.claims.values()))),
            "sources": Sources(**self._head("sources"), data=tuple(map(made.source, facts.sources.values()))),
            "regions": Regions(**self._head("regions"), data=tuple(map(made.region, facts.regions.values()))),
            "platforms": Platforms(**self._head("platforms"), data=tuple(map(made.platform, facts.platforms.values()))),
            "questions": Questions(**self._head("questions"), data=tuple(map(made.question, facts.questions.values()))),
            "events": Events(**self._head("events"), data=tuple(map(made.event, facts.events.values()))),
            "disagreements": Disagreements(
                **self._head("disagreements"), data=tuple(map(made.disagreement, facts.disagreements.values()))
            ),
            "open-questions": OpenQuestions(
                **self._head("open-questions"), data=tuple(map(made.open_question, facts.open_questions.values()))
            ),
        }

    def _comparisons(self) -> Iterator[tuple[str, bytes]]:
        every: list[dict[str, str]] = []
        titles = {f"{EVERYTHING}.csv": "The comparison of every region"}
        for region in self.facts.regions.values():
            found = cells(self.exports, region.id)
            comparison = Comparison(
                **self._head("comparison"),
                region=region.id,
                region_name=region.name,
                wider=self.exports.resolver.line(region.id)[1:],
                data=found,
            )
            table = tables.rows(region.id, region.name, found, self.as_of)
            every += table
            titles[f"{region.id}.csv"] = f"The comparison: {region.name}"
            yield addresses.comparison(region.id, "json"), self._file(comparison)
            yield addresses.comparison(region.id, "csv"), tables.write(table)
        yield addresses.comparison(EVERYTHING, "csv"), tables.write(every)
        about = tables.metadata(
            titles,
            title=f"{SITE_NAME}: the comparison",
            publisher=SITE_NAME,
            site_url=self.exports.site_url,
            licence=LICENCE,
            as_of=self.as_of,
        )
        yield addresses.data("compare/csv-metadata.json"), _json(about)

    def _index(self) -> Index:
        names = [platform.name for platform in self.facts.platforms.values()]
        return Index(
            **self._head("index"),
            name=SITE_NAME,
            description=_DESCRIPTION.format(" and ".join(names)),
            documentation=self.exports.page(ABOUT),
            data=tuple(self._data_files()),
            feeds=tuple(self._feeds()),
            changelog=CHANGELOG,
        )

    def _data_files(self) -> Iterator[FileOut]:
        for name, model in KINDS.items():
            if name not in ("index", "comparison"):
                yield self._listed(addresses.data(f"{name}.json"), name, (model.__doc__ or "").strip())
        for region in self.facts.regions.values():
            about = f"The comparison: {region.name}"
            yield self._listed(addresses.comparison(region.id, "json"), "comparison", about)
            yield self._table(region.id, about)
        yield self._table(EVERYTHING, "The comparison of every region")
        path = addresses.data("compare/csv-metadata.json")
        yield FileOut(
            url=self.exports.file(path), media_type="application/csvm+json", description="What the tables' columns mean"
        )

    def _listed(self, path: str, kind: str, about: str) -> FileOut:
        address, its_schema = self.exports.file(path), self.exports.file(schema_path(kind))
        return FileOut(url=address, media_type="application/json", description=about, schema_=its_schema)

    def _table(self, region: str, about: str) -> FileOut:
        address = self.exports.file(addresses.comparison(region, "csv"))
        return FileOut(url=address, media_type="text/csv", description=about)

    def _feeds(self) -> Iterator[FileOut]:
        named = {EVERYTHING: "All policy changes"}
        named |= {each.id: f"Policy changes at {each.name}" for each in self.facts.platforms.values()}
        named |= {each.id: f"Policy changes, {each.name}" for each in self.facts.regions.values() if each.parent}
        for name, about in named.items():
            for ending, media_type in (("atom", "application/atom+xml"), ("json", "application/feed+json")):
                address = self.exports.file(addresses.feed(name, ending))
                yield FileOut(url=address, media_type=media_type, description=about)
