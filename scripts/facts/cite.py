"""In which words does somebody pass on what we say, with the date and the region that belong to it?

A `Quote` is a page in a few sentences. From it come the forms that people paste: plain text, Markdown, HTML, a line for
a list of sources, BibTeX and CSL-JSON. Each has the whole address, the date and the place, because what is copied
travels alone. Nothing in it comes from the day of the build.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from scripts.facts.days import Day
from scripts.facts.prose import escaped
from scripts.version import UNKNOWN, Version

SITE_NAME = "Opted In"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC BY 4.0"

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Quote:
    """Something to pass on, as plain text.

    `title` names it, `lines` say it (each a paragraph), `where` is the region, `as_of` the date in words that goes with
    it ("as of 22 August 2026"), `day` the date for a list of sources, if there is one. `address` is whole, `key` an id,
    `version` that of the site.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    where: str
    as_of: str
    day: Day | None
    address: str
    version: Version = UNKNOWN


def forms(quote: Quote) -> Iterator[tuple[str, str]]:
    """Every form, by what it is called."""
    yield "Plain text", plain(quote)
    yield "Markdown", markdown(quote)
    yield "HTML", html(quote)
    yield "Citation", line(quote)
    yield "BibTeX", bibtex(quote)
    yield "CSL-JSON", csl(quote)


def plain(quote: Quote) -> str:
    """For a mail, or a message."""
    return "\n".join(
        [*quote.lines, f"({quote.where}, {quote.as_of})", f"Source: {SITE_NAME}, {LICENCE_NAME}: {quote.address}"]
    )


def markdown(quote: Quote) -> str:
    """For an editor that takes Markdown. Nothing of ours can become a mark."""
    said = [*quote.lines, f"({quote.where}, {quote.as_of})"]
    source = f"Source: [{SITE_NAME}]({quote.address}), [{LICENCE_NAME}]({LICENCE})"
    return "\n>\n".join(f"> {each}" for each in [*map(escaped, said), source])


def html(quote: Quote) -> str:
    """For an editor that takes HTML."""
    source = Markup('Source: <a href="{}">{}</a>, <a href="{}">{}</a>').format(
        quote.address, SITE_NAME, LICENCE, LICENCE_NAME
    )
    said = [*(Markup("<p>{}</p>").format(each) for each in quote.lines)]
    said.append(Markup("<p>({}, {}). {}</p>").format(quote.where, quote.as_of, source))
    return str(Markup('<blockquote cite="{}">\n{}\n</blockquote>').format(quote.address, Markup("\n").join(said)))


def line(quote: Quote) -> str:
    """For a list of sources, in the manner of APA."""
    named = f"{quote.title} (Version {quote.version})" if quote.version.number else quote.title
    stop = "" if named.endswith((".", "?", "!")) else "."
    return f"{SITE_NAME}. ({quote.day or 'n.d.'}). {named}{stop} {quote.where}, {quote.as_of}. {quote.address}"


def bibtex(quote: Quote) -> str:
    """For BibTeX and its kin."""
    fields = {"author": f"{{{SITE_NAME}}}", "title": f"{{{_tex(quote.title)}}}"}
    if quote.day:
        fields["year"] = str(quote.day.year)
    if quote.day and quote.day.month:
        fields["month"] = _MONTHS[quote.day.month - 1]
    if quote.version.number:
        fields["version"] = str(quote.version)
    fields |= {"url": quote.address, "note": _tex(_note(quote))}
    rows = (f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items())
    return f"@misc{{optedin-{quote.key},\n" + ",\n".join(rows) + "\n}"


def csl(quote: Quote) -> str:
    """For Zotero and others that take CSL-JSON."""
    fields: dict[str, object] = {
        "id": f"optedin-{quote.key}",
        "type": "webpage",
        "title": quote.title,
        "author": [{"literal": SITE_NAME}],
        "container-title": SITE_NAME,
        "URL": quote.address,
        "language": "en",
        "note": _note(quote),
    }
    if quote.day:
        day = (quote.day.year, quote.day.month, quote.day.day)
        fields["issued"] = {"date-parts": [[part for part in day if part]]}
    if quote.version.number:
        fields["version"] = str(quote.version)
    return json.dumps([fields], ensure_ascii=False, indent=1)


def _note(quote: Quote) -> str:
    made = f" Made from {quote.version.permalink}" if quote.version.permalink else ""
    return f"{quote.where}, {quote.as_of}. {LICENCE_NAME}.{made}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)
