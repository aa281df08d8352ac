"""What became of a promise that does not answer any more?

Compares what a page had with what it has now, and other pages too: a heading that was renamed, a page that moved, a
record that is gone, ids that are made in another way. A guess, for a person to agree with or not.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from scripts.facts.promises import Address, Entry, Promises
from scripts.links.offers import Offers

REDIRECT = "python -m scripts links redirect"
_LIKE = 0.55  # from here on, two names are taken for an old and a new form of one
_MOST = 0.5  # the share of a page's ids by which it is known again under another address
_UNPUBLISHED = "its line says where it went, but the site was built without what leads there (publish/redirects.py)"


@dataclass(frozen=True)
class Lost:
    """An entry that does not answer any more: what seems to have happened, and where it seems to have gone."""

    entry: Entry
    cause: str
    candidate: Address | None

    @property
    def cure(self) -> str:
        """The command that mends it, or what else can be done."""
        if self.candidate:
            return f"if that is where it went: {REDIRECT} '{self.entry.old}' '{self.candidate}'; else bring it back"
        return f"bring it back, or say what takes its place: {REDIRECT} '{self.entry.old}' NEW"


def lost(
    promises: Promises, there: Offers, answers: Callable[[Address], bool], records: Collection[str] = ()
) -> list[Lost]:
    """The entries that do not answer, each with its likely cause.

    Args:
        promises: the ledgers.
        there: what the site offers.
        answers: whether an old address still leads a reader to what was there.
        records: names of records, to tell a record from a heading.
    """
    gone = [entry for entries in (promises.urls, promises.ids) for entry in entries.values() if not answers(entry.old)]
    found = [Lost(entry, _UNPUBLISHED, None) for entry in gone if entry.to]
    pages = [entry for entry in gone if not entry.to and not entry.old.id]
    moved = {entry.old.path: _page_candidate(entry.old, promises, there) for entry in pages}
    found += [Lost(entry, *_page_cause(entry.old, moved[entry.old.path], there)) for entry in pages]
    by_page: dict[str, list[Entry]] = {}
    for entry in gone:
        if entry.old.id and not entry.to:
            by_page.setdefault(entry.old.path, []).append(entry)
    for path, entries in by_page.items():
        now = moved.get(path) or Address(path)
        # Those that moved along with their page will answer again when it does.
        left = [entry for entry in entries if not there.has(Address(now.path, entry.old.id))]
        found += _lost_ids(now.path, left, promises, there, records) if left else ()
    return found


def _page_candidate(old: Address, promises: Promises, there: Offers) -> Address | None:
    """The page that has most of the ids of a lost one, else the one with the most similar address."""
    mine = {entry.old.id for entry in promises.ids.values() if entry.old.path == old.path}
    shares = [(len(mine & set(ids)) / max(len(mine), 1), page) for page, ids in there.ids.items()]
    share, page = max(shares, default=(0.0, ""))
    if share >= _MOST:
        return Address(page)
    new = [address.path for address in there.addresses if address not in promises.urls]
    near = difflib.get_close_matches(old.path, new, 1, _LIKE)
    same_name = [path for path in new if PurePosixPath(path).name == PurePosixPath(old.path).name]
    return Address(same_name[0] if len(same_name) == 1 else near[0]) if near or len(same_name) == 1 else None


def _page_cause(old: Address, candidate: Address | None, there: Offers) -> tuple[str, Address | None]:
    what = "page" if old.path == "" or old.path.endswith(("/", ".html")) else "file"
    if not candidate:
        return f"the {what} was removed, and nothing like it is there", None
    known = "has its parts" if candidate.path in there.ids else "is called like it"
    return f"the {what} has moved, or was renamed: {candidate} {known}", candidate


def _lost_ids(
    page: str, entries: list[Entry], promises: Promises, there: Offers, records: Collection[str]
) -> Iterator[Lost]:
    here = there.ids.get(page, {})
    known = {entry.old.id for entry in promises.ids.values() if entry.old.path in (page, entries[0].old.path)}
    free = {name: text for name, text in here.items() if name not in known}
    open_entries = []
    for entry in entries:
        letters = _letters(entry.old.id)
        exact = [name for name in free if letters and _letters(name) == letters]
        titled = [name for name, text in free.items() if letters and _letters(text) == letters]
        other = sorted(path for path, ids in there.ids.items() if entry.old.id in ids and path != page)
        if exact or titled:
            name = (exact or titled)[0]
            cause = f'ids are made in another way now (slugify, or the engine): it is called "{name}"'
            del free[name]
            yield Lost(entry, cause, Address(page, name))
        elif other:
            cause = "it is not on this page any more, but on another"
            yield Lost(entry, f"{cause}: /{other[0]}", Address(other[0], entry.old.id))
        else:
            open_entries.append(entry)
    yield from _renamed(page, open_entries, free, there, records)


def _renamed(
    page: str, entries: list[Entry], free: dict[str, str], there: Offers, records: Collection[str]
) -> Iterator[Lost]:
    """Pair off what is gone from a page with what is new on it, the most alike first."""
    scores = sorted(((_alike(e.old.id, n, text), e, n) for e in entries for n, text in free.items()), key=_by_score)
    pairs: dict[Entry, str] = {}
    for score, entry, name in scores:
        only = len(entries) == len(free) == 1
        if (
            entry not in pairs
            and name not in pairs.values()
            and (score >= _LIKE or (only and _is_heading(entry, records)))
        ):
            pairs[entry] = name
    for entry in entries:
        if entry in pairs:
            cause = f'the heading was renamed, or the id changed: "{pairs[entry]}" is new on the page'
            yield Lost(entry, cause, Address(page, pairs[entry]))
        elif not _is_heading(entry, records):
            cause = "the record was removed, or no page shows it any more"
            yield Lost(entry, cause, Address(page) if page in there.ids else None)
        else:
            cause = "the heading was removed, or renamed beyond recognition"
            yield Lost(entry, cause, Address(page) if page in there.ids else None)


def _by_score(scored: tuple[float, Entry, str]) -> tuple[float, str, str]:
    return -scored[0], scored[1].old.id, scored[2]


def _is_heading(entry: Entry, records: Collection[str]) -> bool:
    return entry.old.id not in records


def _alike(old: str, name: str, text: str) -> float:
    return max(difflib.SequenceMatcher(None, _letters(old), _letters(new)).ratio() for new in (name, text))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", "", "".join(letter for letter in plain if not unicodedata.combining(letter)))
