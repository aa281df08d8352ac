"""The open data is whole, keeps to its schemas, and says what it is and from when."""

from __future__ import annotations

import copy
import datetime as dt
import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from scripts.facts.catalogue import Facts
from scripts.facts.resolve import Resolver
from scripts.pages.data import FACTS
from scripts.publish import api, feeds
from scripts.publish.schema import DIALECT
from tests.publish.formats import CHECKER
from tests.real import real_facts

URL = "https://somewhere.example/below/"
Validator = jsonschema.Draft202012Validator


@pytest.fixture(scope="module")
def facts() -> Facts:
    return real_facts(dt.date.today())


@pytest.fixture(scope="module")
def files(facts: Facts) -> dict[str, bytes]:
    return api.files(Resolver(facts), URL)


@pytest.fixture(scope="module")
def documents(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """The JSON files but for the schemas, by name below the site's root."""
    return {
        path: json.loads(content)
        for path, content in files.items()
        if path.endswith(".json") and "/schema/" not in path and not path.endswith("csv-metadata.json")
    }


@pytest.fixture(scope="module")
def schemas(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """The schemas, by their address."""
    return {URL + path: json.loads(content) for path, content in files.items() if "/schema/" in path}


def strict(schema: Any) -> Any:
    """The same schema, with a ban on fields that it does not name."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    return closed | {"additionalProperties": False} if closed.get("type") == "object" else closed


def test_every_schema_is_one_and_stands_at_its_own_address(schemas: dict[str, dict[str, Any]]) -> None:
    assert len(schemas) == len(api.KINDS)
    for address, schema in schemas.items():
        Validator.check_schema(schema)
        assert (schema["$schema"], schema["$id"]) == (DIALECT, address)


def test_every_file_keeps_to_the_schema_that_it_names_and_has_no_field_besides(
    documents: dict[str, dict[str, Any]], schemas: dict[str, dict[str, Any]]
) -> None:
    strictly = {address: Validator(strict(schema), format_checker=CHECKER) for address, schema in schemas.items()}
    for path, document in documents.items():
        found = strictly[document["$schema"]].iter_errors(document)
        assert not [f"{list(error.path)}: {error.message}" for error in found][:3], path


def test_the_schemas_refuse_what_they_should(
    documents: dict[str, dict[str, Any]], schemas: dict[str, dict[str, Any]]
) -> None:
    claims = documents["api/v1/claims.json"]
    validator = Validator(schemas[claims["$schema"]], format_checker=CHECKER)
    for key, value in (("state", "maybe"), ("from", "3 November"), ("current", "yes"), ("id", None), ("sources", "s")):
        broken = copy.deepcopy(claims)
        broken["data"][0][key] = value
        assert not validator.is_valid(broken), key
    missing = copy.deepcopy(claims)
    del missing["data"][0]["sentence"]
    assert not validator.is_valid(missing)


def test_no_field_has_two_types_and_none_may_be_null(schemas: dict[str, dict[str, Any]]) -> None:
    def walk(node: Any) -> None:
        if isinstance(node, dict):
            assert not {"anyOf", "oneOf", "allOf"} & set(node)
            assert not isinstance(node.get("type"), list) and node.get("type") != "null"
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(child)

    for schema in schemas.values():
        walk(schema)


def test_every_file_says_the_day_the_licence_and_whom_to_name(
    documents: dict[str, dict[str, Any]], facts: Facts
) -> None:
    for path, document in documents.items():
        assert document["as_of"] == facts.today.isoformat(), path
        assert document["license"]["url"] == "https://creativecommons.org/licenses/by/4.0/"
        assert URL in document["attribution"]
        assert document["version"] == document.get("changelog", [{"version": document["version"]}])[0]["version"]


def test_the_index_names_every_file_and_every_feed_and_nothing_else(
    documents: dict[str, dict[str, Any]], files: dict[str, bytes], facts: Facts
) -> None:
    index = documents["api/v1/index.json"]
    schemas = {path for path in files if "/schema/" in path}
    named = {file["url"].removeprefix(URL) for file in index["data"]}
    assert named | schemas | {"api/v1/index.json"} == set(files)
    assert {file["schema"].removeprefix(URL) for file in index["data"] if "schema" in file} <= schemas
    assert {file["url"].removeprefix(URL) for file in index["feeds"]} == set(feeds.files(Resolver(facts), URL))


def test_the_page_about_data_names_every_file_of_facts() -> None:
    assert {name for name, _ in FACTS} == set(api.KINDS) - {"index", "comparison"}


def test_no_record_is_left_out_and_ended_claims_stay(documents: dict[str, dict[str, Any]], facts: Facts) -> None:
    for name in ("claims", "sources", "regions", "platforms", "questions", "events", "disagreements"):
        ids = [record["id"] for record in documents[f"api/v1/{name}.json"]["data"]]
        assert ids == list(getattr(facts, name)), name
    assert [r["id"] for r in documents["api/v1/open-questions.json"]["data"]] == list(facts.open_questions)
    ended = {r["id"]: r for r in documents["api/v1/claims.json"]["data"] if "until" in r}
    assert set(ended) == {claim.id for claim in facts.claims.values() if claim.until}
    assert ended["li-paused-uk"]["until"] == "2025-11-02"
    assert ended["li-paused-uk"]["current"] is ended["li-paused-uk"]["overdue"] is False


def test_every_id_that_a_record_names_is_published(documents: dict[str, dict[str, Any]]) -> None:
    known = {
        name: {record["id"] for record in documents[f"api/v1/{name}.json"]["data"]}
        for name in ("claims", "sources", "regions", "platforms", "questions")
    }
    for claim in documents["api/v1/claims.json"]["data"]:
        assert claim["question"] in known["questions"] and claim["platform"] in known["platforms"]
        assert set(claim["sources"]) <= known["sources"] and set(claim["regions"]) <= known["regions"]
    for event in documents["api/v1/events.json"]["data"]:
        assert {*event["before"], *event["after"]} <= known["claims"]


def test_a_comparison_has_every_question_for_every_platform(documents: dict[str, dict[str, Any]], facts: Facts) -> None:
    for region in facts.regions:
        cells = documents[f"api/v1/compare/{region}.json"]["data"]
        whole = {(cell["question"], cell["platform"]) for cell in cells if not cell["parts"]}
        assert whole == {(question, platform) for question in facts.questions for platform in facts.platforms}


def test_a_part_of_a_region_inherits_and_says_from_where(documents: dict[str, dict[str, Any]]) -> None:
    (cell,) = [
        cell
        for cell in documents["api/v1/compare/de.json"]["data"]
        if (cell["question"], cell["platform"]) == ("in-by-default", "linkedin")
    ]
    assert (cell["given_for"], cell["inherited"]) == ("eu", True)
    assert cell["rule"] == "EU/EEA rule, applies in Germany"
    assert documents["api/v1/compare/de.json"]["wider"] == ["eu", "world"]


def test_what_holds_and_what_is_overdue_is_that_of_the_day(facts: Facts) -> None:
    earlier = replace(facts, today=dt.date(2025, 11, 2))
    made = json.loads(api.files(Resolver(earlier), URL)["api/v1/compare/uk.json"])
    (cell,) = [c for c in made["data"] if (c["question"], c["platform"]) == ("in-by-default", "linkedin")]
    assert (made["as_of"], cell["claim"], cell["state"]) == ("2025-11-02", "li-paused-uk", "no")


def test_the_same_facts_on_the_same_day_make_the_same_bytes(facts: Facts, files: dict[str, bytes]) -> None:
    again = real_facts(facts.today)
    assert api.files(Resolver(again), URL) == files
    assert all(content.endswith(b"\n") for content in files.values())


def test_texts_carry_no_marks(files: dict[str, bytes]) -> None:
    assert not [path for path, content in files.items() if b"**" in content]
