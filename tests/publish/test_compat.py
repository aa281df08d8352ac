"""Nothing that programs may rely on goes or gets narrower within version 1 of the open data."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.project import Project
from scripts.publish import compat
from scripts.publish.documents import Claims
from scripts.publish.schema import schema

Edit = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def lock() -> dict[str, Any]:
    made: dict[str, Any] = json.loads((Project.here().root / compat.LOCK).read_text(encoding="utf-8"))
    return made


def test_what_was_promised_still_holds(lock: dict[str, Any]) -> None:
    assert compat.breaks(lock, compat.described()) == []


def test_the_lock_knows_all_that_is_published(lock: dict[str, Any]) -> None:
    assert lock == compat.described(), "bring it up to date: python -m scripts.publish.compat"


def test_fields_within_fields_have_a_path() -> None:
    found = compat.fields(schema(Claims, ""))
    assert found["data[].sources[]"]["type"] == "string"
    assert found["data[].until"]["always"] is False
    assert found["data[].id"]["always"] is True
    assert found["data[].state"]["words"] == ["depends", "no", "silent", "unchecked", "yes"]


BREAKING: dict[str, Edit] = {
    "a file goes": lambda new: new["files"].pop("claims"),
    "a field goes": lambda new: new["files"]["claims"].pop("data[].note"),
    "a field changes its type": lambda new: new["files"]["claims"]["data[].sentence"].update(type="array"),
    "a field gets a pattern": lambda new: new["files"]["claims"]["data[].sentence"].update(pattern="^A"),
    "a word goes": lambda new: new["files"]["claims"]["data[].state"]["words"].remove("silent"),
    "a text becomes one of some words": lambda new: new["files"]["claims"]["data[].answer"].update(words=["Yes"]),
    "a field may be left out": lambda new: new["files"]["claims"]["data[].sentence"].update(always=False),
    "a column goes": lambda new: new["columns"].pop("short"),
    "a column comes in between": lambda new: new.update(columns={"new": "{}", **new["columns"]}),
    "a column changes its type": lambda new: new["columns"].update(overdue='{"datatype": "string"}'),
    "the key changes": lambda new: new.update(key=["claim"]),
}
ADDING: dict[str, Edit] = {
    "a file comes": lambda new: new["files"].update(more={}),
    "a field comes": lambda new: new["files"]["claims"].update({"data[].more": {"type": "string", "always": False}}),
    "a word comes": lambda new: new["files"]["claims"]["data[].state"]["words"].append("perhaps"),
    "a field is always there from now on": lambda new: new["files"]["claims"]["data[].note"].update(always=True),
    "a column comes at the end": lambda new: new["columns"].update(more="{}"),
}


@pytest.mark.parametrize("edit", BREAKING.values(), ids=BREAKING)
def test_it_breaks_a_promise_when(lock: dict[str, Any], edit: Edit) -> None:
    new = copy.deepcopy(lock)
    edit(new)
    assert len(compat.breaks(lock, new)) == 1


@pytest.mark.parametrize("edit", ADDING.values(), ids=ADDING)
def test_it_breaks_no_promise_when(lock: dict[str, Any], edit: Edit) -> None:
    new = copy.deepcopy(lock)
    edit(new)
    assert new != lock
    assert compat.breaks(lock, new) == []


def test_the_lock_is_not_brought_up_to_date_when_a_promise_would_break(lock: dict[str, Any], tmp_path: Path) -> None:
    old = copy.deepcopy(lock)
    old["files"]["claims"]["data[].gone"] = {"type": "string", "always": True}
    path = tmp_path / "lock.json"
    path.write_text(json.dumps(old))
    assert compat.update(path) == ["claims: data[].gone is gone"]
    assert json.loads(path.read_text()) == old


def test_an_addition_needs_a_new_version_in_the_changelog(lock: dict[str, Any], tmp_path: Path) -> None:
    old = copy.deepcopy(lock)
    del old["files"]["claims"]["data[].note"]
    path = tmp_path / "lock.json"
    path.write_text(json.dumps(old))
    (said,) = compat.update(path)
    assert "CHANGELOG" in said
    path.write_text(json.dumps(old | {"version": "0.9"}))
    assert compat.update(path) == []
    assert json.loads(path.read_text()) == lock
