"""The tables say what the JSON says, mean what their metadata says, and run nothing in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.facts.resolve import Resolver
from scripts.publish import api, tables
from tests.real import real_facts

URL = "https://somewhere.example/below/"
RISKY = ("=", "+", "-", "@", "\t", "\r")


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return api.files(Resolver(real_facts(dt.date.today())), URL)


@pytest.fixture(scope="module")
def metadata(files: dict[str, bytes]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(files["api/v1/compare/csv-metadata.json"])
    return made


def comparisons(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """The comparisons as JSON, by region."""
    named = {path: path.removeprefix("api/v1/compare/").removesuffix(".json") for path in files}
    return {
        region: json.loads(files[path])
        for path, region in named.items()
        if path.startswith("api/v1/compare/") and path.endswith(".json") and region != "csv-metadata"
    }


def flat(value: Any) -> str:
    """A value of a JSON file as a cell."""
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value) if isinstance(value, list) else value


def test_every_table_agrees_with_its_json_cell_by_cell(files: dict[str, bytes]) -> None:
    compared = 0
    for region, document in comparisons(files).items():
        rows = read(files[f"api/v1/compare/{region}.csv"])
        for row, cell in zip(rows, document["data"], strict=True):
            own = {"region": region, "region_name": document["region_name"], "as_of": document["as_of"]}
            assert not set(cell) - set(row), "a field of the JSON has no column"
            for column, text in row.items():
                assert tables.restored(text) == flat({**own, **cell}.get(column, "")), f"{region}: {column}"
                compared += 1
    assert compared > 50_000


def test_the_table_of_everything_is_all_the_others_below_one_another(files: dict[str, bytes]) -> None:
    parts = [row for region in comparisons(files) for row in read(files[f"api/v1/compare/{region}.csv"])]
    assert read(files["api/v1/compare/all.csv"]) == parts


def test_tables_are_utf_8_without_a_mark_and_end_their_lines_as_rfc_4180_says(files: dict[str, bytes]) -> None:
    for path in (path for path in files if path.endswith(".csv")):
        assert not files[path].startswith(b"\xef\xbb\xbf")
        assert files[path].count(b"\n") == files[path].count(b"\r\n") > 100
        assert len({len(row) for row in csv.reader(io.StringIO(files[path].decode(), newline=""))}) == 1


def test_no_cell_of_the_real_tables_can_be_a_formula(files: dict[str, bytes]) -> None:
    for path in (path for path in files if path.endswith(".csv")):
        for row in csv.reader(io.StringIO(files[path].decode(), newline="")):
            assert not [cell for cell in row if cell.startswith(RISKY)], path


DANGEROUS = st.builds(str.__add__, st.sampled_from([*RISKY, "'", " ", "\n", "\0", "\uff1d", "\ufeff="]), st.text())


@settings(deadline=None)
@given(st.text() | DANGEROUS)
def test_no_text_can_become_a_formula_and_every_text_can_be_had_back(text: str) -> None:
    cell = tables.neutral(text)
    assert not cell.lstrip(" \n\0\ufeff\u200b\u00a0").startswith(RISKY)
    assert tables.restored(cell) == text
    assert cell == text or cell == f"'{text}"


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])) | DANGEROUS, min_size=25, max_size=25))
def test_whatever_a_fact_says_a_table_stays_in_shape(texts: list[str]) -> None:
    row = dict(zip(tables.COLUMNS, texts, strict=True))
    content = tables.write([row, row])
    assert [{key: tables.restored(cell) for key, cell in each.items()} for each in read(content)] == [row, row]
    cells = [cell for line in csv.reader(io.StringIO(content.decode(), newline="")) for cell in line]
    assert not [cell for cell in cells if cell.startswith(RISKY)]


def test_words_that_are_no_danger_stay_as_they_are() -> None:
    for text in ("", "Yes: unless you act", "2025-11-03", "a = b", "LinkedIn's AI", "https://example.org/?a=-1"):
        assert tables.neutral(text) == text


def test_the_metadata_describes_every_table_and_every_column_in_order(
    files: dict[str, bytes], metadata: dict[str, Any]
) -> None:
    assert metadata["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert metadata["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert metadata["dc:modified"]["@value"] == dt.date.today().isoformat()
    paths = {path.removeprefix("api/v1/compare/") for path in files if path.endswith(".csv")}
    assert {table["url"] for table in metadata["tables"]} == paths
    columns = metadata["tableSchema"]["columns"]
    for path in paths:
        header = next(csv.reader(io.StringIO(files[f"api/v1/compare/{path}"].decode(), newline="")))
        assert header == [column["titles"] for column in columns] == [column["name"] for column in columns]
    assert all(column["dc:description"] for column in columns)


def fits(column: dict[str, Any], cell: str) -> bool:
    """Whether a cell is what CSV on the Web says that the column holds."""
    if not cell:
        return not column.get("required")
    kind = column["datatype"]
    values = cell.split(column["separator"]) if "separator" in column else [cell]
    if isinstance(kind, dict):
        return all(re.fullmatch(kind["format"], value) for value in values)
    patterns = {"boolean": "true|false", "date": r"\d{4}-\d{2}-\d{2}", "anyURI": r"https://\S+", "string": r"(?s).+"}
    return all(re.fullmatch(patterns[kind], value) for value in values)


def test_every_cell_is_of_the_type_that_the_metadata_says(files: dict[str, bytes], metadata: dict[str, Any]) -> None:
    columns = {column["name"]: column for column in metadata["tableSchema"]["columns"]}
    for row in read(files["api/v1/compare/all.csv"]):
        assert not [name for name, cell in row.items() if not fits(columns[name], cell)], row


def test_the_key_tells_any_two_rows_apart(files: dict[str, bytes], metadata: dict[str, Any]) -> None:
    rows = read(files["api/v1/compare/all.csv"])
    keys = {tuple(row[name] for name in metadata["tableSchema"]["primaryKey"]) for row in rows}
    assert len(keys) == len(rows)
