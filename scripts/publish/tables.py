"""How does a comparison become a table for a spreadsheet?

CSV as in RFC 4180, in UTF-8, with one file beside the tables that says what each column means (CSV on the Web). Several
ids in one cell stand with spaces between them; a cell with nothing to say is empty.

Spreadsheets take a cell that begins with certain signs for a formula, and some formulas load things from elsewhere. Our
words never should begin so, but they quote what others wrote. So such a cell gets an apostrophe in front, which
spreadsheets read as: this is text. One that begins with an apostrophe gets another, so that `restored` can tell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scripts.publish.records import Cell

# Signs that begin a formula, also in their wide forms, and those that may hide one after them.
_RISKY = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n\0 \u00a0\u200b\ufeff")

_LIST: Mapping[str, Any] = {"datatype": "string", "separator": " "}
_TEXT: Mapping[str, Any] = {"datatype": "string"}
_TRUTH: Mapping[str, Any] = {"datatype": "boolean"}
_WEB: Mapping[str, Any] = {"datatype": "anyURI"}
_DATE: Mapping[str, Any] = {"datatype": "date"}
_DAY: Mapping[str, Any] = {"datatype": {"base": "string", "format": r"\d{4}(-\d{2}(-\d{2})?)?"}}

# Every column, in order. New ones go to the end: people count columns.
COLUMNS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "region": ("The region that the row is for", _TEXT),
    "region_name": ("Its name", _TEXT),
    "question": ("The id of the question", _TEXT),
    "group": ("The heading that the question stands under", _TEXT),
    "wording": ("The question in words", _TEXT),
    "platform": ("The platform that the answer is about", _TEXT),
    "parts": ("Empty: the whole region. Else only these parts of it", _LIST),
    "products": ("Empty: all products. Else only these", _LIST),
    "answer": ("The answer in words", _TEXT),
    "state": ("yes, no, depends, silent (the company does not say) or unchecked (we have not checked)", _TEXT),
    "value": ("The date or text that the question asks for", _TEXT),
    "short": ("At most six words that go with the state or the value", _TEXT),
    "sentence": ("The statement in one sentence", _TEXT),
    "link": ("The direct address, if the answer is one", _WEB),
    "claim": ("The id of the statement. It never changes", _TEXT),
    "given_for": ("The region that the statement was made for", _TEXT),
    "inherited": ("Whether it was made for a wider region", _TRUTH),
    "rule": ("The same in words", _TEXT),
    "checked": ("The date of the copy that was read: a day, a month or a year", _DAY),
    "evidence": ("read (we read the source), reported (by others) or inferred", _TEXT),
    "overdue": ("Whether it wants a new check", _TRUTH),
    "recheck_by": ("The day by which it wants one", _DATE),
    "sources": ("The ids of the sources", _LIST),
    "page": ("Where the statement stands", _WEB),
    "as_of": ("The day on which the row is true", _DATE),
}
KEY = ("region", "question", "platform", "claim")
_ALWAYS = (
    "region",
    "region_name",
    "question",
    "group",
    "wording",
    "platform",
    "answer",
    "inherited",
    "overdue",
    "as_of",
)


def neutral(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith((*_RISKY, "'")) else text


def restored(cell: str) -> str:
    """The text of a cell that `neutral` made."""
    return cell.removeprefix("'")


def rows(region: str, region_name: str, cells: Iterable[Cell], as_of: str) -> list[dict[str, str]]:
    """The rows of one region, by column, before they are made neutral.

    Args:
        region: the id of the region.
        region_name: its name.
        cells: its comparison.
        as_of: the day on which it is true.
    """
    own = {"region": region, "region_name": region_name, "as_of": as_of}
    return [
        {column: own[column] if column in own else _flat(getattr(cell, column)) for column in COLUMNS} for cell in cells
    ]


def _flat(value: bool | str | Sequence[str] | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else " ".join(value)


def write(table: Iterable[Mapping[str, str]]) -> bytes:
    """Rows as CSV, with the names of the columns on top."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([neutral(row[column]) for column in COLUMNS] for row in table)
    return text.getvalue().encode()


def metadata(tables: Mapping[str, str], *, title: str, publisher: str, site_url: str, licence: str, as_of: str) -> Any:
    """What the tables of one folder are, for machines: CSV on the Web.

    Args:
        tables: the title of each table, by file name.
        title: the title of them all.
        publisher: who publishes them.
        site_url: the address of the publisher.
        licence: the address of the licence.
        as_of: the day on which they are true.
    """
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": title,
        "dc:publisher": {"schema:name": publisher, "schema:url": {"@id": site_url}},
        "dc:license": {"@id": licence},
        "dc:modified": {"@value": as_of, "@type": "xsd:date"},
        "dc:description": (
            "A cell that begins with an apostrophe had one put in front, so that no spreadsheet takes it for a formula."
        ),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {
            "columns": [
                {
                    "name": name,
                    "titles": name,
                    "dc:description": meaning,
                    **kind,
                    **({"required": True} if name in _ALWAYS else {}),
                }
                for name, (meaning, kind) in COLUMNS.items()
            ],
            "primaryKey": list(KEY),
        },
        "tables": [{"url": name, "dc:title": about} for name, about in tables.items()],
    }
