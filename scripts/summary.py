"""What does a change of the facts mean to a reader?

Compares the facts of a commit with those of the checkout (or of another commit), and writes down as Markdown which
statements changed, in the words of the pages, before and after; then which pages, feeds and addresses that touches.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from scripts.facts import load
from scripts.facts.catalogue import Catalogue
from scripts.facts.label import state_word
from scripts.facts.model import Claim, Event, Platform, Question, Record, Region, Source
from scripts.facts.prose import listed
from scripts.links import base, changes
from scripts.links.changes import Change
from scripts.pages import words
from scripts.project import Project
from scripts.touched import touched

_LABELS = {
    "from_": "from",
    "how": "copy",
    "state": "answer",
    "value": "answer",
    "short": "answer",
    "stoppable": "can be stopped",
    "recheck": "check again",
}
_TITLES: tuple[tuple[type[Record], str], ...] = ((Claim, "Statements"), (Event, "Events"), (Source, "Sources"))

K = TypeVar("K", bound=Record)


@dataclass(frozen=True)
class Side:
    """One of the two versions: its folder `docs`, its records, and how many of them today's rules refuse."""

    docs: Path
    catalogue: Catalogue
    refused: int

    @classmethod
    def read(cls, docs: Path) -> Side:
        """Read a version, as far as it can be read."""
        catalogue, problems = load.read(docs)
        return cls(docs, catalogue, len({(p.file, p.line) for p in problems}))


def summary(project: Project, commit: str, today: dt.date, *, until: str | None = None) -> str:
    """What changed since a commit, as Markdown.

    Args:
        project: the checkout.
        commit: what to compare with.
        today: the day that counts as today.
        until: another commit to compare; without it, the checkout is.

    Raises:
        NoSuchCommit: if git does not know a commit, or if it has no facts.
    """
    with tempfile.TemporaryDirectory() as folder:
        before = Side.read(base.extract(project.root, commit, Path(folder, "before")))
        docs = base.extract(project.root, until, Path(folder, "after")) if until else project.docs
        after = Side.read(docs)
        found = changes.changes(before.catalogue, after.catalogue)
        files = base.changed_files(project.root, commit, until)
        lines = [f"# What changes for readers, compared with {commit}", ""]
        if not found:
            lines += ["No fact changes."]
        for kind, title in _TITLES:
            lines += _section(title, [change for change in found if change.kind is kind], before, after)
        rest = [change for change in found if change.kind not in dict(_TITLES)]
        lines += _section("Everything else", rest, before, after)
        if before.refused:
            lines += [f"{before.refused} places of the older version do not fit today's rules and were left out.", ""]
        lines += touched(project, before.docs, after.docs, found, files, today)
    return "\n".join(lines) + "\n"


def _section(title: str, found: list[Change], before: Side, after: Side) -> Iterator[str]:
    if not found:
        return
    yield f"## {title}"
    for change in found:
        yield from ("", f"### {_name(change, before, after)}", "")
        if change.what != "changed":
            for label, old, new in _differences(change, before, after):
                yield f"- {label}: {new if change.what == 'new' else old}"
            continue
        yield from ("| | before | after |", "|---|---|---|")
        for label, old, new in _differences(change, before, after):
            yield f"| {label} | {old or '–'} | {new or '–'} |"  # noqa: RUF001  (a dash stands for nothing)
    yield ""


def _name(change: Change, before: Side, after: Side) -> str:
    record = change.after or change.before
    what = {"new": "New: ", "gone": "Gone: ", "changed": ""}[change.what]
    if isinstance(record, Claim):
        question = _find(Question, record.question, before, after)
        platform = _find(Platform, change.file, before, after)
        asked = question.wording if question else record.question
        where = listed([_region(region, before, after) for region in record.regions])
        return f"{what}{platform.name if platform else change.file}: {asked} ({where}) `#{change.id}`"
    title = getattr(record, "title", None) or getattr(record, "wording", None) or getattr(record, "unknown", None)
    return f"{what}{title} `{change.id}`" if title else f"{what}`{change.id}`"


def _differences(change: Change, before: Side, after: Side) -> Iterator[tuple[str, str, str]]:
    seen: set[str] = set()
    for field in change.fields:
        label = _LABELS.get(field, field.replace("_", " "))
        if label in seen or field == "id" or (field == "question" and change.what != "changed"):
            continue
        seen.add(label)
        yield (
            label,
            _said(change.before, field, change, before, after),
            _said(change.after, field, change, before, after),
        )


def _said(record: Record | None, field: str, change: Change, before: Side, after: Side) -> str:
    """A field in the words of the pages."""
    if record is None:
        return ""
    value = getattr(record, field)
    if isinstance(record, Claim) and _LABELS.get(field) == "answer":
        platform = _find(Platform, change.file, before, after)
        state = state_word(record.state, platform) if record.state and platform else record.state
        value = ": ".join(part for part in (state or record.value, record.short) if part)
    elif field == "regions":
        value = listed([_region(region, before, after) for region in value])
    elif field == "sources":
        found = [(_find(Source, one, before, after), one) for one in value]
        value = listed([f"{source.title} ({source.publisher})" if source else one for source, one in found])
    elif field in ("evidence", "how", "read"):
        value = {**words.EVIDENCE, **words.HOW, **words.READ}.get(value, value)
    elif isinstance(value, tuple):
        value = "; ".join(str(one) for one in value)
    elif isinstance(value, Record):
        value = "; ".join(f"{key.replace('_', ' ')}: {one}" for key, one in value if one is not None)
    elif value is None or isinstance(value, bool):
        value = "yes" if value else ""
    return " ".join(str(value).split()).replace("|", "\\|")


def _region(identifier: str, before: Side, after: Side) -> str:
    region = _find(Region, identifier, before, after)
    return region.in_list if region else identifier


def _find(kind: type[K], identifier: str, before: Side, after: Side) -> K | None:
    for side in (after, before):
        for placed in side.catalogue.of(kind):
            if getattr(placed.record, "id", "") == identifier:
                return placed.record
    return None
