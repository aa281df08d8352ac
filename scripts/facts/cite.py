"""In which words does somebody pass on what we say, with the date and the region that belong to it?

A `Quote` is a page in a few sentences. From it come the forms that people paste: plain text, Markdown, HTML, a line for
a list of sources, and BibTeX. Each has the whole address, the date and the place, because what is copied travels alone.
Nothing in it comes from the day of the build.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from scripts.facts.days import Day
from scripts.facts.prose import escaped

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
    it ("as of 22 August 2026"), `day` the date for a list of sources, if there is one. `address` is whole, `key` an id.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    where: str
    as_of: str
    day: Day | None
    address: str


def forms(quote: Quote) -> Iterator[tuple[str, str]]:
    """Every form, by what it is called."""
    yield "Plain text", plain(quote)
    yield "Markdown", markdown(quote)
    yield "HTML", html(quote)
    yield "Citation", line(quote)
    yield "BibTeX", bibtex(quote)


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
    named = quote.title if quote.title.endswith((".", "?", "!")) else f"{quote.title}."
    return f"{SITE_NAME}. ({quote.day or 'n.d.'}). {named} {quote.where}, {quote.as_of}. {quote.address}"


def bibtex(quote: Quote) -> str:
    """For BibTeX and its kin."""
    fields = {"author": f"{{{SITE_NAME}}}", "title": f"{{{_tex(quote.title)}}}"}
    if quote.day:
        fields["year"] = str(quote.day.year)
    if quote.day and quote.day.month:
        fields["month"] = _MONTHS[quote.day.month - 1]
    fields |= {"url": quote.address, "note": f"{_tex(quote.where)}, {_tex(quote.as_of)}. {LICENCE_NAME}"}
    rows = (f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items())
    return f"@misc{{optedin-{quote.key},\n" + ",\n".join(rows) + "\n}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)
