"""Which addresses have we ever published, and where did those go that have moved?

Two ledgers under `docs/ledgers/`, text, one entry a line, sorted:

    urls.lock     addresses below the site's root:       /about/method/          /feed.xml
    ids.lock      the parts of a page, as one links to them:   /sources/#company

    /old/ -> /new/            an entry that has moved: whoever comes by the old address is led to the new one

An entry is never taken out, and its old address never changes; it only gets a target. A target is an address that
answers by itself: no entry with a target of its own, so that nobody is led on twice. Characters that an address cannot
have are written as in an address (`%20`). Lines that begin with # are remarks, and belong to the entry that follows.

How this relates to `docs/data/ids.txt`: that file lists the names of records, and says that a record is never taken out
of the data, which feeds and the API rely on; it is checked without a site. These two say under which addresses readers
find things, records and all else; they are checked against a built site. No entry of one follows from the other: a
record may be shown on several pages, or on another page than before.

Pure reading and writing, and here because both sides need it: `publish` writes the pages that lead on, `links` checks
that they do, and neither may import the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, unquote

from scripts.facts.problems import Problem

FOLDER = "ledgers"
URLS = "urls.lock"
IDS = "ids.lock"
ARROW = " -> "
_AS_IS = "/~@!$&'()*+,;=:-._"

_HEADS = {
    URLS: """\
# Every address that was ever published, below the root of the site, one a line, sorted.
# `OLD -> NEW`: it has moved, and a page at OLD leads to NEW. Never take a line out, and never change an OLD.
# `python -m scripts links keep` enters new ones, `python -m scripts links redirect OLD NEW` says where one went.
""",
    IDS: """\
# Every part of a page that was ever published, as one links to it: PAGE#ID, one a line, sorted. These are the ids of
# headings, records and figures, that is all within the page's article; not those that the theme makes for itself.
# `OLD -> NEW`: it has moved, and OLD leads to NEW. Never take a line out, and never change an OLD.
# `python -m scripts links keep` enters new ones, `python -m scripts links redirect OLD NEW` says where one went.
""",
}


@dataclass(frozen=True)
class Address:
    """A place in the site: the decoded path below the root ("" is the home page), and an id ("" is the whole page)."""

    path: str
    id: str = ""

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read one as it stands in a ledger.

        Raises:
            ValueError: if it does not begin with a slash.
        """
        path, _, identifier = text.partition("#")
        if not path.startswith("/") or path.startswith("//"):
            raise ValueError("an address begins with one slash, which is the root of the site")
        return cls(unquote(path[1:]), unquote(identifier))

    def __str__(self) -> str:
        return "/" + quote(self.path, _AS_IS) + (f"#{quote(self.id, _AS_IS)}" if self.id else "")


@dataclass(frozen=True)
class Entry:
    """One line of a ledger. `to` is where it went, if it has moved. `line` is 0 for what is not written yet."""

    old: Address
    to: Address | None = None
    line: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Promises:
    """Both ledgers, by the old address."""

    urls: Mapping[Address, Entry] = field(default_factory=dict)
    ids: Mapping[Address, Entry] = field(default_factory=dict)

    def of(self, name: str) -> Mapping[Address, Entry]:
        """The entries of one ledger."""
        return self.urls if name == URLS else self.ids

    def entry(self, address: Address) -> Entry | None:
        """What is written about an address."""
        return (self.ids if address.id else self.urls).get(address)

    def moved(self) -> list[Entry]:
        """All entries that lead on."""
        return [entry for entries in (self.urls, self.ids) for entry in entries.values() if entry.to]


def read(docs: Path) -> tuple[Promises, list[Problem]]:
    """Read both ledgers. One that is not there has no entries."""
    found: dict[str, dict[Address, Entry]] = {}
    problems: list[Problem] = []
    for name in (URLS, IDS):
        path = docs / FOLDER / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        found[name], wrong = parse(text, name)
        problems += wrong
    promises = Promises(found[URLS], found[IDS])
    return promises, problems + list(_targets(promises))


def shown(name: str) -> str:
    """How a ledger is called in a message."""
    return f"docs/{FOLDER}/{name}"


def parse(text: str, name: str) -> tuple[dict[Address, Entry], list[Problem]]:
    """Read the text of one ledger.

    Returns:
        The entries, and what is wrong with the lines. A wrong line is no entry.
    """
    entries: dict[Address, Entry] = {}
    problems: list[Problem] = []
    remarks: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("#"):
            remarks.append(stripped)
            continue
        if not stripped:
            remarks = []  # the head, or a remark of its own; `text_of` writes the head anew
            continue
        try:
            entry = _entry(stripped, name)
        except ValueError as error:
            problems.append(Problem(shown(name), number, "entry", f'"{stripped}": {error}', "see the head of the file"))
            continue
        if entry.old in entries:
            what = f"{entry.old} comes twice"
            problems.append(Problem(shown(name), number, "twice", what, "keep the line that has a target"))
        entries[entry.old] = replace(entry, line=number, remarks=tuple(remarks))
        remarks = []
    if list(entries) != sorted(entries, key=str):
        cure = "run: make ids (or, if the site is built: links keep)"
        problems.append(Problem(shown(name), 0, "order", "the lines are not sorted", cure))
    return entries, problems


def _entry(text: str, name: str) -> Entry:
    old, arrow, new = text.partition(ARROW)
    entry = Entry(Address.parse(old.strip()), Address.parse(new.strip()) if arrow else None)
    if name == IDS and not entry.old.id:
        raise ValueError("an entry here is PAGE#ID")
    if name == URLS and entry.old.id:
        raise ValueError("an entry here is a whole page or file; parts of pages stand in ids.lock")
    return entry


def _targets(promises: Promises) -> Iterable[Problem]:
    """Entries that lead in a circle, or to something that leads on itself."""
    for name in (URLS, IDS):
        for entry in promises.of(name).values():
            if not entry.to:
                continue
            onward = promises.entry(entry.to)
            whole = promises.urls.get(Address(entry.to.path))
            seen, current = {entry.old}, entry.to
            while (following := promises.entry(current)) and following.to and current not in seen:
                seen.add(current)
                current = following.to
            if current in seen:
                what = f"{entry.old} leads back to itself"
                yield Problem(shown(name), entry.line, "loop", what, "name an address that answers by itself")
            elif (onward and onward.to) or (whole and whole.to):
                what = f"{entry.old} leads to {entry.to}, which leads on itself"
                final = Address(whole.to.path, current.id) if whole and whole.to and current == entry.to else current
                yield Problem(shown(name), entry.line, "chain", what, f"write: {entry.old}{ARROW}{final}")


def text_of(entries: Iterable[Entry], name: str) -> str:
    """The text of a ledger."""
    lines = [_HEADS[name]]
    for entry in sorted(entries, key=lambda entry: str(entry.old)):
        lines += [remark + "\n" for remark in entry.remarks]
        lines.append(f"{entry.old}{ARROW}{entry.to}\n" if entry.to else f"{entry.old}\n")
    return lines[0] + "\n" + "".join(lines[1:])
